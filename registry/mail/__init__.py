"""Mails to send: queued with the deed that causes them, sent after its commit."""
