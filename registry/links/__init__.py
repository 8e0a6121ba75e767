"""Links and codes that work once, for one purpose, for a time; only their digest is kept."""
