"""The first page, and the home of a society."""
