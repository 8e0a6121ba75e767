"""Spells of many people at once, for an import that has checked the rules of `services` itself."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from registry.journal.services import act
from registry.memberships.models import Membership
from registry.memberships.services import Admit, Change, close
from registry.people.models import Person


def begin(society_id: int, person: Person, command: Admit) -> Membership:
    """The row of a new spell, to be added."""
    fields = {key: value for key, value in vars(command).items() if value is not None}
    return Membership(society_id=society_id, person_id=person.id, **fields)


def change_many(session: Session, society_id: int, changes: Iterable[tuple[Membership, Change]]) -> None:
    """Close the spells in one flush, begin their successors in another; edit those that begin that day."""
    act(session, "membership:change", society_id)
    successors = []
    for spell, command in changes:
        if command.on == spell.starts_on:
            spell.category_id, spell.branch_id = command.category_id, command.branch_id
        else:
            successors.append(close(spell, command))
    session.flush()
    session.add_all(successors)
    session.flush()
