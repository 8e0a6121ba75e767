"""Councils, unit members and branches from lists: read, judged row by row, and applied as one act."""
