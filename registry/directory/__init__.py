"""What the members of a society may read of each other: what each chose to show."""
