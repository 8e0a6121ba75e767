"""A whole council at once: the rules of one appointment for each, with as few statements as for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.bodies import queries, rules
from registry.bodies.models import Post, Tenure, Term
from registry.bodies.services import Appoint, office, spell_of
from registry.core.errors import RuleBroken
from registry.core.periods import Period
from registry.journal.services import act
from registry.memberships.models import Membership
from registry.people.models import Person
from registry.societies.models import Society

_AT_ONCE = 500
Row = TypeVar("Row", Person, Post, Term)


def appoint_all(session: Session, society: Society, commands: Sequence[Appoint]) -> list[Tenure]:
    """Give all these offices as one act, or none; each names a decision already on record, if any."""
    people = _rows(session, society, Person, (command.person_id for command in commands))
    posts = _rows(session, society, Post, (command.post_id for command in commands), lock=True)
    terms = _rows(session, society, Term, (command.term_id for command in commands))
    members = spells_of(session, society.id, people)
    filled = {key: [*queries.filling(session, key, _span(commands, key))] for key in posts}
    made: list[Tenure] = []
    for command in commands:
        person, post, term = people[command.person_id], posts[command.post_id], terms[command.term_id]
        period = spell_of(command, post, term)
        if rules.needs_membership(term.body, command.begun_by) and not any(
            spell.holds(command.starts_on) for spell in members[person.id]
        ):
            raise RuleBroken(rules.no_member(person, command.starts_on), "person")
        rules.refuse_taken(person.id, post, period, filled[post.id])
        made.append(office(society, command, person, post, term))
        filled[post.id].append(made[-1])
    if made:
        act(session, "tenure:appoint", society.id)
        session.add_all(made)
        session.flush()
    return made


def _rows(
    session: Session, society: Society, table: type[Row], ids: Iterable[int], *, lock: bool = False
) -> dict[int, Row]:
    """The rows of the society by id; posts stay locked, so that nobody else counts their seats meanwhile."""
    wanted, found = sorted(set(ids)), dict[int, Row]()
    for start in range(0, len(wanted), _AT_ONCE):
        query = select(table).where(
            table.society_id == society.id, table.id.in_(wanted[start : start + _AT_ONCE])
        )
        found |= {row.id: row for row in session.scalars(query.with_for_update() if lock else query)}
    if len(found) < len(wanted):
        raise RuleBroken("请选本学会的人员、职务和届次")
    return found


def spells_of(session: Session, society_id: int, people: Iterable[int]) -> dict[int, list[Period]]:
    """The spells of membership of each person, those that hold on no day too."""
    spells: dict[int, list[Period]] = defaultdict(list)
    wanted = sorted(people)
    for start in range(0, len(wanted), _AT_ONCE):
        query = select(Membership.person_id, Membership.starts_on, Membership.ends_on).where(
            Membership.society_id == society_id, Membership.person_id.in_(wanted[start : start + _AT_ONCE])
        )
        for person_id, starts_on, ends_on in session.execute(query):
            spells[person_id or 0].append(Period(starts_on, ends_on))
    return spells


def _span(commands: Iterable[Appoint], post_id: int) -> Period:
    """From the first day on which somebody is to hold the post."""
    return Period(min(command.starts_on for command in commands if command.post_id == post_id))
