"""What the statutory disability and paid-leave programmes would pay: estimates for planning."""

from asopay.statutory_benefits.estimate import BasePeriod, Estimate, estimate, programmes

__all__ = ["BasePeriod", "Estimate", "estimate", "programmes"]
