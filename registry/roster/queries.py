"""The roster: filtered, searched, in order, a page at a time by keyset; rows are plain, not entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from registry.bodies.models import Post, Tenure
from registry.memberships.counting import LACKING
from registry.memberships.models import EndReason, Membership
from registry.people.models import Person
from registry.roster.search import COUNTED, matching
from registry.societies.models import Branch, Category

PAGE = 50
FEW = 3_000
"""So many found are sorted; of more the roster is walked in its order until a page is full."""

SORTS = {"number": Membership.sort_number, "pinyin": Membership.sort_pinyin, "joined": Membership.starts_on}

COLUMNS = (
    Membership.id,
    Membership.society_id,
    Membership.branch_id,
    Membership.person_id,
    Membership.number,
    Membership.starts_on,
    Membership.starts_known,
    Membership.ends_on,
    Membership.end_reason,
    Membership.remark,
    Category.name.label("category"),
    Branch.name.label("branch"),
    Branch.code.label("branch_code"),
    Person.name,
    Person.name_traditional,
    Person.name_pinyin,
    Person.name_latin,
    Person.former_names,
    Person.sex,
    Person.birth,
    Person.region,
    Person.nationality,
    Person.ethnic,
    Person.political,
    Person.employer,
    Person.position,
    Person.employer_kind,
    Person.grassroots,
    Person.grassroots_ground,
    Person.title,
    Person.title_level,
    Person.education,
    Person.degree,
    Person.disciplines,
    Person.phone,
    Person.email,
    Person.address,
    Person.postcode,
)


@dataclass(frozen=True)
class RosterFilter:
    """What the roster is narrowed to and sorted by, as keys of its tables; empty = everything.

    `state`: active, future, all, or a reason of `EndReason`; `sort`: a key of `SORTS`, with - descending.
    """

    day: date
    q: str = ""
    region: str = ""
    category_id: int | None = None
    branch_id: int | None = None
    state: str = "active"
    office: str = ""
    lack: str = ""
    sort: str = "number"


@dataclass(frozen=True)
class Page:
    """Rows in order; `before` and `after` are the ids to go on from, None at an end."""

    rows: Sequence[Row[Any]]
    before: int | None
    after: int | None


class Roster:
    """One question put to the roster: the search is asked once, for page and count alike."""

    def __init__(
        self,
        session: Session,
        allowed: ColumnElement[bool],
        society_id: int,
        sought: RosterFilter,
        *,
        phones: bool,
    ) -> None:
        """`allowed` is the clause of rights; `phones` whether the reader may search by telephone."""
        self._session = session
        by = sought.sort.removeprefix("-")
        self._column = SORTS[by]
        self._descending = sought.sort.startswith("-")
        self._society_id, self._sought = society_id, sought
        self._whose = [allowed, Membership.society_id == society_id, Membership.person_id.is_not(None)]
        self._clauses = [*self._whose, *_narrowing(society_id, sought)]
        self._found = matching(session, society_id, sought.q, phones=phones)
        # Names that sound alike stand together by pinyin, so that a walk may be long.
        self._few = self._found is not None and self._found.size <= (FEW if by != "pinyin" else COUNTED)

    def page(self, *, after: int | None = None, before: int | None = None, limit: int = PAGE) -> Page:
        """The page behind row `after`, or the one ahead of row `before`."""
        backwards = before is not None
        start = self._position(before if backwards else after)
        found = list(self._session.execute(self._query(backwards, start, limit + 1)))
        more, rows = len(found) > limit, found[:limit]
        if backwards:
            rows.reverse()
        return _page(rows, earlier=more if backwards else start is not None, later=backwards or more)

    def every(self) -> Iterator[Row[Any]]:
        """All rows in order, fetched by pages, so that no length of roster fills the memory."""
        after: int | None = None
        while True:
            page = self.page(after=after, limit=1000)
            yield from page.rows
            after = page.after
            if after is None:
                return

    def count(self) -> int | None:
        """How many; `COUNTED` + 1 stands for more than that, None for words found too often to count."""
        if self._found and self._found.size > COUNTED:
            return None
        query = select(Membership.id).where(*self._clauses)
        # The index of this order also holds the dates, so that no row need be read.
        query = query.where(self._found.within) if self._found else query.order_by(Membership.sort_number)
        counted = query.limit(COUNTED + 1).subquery()
        return self._session.execute(select(func.count()).select_from(counted)).scalar_one()

    def clauses(self, *, of_state: bool = True) -> list[ColumnElement[bool]]:
        """What is asked, as clauses on the spells alone, for those who count; perhaps in any state."""
        asked = self._clauses if of_state else [*self._whose, *_lasting(self._society_id, self._sought)]
        return [*asked, self._found.within] if self._found else list(asked)

    def _query(self, backwards: bool, start: tuple[Any, int] | None, limit: int) -> Any:
        """First the page's spells by the index of their order, then what else is shown of them."""
        order = self._order(backwards)
        spells = select(Membership.id).where(*self._clauses)
        if self._found:
            spells = spells.where(self._found.within if self._few else self._found.probe)
        if start is not None:
            spells = spells.where(self._beyond(start, backwards))
        chosen = spells.order_by(*order).limit(limit).cte("chosen")
        return (
            select(*COLUMNS)
            .join_from(chosen, Membership, Membership.id == chosen.c.id)
            .join(Person, Person.id == Membership.person_id)
            .join(Category, Category.id == Membership.category_id)
            .outerjoin(Branch, Branch.id == Membership.branch_id)
            .order_by(*order)
        )

    def _order(self, backwards: bool) -> list[ColumnElement[Any]]:
        """Where few are found they are sorted; wrapped, so that SQLite does not walk the index instead."""
        first = func.coalesce(self._column, None) if self._few else self._column
        return [key.desc() if self._descending != backwards else key.asc() for key in (first, Membership.id)]

    def _position(self, row_id: int | None) -> tuple[Any, int] | None:
        """Only the id travels in addresses: the sort key may be a name."""
        if row_id is None:
            return None
        query = select(self._column, Membership.id).where(Membership.id == row_id, self._clauses[1])
        row = self._session.execute(query).first()
        return (row[0], row[1]) if row else None

    def _beyond(self, start: tuple[Any, int], backwards: bool) -> ColumnElement[bool]:
        keys, values = tuple_(self._column, Membership.id), tuple_(*start)
        return keys < values if self._descending != backwards else keys > values


