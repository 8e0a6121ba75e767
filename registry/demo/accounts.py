"""The accounts of the demonstration, one for each role, and the password they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from secrets import choice

from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.queries import by_username
from registry.accounts.services import GiveRole, give_role, matches, open_account, set_password
from registry.core.policy import Role
from registry.demo.enrolling import Member
from registry.journal.services import seal
from registry.societies.models import Branch, Society

SINCE = date(2020, 1, 1)
"""Long ago, so that a clock that is behind locks nobody out."""
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Cast:
    """Whom the accounts belong to."""

    societies: Sequence[Society]
    branch: Branch
    member: Member
    auditor: Member


def open_all(session: Session, cast: Cast, password: str) -> None:
    """One account for each role, each as an act of its own."""
    own = cast.societies[0].id
    member, auditor = cast.member.invented.facts["name"], cast.auditor.invented.facts["name"]
    _open(session, "admin", "系统管理员", password, GiveRole(Role.ADMIN, SINCE))
    _open(session, "staff", "学会秘书处", password, GiveRole(Role.STAFF, SINCE, own))
    _open(
        session, "branch", "分支机构秘书", password, GiveRole(Role.BRANCH_STAFF, SINCE, own, cast.branch.id)
    )
    mine = GiveRole(Role.MEMBER, SINCE, own, person_id=cast.member.person_id)
    _open(session, "member", member, password, mine)
    _open(session, "auditor", auditor, password, GiveRole(Role.AUDITOR, SINCE, own))
    reaching = (GiveRole(Role.SUPERVISOR, SINCE, society.id) for society in cast.societies)
    _open(session, "supervisor", "业务主管单位", password, *reaching)


def _open(session: Session, username: str, name: str, password: str, *roles: GiveRole) -> None:
    account = open_account(session, username, name, password, shortest=1)
    seal(session)
    for role in roles:
        give_role(session, account, role)
        seal(session)


DUTIES: Mapping[str, str] = {
    "admin": "管理员：全部学会",
    "staff": "学会秘书：北京计算科学学会",
    "branch": "分支机构秘书：高性能计算专业委员会",
    "member": "会员：本人的会籍",
    "auditor": "监事：北京计算科学学会，看审计，提出整改",
    "supervisor": "业务主管单位：三个学会，看审计，提出和审核整改",
}
"""Username → what the account may do, as the start message says it."""


def renew(session: Session, password: str) -> list[Account]:
    """The accounts as they stand, all with this password; whoever has it stays signed in."""
    found = [account for username in DUTIES if (account := by_username(session, username))]
    for account in found:
        if not matches(account.password_hash, password):
            set_password(session, account, password, shortest=1)
    return found


def password_in(folder: Path, wanted: str) -> str:
    """The wanted one, otherwise the one made at the first start, kept where only the owner reads it."""
    path = folder / "demo-password"
    if wanted:
        return wanted
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text("-".join("".join(choice(_READABLE) for _ in range(4)) for _ in range(3)))
    return path.read_text().strip()
