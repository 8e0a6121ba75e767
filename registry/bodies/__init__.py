"""Councils and committees, their terms (届), posts, tenures (任职) and decisions."""
