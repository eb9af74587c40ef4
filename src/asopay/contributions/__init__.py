"""Social insurance and other payroll taxes: rates on wages up to, or above, a limit a year."""

from asopay.contributions.contribution import Contribution

__all__ = ["Contribution"]
