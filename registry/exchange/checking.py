"""What the page of the verdicts shows: rows of one state or problem, 50 at a time, ready to be set right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from registry.core.codetables import TABLES
from registry.exchange import pages, queries
from registry.exchange.judging.matching import ANOTHER
from registry.exchange.models import Upload
from registry.exchange.packing import Kept
from registry.exchange.pages import Common
from registry.exchange.reading.cells import read_row
from registry.exchange.reading.texts import text_of
from registry.exchange.understanding import understood
from registry.people.documents import masked
from registry.people.fields import FIELDS
from registry.web import current

AT_ONCE = 50
_LONGEST_SHOWN = 80
STATES = {
    "new": (_l("新增"), "met"),
    "changed": (_l("有改动"), "plain"),
    "unchanged": (_l("无变化"), "quiet"),
    "doubtful": (_l("存疑"), "undetermined"),
    "refused": (_l("不能导入"), "not-met"),
}


@dataclass(frozen=True)
class CheckedCell:
    """A cell with its reasons and what it would change; `typed` is what may be edited of it."""

    column: int
    label: str
    text: str
    read: str
    typed: str
    problems: list[str]
    changes: list[tuple[str, str]]
    declined: list[tuple[str, str]]
    conflict: bool

    @property
    def emptied(self) -> bool:
        """It said something when the file left, and says nothing now."""
        return any(not after for _before, after in (*self.changes, *self.declined))


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


@dataclass(frozen=True)
class Repeat:
    """A text that fails in many rows of one column: one word can stand for all of them."""

    column: int
    label: str
    text: str
    reason: str
    count: int
    options: Sequence[str]


class Checked:
    """Step two and after: the verdicts, narrowed to one state or one kind of problem, a page at a time."""

    def __init__(self, session: Session, upload: Upload, key: str, number: int, editing: int) -> None:
        """`key` is a state or a kind of problem; of the row `editing` every cell may be set right."""
        self.upload, self.editing, self._session = upload, editing, session
        self.common = pages.common_of(session, upload) or Common()
        self.kind = key if key in {kind for kind, _words, _many in self.common.kinds} else ""
        self.state = key if key in STATES else ""
        self.key = self.kind or self.state
        self.found = pages.count(session, upload, self.key)
        self.pages = max(1, -(-self.found // AT_ONCE))
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
    def labels(self) -> list[tuple[int, str]]:
        """The columns that are imported."""
        return [(index, label) for index, label, _target in self.common.columns]

    @property
    def asks(self) -> bool:
        """A row of this page awaits the clerk's word."""
        return any(row.choices or self.mendable(row) for row in self.rows)

    def mendable(self, row: CheckedRow) -> bool:
        """Some cell of the row stands open for another text."""
        return row.number == self.editing or any(
            cell.problems or cell.changes or cell.declined for cell in row.cells
        )

    @cached_property
    def repeats(self) -> list[Repeat]:
        """Texts that fail again and again, most often first."""
        headings = {index: (label, target) for index, label, target in self.common.columns}
        return [
            Repeat(column, headings[column][0], text, reason, many, self._options(headings[column][1]))
            for column, text, reason, many in self.common.repeats
            if column in headings
        ]

    @property
    def emptied(self) -> list[tuple[int, str, int, str]]:
        """Columns with cells that were emptied: index, heading, how many, and the word on all of them."""
        labels = self.common.labels
        return [(column, labels[column], many, word) for column, many, word in self.common.emptied]

    def _options(self, target: str) -> list[str]:
        """What may stand in such a column, where it is a closed list."""
        if target in FIELDS and FIELDS[target].kind == "code":
            return [label for _code, label in TABLES[FIELDS[target].table or ""].choices()]
        if target in {"category", "branch"}:
            places = queries.places(self._session, self.upload.society_id, current.today())
            held = places.categories if target == "category" else places.branches
            return list(dict.fromkeys(place.name for place in held.values() if place.open))
        return []

    @cached_property
    def rows(self) -> list[CheckedRow]:
        """The rows of this page."""
        start = (self.number - 1) * AT_ONCE
        found = pages.rows(self._session, self.upload, self.key, start, AT_ONCE)
        return [checked_row(row, self.common) for row in found]

    def word(self, state: str) -> str:
        """A state in words."""
        return str(STATES[state][0])

    def tone(self, state: str) -> str:
        """The tone of a state's badge."""
        return STATES[state][1]


def checked_row(row: Kept, common: Common) -> CheckedRow:
    """A row with what its cells were read as."""
    cells = [_cell(row, *shown) for shown in _shown(row, common)]
    columns = {cell.column for cell in cells}
    elsewhere = [reason for column, reason, _kind in row.problems if column not in columns]
    silent = [(name, before, after) for column, name, before, after in row.changes if column not in columns]
    choices = choices_of(row)
    return CheckedRow(row.row, row.state, row.hidden, cells, elsewhere, silent, choices, row.decision)


def _shown(row: Kept, common: Common) -> Iterable[tuple[int, str, str, str, str]]:
    """Of each imported column: place, heading, text, what it was read as, and what may be edited."""
    reading = read_row(row.as_row(), common.targets, common.labels, current.today())
    proved = {column: masked(proof.number[-4:]) for proof, column in reading.proofs}
    for column, label, target in common.columns:
        raw = text_of(row.cells[column])
        text = proved.get(column, raw[:_LONGEST_SHOWN])
        yield column, label, text, understood(reading, target, text), "" if column in proved else raw


def _cell(row: Kept, column: int, label: str, text: str, read: str, typed: str) -> CheckedCell:
    problems = [reason for at, reason, _kind in row.problems if at == column]
    changes = [(before, after) for at, _name, before, after in row.changes if at == column]
    declined = [(before, after) for at, _name, before, after in row.declined if at == column]
    conflict = column in row.conflicts
    return CheckedCell(column, label, text, read, typed, problems, changes, declined, conflict)


def choices_of(row: Kept) -> list[tuple[str, str]]:
    """Whom a doubtful row may mean; somebody else is always possible."""
    same = [(key, str(_("就是 %(who)s", who=words))) for key, words in row.choices if key != ANOTHER]
    return [*same, (ANOTHER, str(_("另一人，新增")))] if row.choices else []
