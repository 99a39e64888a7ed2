"""How fast gmlrun is, as ratios to plain Python doing the same: `python -m benchmarks`."""
