"""What a person agreed to, purpose by purpose, and took back: events that are only added to."""
