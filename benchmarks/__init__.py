"""How fast asopay is: `nox -s bench` prints the figures of docs/performance.md and asserts nothing.

Each module measures one thing and can be run by itself: ``python -m benchmarks.import_time``. What
is compared is measured in the same run, in turns, and the fastest of several turns counts.
"""
