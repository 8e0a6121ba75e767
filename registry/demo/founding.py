"""The invented societies with their branches, by the services that clerks use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from stdnum.cn import uscc

from registry.journal.services import act, seal
from registry.societies.branching import FoundBranch, end_branch, found_branch
from registry.societies.models import Branch, BranchKind, Society
from registry.societies.services import found_society


def found(session: Session, plan: Mapping[str, Any]) -> tuple[Society, list[Branch]]:
    """One society of `societies.json` and all its branches, ended ones too."""
    society = found_society(session, plan["slug"], plan["name"], plan["short_name"], plan["prefix"])
    society.credit_code = plan["code"] + uscc.calc_check_digit(plan["code"])
    society.founded_on = date.fromisoformat(plan["founded_on"])
    session.flush()
    seal(session)
    branches = [_found_branch(session, society, *branch) for branch in plan["branches"]]
    return society, branches


def _found_branch(
    session: Session, society: Society, kind: str, name: str, starts_on: str, ends_on: str | None, host: str
) -> Branch:
    act(session, "branch:found", society.id)
    founding = f"{starts_on[:4]}年第1次常务理事会会议决定成立，同意挂靠{host}"
    command = FoundBranch(
        BranchKind(kind), name, date.fromisoformat(starts_on), host=host, founding_decision=founding
    )
    branch = found_branch(session, society, command)
    if ends_on:
        end_branch(session, branch, date.fromisoformat(ends_on), f"{ends_on[:4]}年常务理事会会议决定终止")
    seal(session)
    return branch
