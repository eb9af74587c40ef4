"""Deductions: what is taken from gross pay by the employee's elections."""

from asopay.deductions.taking import Deductions, Deferrals, Election, take_deductions

__all__ = ["Deductions", "Deferrals", "Election", "take_deductions"]
