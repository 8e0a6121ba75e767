"""The command palette: one line to type in that goes to any person, branch, body or page."""
