"""The membership and governance registry of scientific societies."""
