"""The roster as a table: the columns of the screen in their order, or every one that the reader may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import chain, islice
from operator import attrgetter
from typing import Any

from sqlalchemy.orm import Session

from registry.consents import queries as consents
from registry.consents.purposes import DIRECTORY, PURPOSES
from registry.core.ages import age_words
from registry.core.codetables import TABLES
from registry.core.dates import PartialDate
from registry.core.policy import Action
from registry.core.subjects import Place
from registry.exports.keys import key_of
from registry.exports.tables import Heading, Line, Table
from registry.memberships.models import STATES, state_on
from registry.people.documents import LABELS, masked
from registry.people.facts import teller
from registry.people.fields import FIELDS
from registry.people.queries import documents_of
from registry.roster.columns import COLUMNS
from registry.roster.queries import offices
from registry.societies import queries as societies
from registry.societies.models import Society
from registry.tags import queries as tags

_AT_ONCE = 1000
May = Callable[[Action, Any], bool]
"""May the reader do this to a row; the command line may everything."""
Tell = Callable[[Any, "Beside"], str]


@dataclass(frozen=True)
class Column:
    """A heading, the right to see it, and how a row fills it."""

    key: str
    label: str
    see: Action
    text: Tell
    kind: str = "text"


@dataclass
class Beside:
    """What stands beside the rows in other tables, for one batch of people."""

    day: date
    offices: dict[int, list[str]] = field(default_factory=dict)
    documents: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    tags: dict[int, list[str]] = field(default_factory=dict)
    agreed: dict[int, Sequence[str]] = field(default_factory=dict)


def _fact(key: str) -> Column:
    spec, tell, get = FIELDS[key], teller(key), attrgetter(key)
    if spec.kind in {"text", "long"}:
        return Column(key, spec.label, spec.see, _plain(key))
    kind = "date" if spec.kind == "date" else "text"
    return Column(key, spec.label, spec.see, lambda row, _beside: tell(get(row)), kind)


def _plain(key: str) -> Tell:
    get = attrgetter(key)
    return lambda row, _beside: get(row) or ""


def _joined(row: Any, _beside: Beside) -> str:
    return _known(row.starts_on, row.starts_known)


@lru_cache(maxsize=4096)
def _known(day: date, precision: str) -> str:
    """A day as far as it is known."""
    return str(PartialDate(*(day.year, day.month, day.day)[: {"Y": 1, "M": 2}.get(precision, 3)]))


def _state(row: Any, beside: Beside) -> str:
    return STATES[state_on(beside.day, row.starts_on, row.ends_on, row.end_reason)]


def _age(row: Any, beside: Beside) -> str:
    return age_words(row.birth, beside.day)


def _ends(row: Any, _beside: Beside) -> str:
    return str(row.ends_on or "")


def _offices(row: Any, beside: Beside) -> str:
    return "、".join(beside.offices.get(row.person_id, ()))


def _tags(row: Any, beside: Beside) -> str:
    return "、".join(beside.tags.get(row.person_id, ()))


def _document_kinds(row: Any, beside: Beside) -> str:
    return "、".join(LABELS[kind] for kind, _last4 in beside.documents.get(row.person_id, ()))  # type: ignore[index]


def _document_numbers(row: Any, beside: Beside) -> str:
    return "、".join(masked(last4) for _kind, last4 in beside.documents.get(row.person_id, ()))


_TOLD = (
    Column("number", "会员号", Action.ROSTER_SEE, _plain("number")),
    Column("name", "姓名", Action.ROSTER_SEE, _plain("name")),
    Column("category", "会员类别", Action.MEMBERSHIP_SEE, _plain("category")),
    Column("branch", "分支机构", Action.MEMBERSHIP_SEE, _plain("branch")),
    Column("offices", "本会职务", Action.BODY_SEE, _offices),
    Column("joined", "入会日期", Action.MEMBERSHIP_SEE, _joined, "date"),
    Column("state", "会籍状态", Action.MEMBERSHIP_SEE, _state),
    Column("age", "年龄", FIELDS["birth"].see, _age, "number"),
    Column("document_kinds", "证件类型", Action.DOCUMENT_SEE, _document_kinds),
    Column("document_numbers", "证件号码", Action.DOCUMENT_SEE, _document_numbers),
    Column("tags", "标签", Action.ROSTER_SEE, _tags),
    Column("ends", "会籍终止", Action.MEMBERSHIP_SEE, _ends, "date"),
    Column("remark", "备注", Action.MEMBERSHIP_SEE, _plain("remark")),
)
"""What is no fact of a person, by the keys of the roster's columns."""
_CONTACT = frozenset(key for key, spec in FIELDS.items() if spec.see is Action.CONTACT_SEE)
_CHOSEN = _CONTACT.union(PURPOSES[DIRECTORY].offers)
EVERY = tuple(column.key for column in COLUMNS)
_BY_KEY = {key: _fact(key) for key in FIELDS} | {column.key: column for column in _TOLD}


