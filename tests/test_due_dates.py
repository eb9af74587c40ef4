"""The calendar of what an employer has to do, and the codes of Form 1095-C."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from asopay.compliance.business_days import is_business_day
from asopay.compliance.due_dates import Filer, calendar
from asopay.compliance.form_1095c import Codes, Month, OfferedTo, codes, year_of_codes
from support import exactly

ALL = ["retirement_plan", "safe_harbor_plan", "self_funded_health_plan", "third_party_sick_pay"]


def days(year: int, **changes: Any) -> dict[str, list[str]]:
    """The days of a year by what is due, without the period."""
    found: dict[str, list[str]] = {}
    employer = evolve(Filer("monthly", employee_count=60, traits=ALL), **changes)
    for due in calendar(year, employer).dates:
        found.setdefault(due.what.partition(",")[0], []).append(f"{due.day:%m-%d}")
    return found


class TestFederal:
    """Dates of 2026 and 2027, as a list made by others has them."""

    def test_2026(self) -> None:
        """January 31 is a Saturday, October 31 too, March 15 a Sunday."""
        found = days(2026)

        assert ["02-02", "04-30", "07-31", "11-02"] == found["Form 941"]
        assert ["02-02"] == found["Form 940"]
        assert ["03-02"] == found["Forms 1095-C to employees"]
        assert ["03-13"] == found["Refund of excess contributions after a failed ADP or ACP test"]
        assert ["07-31"] == found["Form 720 with the PCORI fee"]
        assert ["12-01"] == found["Notice to participants of a safe harbor 401(k) plan"]

    def test_2027(self) -> None:
        """January 31 and February 28 are Sundays."""
        found = days(2027)

        assert "02-01" == found["Form 941"][0]
        assert ["03-01"] == found["Form 8922"]
        assert ["03-15"] == found["Refund of excess contributions after a failed ADP or ACP test"]

    def test_deposits(self) -> None:
        """A monthly depositor has twelve dates, a semiweekly one those of its paydays."""
        paydays = [date(2025, 12, 31), date(2026, 1, 2), date(2026, 12, 31), date(2026, 1, 2)]
        semiweekly = Filer("semiweekly", paydays=paydays)
        due = [d.day for d in calendar(2026, semiweekly).dates if "deposit" in d.what]
        monthly = [d for d in calendar(2026, Filer("monthly")).dates if "deposit" in d.what]

        assert [date(2026, 1, 7), date(2026, 1, 7)] == due
        assert 12 == len(monthly)

    def test_traits(self) -> None:
        """What does not apply to an employer is not in its calendar."""
        small = days(2026, employee_count=49, traits=[])
        annual = days(2026, traits=["files_annually"])

        assert not [what for what in small if "1095-C" in what]
        assert "Form 944" in annual
        assert "Form 941" not in annual

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"states": ["NY"]}, "states: NY is not a state such as US-CA"),
            (
                {"traits": ["pension"]},
                (
                    "traits: pension is not one of farmworkers, files_annually, large_employer, "
                    "reports_injuries, retirement_plan, safe_harbor_plan, self_funded_health_plan, "
                    "third_party_sick_pay"
                ),
            ),
        ],
    )
    def test_refused(self, changes: Any, message: str) -> None:
        """What is not known is refused by name."""
        with pytest.raises(ValueError, match=exactly(message)):
            calendar(2026, Filer("monthly", **changes))


def test_states() -> None:
    """A state's dates are there if a table has them; else the calendar says that it lacks them."""
    found = calendar(2026, Filer("monthly", states=["US-CT", "US-TX", "US-CT"]))
    of_state = [due.day for due in found.dates if due.what.startswith("Connecticut: ")]

    assert [date(2026, 2, 2), date(2026, 4, 30), date(2026, 7, 31), date(2026, 11, 2)] == of_state
    assert ("US-TX",) == found.not_known
    assert "Not known: what Texas asks for\n" in found.as_text()
    assert "2026-02-02  Form 940, the annual return of federal unemployment tax (2025)\n" in (
        found.as_text()
    )


def test_icalendar() -> None:
    """The file is read by a library for such files, with all dates, and is the same each time."""
    found = calendar(2026, Filer("monthly", states=["US-CT"]))
    file = found.as_icalendar(datetime(2026, 1, 1, tzinfo=UTC))
    events = Calendar.from_ical(file).walk("VEVENT")

    assert len(found.dates) == len(events) == len({str(event["UID"]) for event in events})
    assert found.dates[0].day == events[0].decoded("DTSTART")
    assert file == found.as_icalendar(datetime(2026, 1, 1, tzinfo=UTC))


@given(st.integers(2024, 2027), st.sets(st.sampled_from(ALL)))
def test_due_on_business_days(year: int, traits: set[str]) -> None:
    """Whatever the law moves is due on a business day of the year, in order."""
    dates = calendar(year, Filer("monthly", employee_count=60, traits=sorted(traits))).dates

    assert sorted(dates) == list(dates)
    for due in dates:
        assert due.day.year == year
        assert is_business_day(due.day) or due.what.startswith("Notice")


FAMILY: OfferedTo = "family"


class TestForm1095C:
    """Codes as guides of others explain them."""

    @pytest.mark.parametrize(
        ("month", "expected"),
        [
            (Month(employed=False), Codes("1H", None, "2A")),
            (Month(full_time=False), Codes("1H", None, "2B")),
            (Month(waiting=True), Codes("1H", None, "2D")),
            (Month(), Codes("1H", None, "")),
            (Month(enrolled=True), Codes("1H", None, "")),
            (Month(offered_to="employee", cost=5), Codes("1B", 5, "")),
            (Month(offered_to="children", cost=5, safe_harbor="w2"), Codes("1C", 5, "2F")),
            (Month(offered_to="spouse", cost=5, safe_harbor="poverty_line"), Codes("1D", 5, "2G")),
            (Month(offered_to=FAMILY, cost=5, safe_harbor="rate_of_pay"), Codes("1E", 5, "2H")),
            (Month(offered_to=FAMILY, minimum_value=False), Codes("1F", None, "")),
            (Month(offered_to=FAMILY, safe_harbor="poverty_line"), Codes("1A", None, "")),
            (
                Month(offered_to=FAMILY, safe_harbor="poverty_line", enrolled=True),
                Codes("1A", None, "2C"),
            ),
            (
                Month(offered_to=FAMILY, full_time=False, safe_harbor="poverty_line"),
                Codes("1E", 0, "2B"),
            ),
        ],
    )
    def test_month(self, month: Month, expected: Codes) -> None:
        """Lines 14 to 16 of a month."""
        assert expected == codes(month)

    def test_twelve_months(self) -> None:
        """A year has twelve months."""
        with pytest.raises(
            ValueError, match=exactly("months: there are 11; give all 12 of the year")
        ):
            year_of_codes([Month()] * 11)
