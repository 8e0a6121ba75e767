"""Founding societies, categories and branches, and the life of a branch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken, Stale
from registry.journal.services import act
from registry.societies.models import Branch, BranchKind, Category, Society

USUAL_CATEGORIES = (
    ("ordinary", "普通会员", True, True, True, False),
    ("senior", "高级会员", True, True, True, False),
    ("fellow", "会士", True, True, True, False),
    ("student", "学生会员", False, False, False, False),
    ("honorary", "荣誉会员", False, False, False, False),
    ("foreign", "外籍会员", False, False, False, False),
    ("unit", "单位会员", True, True, True, True),
)


@dataclass(frozen=True)
class FoundBranch:
    """What is known when a branch is founded."""

    kind: BranchKind
    name: str
    starts_on: date
    code: str = ""
    host: str = ""
    founding_decision: str = ""


@dataclass(frozen=True)
class EditBranch:
    """The facts of a branch as they should stand; `version` is the one that was shown."""

    name: str
    kind: BranchKind
    host: str
    starts_on: date
    founding_decision: str
    version: int


def found_society(session: Session, slug: str, name: str, short_name: str, prefix: str = "") -> Society:
    """A society with the usual categories."""
    society = Society(slug=slug, name=name, short_name=short_name, number_prefix=prefix)
    act(session, "society:found")
    session.add(society)
    session.flush()
    for rank, (code, word, elects, eligible, votes, for_units) in enumerate(USUAL_CATEGORIES):
        row = Category(society_id=society.id, code=code, name=word, rank=rank, for_units=for_units)
        row.elects, row.eligible, row.votes = elects, eligible, votes
        session.add(row)
    session.flush()
    return society


def found_branch(session: Session, society: Society, command: FoundBranch) -> Branch:
    """A new branch; its name is unique among those in force."""
    _refuse_taken_name(session, society.id, command.name, None)
    act(session, "branch:found", society.id, command.founding_decision)
    branch = Branch(
        society_id=society.id,
        code=command.code or _next_code(session, society.id),
        kind=command.kind,
        name=command.name,
        host=command.host,
        starts_on=command.starts_on,
        founding_decision=command.founding_decision,
    )
    session.add(branch)
    session.flush()
    return branch


def edit_branch(session: Session, branch: Branch, command: EditBranch) -> Branch:
    """Correct the facts of a branch; raises `Stale` where another saved first."""
    if branch.version != command.version:
        raise Stale(command.name, branch.name, branch.version)
    if branch.ends_on and command.starts_on > branch.ends_on:
        raise RuleBroken("成立日期不能晚于终止日期", "starts_on")
    _refuse_taken_name(session, branch.society_id, command.name, branch.id)
    act(session, "branch:edit", branch.society_id)
    for key in ("name", "kind", "host", "starts_on", "founding_decision"):
        setattr(branch, key, getattr(command, key))
    session.flush()
    return branch


def end_branch(session: Session, branch: Branch, ends_on: date, decision: str) -> Branch:
    """Close a branch from a day on; the row stays."""
    if ends_on < branch.starts_on:
        raise RuleBroken("终止日期不能早于成立日期", "ends_on")
    act(session, "branch:end", branch.society_id, decision)
    branch.ends_on, branch.ending_decision = ends_on, decision
    session.flush()
    return branch


def _refuse_taken_name(session: Session, society_id: int, name: str, but_id: int | None) -> None:
    taken = select(Branch.id).where(Branch.society_id == society_id, Branch.name == name, Branch.ends_on.is_(None))
    if session.scalars(taken.where(Branch.id != (but_id or 0))).first() is not None:
        raise RuleBroken(f"已有分支机构叫“{name}”", "name")


def _next_code(session: Session, society_id: int) -> str:
    codes = session.scalars(select(Branch.code).where(Branch.society_id == society_id)).all()
    numbers = [int(code[1:]) for code in codes if code[:1] == "b" and code[1:].isdigit()]
    return f"b{max(numbers, default=0) + 1:02d}"
