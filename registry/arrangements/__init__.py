"""How readers arrange the roster: the columns and density each remembers, and views saved under a name."""
