"""The roster as a table: the columns of the screen in their order, or every one that the reader may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import IO, Any

from sqlalchemy.orm import Session

from registry.core.ages import age_words
from registry.core.dates import PartialDate
from registry.core.policy import Action, Place
from registry.exports.writing import write_csv, write_xlsx
from registry.memberships.models import STATES, state_on
from registry.people.documents import LABELS, masked
from registry.people.facts import shown
from registry.people.fields import FIELDS
from registry.people.queries import documents_of
from registry.roster.columns import COLUMNS
from registry.roster.queries import offices
from registry.tags import queries as tags

_AT_ONCE = 1000
May = Callable[[Action, Any], bool]
"""May the reader do this to a row; the command line may everything."""


@dataclass(frozen=True)
class Column:
    """A heading, the right to see it, and how a row fills it."""

    label: str
    see: Action
    text: Callable[[Any, Beside], str]


@dataclass
class Beside:
    """What stands beside the rows in other tables, for one batch of people."""

    day: date
    offices: dict[int, list[str]] = field(default_factory=dict)
    documents: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    tags: dict[int, list[str]] = field(default_factory=dict)


def _fact(key: str, label: str = "") -> Column:
    spec = FIELDS[key]
    return Column(label or spec.label, spec.see, lambda row, _beside: shown(key, getattr(row, key)))


def _plain(key: str, label: str, see: Action) -> Column:
    return Column(label, see, lambda row, _beside: getattr(row, key) or "")


def _joined(row: Any, _beside: Beside) -> str:
    parts = (row.starts_on.year, row.starts_on.month, row.starts_on.day)
    return str(PartialDate(*parts[: {"Y": 1, "M": 2}.get(row.starts_known, 3)]))


def _state(row: Any, beside: Beside) -> str:
    return STATES[state_on(beside.day, row.starts_on, row.ends_on, row.end_reason)]


def _age(row: Any, beside: Beside) -> str:
    return age_words(row.birth, beside.day)


def _ends(row: Any, _beside: Beside) -> str:
    return str(row.ends_on or "")


def _offices(row: Any, beside: Beside) -> str:
    return "、".join(beside.offices.get(row.person_id, []))


def _tags(row: Any, beside: Beside) -> str:
    return "、".join(beside.tags.get(row.person_id, []))


def _document_kinds(row: Any, beside: Beside) -> str:
    return "、".join(LABELS[kind] for kind, _last4 in beside.documents.get(row.person_id, []))  # type: ignore[index]


def _document_numbers(row: Any, beside: Beside) -> str:
    return "、".join(masked(last4) for _kind, last4 in beside.documents.get(row.person_id, []))


_TOLD = {
    "number": _plain("number", "会员号", Action.ROSTER_SEE),
    "name": _plain("name", "姓名", Action.ROSTER_SEE),
    "category": _plain("category", "会员类别", Action.MEMBERSHIP_SEE),
    "branch": _plain("branch", "分支机构", Action.MEMBERSHIP_SEE),
    "offices": Column("本会职务", Action.BODY_SEE, _offices),
    "joined": Column("入会日期", Action.MEMBERSHIP_SEE, _joined),
    "state": Column("会籍状态", Action.MEMBERSHIP_SEE, _state),
    "age": Column("年龄", FIELDS["birth"].see, _age),
    "document_kinds": Column("证件类型", Action.DOCUMENT_SEE, _document_kinds),
    "document_numbers": Column("证件号码", Action.DOCUMENT_SEE, _document_numbers),
    "tags": Column("标签", Action.ROSTER_SEE, _tags),
    "ends": Column("会籍终止", Action.MEMBERSHIP_SEE, _ends),
    "remark": _plain("remark", "备注", Action.MEMBERSHIP_SEE),
}
"""What is no fact of a person, by the key of the roster's column."""
EVERY = tuple(column.key for column in COLUMNS)


def _column(key: str) -> Column:
    return _TOLD.get(key) or _fact(key)


def _with_country(keys: Iterable[str]) -> list[str]:
    """The screen says of foreigners their country beside the region; a file has a column for it."""
    named = list(keys)
    if "region" in named and "nationality" not in named:
        named.insert(named.index("region") + 1, "nationality")
    return named


def export(
    session: Session,
    rows: Iterable[Any],
    day: date,
    may: May,
    kind: str,
    out: IO[bytes],
    title: str,
    keys: Iterable[str] = EVERY,
) -> int:
    """Write the rows as `kind` (xlsx or csv), each with what the reader may see of it; returns their number.

    `rows` come from `roster.queries.every`, `keys` are of the roster's columns, in their order; a column that
    the reader may see of no row is left out.
    """
    batches = iter(_batches(rows))
    first = next(batches, [])
    named = [_column(key) for key in _with_country(keys)]
    columns = [column for column in named if not first or any(may(column.see, row) for row in first)]
    texts = _texts(session, first, batches, columns, day, may)
    headings = [column.label for column in columns]
    if kind == "csv":
        return write_csv(out, headings, texts)
    return write_xlsx(out, title, headings, texts)


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, _AT_ONCE)):
        yield batch


def _texts(
    session: Session,
    first: list[Any],
    more: Iterator[list[Any]],
    columns: Sequence[Column],
    day: date,
    may: May,
) -> Iterator[list[str]]:
    batch: list[Any] | None = first
    while batch:
        people = [row.person_id for row in batch]
        society_id = batch[0].society_id
        beside = _beside(session, society_id, people, day)
        for row in batch:
            yield [column.text(row, beside) if may(column.see, row) else "" for column in columns]
        batch = next(more, None)


def _beside(session: Session, society_id: int, people: Sequence[int], day: date) -> Beside:
    return Beside(
        day,
        offices(session, society_id, people, day),
        documents_of(session, society_id, people),
        tags.of_people(session, society_id, people),
    )


def remembered(may: May) -> May:
    """The same answers, asked once for each branch: within one society nothing else of a row decides."""

    @lru_cache(maxsize=4096)
    def ask(action: Action, place: Any) -> bool:
        return may(action, place)

    return lambda action, row: ask(action, _place(row))


def _place(row: Any) -> Place:
    return Place(row.society_id, row.branch_id)
