"""Societies side by side, for those who supervise them."""
