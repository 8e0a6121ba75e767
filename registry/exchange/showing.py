"""What step one of an import shows: how the file was read, each column with samples and its meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from flask_babel import gettext as _

from registry.exchange import forms
from registry.exchange.models import Upload
from registry.exchange.reading.layout import Layout, LeftOut, Row, table
from registry.exchange.reading.sheets import Sheet
from registry.exchange.reading.telling import remarks
from registry.exchange.reading.texts import text_of
from registry.exchange.services import layout_of, people_in
from registry.people.documents import masked

SAMPLES, LOOKED_AT = 3, 200


@dataclass(frozen=True)
class FileColumn:
    """A column of the file: its letter in Excel, heading, samples, and what it is taken for."""

    index: int
    letter: str
    label: str
    samples: list[str]
    target: str


class Described:
    """Step one: how the file was read."""

    def __init__(self, upload: Upload, sheets: Sequence[Sheet]) -> None:
        """The upload with its sheets open."""
        self.upload, self.sheets = upload, sheets
        self.layout: Layout = layout_of(upload, sheets)
        self.groups = forms.target_groups()

    @cached_property
    def _table(self) -> tuple[Sequence[Row], list[LeftOut]]:
        return table(self.sheets[self.layout.sheet], self.layout)

    @property
    def rows(self) -> int:
        """How many rows look like people."""
        return len(self._table[0])

    @property
    def left_out(self) -> list[LeftOut]:
        """Rows that are no people."""
        return self._table[1]

    @property
    def remarks(self) -> list[str]:
        """What was guessed of the encoding, what is hidden and read all the same, what was not read."""
        return remarks(self.sheets, self.layout, self._table[0])

    @property
    def choices(self) -> list[tuple[int, str]]:
        """The sheets with how many people each seems to hold."""
        return [(index, self._sheet_words(sheet, index)) for index, sheet in enumerate(self.sheets)]

    def _sheet_words(self, sheet: Sheet, index: int) -> str:
        hidden = _("，隐藏") if sheet.hidden else ""
        return f"{sheet.name}（{_('%(n)s 行', n=people_in(sheet, index))}{hidden}）"

    @property
    def columns(self) -> list[FileColumn]:
        """Every column that has a heading or anything in it."""
        layout = self.layout
        every = (
            FileColumn(index, letter(index), label, self._samples(index), layout.targets[index])
            for index, label in enumerate(layout.labels)
        )
        return [column for column in every if column.label or column.samples]

    def _samples(self, column: int) -> list[str]:
        """The first different values; of document numbers the last four."""
        texts = (text_of(row.cells[column]).strip() for row in self._table[0][:LOOKED_AT])
        if self.layout.targets[column] == "document_number":
            texts = (masked(text[-4:]) if text else "" for text in texts)
        return list(islice(dict.fromkeys(text[:24] for text in texts if text), SAMPLES))


def letter(index: int) -> str:
    """0 → A, 26 → AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text
