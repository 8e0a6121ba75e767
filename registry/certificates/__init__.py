"""Certificates of membership and office: signed, revocable, verified by anybody."""
