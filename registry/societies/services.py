"""Founding societies, categories and branches, and the life of a branch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken, Stale
from registry.journal.services import act
from registry.societies.models import BRANCH_KINDS, Branch, BranchKind, Category, Society

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
    """The facts of a branch as they should stand; `version` is the one that was shown.

    The end and its decision are corrected only where the branch has ended.
    """

    name: str
    kind: BranchKind
    host: str
    starts_on: date
    founding_decision: str
    version: int
    ends_on: date | None = None
    ending_decision: str = ""


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
    name = _named(command.name)
    _refuse_taken_name(session, society.id, name, None)
    act(session, "branch:found", society.id, command.founding_decision)
    branch = Branch(
        society_id=society.id,
        code=command.code or _next_code(session, society.id),
        kind=command.kind,
        name=name,
        host=command.host.strip(),
        starts_on=command.starts_on,
        founding_decision=command.founding_decision,
    )
    session.add(branch)
    session.flush()
    return branch


def edit_branch(session: Session, branch: Branch, command: EditBranch) -> Branch:
    """Correct the facts of a branch; raises `Stale` where another saved first."""
    facts = _facts(branch, command)
    if branch.version != command.version:
        raise Stale(command.name, branch.name, branch.version, _differences(branch, facts))
    ends_on = facts.get("ends_on", branch.ends_on)
    if ends_on and command.starts_on > ends_on:
        raise RuleBroken("成立日期不能晚于终止日期", "starts_on")
    if ends_on is None:
        _refuse_taken_name(session, branch.society_id, facts["name"], branch.id)
    act(session, "branch:edit", branch.society_id)
    for key, value in facts.items():
        setattr(branch, key, value)
    session.flush()
    return branch


def _facts(branch: Branch, command: EditBranch) -> dict[str, Any]:
    facts = {key: value for key, value in vars(command).items() if key != "version"}
    ending = {"ends_on", "ending_decision"}
    kept = {key: value for key, value in facts.items() if key not in ending or branch.ends_on}
    return {**kept, "name": _named(command.name), "host": command.host.strip()}


def _differences(branch: Branch, facts: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """By field what was typed and what stands, where they differ."""
    pairs = {key: (value, getattr(branch, key)) for key, value in facts.items()}
    return {key: (_shown(mine), _shown(theirs)) for key, (mine, theirs) in pairs.items() if mine != theirs}


def _shown(value: Any) -> str:
    kinds: Mapping[Any, str] = BRANCH_KINDS
    return kinds.get(value) or str(value or "—")


def end_branch(
    session: Session, branch: Branch, ends_on: date, decision: str, version: int | None = None
) -> Branch:
    """Close a branch from a day on; the row stays, and so does what its members belonged to."""
    if version is not None and branch.version != version:
        raise Stale(
            str(ends_on), f"{branch.name} {branch.starts_on} – {branch.ends_on or ''}", branch.version
        )
    if branch.ends_on is not None:
        raise RuleBroken(f"已于 {branch.ends_on} 终止；如有错误请修改基本情况", "ends_on")
    if ends_on < branch.starts_on:
        raise RuleBroken(f"终止日期不能早于成立日期 {branch.starts_on}", "ends_on")
    act(session, "branch:end", branch.society_id, decision)
    branch.ends_on, branch.ending_decision = ends_on, decision
    session.flush()
    return branch


def _named(name: str) -> str:
    if not name.strip():
        raise RuleBroken("名称不能为空", "name")
    return name.strip()


def _refuse_taken_name(session: Session, society_id: int, name: str, but_id: int | None) -> None:
    taken = select(Branch.id).where(
        Branch.society_id == society_id, Branch.name == name, Branch.ends_on.is_(None)
    )
    if session.scalars(taken.where(Branch.id != (but_id or 0))).first() is not None:
        raise RuleBroken(f"已有分支机构叫“{name}”", "name")


def _next_code(session: Session, society_id: int) -> str:
    codes = session.scalars(select(Branch.code).where(Branch.society_id == society_id)).all()
    numbers = [int(code[1:]) for code in codes if code[:1] == "b" and code[1:].isdigit()]
    return f"b{max(numbers, default=0) + 1:02d}"
