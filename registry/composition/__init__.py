"""Bodies and those who sit in them, audited: rules as data, judged on a snapshot without a database."""
