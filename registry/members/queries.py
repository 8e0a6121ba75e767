"""Reading who may be the same person, and a member's documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from registry.core.dates import PartialDate
from registry.core.text import fold, simplify, sort_key, traditional
from registry.memberships.models import Membership
from registry.people.models import IdentityDocument, Person

_KNOWN = (
    Person.id,
    Person.name,
    Person.name_traditional,
    Person.name_latin,
    Person.birth,
    Person.employer,
    Membership.number,
)


def namesakes(session: Session, society_id: int, name: str, birth: PartialDate | None) -> list[Row[Any]]:
    """Members of that name, 简 or 繁, whose birth date may be the same; each once."""
    keys = {sort_key(spelling)[:200] for spelling in (name, simplify(name), traditional(name))}
    query = _known().where(Membership.society_id == society_id, Membership.sort_pinyin.in_(keys))
    found = session.execute(query.order_by(Membership.starts_on.desc(), Membership.id.desc())).all()
    alike = [row for row in found if _same_name(row, name) and _may_be_born(row, birth)]
    return list({row.id: row for row in reversed(alike)}.values())


def holder(session: Session, society_id: int, fingerprint: str) -> Row[Any] | None:
    """The member to whom a document belongs."""
    query = (
        _known()
        .join(IdentityDocument, IdentityDocument.person_id == Person.id)
        .where(IdentityDocument.society_id == society_id, IdentityDocument.fingerprint == fingerprint)
    )
    return session.execute(query.order_by(Membership.starts_on.desc()).limit(1)).first()


def _known() -> Select[Any]:
    columns: list[Any] = [*_KNOWN]
    return select(*columns).join(Membership, Membership.person_id == Person.id)


def _same_name(row: Any, name: str) -> bool:
    spellings = (row.name, row.name_traditional, row.name_latin)
    return _plain(name) in {_plain(spelling) for spelling in spellings if spelling}


def _plain(name: str) -> str:
    return simplify(fold(name)).replace(" ", "")


def _may_be_born(row: Any, birth: PartialDate | None) -> bool:
    return birth is None or row.birth is None or bool(birth.agrees(row.birth))


def document(session: Session, society_id: int, person_id: int, document_id: int) -> IdentityDocument | None:
    """One document of a person."""
    query = select(IdentityDocument).where(
        IdentityDocument.society_id == society_id, IdentityDocument.person_id == person_id
    )
    return session.scalars(query.where(IdentityDocument.id == document_id)).first()


def documents(session: Session, society_id: int, person_id: int) -> Sequence[IdentityDocument]:
    """Every document of a person, in the order they were registered."""
    query = select(IdentityDocument).where(
        IdentityDocument.society_id == society_id, IdentityDocument.person_id == person_id
    )
    return session.scalars(query.order_by(IdentityDocument.id)).all()
