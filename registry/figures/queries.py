"""Counting whom the roster lists: grouped statements on spells, which repeat what is known of persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    extract,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from registry.core.regions import Region
from registry.memberships.counting import birth_key, lacking_document
from registry.memberships.mirrored import GAPS
from registry.memberships.models import EndReason, Membership
from registry.people.models import Person
from registry.roster.clauses import YEAR

Clauses = Sequence[ColumnElement[bool]]
Tallies = dict[str, Counter[tuple[str | None, str | None]]]
"""By fact how many share a value, or a pair of values."""

MOST = 200_000
"""Of more the facts are not counted, but for places and years: the page stays quick, and says so."""

COLUMNS = (
    "sex",
    "birth",
    "region",
    "ethnic",
    "political",
    "employer_kind",
    "grassroots",
    "title_level",
    "education",
    "degree",
)
"""Facts that stand in columns of the spell."""

GAP = {
    "employer": "employer",
    "title": "title",
    "disciplines": "discipline",
    "phone": "phone",
    "email": "email",
}
"""Other facts, by the word for it in `gaps` that each is empty."""

ONLY_MAINLAND = frozenset({"ethnic", "political"})
"""Facts asked of people of the mainland alone."""


@dataclass(frozen=True)
class Known:
    """Of how many a fact is known, and of how many it is asked."""

    many: int
    of: int


def counted(session: Session, listed: Clauses) -> int:
    """How many spells are listed."""
    return session.execute(select(func.count()).select_from(Membership).where(*listed)).scalar_one()


PLACES = (Membership.region, Membership.category_id, Membership.branch_id)


def places(session: Session, listed: Clauses, *, every: bool) -> list[Counter[Any]]:
    """How many of the listed have each region, category and branch.

    `every`: nobody is left out but by the days, so that the index of each place alone answers.
    """
    if every:
        asked = (select(place, func.count()).where(*listed).group_by(place) for place in PLACES)
        return [Counter({value: many for value, many in session.execute(query)}) for query in asked]  # noqa: C416 - rows are no pairs to a dict
    # Wrapped, so that SQLite does not walk an index of one of them and fetch every row by itself.
    keys = [func.coalesce(place, None) for place in PLACES]
    found: list[Counter[Any]] = [Counter() for _place in PLACES]
    for *values, many in session.execute(select(*keys, func.count()).where(*listed).group_by(*keys)):
        for sums, value in zip(found, values, strict=True):
            sums[value] += many
    return found


_ALONE = ("title_level", "employer_kind", "grassroots", "disciplines", "confirmed")


def people(session: Session, listed: Clauses, day: date) -> Tallies:
    """The listed by facts of their persons: births (with sex), title levels, kinds of employer and so on.

    The spells are read once, and grouped from what was read.
    """
    facts = _facts(listed, day)
    paired = {"birth": (facts.c.sex, facts.c.birth)}
    alone = {key: (facts.c[key],) for key in _ALONE}
    counts = [_grouped(key, *columns) for key, columns in {**paired, **alone}.items()]
    found: Tallies = {key: Counter() for key in (*paired, *alone)}
    for key, first, second, many in session.execute(union_all(*counts)):
        found[key][first, second] += many
    return found


def _facts(listed: Clauses, day: date) -> CTE:
    """As text throughout, so that groups of different facts can stand under each other."""
    grassroots = case((Membership.grassroots.is_(True), "yes"), (Membership.grassroots.is_(False), "no"))
    columns = (
        Membership.sex,
        birth_key(day, Membership.birth),
        Membership.title_level,
        Membership.employer_kind,
        grassroots.label("grassroots"),
        Membership.disciplines,
        _freshness(day).label("confirmed"),
    )
    return select(*columns).where(*listed).cte("facts")


def _freshness(day: date) -> Any:
    """When the person last said that the entry is true, in the words of the roster's criterion."""
    who, since = aliased(Person), day - YEAR
    spans = case((who.confirmed_on >= since, "year"), (who.confirmed_on < since, "longer"), else_="never")
    return select(spans).where(who.id == Membership.person_id).scalar_subquery()


def _grouped(key: str, first: Any, second: Any = None) -> Select[Any]:
    keys = [column for column in (first, second) if column is not None]
    columns = (literal(key), first, cast(null(), String) if second is None else second)
    return select(*columns, func.count()).group_by(*keys)


def completeness(
    session: Session, listed: Clauses, facts: Iterable[str], *, documents: bool
) -> dict[str, Known]:
    """Of how many each fact is known, of columns and gaps; `documents` beside them under `document`."""
    keys = list(facts)
    mainland = _sum(Membership.region == Region.MAINLAND)
    query = select(func.count(), mainland, *(_sum(_known(key)) for key in keys)).where(*listed)
    every, of_mainland, *many = session.execute(query).one()
    bases = [of_mainland if key in ONLY_MAINLAND else every for key in keys]
    found = {key: Known(n or 0, of or 0) for key, n, of in zip(keys, many, bases, strict=True)}
    if documents:
        lacking = select(func.count()).where(*listed, lacking_document())
        found["document"] = Known(every - session.execute(lacking).scalar_one(), every)
    return found


def _sum(clause: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((clause, 1), else_=0))


def _known(key: str) -> ColumnElement[bool]:
    if key not in COLUMNS:
        return Membership.gaps.bitwise_and(GAPS[GAP[key]]) == 0
    known = getattr(Membership, key).is_not(None)
    return and_(Membership.region == Region.MAINLAND, known) if key in ONLY_MAINLAND else known


def begun(session: Session, asked: Clauses, day: date) -> Sequence[Any]:
    """Spells in any state by (year of their beginning, whether that is still to come, many)."""
    never_void = (Membership.end_reason == EndReason.VOIDED).is_not(True)
    days = select(Membership.starts_on.label("day")).where(*asked, never_void)
    return _by_year(session, days, day)


def ended(session: Session, asked: Clauses, day: date) -> Sequence[Any]:
    """Spells by (year of their end, whether that is still to come, why, many)."""
    real = or_(Membership.end_reason.is_(None), Membership.end_reason != EndReason.VOIDED)
    days = select(Membership.ends_on.label("day"), Membership.end_reason)
    return _by_year(session, days.where(*asked, Membership.ends_on.is_not(None), real), day)


def continued(session: Session, asked: Clauses, society_id: int, day: date) -> Sequence[Any]:
    """Of the spells begun those that went on from one that was changed, by (year, still to come, many)."""
    earlier = aliased(Membership)
    days = select(Membership.starts_on.label("day")).join_from(
        earlier,
        Membership,
        and_(
            Membership.society_id == society_id,
            Membership.person_id == earlier.person_id,
            Membership.starts_on == earlier.ends_on,
        ),
    )
    changed = (earlier.society_id == society_id, earlier.end_reason == EndReason.CHANGED)
    return _by_year(session, days.where(*changed, earlier.person_id.is_not(None), *asked), day)


def _by_year(session: Session, days: Select[*tuple[Any, ...]], day: date) -> Sequence[Any]:
    """Spells by their day and what else is selected, then by the year: of days there are few, in order."""
    counts = days.add_columns(func.count().label("many")).group_by(*days.selected_columns).subquery()
    when, *others, many = counts.c
    keys = (extract("year", when), case((when > day, 1), else_=0), *others)
    query = select(*keys, cast(func.sum(many), BigInteger)).group_by(*keys)
    return session.execute(query).all()
