"""Who may sign in for a society: accounts and their roles, and members invited by mail or letter."""
