"""What leaves the house as a file: rosters and lists as Excel and CSV, for whoever may see what they say."""
