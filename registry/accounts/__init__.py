"""Sign-in and dated role grants."""
