"""Plots that are bare shapes and words, each with a sentence and its numbers as a table."""
