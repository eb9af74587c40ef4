"""What decides between the states of residence and of work, read from a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from asopay.earlier import BELOW_THRESHOLD
from asopay.earnings.reading import PaidEarning
from asopay.errors import one_of
from asopay.faults import Faults
from asopay.in_force import InForce
from asopay.jurisdictions import JURISDICTIONS, name
from asopay.money import Cents
from asopay.paycheck import PaycheckRequest
from asopay.sourcing import Law
from asopay.whereabouts import Whereabouts


def read_work_days(request: PaycheckRequest, where: Whereabouts, faults: Faults) -> dict[str, int]:
    """The days of work of the year by place, with those of this paycheck."""
    days = {
        place: _whole(f"year_to_date.work_days.{place}", number, faults)
        for place, number in request.year_to_date.work_days.items()
    }
    for piece, (_, work, _) in zip(where.pieces, where.of_pieces, strict=True):
        if piece.work_days is not None:
            now = _whole(f"{piece.path}.work_days", piece.work_days, faults)
            for place in work:
                days[place] = days.get(place, 0) + now
    return days


def _whole(path: str, number: object, faults: Faults) -> int:
    if type(number) is int and number >= 0:
        return number
    faults.add(path, f"{number!r} is not a whole number of days")
    return 0


def wages_below_threshold(wages: Mapping[str, Cents]) -> dict[str, Cents]:
    """The wages of the year to date that a state has not taxed yet, by state."""
    ending = f"/{BELOW_THRESHOLD}"
    keys = (key for key in wages if key.endswith(ending))
    return {key.removesuffix(ending): wages[key] for key in keys}


class BetweenStates:
    """Finds what decides; what is wrong with the request is added to the faults."""

    def __init__(
        self, request: PaycheckRequest, where: Whereabouts, in_force: InForce, faults: Faults
    ) -> None:
        self.request = request
        self.where = where
        self.in_force = in_force
        self.faults = faults

    def law(
        self,
        paid_before: Mapping[str, Cents],
        earnings: Sequence[PaidEarning],
        work_days: Mapping[str, int],
    ) -> Law:
        """The rules of the states, and what is known of the employee."""
        rules, taxing = self.in_force.residence, self.in_force.taxing
        self._check_rules(taxing)
        self._check_agreements()
        self._check_determined()
        nonresident = {work[0] for home, work, _ in self.where.of_pieces if work[0] != home[0]}
        spared = [
            state
            for state in sorted(nonresident & rules.keys() & taxing)
            if self._is_spared(state, paid_before, earnings, work_days.get(state))
        ]
        agreed = self.request.employee.reciprocity_certificates
        return Law(rules, taxing, agreed, spared, self.where.domicile, self.where.courtesy)

    def _check_rules(self, taxing: frozenset[str]) -> None:
        """Where two states can tax the same wages, the rules of both must be known."""
        for piece, (home, work, _) in zip(self.where.pieces, self.where.of_pieces, strict=True):
            if home[0] != work[0] and work[0] in taxing:
                for state in sorted({home[0], work[0]} & taxing - self.in_force.residence.keys()):
                    message = f"what {name(state)} does with wages of those who live or work"
                    message += " elsewhere is not in the tables for this date"
                    self.faults.add(f"{piece.path}.work", message)

    def _check_agreements(self) -> None:
        homes = {home[0] for home, _, _ in self.where.of_pieces}
        for number, state in enumerate(self.request.employee.reciprocity_certificates):
            path = f"employee.reciprocity_certificates[{number}]"
            rules = self.in_force.residence.get(state)
            if state not in JURISDICTIONS:
                self.faults.add(path, f'{state!r} is not a state such as "US-CA"')
            elif rules and not homes & rules.reciprocity.keys():
                agreements = one_of(rules.reciprocity) or "no state"
                message = f"{name(state)} has no agreement with the state of residence"
                self.faults.add(path, f"{message}: it has one with {agreements}")

    def _check_determined(self) -> None:
        """Only a threshold that the tables can't decide is the employer's to determine."""
        rules = self.in_force.residence
        for number, state in enumerate(self.request.employee.below_thresholds):
            path = f"employee.below_thresholds[{number}]"
            threshold = rules[state].threshold if state in rules else None
            if state not in JURISDICTIONS:
                self.faults.add(path, f'{state!r} is not a state such as "US-CA"')
            elif state in rules and (threshold is None or not threshold.determined):
                message = f"{name(state)} has no threshold that the employer determines"
                self.faults.add(path, f"{message}: leave it out")

    def _is_spared(
        self,
        state: str,
        paid_before: Mapping[str, Cents],
        earnings: Sequence[PaidEarning],
        days: int | None,
    ) -> bool:
        """Whether the threshold of the state for nonresidents is known not to be passed."""
        threshold = self.in_force.residence[state].threshold
        homes = {home[0] for home, work, _ in self.where.of_pieces if work[0] == state}
        if threshold is None or (threshold.mutual and homes & self.in_force.taxing):
            return False
        if threshold.determined:
            return state in self.request.employee.below_thresholds
        below = []
        if threshold.days is not None:
            below.append(days is not None and days <= threshold.days)
        if threshold.wages is not None:
            paid = sum(
                paid_before.get(f"{state}/{key}", 0) for key in ("income_tax", BELOW_THRESHOLD)
            )
            paid += sum(earning.amount for earning in earnings if earning.work[0] == state)
            below.append(paid <= threshold.wages)
        return any(below) if threshold.both else all(below)
