"""Reading tags: those of a society, those of some people, the people of one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, TextClause, exists, func, select
from sqlalchemy.orm import Session

from registry.memberships.models import Membership
from registry.tags.models import HELD, Tag, Tagging

AT_ONCE = 1000


def tags(session: Session, society_id: int) -> Sequence[Tag]:
    """The tags that somebody in the society bears, by name."""
    borne = exists().where(Tagging.society_id == society_id, Tagging.tag_id == Tag.id, HELD)
    query = select(Tag).where(Tag.society_id == society_id, borne)
    return session.scalars(query.order_by(Tag.name)).all()


def counted(session: Session, society_id: int) -> Sequence[Any]:
    """The tags that somebody bears, by name, each with how many do: id, name, people."""
    people = func.count(Tagging.id).label("people")
    query = select(Tag.id, Tag.name, people).join(Tagging, Tagging.tag_id == Tag.id)
    borne = query.where(Tag.society_id == society_id, Tagging.society_id == society_id, HELD)
    return session.execute(borne.group_by(Tag.id, Tag.name).order_by(Tag.name)).all()


def tag_of(session: Session, society_id: int, tag_id: int) -> Tag | None:
    """One tag of a society."""
    return session.scalars(select(Tag).where(Tag.society_id == society_id, Tag.id == tag_id)).first()


def by_name(session: Session, society_id: int, name: str) -> Tag | None:
    """The tag of that word, whether anybody bears it or not."""
    return session.scalars(select(Tag).where(Tag.society_id == society_id, Tag.name == name)).first()


def of_person(session: Session, society_id: int, person_id: int) -> Sequence[Tag]:
    """What one person bears, by name."""
    query = select(Tag).join(Tagging, Tagging.tag_id == Tag.id).where(*_borne(society_id, [person_id]))
    return session.scalars(query.order_by(Tag.name)).all()


def of_people(session: Session, society_id: int, people: Sequence[int]) -> dict[int, list[str]]:
    """What each of the people bears, by name."""
    query = select(Tagging.person_id, Tag.name).join(Tag, Tag.id == Tagging.tag_id)
    borne: dict[int, list[str]] = {}
    for person_id, name in session.execute(query.where(*_borne(society_id, people)).order_by(Tag.name)):
        borne.setdefault(person_id, []).append(name)
    return borne


def bearers(session: Session, society_id: int, tag_id: int, spell_ids: Sequence[int]) -> set[int]:
    """Who of the holders of the spells bears the tag."""
    borne = (Tagging.society_id == society_id, Tagging.tag_id == tag_id, HELD)
    query = select(Tagging.person_id).join(Membership, Membership.person_id == Tagging.person_id)
    parts = (spell_ids[start : start + AT_ONCE] for start in range(0, len(spell_ids), AT_ONCE))
    return {key for part in parts for key in session.scalars(query.where(*borne, Membership.id.in_(part)))}


def all_bearers(session: Session, society_id: int, tag_id: int) -> list[int]:
    """Everybody who bears the tag, in the order of their entries."""
    return list(session.scalars(bearing(society_id, [tag_id]).order_by(Tagging.person_id)))


def _borne(society_id: int, people: Iterable[int]) -> tuple[ColumnElement[bool] | TextClause, ...]:
    return (Tagging.society_id == society_id, Tagging.person_id.in_(list(people)), HELD)


def bearing(society_id: int, tag_ids: Collection[int]) -> Select[Any]:
    """Who bears one of the tags, by id."""
    return select(Tagging.person_id).where(
        Tagging.society_id == society_id, Tagging.tag_id.in_(tag_ids), HELD
    )
