"""Benchmarks (测速): one JSON line for each figure; every run works on databases of its own."""
