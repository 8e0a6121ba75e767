"""Who may be twins of a society's register, whom clerks judged to be two, and what was merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased, joinedload

from registry.journal.models import Entry
from registry.memberships.models import EndReason, Membership
from registry.merging.likeness import COMPARED, Known, Pair, judge
from registry.merging.models import Apart, MarkKind, Merge, TwinMark
from registry.people.documents import DocumentKind
from registry.people.models import IdentityDocument, Person

PAGE = 30
_AT_ONCE = 500
_SHARED, _MOST = 3, 12
"""A telephone or address of more people is an office's; so many of one name and year are nobody's twins."""
_READ, _GLANCE = 20_000, 300
"""So many marks in common are looked into, and for a number on another page."""
_ACROSS = ((MarkKind.WRITTEN, MarkKind.SPELT), (MarkKind.ROUGH, MarkKind.YEAR))
_SINGLE = (DocumentKind.RESIDENT_ID, DocumentKind.RESIDENCE_PERMIT, DocumentKind.FOREIGN_PR)
"""Documents of which a person has one number for life."""

Keys = tuple[int, int]


@dataclass(frozen=True)
class Page:
    """Pairs in order; `after` is the key to go on from, None at the end."""

    pairs: Sequence[Pair]
    total: int
    after: tuple[int, int, int] | None


def pairs(session: Session, society_id: int) -> list[Pair]:
    """Every likely pair, the most alike first; the pairs of a mark are few, so the work is not quadratic."""
    return _judged(session, society_id, _candidates(session, society_id, _READ))


def some(session: Session, society_id: int) -> int:
    """How many likely pairs a short look finds: of a great register not all."""
    return len(_judged(session, society_id, _candidates(session, society_id, _GLANCE)))


def _candidates(session: Session, society_id: int, most: int) -> set[Keys]:
    return {*_in_groups(session, society_id, most), *_across(session, society_id, most)}


def page(session: Session, society_id: int, after: tuple[int, int, int] | None = None) -> Page:
    """The pairs behind a key."""
    every = pairs(session, society_id)
    rest = [pair for pair in every if after is None or pair.key > after]
    shown = rest[:PAGE]
    return Page(shown, len(every), shown[-1].key if len(rest) > PAGE else None)


def twins_of(session: Session, society_id: int, person_id: int) -> list[Pair]:
    """The pairs of one person."""
    mine, theirs = aliased(TwinMark), aliased(TwinMark)
    query = (
        select(theirs.kind, theirs.mark, theirs.person_id)
        .join(mine, and_(mine.society_id == theirs.society_id, mine.mark == theirs.mark))
        .where(mine.society_id == society_id, mine.person_id == person_id, theirs.person_id != person_id)
        .where(_comparable(mine, theirs))
    )
    groups: dict[Keys, list[int]] = defaultdict(list)
    for kind, mark, other_id in session.execute(query.limit(_MOST * 8)):
        groups[kind, mark].append(other_id)
    others = {key for (kind, _mark), group in groups.items() if len(group) < _limit(kind) for key in group}
    return _judged(session, society_id, {_ordered(person_id, other) for other in others})


def _comparable(mine: Any, theirs: Any) -> Any:
    """The same kind, but the many only against the few that may say the same less exactly."""
    across = (
        and_(few.kind == narrow, many.kind == wide)
        for narrow, wide in _ACROSS
        for few, many in ((mine, theirs), (theirs, mine))
    )
    wide = [kind for _narrow, kind in _ACROSS]
    return or_(and_(mine.kind == theirs.kind, mine.kind.not_in(wide)), *across)


def _limit(kind: int) -> int:
    return _SHARED if kind in {MarkKind.PHONE, MarkKind.MAIL} else _MOST


def _in_groups(session: Session, society_id: int, most: int) -> Iterator[Keys]:
    """Pairs of those who have a mark in common, where few have it."""
    kinds = (MarkKind.BORN, MarkKind.WORKS, MarkKind.PHONE, MarkKind.MAIL)
    shared = (
        select(TwinMark.kind, TwinMark.mark)
        .where(TwinMark.society_id == society_id, TwinMark.kind.in_(kinds))
        .group_by(TwinMark.kind, TwinMark.mark)
        .having(func.count().between(2, _MOST))
        .limit(most)
        .subquery()
    )
    query = select(TwinMark.kind, TwinMark.mark, TwinMark.person_id).join(
        shared, and_(TwinMark.kind == shared.c.kind, TwinMark.mark == shared.c.mark)
    )
    groups: dict[Keys, list[int]] = defaultdict(list)
    for kind, mark, person_id in session.execute(query.where(TwinMark.society_id == society_id)):
        groups[kind, mark].append(person_id)
    for (kind, _mark), group in groups.items():
        if len(group) <= _limit(kind):
            yield from combinations(sorted(group), 2)


def _across(session: Session, society_id: int, most: int) -> Iterator[Keys]:
    """Names in letters against pinyin, births roughly known against the exact; and each among its own."""
    mine, theirs = aliased(TwinMark), aliased(TwinMark)
    query = (
        select(mine.person_id, theirs.person_id)
        .join(theirs, and_(theirs.society_id == mine.society_id, theirs.mark == mine.mark))
        .where(mine.society_id == society_id, theirs.person_id != mine.person_id)
    )
    for narrow, wide in _ACROSS:
        both = query.where(mine.kind == narrow, theirs.kind.in_((narrow, wide)))
        for one, two in session.execute(both.limit(most)):
            yield _ordered(one, two)


def _ordered(one: int, two: int) -> Keys:
    return (one, two) if one < two else (two, one)


def _judged(session: Session, society_id: int, found: Collection[Keys]) -> list[Pair]:
    apart = _apart(session, society_id) if found else set()
    wanted = [keys for keys in found if keys not in apart]
    people = known(session, society_id, {key for keys in wanted for key in keys})
    judged = (judge(people[one], people[two]) for one, two in wanted if one in people and two in people)
    return sorted((pair for pair in judged if pair), key=lambda pair: pair.key)


def _apart(session: Session, society_id: int) -> set[Keys]:
    query = select(Apart.person_id, Apart.other_id).where(Apart.society_id == society_id)
    return {(row[0], row[1]) for row in session.execute(query.where(Apart.withdrawn_at.is_(None)))}


def known(session: Session, society_id: int, ids: Collection[int]) -> dict[int, Known]:
    """What is compared of those people who were not merged into others."""
    papers, numbers = defaultdict[int, list[tuple[str, str]]](list), dict[int, str]()
    rows: list[Any] = []
    for part in _parts(sorted(ids)):
        columns = [getattr(Person, key) for key in COMPARED]
        query: Select[Any] = select(Person.id, *columns).where(
            Person.society_id == society_id, Person.id.in_(part)
        )
        rows += session.execute(query.where(Person.merged_into_id.is_(None))).mappings().all()
        for person_id, kind, mark in session.execute(_papers(society_id, part)):
            papers[person_id].append((kind, mark))
        numbers |= {key or 0: number for key, number in session.execute(_numbers(society_id, part))}
    return {row["id"]: Known(row["id"], row, numbers.get(row["id"], ""), papers[row["id"]]) for row in rows}


def _parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def _papers(society_id: int, ids: Sequence[int]) -> Select[int, str, str]:
    document = IdentityDocument
    return select(document.person_id, document.kind, document.fingerprint).where(
        document.society_id == society_id, document.person_id.in_(ids), document.kind.in_(_SINGLE)
    )


def _numbers(society_id: int, ids: Sequence[int]) -> Select[int | None, str]:
    """The newest number last, one that was never true before all others."""
    void = (Membership.end_reason == EndReason.VOIDED).is_(True)
    query = select(Membership.person_id, Membership.number).where(
        Membership.society_id == society_id, Membership.person_id.in_(ids)
    )
    return query.order_by(void.desc(), Membership.starts_on, Membership.id)


def apart(session: Session, society_id: int, one_id: int, two_id: int) -> Apart | None:
    """The judgement that two people are two, withdrawn or not."""
    low, high = _ordered(one_id, two_id)
    query = select(Apart).where(
        Apart.society_id == society_id, tuple_(Apart.person_id, Apart.other_id) == (low, high)
    )
    return session.scalars(query).first()


def person(session: Session, society_id: int, person_id: int) -> Person | None:
    """One person of a society, merged or not."""
    return session.scalars(
        select(Person).where(Person.society_id == society_id, Person.id == person_id)
    ).first()


def merge(session: Session, society_id: int, merge_id: int) -> Merge | None:
    """One merge with both people."""
    query = select(Merge).where(Merge.society_id == society_id, Merge.id == merge_id)
    return session.scalars(query.options(joinedload(Merge.survivor), joinedload(Merge.merged))).first()


def merge_of(session: Session, society_id: int, merged_id: int) -> Merge | None:
    """The merge by which a person's entry went into another."""
    query = select(Merge).where(Merge.society_id == society_id, Merge.person_id == merged_id)
    return session.scalars(query.where(Merge.undone_at.is_(None)).order_by(Merge.id.desc())).first()


