"""What members agreed to, a society abroad of whom they are asked, and one who left and asks to be erased."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from registry.consents.queries import standings
from registry.consents.services import NameRecipient, Paper, decide, name_recipient, set_directory
from registry.demo.enrolling import Member
from registry.demo.routine import acting
from registry.demo.stock import DAY
from registry.people.models import Person
from registry.privacy.requests import ask
from registry.societies.models import Society

ABROAD = NameRecipient(
    name="香港计算科学学会（虚构）",
    country="HK",
    contact="office@example.org.hk，+852 2345 0000",
    purpose="两会合办的学术年会，寄邀请信和论文集",
    way="名单加密后以邮件提供，会后三个月删除",
    facts="姓名、工作单位、邮箱",
    rights="写信到上列邮箱，或请本会代办",
)
_ASKED, _EVERY = 24, 5
_SHOWN = ("employer", "title", "disciplines", "email", "phone")
_SIGNED = Paper(date(DAY.year, 3, 12), "年会签到时的书面同意书，档案盒 2026-03")


def happen(session: Session, society: Society, members: Sequence[Member], member: Member) -> None:
    """Some on paper, as the secretariat records it; the member with an account has still to be asked."""
    with acting(session, "staff"):
        name_recipient(session, society.id, ABROAD)
        set_directory(session, society, opened=True)
    present = [who for who in members if who.spells[-1].ends_on is None and who is not member][:_ASKED]
    for number, who in enumerate(present):
        asked = standings(session, society.id, [who.person_id])
        shown, given = _SHOWN[: 1 + number % len(_SHOWN)], bool(number % _EVERY)
        with acting(session, "staff"):
            decide(session, society.id, who.person_id, asked[0], given=given, paper=_SIGNED, facts=shown)
    gone = next(who for who in members if _left(who))
    with acting(session, "staff"):
        ask(session, session.get_one(Person, gone.person_id), "本人来信，档案 2026-044", by_self=False)


def _left(who: Member) -> bool:
    last = who.spells[-1]
    return last.ends_on is not None and last.ends_on.year == DAY.year - 1 and bool(who.invented.papers)
