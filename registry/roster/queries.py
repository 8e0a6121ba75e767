"""The roster: filtered, searched, in order, a page at a time by keyset; rows are plain, not entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, func, select, tuple_
from sqlalchemy.orm import Session

from registry.bodies.models import Post, Tenure
from registry.core.plans import unindexed
from registry.memberships.models import Membership
from registry.people.models import Person
from registry.roster.question import PAGE, SORTS, Counted, Question, RosterFilter, Seen
from registry.societies.models import Branch, Category

__all__ = ["PAGE", "SORTS", "Page", "Roster", "RosterFilter", "every", "offices", "post_names"]

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
    Membership.version,
    Category.name.label("category"),
    Branch.name.label("branch"),
    Branch.code.label("branch_code"),
    Person.version.label("person_version"),
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
    Person.bio,
    Person.phone,
    Person.email,
    Person.address,
    Person.postcode,
)

_SHOWN = (
    select(*COLUMNS)
    .join_from(Membership, Person, Person.id == Membership.person_id)
    .join(Category, Category.id == Membership.category_id)
)


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
        seen: Seen | None = None,
    ) -> None:
        """`allowed` is the clause of rights; `phones` whether the reader may search by telephone.

        `seen` tells of which rows a fact may be asked; without it of all.
        """
        self._session = session
        self._column = SORTS[sought.by]
        self._descending = sought.sort.startswith("-")
        self._question = Question(session, allowed, society_id, sought, phones=phones, seen=seen)

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

    def count(self, *, whole: bool = False) -> Counted | None:
        """How many; see `Question.count`."""
        return self._question.count(whole=whole)

    def clauses(self, *, of_state: bool = True) -> list[ColumnElement[bool]]:
        """What is asked, as clauses on the spells alone, for those who count; perhaps in any state."""
        return self._question.indexed(of_state=of_state)

    def _query(self, backwards: bool, start: tuple[Any, int] | None, limit: int) -> Any:
        """First the page's spells by the index of their order, then what else is shown of them."""
        order = self._order(backwards)
        spells = select(Membership.id).where(*self._question.clauses())
        if start is not None:
            spells = spells.where(self._beyond(start, backwards))
        chosen = spells.order_by(*order).limit(limit).cte("chosen")
        shown = _SHOWN.join(chosen, chosen.c.id == Membership.id)
        return shown.outerjoin(Branch, Branch.id == Membership.branch_id).order_by(*order)

    def _order(self, backwards: bool) -> list[ColumnElement[Any]]:
        """Where few are found they are sorted, without the index of the order."""
        first = unindexed(self._column) if self._question.few else self._column
        return [key.desc() if self._descending != backwards else key.asc() for key in (first, Membership.id)]

    def _position(self, row_id: int | None) -> tuple[Any, int] | None:
        """Only the id travels in addresses: the sort key may be a name."""
        if row_id is None:
            return None
        query = select(self._column, Membership.id).where(Membership.id == row_id, *self._question.whose)
        row = self._session.execute(query).first()
        return (row[0], row[1]) if row else None

    def _beyond(self, start: tuple[Any, int], backwards: bool) -> ColumnElement[bool]:
        keys, values = tuple_(self._column, Membership.id), tuple_(*start)
        return keys < values if self._descending != backwards else keys > values


def _page(rows: Sequence[Row[Any]], *, earlier: bool, later: bool) -> Page:
    if not rows:
        return Page(rows, None, None)
    return Page(rows, rows[0].id if earlier else None, rows[-1].id if later else None)


_OFFICES = (
    select(Tenure.person_id, Post.name)
    .join(Post)
    .where(
        Tenure.society_id == bindparam("society"), Tenure.person_id.in_(bindparam("people", expanding=True))
    )
    .where(Tenure.in_force(bindparam("day")), Tenure.voided_at.is_(None))
    .order_by(Post.rank, Tenure.id)
)


def offices(session: Session, society_id: int, people: Iterable[int], day: date) -> dict[int, list[str]]:
    """The names of the offices that each of the people holds on the day, by rank."""
    asked = {"society": society_id, "people": list(people), "day": day}
    held: dict[int, list[str]] = {}
    for person_id, post in session.execute(_OFFICES, asked):
        names = held.setdefault(person_id, [])
        if post not in names:
            names.append(post)
    return held


def post_names(session: Session, society_id: int) -> list[str]:
    """The offices that the society has, by rank."""
    query = select(Post.name).where(Post.society_id == society_id).group_by(Post.name)
    return list(session.scalars(query.order_by(func.min(Post.rank), Post.name)))


def every(
    session: Session,
    allowed: ColumnElement[bool],
    society_id: int,
    sought: RosterFilter,
    *,
    phones: bool,
    seen: Seen | None = None,
) -> Iterator[Row[Any]]:
    """All rows that the filter leaves, in its order."""
    return Roster(session, allowed, society_id, sought, phones=phones, seen=seen).every()
