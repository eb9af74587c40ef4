"""Time is counted in whole seconds."""

MINUTE = 60
HOUR = 3600
DAY = 86_400
