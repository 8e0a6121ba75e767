"""Reading who holds a right, who looked, what left the house, and all that is held of a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from registry.accounts.models import Account, RoleGrant
from registry.core.policy import Grant
from registry.journal.models import Act, Entry
from registry.memberships.models import Representative, Unit
from registry.societies.models import Branch
from registry.tags.models import Tag, Tagging

LOOKS, FILES, CHANGES = 100, 50, 500
EXPORT = "export"
"""The table named by the entry of a file that left the house."""


def grants(session: Session, society_id: int, day: date) -> dict[int, list[Grant]]:
    """Every grant in force that may reach the society, by account; closed accounts hold none."""
    query = (
        select(RoleGrant)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(Account.disabled_at.is_(None), RoleGrant.in_force(day))
        .where(or_(RoleGrant.society_id.is_(None), RoleGrant.society_id == society_id))
    )
    found: dict[int, list[Grant]] = defaultdict(list)
    for row in session.scalars(query.order_by(RoleGrant.id)):
        found[row.account_id].append(row.as_grant())
    return found


def branch_names(session: Session, society_id: int) -> dict[int, str]:
    """Every branch by its present name."""
    query = select(Branch.id, Branch.name).where(Branch.society_id == society_id)
    return {row_id: name for row_id, name in session.execute(query)}  # noqa: C416 - rows are no pairs to a dict


def looks(session: Session, society_id: int, ids: Collection[int], limit: int = LOOKS) -> Sequence[Entry]:
    """The readings of this one person that are journalled, newest first."""
    return _of_person(session, society_id, ids, limit, seen=True)


def changes(session: Session, society_id: int, ids: Collection[int], limit: int = CHANGES) -> Sequence[Entry]:
    """What was written of the person, newest first."""
    return _of_person(session, society_id, ids, limit, seen=False)


def _of_person(
    session: Session, society_id: int, ids: Collection[int], limit: int, *, seen: bool
) -> Sequence[Entry]:
    kind = Entry.kind == "seen" if seen else Entry.kind != "seen"
    query = select(Entry).where(Entry.society_id == society_id, Entry.person_id.in_(ids), kind)
    return session.scalars(query.options(joinedload(Entry.act)).order_by(Entry.id.desc()).limit(limit)).all()


def files(session: Session, society_id: int, since: datetime, limit: int = FILES) -> Sequence[Entry]:
    """Rosters and lists that left the house since, newest first; the journal does not say whom they named."""
    query = (
        select(Entry)
        .join(Act, Act.id == Entry.act_id)
        .where(Entry.society_id == society_id, Entry.table_name == EXPORT, Entry.row_id.is_(None))
        .where(Act.deed.in_(("roster:export", "body:export")), Act.at >= since)
    )
    return session.scalars(query.options(joinedload(Entry.act)).order_by(Entry.id.desc()).limit(limit)).all()


def beside(session: Session, society_id: int, ids: Collection[int]) -> dict[str, list[str]]:
    """What hangs on a person and stands on no sheet of theirs: units represented, tags borne."""
    units = (
        select(Unit.name)
        .join(Representative, Representative.unit_id == Unit.id)
        .where(Representative.society_id == society_id, Representative.person_id.in_(ids))
    )
    tags = (
        select(Tag.name)
        .join(Tagging, Tagging.tag_id == Tag.id)
        .where(Tagging.society_id == society_id, Tagging.person_id.in_(ids), Tagging.held)
    )
    return {"represents": list(session.scalars(units)), "tags": list(session.scalars(tags))}
