"""How fast the registry answers, as ratios to a floor measured beside it: `make bench`."""
