"""What can go wrong in words a clerk understands; the web side turns each into one status."""

from __future__ import annotations

from collections.abc import Mapping

from registry.core.sentences import Sentence


class RuleBroken(Exception):
    """A deed the rules do not allow (422); `field` says where it was typed, None = the form as a whole."""

    def __init__(self, template: str, field: str | None = None, /, **values: object) -> None:
        """`template` is a Chinese source sentence with `%(name)s` for each of the values."""
        made = isinstance(template, Sentence)
        self.reason = template if made else Sentence(template, **values)
        super().__init__(self.reason)
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
