"""Home, the societies, one at a glance, and its journal."""
