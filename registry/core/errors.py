"""What can go wrong in words a clerk understands; the web side turns each into one status."""

from __future__ import annotations

from collections.abc import Mapping


class RuleBroken(Exception):
    """A deed the rules do not allow (422); `field` says where it was typed, None = the form as a whole."""

    def __init__(self, reason: str, field: str | None = None) -> None:
        """`reason` is a Chinese source sentence."""
        super().__init__(reason)
        self.reason = reason
        self.field = field


class Stale(Exception):
    """Somebody saved in between (409): what was typed and what stands now."""

    def __init__(
        self, mine: str, theirs: str, version: int, both: Mapping[str, tuple[str, str]] | None = None
    ) -> None:
        """`mine` and `theirs` as shown to people, of several facts in `both`; `version` now stands."""
        super().__init__("stale")
        self.mine = mine
        self.theirs = theirs
        self.version = version
        self.both = both or {}


class NotThere(Exception):
    """No such row, or none this reader may know of (404)."""


class NotAllowed(Exception):
    """The reader's grants do not reach this (403)."""
