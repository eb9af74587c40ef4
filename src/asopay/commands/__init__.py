"""Commands of the command line: each module declares its own, and imports what it needs with it."""
