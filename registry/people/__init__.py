"""Natural persons: names in several scripts, identity documents, contact."""
