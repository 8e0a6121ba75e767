"""Across societies: what a supervisor reads."""
