"""Hanging tags on people and taking them off, of one or of thousands."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken
from registry.journal.chain import entry
from registry.journal.services import act, record
from registry.people.models import Person
from registry.tags import queries
from registry.tags.models import LONGEST, Tag, Tagging

AT_ONCE = 500
_PARTING = set(",、;")
"""What would make two tags of one; wide forms are folded before."""

Tick = Callable[[int], None]


def read_name(typed: str, field: str = "tag") -> str:
    """A word as it is kept; `RuleBroken` at the field where it is none."""
    folded = unicodedata.normalize("NFKC", typed)
    name = " ".join("".join(sign for sign in folded if sign.isprintable()).split())
    if not name:
        raise RuleBroken("请填写标签", field)
    if len(name) > LONGEST:
        raise RuleBroken("标签最多 %(longest)s 个字", field, longest=LONGEST)
    if _PARTING & set(name):
        raise RuleBroken("一次一个标签，里面不能有逗号、顿号、分号", field)
    return name


def tag_named(session: Session, society_id: int, name: str) -> Tag:
    """The society's tag of that word, made where there is none; within the act under way."""
    found = queries.by_name(session, society_id, name)
    if found is None:
        found = Tag(society_id=society_id, name=name)
        session.add(found)
        session.flush()
    return found


def add(
    session: Session, society_id: int, typed: str, people: Sequence[int], tick: Tick | None = None
) -> Tag:
    """Hang a tag on people of the society; on those who bear it already nothing is done."""
    name = read_name(typed)
    act(session, "tag:add", society_id)
    tag = tag_named(session, society_id, name)
    for part in _parts(people):
        known = _standing(session, tag, part)
        _hang(session, tag, [key for key in _of_society(session, society_id, part) if key not in known])
        _set(session, {key: row for key, row in known.items() if not row.held}, held=True)
        if tick:
            tick(len(part))
    return tag


def remove(session: Session, tag: Tag, people: Sequence[int], tick: Tick | None = None) -> None:
    """Take a tag off people; the row stays."""
    act(session, "tag:remove", tag.society_id)
    for part in _parts(people):
        known = _standing(session, tag, part)
        _set(session, {key: row for key, row in known.items() if row.held}, held=False)
        if tick:
            tick(len(part))


def rename(session: Session, tag: Tag, typed: str) -> None:
    """Another word for the same people; one that others bear is merged with, not taken."""
    name = read_name(typed, "name")
    if name == tag.name:
        raise RuleBroken("名字没有变", "name")
    known = queries.by_name(session, tag.society_id, name)
    if known is None:
        act(session, "tag:rename", tag.society_id, f"“{tag.name}”改名为“{name}”")
        tag.name = name
        session.flush()
    elif queries.all_bearers(session, tag.society_id, known.id):
        raise RuleBroken("已经有标签“%(name)s”；要合到一起，请用“并入”", "name", name=name)
    else:
        _move(session, tag, known, "tag:rename", f"“{tag.name}”改名为“{name}”")


def merge(session: Session, tag: Tag, into: Tag) -> None:
    """Everybody who bears the one bears the other instead."""
    if into.society_id != tag.society_id or into.id == tag.id:
        raise RuleBroken("请选另一个标签", "into")
    _move(session, tag, into, "tag:merge", f"“{tag.name}”并入“{into.name}”")


def delete(session: Session, tag: Tag) -> None:
    """Take a tag off everybody; the row stays, unseen."""
    people = queries.all_bearers(session, tag.society_id, tag.id)
    act(session, "tag:delete", tag.society_id, f"“{tag.name}”，{len(people):,} 人")
    remove(session, tag, people)


def _move(session: Session, tag: Tag, into: Tag, deed: str, words: str) -> None:
    people = queries.all_bearers(session, tag.society_id, tag.id)
    act(session, deed, tag.society_id, f"{words}，{len(people):,} 人")
    add(session, tag.society_id, into.name, people)
    remove(session, tag, people)


def _parts(people: Sequence[int]) -> Iterable[Sequence[int]]:
    return (people[start : start + AT_ONCE] for start in range(0, len(people), AT_ONCE))


def _of_society(session: Session, society_id: int, people: Sequence[int]) -> list[int]:
    query = select(Person.id).where(Person.society_id == society_id, Person.id.in_(people))
    return list(session.scalars(query.order_by(Person.id)))


def _standing(session: Session, tag: Tag, people: Sequence[int]) -> dict[int, Any]:
    """What is on record of the tag, by person, borne or not."""
    query = select(Tagging.id, Tagging.person_id, Tagging.held).where(
        Tagging.society_id == tag.society_id, Tagging.person_id.in_(people), Tagging.tag_id == tag.id
    )
    return {row.person_id: row for row in session.execute(query)}


def _hang(session: Session, tag: Tag, people: Sequence[int]) -> None:
    if not people:
        return
    rows = [
        {"society_id": tag.society_id, "tag_id": tag.id, "person_id": key, "held": True} for key in people
    ]
    session.execute(insert(Tagging.__table__), [{**row, "version": 1} for row in rows])  # type: ignore[arg-type]
    made = _standing(session, tag, people)
    record(
        session,
        [entry("tagging", made[row["person_id"]].id, row["person_id"], "new", {}, row) for row in rows],
    )


def _set(session: Session, rows: dict[int, Any], *, held: bool) -> None:
    if not rows:
        return
    change = update(Tagging).where(Tagging.id.in_([row.id for row in rows.values()]))
    session.execute(
        change.values(held=held, version=Tagging.version + 1),
        execution_options={"synchronize_session": False},
    )
    record(
        session,
        [
            entry("tagging", row.id, key, "changed", {"held": not held}, {"held": held})
            for key, row in rows.items()
        ],
    )
