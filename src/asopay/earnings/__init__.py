"""From time worked to earnings."""