def _page(rows: Sequence[Row[Any]], *, earlier: bool, later: bool) -> Page:
    if not rows:
        return Page(rows, None, None)
    return Page(rows, rows[0].id if earlier else None, rows[-1].id if later else None)


def _narrowing(society_id: int, sought: RosterFilter) -> Iterator[ColumnElement[bool]]:
    yield from _lasting(society_id, sought)
    yield from _in_state(sought.state, sought.day)


def _lasting(society_id: int, sought: RosterFilter) -> Iterator[ColumnElement[bool]]:
    """All but the state of the spell on the day."""
    if sought.region:
        yield Membership.region == sought.region
    if sought.category_id:
        yield Membership.category_id == sought.category_id
    if sought.branch_id:
        yield Membership.branch_id == sought.branch_id
    if sought.office:
        yield Membership.person_id.in_(_holders(society_id, sought))
    if sought.lack:
        yield LACKING[sought.lack]()


def _in_state(state: str, day: date) -> Iterator[ColumnElement[bool]]:
    if state == "active":
        yield _begun(day)
        yield or_(Membership.ends_on.is_(None), Membership.ends_on > day)
    elif state == "future":
        yield Membership.starts_on > day
    elif state == "all":
        # A changed spell lives on in its successor, a voided one never was.
        gone = (EndReason.CHANGED, EndReason.VOIDED)
        yield or_(Membership.end_reason.is_(None), Membership.end_reason.not_in(gone))
    else:
        yield and_(Membership.end_reason == state, Membership.ends_on <= day)


def _begun(day: date) -> ColumnElement[bool]:
    """Almost every spell has begun: wrapped, so that SQLite keeps to the index of the order."""
    return func.coalesce(Membership.starts_on, None) <= day


def _holders(society_id: int, sought: RosterFilter) -> Select[int]:
    """Who holds an office on the day: any, or the one of that name."""
    query = select(Tenure.person_id).where(
        Tenure.society_id == society_id, Tenure.in_force(sought.day), Tenure.voided_at.is_(None)
    )
    return query if sought.office == "any" else query.join(Post).where(Post.name == sought.office)


def offices(session: Session, society_id: int, people: Iterable[int], day: date) -> dict[int, list[str]]:
    """The names of the offices that each of the people holds on the day, by rank."""
    query = (
        select(Tenure.person_id, Post.name)
        .join(Post)
        .where(Tenure.society_id == society_id, Tenure.person_id.in_(list(people)))
        .where(Tenure.in_force(day), Tenure.voided_at.is_(None))
        .order_by(Post.rank, Tenure.id)
    )
    held: dict[int, list[str]] = {}
    for person_id, post in session.execute(query):
        names = held.setdefault(person_id, [])
        if post not in names:
            names.append(post)
    return held


def post_names(session: Session, society_id: int) -> list[str]:
    """The offices that the society has, by rank."""
    query = select(Post.name).where(Post.society_id == society_id).group_by(Post.name)
    return list(session.scalars(query.order_by(func.min(Post.rank), Post.name)))


def every(
    session: Session, allowed: ColumnElement[bool], society_id: int, sought: RosterFilter, *, phones: bool
) -> Iterator[Row[Any]]:
    """All rows that the filter leaves, in its order."""
    return Roster(session, allowed, society_id, sought, phones=phones).every()
