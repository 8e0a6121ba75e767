"""Once a year: members say by one press that all is still true; rounds by mail or letter."""
