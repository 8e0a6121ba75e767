"""A morning at the secretariat: some everyday deeds, so that the journal is not empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random

from sqlalchemy.orm import Session

from registry.accounts.queries import by_username
from registry.core.actor import Actor
from registry.demo.enrolling import Member
from registry.demo.stock import DAY, fill
from registry.journal.services import seal
from registry.memberships.queries import spells
from registry.memberships.services import Change, change, edit_member
from registry.people.models import Person
from registry.people.services import EditPerson, reveal
from registry.societies.models import Branch, Society
from registry.societies.queries import categories

_SEED = 7


def happen(
    session: Session, society: Society, branch: Branch, members: Sequence[Member], own: Member
) -> None:
    """What staff, a branch and a member did, each as an act of theirs."""
    rng = Random(_SEED)
    active = [who for who in members if who.belongs(DAY) and who is not own and who.invented.papers]
    ours = [who for who in active if who.spells[-1].branch_id == branch.id]
    first, second, third = rng.sample(active, 3)
    _edit(session, "staff", first, "本人来电更新", phone=fill(rng, "160########"))
    _edit(session, "staff", second, "单位更名", employer="北京云岭科技大学", employer_kind="university")
    _edit(session, "branch", rng.choice(ours), "学术年会登记时更正", email="registered@example.org")
    _edit(session, "member", own, "", address="北京市清源路18号", postcode="100018")
    _look(session, own, "核对高级会员申报材料")
    _promote(session, society, third)


@contextmanager
def acting(session: Session, username: str) -> Iterator[None]:
    """As that account for one act."""
    before, account = session.info["actor"], by_username(session, username)
    assert account is not None  # noqa: S101
    session.info["actor"] = Actor(account.id, account.name)
    yield
    session.flush()
    seal(session)
    session.info["actor"] = before


def _edit(session: Session, username: str, who: Member, reason: str, **facts: str) -> None:
    with acting(session, username):
        person = session.get_one(Person, who.person_id)
        edit_member(session, person, EditPerson(facts, reason=reason))


def _look(session: Session, who: Member, reason: str) -> None:
    with acting(session, "staff"):
        person = session.get_one(Person, who.person_id)
        reveal(session, person.documents[0], reason)


def _promote(session: Session, society: Society, who: Member) -> None:
    """To the category that the member does not have yet."""
    with acting(session, "staff"):
        spell = spells(session, society.id, who.person_id)[0]
        codes = {category.code: category.id for category in categories(session, society.id)}
        wanted = "fellow" if spell.category_id == codes["senior"] else "senior"
        command = Change(DAY, codes[wanted], spell.branch_id, "常务理事会审议通过")
        change(session, spell, command)
