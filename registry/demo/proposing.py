"""What members ask to have changed: one judged in part, some that wait; and a few who confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta

from sqlalchemy.orm import Session

from registry.confirmations.services import confirm
from registry.core.actor import Actor
from registry.demo.enrolling import Member
from registry.demo.routine import acting
from registry.demo.stock import DAY
from registry.journal.services import seal
from registry.memberships.models import Membership
from registry.memberships.queries import spells
from registry.people.models import Person
from registry.people.services import AddDocument
from registry.proposals.services import Judge, Propose, judge, propose
from registry.societies.models import Society

NOON = datetime.combine(DAY, time(4), UTC)
_PAPER = ("职称证书.pdf", b"%PDF-1.7\n% invented\n")
_TITLE = Propose("今年评上了", {"title": "研究员", "title_level": "正高级"}, evidence=_PAPER)
_PASSPORT = Propose("护照换发", document=AddDocument("passport", "E98765432", "CN"))
_CONFIRMED = 12


def happen(session: Session, society: Society, members: Sequence[Member], own: Member) -> None:
    """The member with an account has had one answered, and one waits; two others wait as well."""
    others = [who for who in members if who.belongs(DAY) and who is not own][-_CONFIRMED:]
    _answer(session, _spell(session, society, own))
    for who, wanted, days in ((others[0], _TITLE, 9), (others[1], _PASSPORT, 4), (own, _TITLE, 1)):
        spell = _spell(session, society, who)
        with _themselves(session, spell):
            propose(session, spell, wanted, NOON - timedelta(days=days))
    for who in others:
        with _themselves(session, _spell(session, society, who)) as person:
            confirm(session, person, DAY - timedelta(days=30))


@contextmanager
def _themselves(session: Session, spell: Membership) -> Iterator[Person]:
    """As the member, for one act."""
    before, person = session.info["actor"], session.get_one(Person, spell.person_id)
    session.info["actor"] = Actor(None, person.name)
    yield person
    session.flush()
    seal(session)
    session.info["actor"] = before


def _spell(session: Session, society: Society, who: Member) -> Membership:
    return spells(session, society.id, who.person_id)[0]


def _answer(session: Session, spell: Membership) -> None:
    wanted = Propose("外文姓名发表论文时用", {"name_latin": "Aimei Jin", "political": "群众"})
    with _themselves(session, spell):
        row = propose(session, spell, wanted, NOON - timedelta(days=40))
    words = "外文姓名已改；政治面貌请附所在党组织的证明。"
    command = Judge(frozenset({"name_latin"}), frozenset({"political"}), words)
    with acting(session, "staff"):
        judge(session, row, spell, command, DAY, NOON - timedelta(days=38))
