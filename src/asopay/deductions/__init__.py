"""Deductions: what is taken from gross pay by the employee's elections."""

from asopay.deductions.standing import Plan, Standing
from asopay.deductions.taking import Deducted, Election, take_deductions

__all__ = ["Deducted", "Election", "Plan", "Standing", "take_deductions"]
