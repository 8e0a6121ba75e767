"""What each kind of list means to the register: how its rows are judged, and how they are written."""
