"""What the life of a branch does to its people: moved on a day, or provided for when it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from registry.bodies import founding
from registry.bodies import queries as bodies
from registry.branches import queries
from registry.core.errors import RuleBroken
from registry.journal.services import act
from registry.memberships.many import change_many
from registry.memberships.services import Change
from registry.societies.branching import end_branch
from registry.societies.models import Branch


@dataclass(frozen=True)
class MoveMembers:
    """All who belong to a branch on a day belong to another from then on; None = to no branch."""

    on: date
    to_branch_id: int | None
    why: str


@dataclass(frozen=True)
class CloseBranch:
    """The end of a branch, and where its people go."""

    on: date
    decision: str
    to_branch_id: int | None
    version: int | None = None


def move_members(session: Session, branch: Branch, command: MoveMembers) -> int:
    """Every spell in force on the day, and those that begin later; how many there were."""
    _refuse_odd_target(session, branch, command.to_branch_id, command.on)
    act(session, "branch:move", branch.society_id, command.why)
    spells = queries.spells_from(session, branch.society_id, branch.id, command.on)
    days = ((spell, max(command.on, spell.starts_on)) for spell in spells)
    change_many(
        session,
        branch.society_id,
        [(spell, Change(day, spell.category_id, command.to_branch_id)) for spell, day in days],
    )
    return len(spells)


def close(session: Session, branch: Branch, command: CloseBranch) -> int:
    """End the branch, the terms of its committee and the belonging of its members, in one act."""
    act(session, "branch:end", branch.society_id, command.decision)
    moved = move_members(session, branch, MoveMembers(command.on, command.to_branch_id, command.decision))
    for body in bodies.bodies(session, branch.society_id):
        if body.branch_id == branch.id and body.ends_on is None:
            for term in body.terms:
                if term.ends_on is None:
                    founding.close_term(session, term, command.on)
            body.ends_on = command.on
    end_branch(session, branch, command.on, command.decision, command.version)
    return moved


def _refuse_odd_target(session: Session, branch: Branch, to_branch_id: int | None, on: date) -> None:
    if on < branch.starts_on:
        raise RuleBroken("不能早于成立日期 %(since)s", "on", since=branch.starts_on)
    target = session.get(Branch, to_branch_id) if to_branch_id else None
    if to_branch_id == branch.id or (to_branch_id and target is None):
        raise RuleBroken("请选本学会的另一个分支机构", "to")
    if target is not None and (target.society_id != branch.society_id or not target.period.holds(on)):
        raise RuleBroken("请选这一天存在的另一个分支机构", "to")
