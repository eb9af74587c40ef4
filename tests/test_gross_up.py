"""Net to gross: the least amount for which net pay reaches a target."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from asopay import (
    Deduction,
    Earning,
    Employee,
    Employer,
    InvalidRequest,
    PaycheckRequest,
    gross_to_net,
    gross_up,
)
from asopay.cli import main
from asopay.parties import RetirementPlan
from asopay.paycheck import YearToDate
from support import request as document

MOST_TRIED = 40


def asked(state: str = "US-TX", *more: Earning, **changes: Any) -> PaycheckRequest:
    told: dict[str, Any] = {"deductions": [Deduction("401k", percent="6")], **changes}
    earnings = [Earning("regular", amount="0"), *more]
    return PaycheckRequest(date(2026, 3, 13), "biweekly", Employee([state]), earnings, **told)


def net_with(request: PaycheckRequest, amount: int, earning: int = 0) -> int:
    earnings = list(request.earnings)
    earnings[earning] = evolve(earnings[earning], amount=f"{amount // 100}.{amount % 100:02d}")
    return gross_to_net(evolve(request, earnings=earnings)).net_cents


MATCHED = Employer(retirement_plan=RetirementPlan(safe_harbor="basic", at_limit="after_tax"))
NEAR_LIMITS = YearToDate(
    wages={"US/social_security": "184000.00", "US/medicare": "199000.00"},
    deductions={"401k": "24000.00"},
)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(["US-TX", "US-CA", "US-NY", "US-AL", "US-OR", "US-GA", "US-PA"]),
    st.integers(1, 30_000_000),
    st.integers(0, 40),
    st.sampled_from([Employer(), MATCHED]),
    st.sampled_from([YearToDate(), NEAR_LIMITS]),
)
def test_one_cent_less_falls_short(
    state: str, net: int, percent: int, employer: Employer, before: YearToDate
) -> None:
    """The amount reaches the target, one cent less does not, and few paychecks are tried.

    So it is across brackets, wage bases, thresholds, plan limits and what goes on beyond them.
    """
    elected = [Deduction("section_125_health", amount="90"), Deduction("401k", percent=percent)]
    request = asked(state, deductions=elected, employer=employer, year_to_date=before)
    found = gross_up(request, f"{net // 100}.{net % 100:02d}")

    assert found.paycheck.net_cents >= net
    assert net_with(request, found.amount_cents - 1) < net
    assert net_with(request, found.amount_cents) == found.paycheck.net_cents
    assert found.tried <= MOST_TRIED


@given(st.integers(1, 2_000_000))
def test_there_and_back(gross: int) -> None:
    """The gross pay of a net pay has that net pay, and is not above where it came from."""
    request = asked()
    net = net_with(request, gross)
    found = gross_up(request, f"{net // 100}.{net % 100:02d}")

    assert net == found.paycheck.net_cents
    assert found.amount_cents <= gross


def test_where_a_cent_more_is_a_cent_less() -> None:
    """Where two taxes round up at once, a cent more leaves less: the least amount is below it."""
    request = asked()
    found = gross_up(request, "831.50")
    below, above = (net_with(request, amount) for amount in (100_007, 100_009))

    assert 100_008 == found.amount_cents
    assert below < 83_150 == found.paycheck.net_cents > above


def test_a_bonus_alone() -> None:
    """A bonus of 1,000 net beside a salary: by hand, 22 percent and FICA leave 70.35 percent."""
    bonus = Earning("bonus", supplemental_method="flat", amount="5.00")
    request = asked("US-TX", bonus, deductions=[])
    request = evolve(request, earnings=[Earning("regular", amount="3000.00"), bonus])
    found = gross_up(request, "1000.00", earning=1, alone=True)

    assert "1421.46" == str(found.amount)  # 1,000 divided by 0.7035, up to the cent that suffices
    assert 100_000 == found.paycheck.net_cents - net_with(request, 0, earning=1)


def test_across_a_wage_base() -> None:
    """Where the Social Security base is reached on the way, less is taken off."""
    before = YearToDate(wages={"US/social_security": "184400.00", "US/medicare": "184400.00"})
    request = asked(deductions=[], year_to_date=before)
    found = gross_up(request, "5000.00")

    assert found.paycheck.net_cents >= 500_000
    assert "6.20" == str(found.paycheck.tax("US/social_security").amount)


def test_the_employer_bears_social_insurance() -> None:
    """Publication 15-A: the wages are the stated pay divided by 0.9235."""
    found = gross_up(asked(deductions=[]), "500.00", net_of="social_insurance")

    assert "541.42" == str(found.amount)
    assert "33.57" == str(found.paycheck.tax("US/social_security").amount)
    assert "7.85" == str(found.paycheck.tax("US/medicare").amount)


def test_nothing_is_needed() -> None:
    """A target that is reached without the earning needs none of it."""
    request = asked("US-TX", Earning("bonus", amount="500.00"), deductions=[])

    assert 0 == gross_up(request, "100.00").amount_cents


def test_fees_before_any_net_pay() -> None:
    """Where a fee exceeds the pay at first, the search goes on above it."""
    employee = Employee(["US-PA"])
    work = ["US-PA", "US-PA-PITTSBURGH"]
    request = evolve(asked(), employee=employee, earnings=[Earning("regular", amount=0, work=work)])

    assert gross_up(request, "0.01").paycheck.net_cents >= 1


def test_no_amount_reaches_it() -> None:
    """Where nothing is left of any amount, the answer is a clear error."""
    request = asked(deductions=[Deduction("section_125_health", percent="100")])

    with pytest.raises(InvalidRequest, match=r"net: 10.00 is too much: no amount of earnings\[0\]"):
        gross_up(request, "10.00")


def test_faults() -> None:
    """Everything that is wrong is reported together; a fault of the request is its own."""
    with pytest.raises(InvalidRequest) as refused:
        gross_up(asked(), "x", earning=3, net_of="tips")  # type: ignore[arg-type]

    assert ["net", "earning", "net_of"] == [fault.path for fault in refused.value.faults]
    with pytest.raises(InvalidRequest, match="pay_frequency"):
        gross_up(evolve(asked(), pay_frequency="hourly"), "5.00")


@pytest.mark.parametrize(
    ("options", "expected"),
    [([], "1000.00"), (["--alone"], "1000.00"), (["--net-of-social-insurance"], "923.50")],
)
def test_command(
    options: list[str], expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Asopay gross-up FILE --net: the paycheck with the amount that was found."""
    file = tmp_path / "request.json"
    file.write_text(json.dumps(document()), encoding="utf-8")

    assert 0 == main(["gross-up", str(file), "--net", expected, "--json", *options])
    result = json.loads(capsys.readouterr().out)
    if "--net-of-social-insurance" in options:
        assert "1000.00" == result["gross_pay"]
    else:
        assert expected == result["net_pay"]
    assert 0 == main(["gross-up", str(file), "--net", expected])
    assert "Net pay" in capsys.readouterr().out