def merges(session: Session, society_id: int, limit: int = 20) -> Sequence[Merge]:
    """The newest merges with both people."""
    query = select(Merge).where(Merge.society_id == society_id)
    query = query.options(joinedload(Merge.survivor), joinedload(Merge.merged))
    return session.scalars(query.order_by(Merge.id.desc()).limit(limit)).all()


def merges_into(session: Session, society_id: int, survivor_id: int) -> Sequence[Merge]:
    """What was merged into a person and stands, newest first."""
    query = select(Merge).where(Merge.society_id == society_id, Merge.survivor_id == survivor_id)
    query = query.where(Merge.undone_at.is_(None)).options(joinedload(Merge.merged))
    return session.scalars(query.order_by(Merge.id.desc())).all()


def with_merged(session: Session, society_id: int, *ids: int) -> list[int]:
    """The people themselves and everybody who was ever merged into them."""
    inside = select(Person.id).where(Person.society_id == society_id, Person.id.in_(ids)).cte(recursive=True)
    further = select(Person.id).where(Person.society_id == society_id, Person.merged_into_id == inside.c.id)
    return list(session.scalars(select(inside.union(further).c.id)))


def last_changes(session: Session, society_id: int, *ids: int) -> dict[tuple[int, str], int]:
    """When each fact of these people was last changed, as the journal's own count: greater is later."""
    query = select(Entry.person_id, Entry.id, Entry.after).where(
        Entry.society_id == society_id, Entry.person_id.in_(ids), Entry.table_name == "person"
    )
    found: dict[tuple[int, str], int] = {}
    for person_id, entry_id, after in session.execute(query.order_by(Entry.id)):
        found |= {(person_id, key): entry_id for key in after}
    return found
