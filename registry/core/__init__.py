"""What every area stands on: no Flask, no tables."""
