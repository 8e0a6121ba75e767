"""The Flask side that every area shares."""
