"""Garnishments: what is withheld from pay for creditors, by orders served on the employer.

Ordinary Python on whole cents: orders are few, and nobody computes them in columns. The package is
imported with the first order.
"""

from asopay.garnishments.reading import read_orders
from asopay.garnishments.taking import Garnished, Garnishing, garnish

__all__ = ["Garnished", "Garnishing", "garnish", "read_orders"]
