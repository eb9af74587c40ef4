"""What asopay's speed promises are measured with: `nox -s bench` prints them, no test asserts them.

Each module measures one thing and can be run by itself, such as ``python -m benchmarks.import_time``.
What is compared is measured in the same run, in turns, and the fastest of several turns counts.
"""
