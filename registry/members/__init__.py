"""A member's page, and the deeds done on it."""
