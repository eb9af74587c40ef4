"""Tax tables: the figures of the law, found by jurisdiction, tax and date, and validated."""

from asopay.tables.folders import TaxTables, shipped_folder
from asopay.tables.table import Days, Edition, LeviedOn, Places, Source, Table

__all__ = [
    "Days",
    "Edition",
    "LeviedOn",
    "Places",
    "Source",
    "Table",
    "TaxTables",
    "shipped_folder",
]
