"""The benchmarks: how good, how fast, how often wrong. Each takes any file or folder of its shape and gives named figures.

``BENCHES`` lists them; ``floors`` holds them to what was reached before. Sets of data that are absent are said to be and skipped.
"""

from thucydides.desk.bench.benches import BENCHES, Bench, Measured

__all__ = ["BENCHES", "Bench", "Measured"]
