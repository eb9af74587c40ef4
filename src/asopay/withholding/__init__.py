"""Income-tax withholding: one module for each procedure, all answering to `withhold`."""

from asopay.withholding.pay import Pay, Supplement

__all__ = ["Pay", "Supplement"]
