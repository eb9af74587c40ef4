"""The ledger: every paycheck as it was paid, in order, and what follows from their sum."""

from asopay.ledger.book import Ledger, totals
from asopay.ledger.corrections import (
    Difference,
    Overpayment,
    RetroPay,
    overpayment,
    recompute,
    retro_pay,
)
from asopay.ledger.entries import Entry, balances, entry_of
from asopay.ledger.file import DamagedLedger, append, dump, load
from asopay.ledger.quarters import Quarter

__all__ = [
    "DamagedLedger",
    "Difference",
    "Entry",
    "Ledger",
    "Overpayment",
    "Quarter",
    "RetroPay",
    "append",
    "balances",
    "dump",
    "entry_of",
    "load",
    "overpayment",
    "recompute",
    "retro_pay",
    "totals",
]
