"""The life of a branch unit: founded, corrected, renamed, ended; nothing of it is removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken, Stale
from registry.journal.services import act
from registry.societies.models import BRANCH_KINDS, Branch, BranchKind, BranchName, Society


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


@dataclass(frozen=True)
class RenameBranch:
    """Another name from a day on, which is not later than `today`."""

    name: str
    on: date
    decision: str
    today: date
    version: int | None = None


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
    branch.names.append(BranchName(society_id=society.id, name=name, starts_on=command.starts_on))
    session.add(branch)
    session.flush()
    return branch


def rename_branch(session: Session, branch: Branch, command: RenameBranch) -> Branch:
    """The branch bears another name from a day on; the old one stays in its history."""
    name = _named(command.name)
    _refuse_stale(branch, command.version, name)
    if branch.ends_on is not None:
        raise RuleBroken("已于 %(until)s 终止，不能更名", "name", until=branch.ends_on)
    _refuse_odd_day(branch, command)
    if name == branch.name:
        raise RuleBroken("名称没有变", "name")
    _refuse_taken_name(session, branch.society_id, name, branch.id)
    act(session, "branch:rename", branch.society_id, command.decision)
    for row in branch.names[-1:]:
        row.ends_on = command.on
    branch.names.append(
        BranchName(society_id=branch.society_id, name=name, starts_on=command.on, decision=command.decision)
    )
    branch.name = name
    session.flush()
    return branch


def _refuse_odd_day(branch: Branch, command: RenameBranch) -> None:
    if command.on > command.today:
        raise RuleBroken("更名在生效那天或之后登记", "on")
    since = branch.names[-1].starts_on if branch.names else branch.starts_on
    if command.on <= since:
        raise RuleBroken("现在的名称自 %(since)s 起使用，更名须晚于这一天", "on", since=since)


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
    _correct_names(branch)
    session.flush()
    return branch


def _correct_names(branch: Branch) -> None:
    """A correction of name or founding is one of the history, too."""
    if not branch.names:
        return
    if branch.names[1:] and branch.starts_on >= branch.names[1].starts_on:
        raise RuleBroken("成立日期须早于第一次更名 %(since)s", "starts_on", since=branch.names[1].starts_on)
    branch.names[0].starts_on, branch.names[-1].name = branch.starts_on, branch.name


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
    _refuse_stale(branch, version, str(ends_on))
    if branch.ends_on is not None:
        raise RuleBroken("已于 %(until)s 终止；如有错误请修改基本情况", "ends_on", until=branch.ends_on)
    if ends_on < branch.starts_on:
        raise RuleBroken("终止日期不能早于成立日期 %(since)s", "ends_on", since=branch.starts_on)
    act(session, "branch:end", branch.society_id, decision)
    branch.ends_on, branch.ending_decision = ends_on, decision
    session.flush()
    return branch


def _refuse_stale(branch: Branch, version: int | None, typed: str) -> None:
    if version is not None and branch.version != version:
        raise Stale(typed, f"{branch.name} {branch.starts_on} – {branch.ends_on or ''}", branch.version)


def _named(name: str) -> str:
    if not name.strip():
        raise RuleBroken("名称不能为空", "name")
    return name.strip()


def _refuse_taken_name(session: Session, society_id: int, name: str, but_id: int | None) -> None:
    taken = select(Branch.id).where(
        Branch.society_id == society_id, Branch.name == name, Branch.ends_on.is_(None)
    )
    if session.scalars(taken.where(Branch.id != (but_id or 0))).first() is not None:
        raise RuleBroken("已有分支机构叫“%(name)s”", "name", name=name)


def _next_code(session: Session, society_id: int) -> str:
    codes = session.scalars(select(Branch.code).where(Branch.society_id == society_id)).all()
    numbers = [int(code[1:]) for code in codes if code[:1] == "b" and code[1:].isdigit()]
    return f"b{max(numbers, default=0) + 1:02d}"
