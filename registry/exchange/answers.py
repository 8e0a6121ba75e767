"""What a clerk has said of an upload: who doubtful rows are, cells set right, one word for many cells."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from registry.core.vault import Vault
from registry.exchange.models import Upload
from registry.exchange.reading.layout import Row
from registry.exchange.reading.texts import text_of

Words = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Answers:
    """`decisions` by row; `cells` and `took` by row and column; `same` by column and the text there.

    `took` says whose word counts where file and register differ, `emptied` the same by column for all cells
    that were emptied, where the row's own word does not say otherwise.
    Rows are counted as Excel does, columns from 0; both are text, as JSON has its keys.
    """

    decisions: dict[str, str] = field(default_factory=dict)
    cells: Words = field(default_factory=dict)
    same: Words = field(default_factory=dict)
    took: Words = field(default_factory=dict)
    emptied: dict[str, str] = field(default_factory=dict)

    def with_more(self, more: Answers) -> Answers:
        """Both; of two answers to one question the later counts."""
        return Answers(
            {**self.decisions, **more.decisions},
            _merged(self.cells, more.cells),
            _merged(self.same, more.same),
            _merged(self.took, more.took),
            {**self.emptied, **more.emptied},
        )

    def words(self, row: int) -> Mapping[str, str]:
        """The clerk's word on the differences of a row, by column."""
        return self.took.get(str(row), {})

    def corrected(self, row: Row) -> Row:
        """The row as the clerk wants it read."""
        own = self.cells.get(str(row.number), {})
        if not own and not self.same:
            return row
        cells = list(row.cells)
        for column, words in self.same.items():
            index = int(column)
            if index < len(cells) and text_of(cells[index]) in words:
                cells[index] = words[text_of(cells[index])]
        for column, text in own.items():
            if int(column) < len(cells):
                cells[int(column)] = text
        return replace(row, cells=tuple(cells))


def _merged(one: Mapping[str, Mapping[str, str]], other: Mapping[str, Mapping[str, str]]) -> Words:
    return {key: {**one.get(key, {}), **other.get(key, {})} for key in (*one, *other)}


def kept(vault: Vault, upload: Upload) -> Answers:
    """What was said so far."""
    if upload.answers is None:
        return Answers()
    content: dict[str, Any] = json.loads(vault.open_bytes(upload.answers))
    return Answers(**content)


def keep(vault: Vault, upload: Upload, answers: Answers) -> None:
    """Seal it with the upload."""
    upload.answers = vault.seal_bytes(json.dumps(vars(answers), ensure_ascii=False).encode())
