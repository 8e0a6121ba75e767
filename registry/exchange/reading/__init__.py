"""A file as it was sent → readings of its rows; knows no database."""
