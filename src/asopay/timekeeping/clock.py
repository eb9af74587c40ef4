"""Local time: what the clock on the wall says, as seconds that elapse.

Elapsed time is what is worked: on the day on which clocks go forward a night shift is an hour
shorter than the clock says, and an hour longer when they go back. A time that the clock shows
twice, or never, is refused: write it with its offset from UTC, such as ``2026-11-01T01:30-04:00``.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from asopay.errors import shown
from asopay.timekeeping.units import DAY

_ACCEPTED = "a local time such as 2026-03-02T08:00"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d)?")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class Clock:
    """The clock of a time zone. `ValueError` if there is no such zone.

    >>> clock = Clock("America/New_York")
    >>> came, left = clock.read("2026-03-07T20:00"), clock.read("2026-03-08T04:00")
    >>> (left[0] - came[0]) / 3600, (left[1] - came[1]) / 3600
    (7.0, 8.0)
    """

    def __init__(self, zone: str) -> None:
        try:
            self.zone = ZoneInfo(zone)
        except (ValueError, LookupError, OSError, TypeError):
            accepted = "a time zone such as America/New_York"
            raise ValueError(f"{shown(zone)} is not {accepted}") from None
        self._offsets: dict[int, int | None] = {}
        self._days: dict[str, tuple[int, int]] = {}
        self._times: dict[str, int] = {}

    def read(self, moment: str) -> tuple[int, int]:
        """The moment as it elapses, in seconds of UTC, and as the local clock counts it.

        Both count days of 86,400 seconds. `ValueError` if the clock shows the time twice or never.
        """
        try:  # most moments are of a day and a time of day that were read before
            day, offset = self._days[moment[:11]]
            local = day + self._times[moment[11:]]
        except (KeyError, TypeError):
            return self._read(moment)
        return local - offset, local

    def _read(self, moment: str) -> tuple[int, int]:
        try:
            read = datetime.fromisoformat(moment)
        except (ValueError, TypeError):
            raise ValueError(f"{shown(moment)} is not {_ACCEPTED}") from None
        if not _MOMENT.fullmatch(moment):
            raise ValueError(f"{shown(moment)} is not {_ACCEPTED}")
        if read.tzinfo is not None:
            read = read.astimezone(self.zone)
            day, seconds = _parts(read)
            return day + seconds - _seconds(read.utcoffset()), day + seconds
        day, seconds = _parts(read)
        offset = self._offset(read.toordinal())
        if offset is None:
            return day + seconds - self._of_changing_day(read), day + seconds
        self._days[moment[:11]] = (day, offset)
        self._times[moment[11:]] = seconds
        return day + seconds - offset, day + seconds

    def of_local(self, local: int) -> int:
        """Elapsed seconds of a local time; the first one of two, and of none the one after."""
        ordinal, seconds = divmod(local, DAY)
        offset = self._offset(ordinal)
        if offset is None:
            moment = datetime.fromordinal(ordinal) + timedelta(seconds=seconds)
            offset = self._at(moment)
        return local - offset

    def _offset(self, ordinal: int) -> int | None:
        """The offset of all of a day, the hours around it included; None if it changes."""
        if ordinal not in self._offsets:
            midnight = datetime.fromordinal(ordinal)
            found = {self._at(midnight + timedelta(hours=hours)) for hours in range(25)}
            self._offsets[ordinal] = found.pop() if len(found) == 1 else None
        return self._offsets[ordinal]

    def _of_changing_day(self, read: datetime) -> int:
        first, second = self._at(read), self._at(read.replace(fold=1))
        if first != second:
            times = "twice" if first > second else "never"
            raise ValueError(
                f"the clocks of {self.zone.key} show {read:%Y-%m-%dT%H:%M} {times}: "
                "write the offset from UTC, such as 2026-11-01T01:30-04:00"
            )
        return first

    def _at(self, local: datetime) -> int:
        return _seconds(local.replace(tzinfo=self.zone).utcoffset())


def _parts(moment: datetime) -> tuple[int, int]:
    """The day and the time of day, in seconds."""
    return moment.toordinal() * DAY, moment.hour * 3600 + moment.minute * 60 + moment.second


def _seconds(offset: timedelta | None) -> int:
    offset = offset or timedelta()
    return offset.days * DAY + offset.seconds


@lru_cache(maxsize=64)
def clock_of(zone: str) -> Clock:
    """The clock of the zone, kept.

    >>> clock_of("US/Pacific") is clock_of("US/Pacific")
    True
    """
    return Clock(zone)


def time_of_day(text: str) -> int:
    """Seconds since midnight of a time such as ``06:30``; `ValueError` for anything else.

    >>> time_of_day("06:30")
    23400
    """
    if not isinstance(text, str) or not _CLOCK.fullmatch(text):
        raise ValueError(f"{shown(text)} is not a time of day such as 06:30")
    return int(text[:2]) * 3600 + int(text[3:]) * 60
