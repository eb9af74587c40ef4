"""Deductions: what is taken from gross pay by the employee's elections."""

from asopay.deductions.standing import Standing
from asopay.deductions.taking import Deducted, Election, take_deductions

__all__ = ["Deducted", "Election", "Standing", "take_deductions"]
