"""The people tables of the annual return (年检) of any year, filled from the record."""
