"""Inviting many members as one act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.accounts.inviting import Invited, invite
from registry.core.errors import RuleBroken
from registry.invitations.queries import members
from registry.journal.services import act

MOST = 200
"""More letters than that nobody folds at a sitting."""


def invite_members(
    session: Session, society_id: int, numbers: Sequence[str], now: datetime, day: date, *, mails: bool
) -> list[Invited]:
    """All of them or none; in the order of the numbers."""
    if len(numbers) > MOST:
        raise RuleBroken("一次最多邀请 %(n)d 位", "numbers", n=MOST)
    found = members(session, society_id, numbers, day)
    missing = [number for number in numbers if number not in found]
    if missing:
        raise RuleBroken("没有这样的在会个人会员：%(numbers)s", "numbers", numbers="、".join(missing[:10]))
    act(session, "invitation:make", society_id)
    return [
        invite(session, found[number], found[number].email if mails else "", now, day) for number in numbers
    ]
