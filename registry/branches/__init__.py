"""The branch units of a society with their people."""
