"""What the pages of an import show: the columns with samples, and the verdicts, 50 rows at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.exchange import forms
from registry.exchange.judging.matching import ANOTHER
from registry.exchange.models import Upload
from registry.exchange.reading.layout import Layout, LeftOut, Row, table
from registry.exchange.reading.sheets import Sheet
from registry.exchange.reading.texts import text_of
from registry.exchange.services import layout_of, people_in
from registry.people.documents import masked

AT_ONCE = 50
SAMPLES, LOOKED_AT = 3, 200
STATES = {
    "new": (_l("新增"), "met"),
    "changed": (_l("有改动"), "plain"),
    "unchanged": (_l("无变化"), "quiet"),
    "doubtful": (_l("存疑"), "undetermined"),
    "refused": (_l("不能导入"), "not-met"),
}


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
    def _table(self) -> tuple[list[Row], list[LeftOut]]:
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
    def hidden(self) -> int:
        """How many rows are hidden in Excel; they are read all the same."""
        return sum(1 for row in self._table[0] if row.hidden)

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


@dataclass(frozen=True)
class CheckedCell:
    """A cell with its reasons and what it would change."""

    column: int
    label: str
    text: str
    read: str
    problems: list[str]
    changes: list[tuple[str, str]]


@dataclass
class CheckedRow:
    """A row as it was judged."""

    number: int
    state: str
    hidden: bool
    cells: list[CheckedCell]
    problems: list[str]
    changes: list[tuple[str, str, str]]
    choices: list[tuple[str, str]]
    decision: str


class Checked:
    """Step two and after: the verdicts, narrowed to one state, a page at a time."""

    def __init__(self, upload: Upload, content: dict[str, Any], state: str, number: int) -> None:
        """`content` as `examining.unpack` gives it."""
        self.upload, self.state = upload, state if state in STATES else ""
        self.digest = content.get("digest", "")
        self.left_out = content.get("left_out", [])
        self.labels = content.get("labels", [])
        self.not_taken = content.get("not_taken", [])
        rows = content.get("rows", [])
        self._rows = [row for row in rows if not self.state or row["state"] == self.state]
        self.pages = max(1, -(-len(self._rows) // AT_ONCE))
        self.number = min(max(1, number), self.pages)

    @property
    def tabs(self) -> list[tuple[str, str, str, int]]:
        """Each state with its word, tone and count."""
        counts = self.upload.counts
        return [(key, str(word), tone, counts.get(key, 0)) for key, (word, tone) in STATES.items()]

    @property
    def total(self) -> int:
        """All rows of people."""
        return sum(self.upload.counts.values())

    @property
    def written(self) -> int:
        """Rows that applying writes."""
        return self.upload.counts.get("new", 0) + self.upload.counts.get("changed", 0)

    @property
    def asks(self) -> bool:
        """A row of this page awaits the clerk's word."""
        return any(row.choices for row in self.rows)

    @cached_property
    def rows(self) -> list[CheckedRow]:
        """The rows of this page."""
        start = (self.number - 1) * AT_ONCE
        return [self._row(row) for row in self._rows[start : start + AT_ONCE]]

    def _row(self, row: dict[str, Any]) -> CheckedRow:
        columns = [column for column, _label in self.labels]
        cells = [
            CheckedCell(
                column,
                label,
                text,
                read,
                [reason for at, reason in row["problems"] if at == column],
                [(before, after) for at, _name, before, after in row["changes"] if at == column],
            )
            for (column, label), (text, read) in zip(self.labels, row["cells"], strict=True)
        ]
        elsewhere = [reason for at, reason in row["problems"] if at not in columns]
        silent = [(name, before, after) for at, name, before, after in row["changes"] if at not in columns]
        choices = _choices(row["choices"])
        return CheckedRow(
            row["row"], row["state"], row["hidden"], cells, elsewhere, silent, choices, row["decision"]
        )

    def word(self, state: str) -> str:
        """A state in words."""
        return str(STATES[state][0])

    def tone(self, state: str) -> str:
        """The tone of a state's badge."""
        return STATES[state][1]


def _choices(offered: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Whom a doubtful row may mean; somebody else is always possible."""
    same = [(key, _("就是 %(who)s", who=words)) for key, words in offered if key != ANOTHER]
    return [*same, (ANOTHER, _("另一人，新增"))] if offered else []
