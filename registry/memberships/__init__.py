"""Who belongs, in which category, from when to when; unit members."""
