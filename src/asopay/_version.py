"""The release of asopay: the tax year and month of its tables, and a count."""

__version__ = "2026.11.0"
