"""All that is known of a row before it is judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from registry.exchange.reading.readings import Reading
from registry.exports.keys import RowKey

FILE, REGISTER = "file", "register"
"""The clerk's word on a difference: what the file says, or what stands."""


@dataclass
class Told:
    """A reading with the marks of its documents; of an exported row its key and what it said when it `left`.

    `took` is the clerk's word on single differences, by column. `emptied` are the facts that it said when it
    left, and of which its cell says nothing any more; `every` is the word on all such cells of a column.
    """

    reading: Reading
    marks: list[str] = field(default_factory=list)
    key: RowKey | None = None
    left: Reading | None = None
    took: Mapping[str, str] = field(default_factory=dict)
    emptied: Sequence[str] = ()
    every: Mapping[str, str] = field(default_factory=dict)

    def word(self, key: str) -> str:
        """What the clerk said of a fact's column."""
        return self.took.get(str(self.reading.where.get(key)), "")

    def word_on_emptied(self, key: str, moved: str) -> str:
        """The same; what the register has said since is erased only on a word about this very cell."""
        every = self.every.get(str(self.reading.where.get(key)), "")
        return self.word(key) or ("" if moved and every == FILE else every)
