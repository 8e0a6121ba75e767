"""Taking back what an act did, from what the journal says of it."""
