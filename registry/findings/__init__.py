"""Findings that live: raised by a supervisor, answered with evidence, closed, reopened by themselves."""
