"""Meetings of bodies: who came, what they decided by how many votes, and the paper that tells it."""
