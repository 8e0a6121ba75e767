"""Readings → verdicts against the register; writes nothing."""
