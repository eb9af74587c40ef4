"""Jurisdictions: ISO 3166-2 codes of states and territories, their names, and places in them."""

from __future__ import annotations

from collections.abc import Sequence

STATES = {
    "US-AL": "Alabama",
    "US-AK": "Alaska",
    "US-AZ": "Arizona",
    "US-AR": "Arkansas",
    "US-CA": "California",
    "US-CO": "Colorado",
    "US-CT": "Connecticut",
    "US-DE": "Delaware",
    "US-DC": "District of Columbia",
    "US-FL": "Florida",
    "US-GA": "Georgia",
    "US-HI": "Hawaii",
    "US-ID": "Idaho",
    "US-IL": "Illinois",
    "US-IN": "Indiana",
    "US-IA": "Iowa",
    "US-KS": "Kansas",
    "US-KY": "Kentucky",
    "US-LA": "Louisiana",
    "US-ME": "Maine",
    "US-MD": "Maryland",
    "US-MA": "Massachusetts",
    "US-MI": "Michigan",
    "US-MN": "Minnesota",
    "US-MS": "Mississippi",
    "US-MO": "Missouri",
    "US-MT": "Montana",
    "US-NE": "Nebraska",
    "US-NV": "Nevada",
    "US-NH": "New Hampshire",
    "US-NJ": "New Jersey",
    "US-NM": "New Mexico",
    "US-NY": "New York",
    "US-NC": "North Carolina",
    "US-ND": "North Dakota",
    "US-OH": "Ohio",
    "US-OK": "Oklahoma",
    "US-OR": "Oregon",
    "US-PA": "Pennsylvania",
    "US-RI": "Rhode Island",
    "US-SC": "South Carolina",
    "US-SD": "South Dakota",
    "US-TN": "Tennessee",
    "US-TX": "Texas",
    "US-UT": "Utah",
    "US-VT": "Vermont",
    "US-VA": "Virginia",
    "US-WA": "Washington",
    "US-WV": "West Virginia",
    "US-WI": "Wisconsin",
    "US-WY": "Wyoming",
}

TERRITORIES = {"US-PR": "Puerto Rico"}
"""Territories with programmes of their own; their income tax takes the place of the federal one."""

JURISDICTIONS = dict(sorted({**STATES, **TERRITORIES}.items(), key=lambda item: item[1]))
"""Where an employee can live or work, by name: what is said of states holds for territories too."""


def name(code: str) -> str:
    """The name of a state or of the United States; of another place, the code.

    >>> name("US-CA"), name("US")
    ('California', 'United States')
    """
    return "United States" if code == "US" else JURISDICTIONS.get(code, code)


def state_part(place: str) -> str:
    """The state in which a place lies; of a state, or the United States, itself.

    >>> state_part("US-OH-SD-2503"), state_part("US-OH"), state_part("US")
    ('US-OH', 'US-OH', 'US')
    """
    return "-".join(place.split("-")[:2])


def state_of(places: Sequence[str]) -> str:
    """The state of nested places, the state first and the most local last.

    Raises `ValueError` if there is no place, the first is not a state, or one lies outside it.

    >>> state_of(["US-CA"])
    'US-CA'
    >>> state_of(["US-XX"])
    Traceback (most recent call last):
    ValueError: 'US-XX' is not a state: write its ISO 3166-2 code, such as "US-CA", first
    """
    if not places or places[0] not in JURISDICTIONS:
        shown = repr(places[0]) if places else "an empty list"
        raise ValueError(
            f'{shown} is not a state: write its ISO 3166-2 code, such as "US-CA", first'
        )
    for place in places[1:]:
        if not (isinstance(place, str) and place.startswith(f"{places[0]}-")):
            raise ValueError(f"{place!r} does not lie in {places[0]}")
    return places[0]
