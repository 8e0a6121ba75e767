"""A stranger's file → sheets, in a process of its own and under limits."""