def table(
    session: Session,
    society: Society,
    rows: Iterable[Any],
    day: date,
    may: May,
    title: str,
    keys: Iterable[str] = EVERY,
    *,
    directory: bool = False,
) -> Table:
    """The rows with what the reader may see of each; a column that is seen of none is left out.

    As a `directory` among members it gives of each only what they chose to show.

    `rows` come from `roster.queries.every`; `keys` are of the roster's columns, in their order.
    """
    batches = iter(_batches(rows))
    first = next(batches, [])
    named = [_agreed(_BY_KEY[key]) if directory else _BY_KEY[key] for key in _with_country(keys)]
    columns = [column for column in named if not first or any(may(column.see, row) for row in first)]
    offered = _choices(session, society.id, day, may)
    headings = [
        Heading(column.key, column.label, column.kind, offered.get(column.key, ())) for column in columns
    ]
    lines = _lines(session, chain([first], batches), columns, day, may)
    return Table(title, society.id, society.name, day, headings, lines, fixed=2, keyed=True)


def _agreed(column: Column) -> Column:
    """The same of those who chose to show it; the others' cells stay empty."""
    if column.key not in _CHOSEN:
        return column
    tell = column.text
    return replace(
        column,
        text=lambda row, beside: (
            tell(row, beside) if column.key in beside.agreed.get(row.person_id, ()) else ""
        ),
    )


def _with_country(keys: Iterable[str]) -> list[str]:
    """The screen says of foreigners their country beside the region; a file has a column for it."""
    named = list(keys)
    if "region" in named and "nationality" not in named:
        named.insert(named.index("region") + 1, "nationality")
    return named


def _choices(session: Session, society_id: int, day: date, may: May) -> dict[str, tuple[str, ...]]:
    """What may be picked in a column: code tables, and those of the society's words that the reader sees."""
    flag = {key: ("是", "否") for key, spec in FIELDS.items() if spec.kind == "flag"}
    coded = {
        key: tuple(name for _code, name in TABLES[spec.table or ""].choices())
        for key, spec in FIELDS.items()
        if spec.kind == "code"
    }
    there = societies.branches_on(societies.branches(session, society_id), day)
    branches = tuple(branch.name for branch in there if may(Action.BRANCH_SEE, branch))
    categories = (row.name for row in societies.categories(session, society_id) if not row.for_units)
    return {**flag, **coded, "category": tuple(categories), "branch": branches}


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, _AT_ONCE)):
        yield batch


def _lines(
    session: Session, batches: Iterable[list[Any]], columns: Sequence[Column], day: date, may: May
) -> Iterator[Line]:
    told: dict[Place, list[Tell]] = {}
    for batch in batches:
        beside = _beside(session, batch, {column.key for column in columns}, day)
        for row in batch:
            place = _place(row)
            tells = told.get(place)
            if tells is None:
                tells = told[place] = [
                    column.text if may(column.see, row) else _nothing for column in columns
                ]
            yield key_of(row), [tell(row, beside) for tell in tells]


def _nothing(_row: Any, _beside: Beside) -> str:
    return ""


def _beside(session: Session, batch: Sequence[Any], asked: set[str], day: date) -> Beside:
    """Only what a column asks for."""
    people = [row.person_id for row in batch]
    beside = Beside(day)
    if not batch:
        return beside
    society_id = batch[0].society_id
    if "offices" in asked:
        beside.offices = offices(session, society_id, people, day)
    if asked & {"document_kinds", "document_numbers"}:
        beside.documents = documents_of(session, society_id, people)
    if "tags" in asked:
        beside.tags = tags.of_people(session, society_id, people)
    if asked & _CHOSEN:
        beside.agreed = consents.chosen(session, society_id, people, DIRECTORY)
    return beside


def remembered(may: May) -> May:
    """The same answers, asked once for each branch: within one society nothing else of a row decides."""

    @lru_cache(maxsize=4096)
    def ask(action: Action, place: Any) -> bool:
        return may(action, place)

    return lambda action, row: ask(action, _place(row))


def _place(row: Any) -> Place:
    return Place(row.society_id, row.branch_id)
