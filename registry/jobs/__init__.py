"""Deeds that take longer than a request may wait: done beside it, seen as they go on, whole or not at all."""
