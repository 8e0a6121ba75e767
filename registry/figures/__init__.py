"""The dashboard of a society or branch: counts that follow the filters of the roster, drawn."""
