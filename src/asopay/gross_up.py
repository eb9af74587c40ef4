"""Net to gross: the least amount of one earning for which net pay reaches a target.

Net pay is computed for trial amounts until one is found for which it reaches the target and one
cent less falls short. As each tax is rounded, net pay can fall by some cents while the amount
rises, so the amounts just below are tried too. Where a publication rounds its tax to whole dollars,
net pay can fall by a dollar: then there can be other such amounts a few dollars below.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, get_args

from attrs import evolve, frozen

from asopay.errors import Fault, InvalidRequest
from asopay.faults import Faults
from asopay.frequencies import periods_per_year
from asopay.gross_to_net import gross_to_net
from asopay.money import LARGEST, Cents, dollars
from asopay.paycheck import Dollars, Paycheck, PaycheckRequest
from asopay.rulebook import Rulebook, standard_rulebook

NetOf = Literal["all", "social_insurance"]
"""What is taken off: all taxes and deductions, or the employee's Social Security and Medicare."""

NUDGE = 4
"""So many cents beside the line, the amount is most likely on the other side of the target."""

FASTER = 8
"""Each further time on the same side, so many times as far beside the line."""

SLACK = 4
"""So many more paychecks are tried at most than by halving alone."""

MOST = 40
"""No more paychecks are tried to find a still lower amount."""

SOCIAL_INSURANCE = {"US/social_security", "US/medicare", "US/additional_medicare"}


@frozen
class GrossUp:
    """The amount that was found, request and paycheck with it, and how many were tried."""

    amount_cents: Cents
    request: PaycheckRequest
    paycheck: Paycheck
    tried: int

    @property
    def amount(self) -> Decimal:
        """Dollars of the earning."""
        return dollars(self.amount_cents)


def gross_up(
    request: PaycheckRequest,
    net: Dollars,
    *,
    earning: int = 0,
    alone: bool = False,
    net_of: NetOf = "all",
    rulebook: Rulebook | None = None,
) -> GrossUp:
    """The least amount of the earning with that number for which net pay is at least `net` dollars.

    The earning's own amount does not matter; the others stay. With `alone`, what the earning adds
    to net pay has to reach the target, as for a bonus beside a salary. With `net_of`
    ``social_insurance`` the employer bears the employee's Social Security and Medicare only: gross
    pay less those has to reach it (Publication 15-A, section 7).

    Raises `InvalidRequest` if the request can't be computed, or no amount reaches the target.
    """
    search = _Search(request, earning, net_of, rulebook or standard_rulebook())
    faults = Faults()
    wanted = faults.cents("net", net)
    if not 0 <= earning < len(request.earnings):
        faults.add("earning", f"{earning} is not the number of an earning, counted from 0")
    if net_of not in get_args(NetOf):
        faults.unknown("net_of", net_of, get_args(NetOf))
    if faults.found:
        raise InvalidRequest(faults.found)
    if alone:
        wanted += max(search.net(0), 0)
    return search.least(wanted)


class _Search:
    def __init__(
        self, request: PaycheckRequest, earning: int, net_of: NetOf, rulebook: Rulebook
    ) -> None:
        self.request = request
        self.earning = earning
        self.net_of = net_of
        self.rulebook = rulebook
        self.paychecks: dict[Cents, Paycheck] = {}
        self.refused: set[Cents] = set()

    @property
    def periods(self) -> int:
        return periods_per_year(self.request.pay_frequency, self.request.periods_per_year)

    def least(self, wanted: Cents) -> GrossUp:
        """An amount that reaches the target, where one cent less does not."""
        if self.net(0) >= wanted:
            return self.found(0)
        short, enough = self.bracket(wanted)
        left = (enough - short).bit_length() + SLACK
        nudge = 0
        while enough - short > 1:
            left -= 1
            guess = self.on_the_line(short, enough, wanted) + nudge
            guess = max(min(guess, enough - 1, short + 2**left), short + 1, enough - 2**left)
            if self.net(guess) >= wanted:
                enough = guess
                nudge = nudge * FASTER if nudge < 0 else -NUDGE
            else:
                short = guess
                nudge = nudge * FASTER if nudge > 0 else NUDGE
        return self.found(self.below(enough, wanted))

    def below(self, enough: Cents, wanted: Cents) -> Cents:
        """The least amount, as far below as rounding each tax and percentage can matter.

        Only an amount counts of which it was seen that one cent less falls short.
        """
        taxes = self.paychecks[enough].taxes
        rounded = sum(tax.payer == "employee" and tax.amount_cents > 0 for tax in taxes)
        rounded += sum(deduction.percent is not None for deduction in self.request.deductions)
        least, reaches, amount = enough, False, enough - 1
        while amount > 0 and self.count < MOST and self.net(amount) >= wanted - rounded:
            if reaches and self.net(amount) < wanted:
                least = amount + 1
            reaches = self.net(amount) >= wanted
            amount -= 1
        return least

    @property
    def count(self) -> int:
        """How many paychecks were tried."""
        return len(self.paychecks) + len(self.refused)

    def bracket(self, wanted: Cents) -> tuple[Cents, Cents]:
        """An amount that falls short, and a larger one that reaches the target."""
        short, step, largest = 0, max(wanted - self.net(0), 1), self.largest()
        while short < largest:
            enough = min(short + step, largest)
            if self.net(enough) >= wanted:
                return short, enough
            short, step = enough, 2 * max(step, wanted - self.net(enough))
        message = f"no amount of earnings[{self.earning}] reaches it"
        raise InvalidRequest([Fault("net", f"{dollars(wanted)} is too much: {message}")])

    def largest(self) -> Cents:
        """The most that the earning can be: what is computed in a year, less the other earnings."""
        others = sum(self.paychecks[0].earnings_cents) if self.is_computed(0) else 0
        return LARGEST // self.periods - others

    def on_the_line(self, short: Cents, enough: Cents, wanted: Cents) -> Cents:
        """Where a straight line between both would reach the target."""
        low, high = self.net(short), self.net(enough)
        return short + (wanted - low) * (enough - short) // max(high - low, 1)

    def net(self, amount: Cents) -> Cents:
        """What is left with the amount; below zero where taxes exceed the pay."""
        if not self.is_computed(amount):
            return -1
        paycheck = self.paychecks[amount]
        if self.net_of == "all":
            return paycheck.net_cents
        taken = (
            tax.amount_cents
            for tax in paycheck.taxes
            if tax.payer == "employee" and tax.id in SOCIAL_INSURANCE
        )
        return paycheck.gross_cents - sum(taken)

    def is_computed(self, amount: Cents) -> bool:
        """Whether the paycheck can be computed; it can't where taxes exceed the pay."""
        if amount not in self.paychecks and amount not in self.refused:
            try:
                self.paychecks[amount] = gross_to_net(self.with_amount(amount), self.rulebook)
            except InvalidRequest as error:
                if [fault.path for fault in error.faults] != ["deductions"]:
                    raise
                self.refused.add(amount)
        return amount in self.paychecks

    def with_amount(self, amount: Cents) -> PaycheckRequest:
        earnings = list(self.request.earnings)
        told = evolve(earnings[self.earning], amount=dollars(amount), hours=None, rate=None)
        earnings[self.earning] = evolve(told, multiplier=None)
        return evolve(self.request, earnings=earnings)

    def found(self, amount: Cents) -> GrossUp:
        return GrossUp(amount, self.with_amount(amount), self.paychecks[amount], self.count)
