"""Invented societies, people and offices: the demonstration, and bulk data to measure with."""
