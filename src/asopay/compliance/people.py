"""Names, addresses and numbers that returns and files need and paychecks do not.

Numbers that identify a person or an account are shown masked wherever a text shows the object.
"""

from __future__ import annotations

import re

from attrs import field, frozen

from asopay.compliance.fixed_width import masked
from asopay.faults import Faults

_SSN = re.compile(r"(?!000|666|9)\d{3}-?(?!00)\d{2}-?(?!0000)\d{4}")
_EIN = re.compile(r"\d{2}-?\d{7}")
_ROUTING = re.compile(r"\d{9}")
_WEIGHTS = (3, 7, 1) * 3


@frozen
class Address:
    """A postal address in the United States; the state is its two letters."""

    delivery: str
    city: str
    state: str
    zip_code: str
    location: str = ""
    zip_extension: str = ""


@frozen
class Person:
    """An employee by name, with the Social Security number, such as ``123-45-6789``."""

    first_name: str
    last_name: str
    ssn: str = field(repr=masked)
    address: Address
    middle_name: str = ""
    suffix: str = ""


@frozen
class Contact:
    """Whom to ask about a file."""

    name: str
    phone: str
    email: str = ""


@frozen
class Business:
    """An employer or submitter by name, with its EIN, such as ``12-3456789``."""

    name: str
    ein: str
    address: Address
    contact: Contact


def digits_of_ssn(ssn: str, path: str, faults: Faults) -> str:
    """The nine digits of a Social Security number; a number that is never issued is a fault.

    >>> digits_of_ssn("123-45-6789", "ssn", Faults())
    '123456789'
    """
    if not _SSN.fullmatch(ssn):
        faults.add(path, f"{masked(ssn)} is not a Social Security number such as 123-45-6789")
    return ssn.replace("-", "")


def digits_of_ein(ein: str, path: str, faults: Faults) -> str:
    """The nine digits of an EIN.

    >>> digits_of_ein("12-3456789", "ein", Faults())
    '123456789'
    """
    if not _EIN.fullmatch(ein):
        faults.add(path, f"{ein!r} is not an EIN such as 12-3456789")
    return ein.replace("-", "")


def checked_routing_number(number: str, path: str, faults: Faults) -> str:
    """A bank's routing number, whose last digit checks the others.

    >>> checked_routing_number("021000021", "routing_number", Faults())
    '021000021'
    """
    is_number = _ROUTING.fullmatch(number) is not None
    if not is_number or sum(w * int(d) for w, d in zip(_WEIGHTS, number, strict=True)) % 10:
        faults.add(path, f"{number!r} is not a routing number of nine digits that check")
    return number
