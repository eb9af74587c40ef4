"""What counts as hours worked: 29 CFR part 785 (https://www.ecfr.gov/current/title-29).

Short breaks (785.18), meal periods (785.19) and sleep on duty (785.21, 785.22).
"""

from __future__ import annotations

from attrs import frozen


@frozen
class Figures:
    """The figures of the regulations, in minutes and hours.

    Breaks of up to `rest_minutes` are always paid, and others below `meal_minutes`, unless the
    employer finds them long enough. On duty of `sleep_duty_hours` or more, sleep of up to
    `sleep_most_hours` is left out, if it is not less than `sleep_least_hours`; on shorter duty all
    of it is work.
    """

    rest_minutes: int
    meal_minutes: int
    sleep_duty_hours: int
    sleep_most_hours: int
    sleep_least_hours: int
