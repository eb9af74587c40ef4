"""Hypothesis without a deadline: what is slow is measured in benchmarks, not guessed in tests."""

from hypothesis import settings

settings.register_profile("asopay", deadline=None)
settings.load_profile("asopay")
