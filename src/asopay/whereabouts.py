"""Where the employee lives and works: the places of a request, read and checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, field

from asopay.certificates import Figures, residence_choice
from asopay.earnings.pieces import Piece, pieces_of
from asopay.faults import Faults
from asopay.jurisdictions import JURISDICTIONS, name, state_of, state_part
from asopay.paycheck import Earning, PaycheckRequest
from asopay.tables import TaxTables

Places = tuple[str, ...]


@define
class Whereabouts:
    """The places of a request: nested ones, the state first.

    `residence` is that of now, and None where it is at fault. `of_pieces` holds for each piece of
    an earning where the employee lived, where the work was done, and the office it was done for.
    `courtesy` are the places whose tax is withheld from residents by the employer's choice.
    """

    residence: Places | None
    pieces: Sequence[Piece] = ()
    of_pieces: list[tuple[Places, Places, Places]] = field(factory=list)
    domicile: str | None = None
    insured_in: str = ""
    january_first: str | None = None
    courtesy: tuple[str, ...] = ()

    @property
    def all(self) -> set[str]:
        """Every place that can have to do with the pay."""
        found = {place for three in self.of_pieces for one in three for place in one}
        found.update(self.residence or ())
        found.update(each for each in (self.domicile, self.insured_in) if each)
        if self.january_first and state_part(self.january_first) in found:
            found.add(self.january_first)
        return found

    @property
    def homes(self) -> set[str]:
        """The places where the employee lives, or lived when something was earned."""
        found = {place for home, _, _ in self.of_pieces for place in home}
        return found | {*(self.residence or ())}

    @property
    def left(self) -> set[str]:
        """The homes where the employee also worked while living elsewhere, before or after."""
        away = {place for home, work, _ in self.of_pieces for place in work if place not in home}
        return away & self.homes if away else away

    @property
    def states_of_work(self) -> list[str]:
        """The states in which the work was done, each once."""
        return list(dict.fromkeys(work[0] for _, work, _ in self.of_pieces))


def read_whereabouts(request: PaycheckRequest, tables: TaxTables, faults: Faults) -> Whereabouts:
    """The places of the request; what is wrong with them is added to the faults."""
    return _Reader(request, tables, faults).whereabouts()


class _Reader:
    def __init__(self, request: PaycheckRequest, tables: TaxTables, faults: Faults) -> None:
        self.request = request
        self.tables = tables
        self.faults = faults

    def whereabouts(self) -> Whereabouts:
        employee = self.request.employee
        found = Whereabouts(self.places("employee.residence", employee.residence))
        found.pieces = pieces_of(self.request, self.faults)
        for piece in found.pieces:
            earning = self.request.earnings[piece.earning]
            found.of_pieces.append(self.of_piece(piece, earning, found))
        if employee.military_spouse_domicile is not None:
            path = "employee.military_spouse_domicile"
            found.domicile = self.state(path, employee.military_spouse_domicile)
        found.insured_in = self.insured_in(found)
        found.january_first = self.january_first()
        found.courtesy = tuple(self.courtesy())
        return found

    def of_piece(
        self, piece: Piece, earning: Earning, found: Whereabouts
    ) -> tuple[Places, Places, Places]:
        home = found.residence or ()
        if earning.residence:
            path = f"earnings[{piece.earning}].residence"
            home = self.places(path, earning.residence) or home
        work = home
        if piece.work and tuple(piece.work) != home:
            work = self.places(f"{piece.path}.work", piece.work) or home
        office = self.places(f"{piece.path}.office", piece.office) if piece.office else None
        return home, work, office or ()

    def places(self, path: str, places: Sequence[str]) -> Places | None:
        stated = tuple(map(str, places)) if type(places) in {list, tuple} else ()
        known = self.tables.known_places.get(stated)
        if known is not None:
            return known
        state = self.faults.attempt(path, state_of, places)
        if not state or not self.is_covered(path, state):
            return None
        nested = (state, *(self.tables.code(state, place) for place in places[1:]))
        unknown = [place for place in nested[1:] if not self.is_known(state, place)]
        for place in unknown:
            message = f"{place} is not in the tables of local taxes"
            hint = f"`asopay localities {state}` lists the places that are"
            self.faults.add(path, f"{message}: {hint}, and a folder of your own can add it")
        if not unknown:
            self.tables.known_places[stated] = nested
        return nested

    def state(self, path: str, place: str) -> str | None:
        if place not in JURISDICTIONS:
            self.faults.add(path, f'{place!r} is not a state such as "US-CA"')
            return None
        return place if self.is_covered(path, place) else None

    def january_first(self) -> str | None:
        """Where the employee was on January 1: a place within a state, or a state."""
        path, stated = "employee.county_on_january_1", self.request.employee.county_on_january_1
        if stated is None:
            return None
        state = state_part(stated)
        nested = self.places(path, [state] if stated == state else [state, stated])
        return nested[-1] if nested else None

    def courtesy(self) -> Iterator[str]:
        """The known places whose tax is withheld by courtesy."""
        for number, place in enumerate(self.request.employer.courtesy_withholding):
            state = state_part(place)
            path = f"employer.courtesy_withholding[{number}]"
            nested = self.places(path, [state] if place == state else [state, place])
            if nested:
                yield nested[-1]

    def is_covered(self, path: str, state: str) -> bool:
        if self.tables.editions(state, "income_tax"):
            return True
        message = f"{name(state)} ({state}) is not covered yet: its income tax is missing"
        self.faults.add(path, message)
        return False

    def is_known(self, state: str, place: str) -> bool:
        if self.tables.taxes(place) or self.tables.has_row(state, place):
            return True
        forms = self.tables.editions(state, "certificate")
        return any(residence_choice(form.table(Figures).figures, place) for form in forms[-1:])

    def insured_in(self, found: Whereabouts) -> str:
        """The state where all the work is done, else that of residence if some is done there."""
        path, stated = "employee.insured_in", self.request.employee.insured_in
        home = found.residence[0] if found.residence else ""
        if stated is not None:
            return self.state(path, stated) or home
        states = found.states_of_work if found.residence else []
        if len(states) == 1:
            return states[0]
        if states and home not in states:
            listed = ", ".join(states)
            message = f"work in {listed} and not in {name(home)}, the state of residence"
            self.faults.add(path, f"{message}: state where the employee is insured")
        return home
