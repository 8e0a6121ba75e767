"""Beginning a round, and confirming: by the link or code that was sent, or signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from registry.confirmations import queries
from registry.confirmations.models import Asked, Round
from registry.core.errors import RuleBroken
from registry.journal.services import act
from registry.links import services as links
from registry.links.models import Link
from registry.mail import services as mail
from registry.people.models import Person
from registry.people.services import refuse_erased
from registry.societies.models import Society

PURPOSE = "confirmation"
LASTS = timedelta(days=60)
MOST = 1000
"""Whom one round asks: letters are printed at once, and a society may begin one for each branch."""


@dataclass(frozen=True)
class Begin:
    """Whom to ask."""

    branch_id: int | None = None
    since: date | None = None


@dataclass(frozen=True)
class Letter:
    """What is put on paper for one member; the code is shown once."""

    name: str
    number: str
    code: str


Post = Callable[[str], str]
"""From the secret of a link to its address."""


def begin(
    session: Session, society: Society, command: Begin, day: date, now: datetime, post: Post | None
) -> tuple[Round, list[Letter]]:
    """Ask by mail who has an address, where `post` is given; everybody else by a letter with a code."""
    found = queries.to_ask(session, society.id, command.branch_id, command.since, day, MOST + 1)
    if not found:
        raise RuleBroken("没有要问的会员：他们都已在这一天以后确认过", "since")
    if len(found) > MOST:
        raise RuleBroken("一轮最多问 %(most)s 人；请按分支机构分几轮", "branch_id", most=MOST)
    act(session, "confirmation:begin", society.id)
    row = Round(
        society_id=society.id,
        begun_on=day,
        begun_by=session.info["actor"].name,
        of_branch_id=command.branch_id,
        since=command.since,
        asked=len(found),
    )
    session.add(row)
    session.flush()
    letters = [_ask(session, society, row, person, number, now, post) for person, number in found]
    return row, [letter for letter in letters if letter]


def _ask(
    session: Session,
    society: Society,
    row: Round,
    person: Person,
    number: str,
    now: datetime,
    post: Post | None,
) -> Letter | None:
    mailed = bool(post and person.email)
    asked = Asked(society_id=society.id, round_id=row.id, person_id=person.id, mailed=mailed)
    session.add(asked)
    session.flush()
    subject = (PURPOSE, str(asked.id), LASTS, now, society.id)
    if post is None or not person.email:
        return Letter(person.name, number, links.make_code(session, *subject))
    link = post(links.make(session, *subject))
    mail.post(
        session,
        society.id,
        person.email,
        "confirmation",
        name=person.name,
        society=society.name,
        link=link,
        days=LASTS.days,
    )
    return None


def behind(session: Session, secret: str, now: datetime) -> tuple[Link, Person] | None:
    """The link that a secret or code still opens, and whom it asks."""
    link = links.look(session, PURPOSE, secret, now)
    row = queries.asked(session, int(link.subject)) if link else None
    if link is None or row is None:
        return None
    person = queries.holder(session, row)
    return (link, person) if person.erased_at is None else None


def answer(session: Session, link: Link, day: date, now: datetime) -> Person:
    """All is still true; the link opens nothing any longer."""
    row = session.get_one(Asked, int(link.subject))
    person = queries.holder(session, row)
    confirm(session, person, day)
    links.use(session, link, now)
    row.confirmed_on = day
    session.flush()
    return person


def confirm(session: Session, person: Person, day: date) -> None:
    """The member says that all is still true."""
    refuse_erased(person)
    act(session, "confirmation:give", person.society_id)
    person.confirmed_on = day
    session.flush()
