"""Writing a council list: the 届, posts and decision it needs, its newcomers, then all offices at once."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from registry.bodies import founding
from registry.bodies import queries as bodies
from registry.bodies.deciding import Decide, decide
from registry.bodies.many import appoint_all
from registry.bodies.models import Body, Post, Term
from registry.bodies.services import Appoint
from registry.core.errors import RuleBroken
from registry.lists.judged import NEW, Judged, Judgement
from registry.lists.kinds.councils import CouncilList, Office, Scene, scene
from registry.lists.reading import Listed
from registry.memberships.models import EndReason
from registry.memberships.queries import numbers, spells
from registry.memberships.services import Admit, admit
from registry.people.facts import read_facts
from registry.people.models import Person
from registry.people.services import enter_person
from registry.societies.models import Society

RANK_STEP = 10


def write(
    session: Session, society: Society, asked: CouncilList, listed: Listed, judgement: Judgement
) -> None:
    """Everything in the act under way; refuses as the single deeds would."""
    around = scene(session, society, asked)
    terms: dict[int, Term] = {}
    posts: dict[tuple[int, str], Post] = {}
    for row in judgement.written:
        office: Office = row.plan
        body = next(body for body in around.bodies if body.id == office.body_id)
        if body.id not in terms:
            terms[body.id] = around.term(body) or _open(session, body, asked)
        if (body.id, office.post) not in posts:
            post = around.place(office.post)[1] or _add(session, around, office.post, listed)
            posts[body.id, office.post] = post
    decision, people = _decision(session, society, asked), dict[str, Person]()
    commands = [
        Appoint(
            _person(session, society, asked, row, people).id,
            posts[row.plan.body_id, row.plan.post].id,
            terms[row.plan.body_id].id,
            row.plan.starts_on,
            decision_id=decision,
            ends_on=row.plan.ends_on,
            ended_by=row.plan.ended_by,
        )
        for row in _higher_first(around, judgement.written)
    ]
    appoint_all(session, society, commands)


def _open(session: Session, body: Body, asked: CouncilList) -> Term:
    command = founding.OpenTerm(asked.ordinal, asked.starts_on, asked.planned_end_on, asked.ends_on)
    return founding.open_term(session, body, command)


def _add(session: Session, around: Scene, name: str, listed: Listed) -> Post:
    """A post that only the list knows; its heading tells the seats."""
    known = bodies.body(session, around.society.id, around.body.id)
    rank = max((post.rank for post in known.posts), default=0) if known else 0
    command = founding.AddPost("", name, rank + RANK_STEP, listed.seats.get(name))
    return founding.add_post(session, around.body, command)


def _decision(session: Session, society: Society, asked: CouncilList) -> int | None:
    if not asked.meeting:
        return None
    return decide(session, society, Decide(asked.meeting, asked.decided_on, body_id=asked.body_id)).id


def _higher_first(around: Scene, rows: Iterable[Judged]) -> list[Judged]:
    ranks = {post.name: post.rank for body in around.bodies for post in body.posts}
    return sorted(rows, key=lambda row: ranks.get(row.plan.post, 0))


def _person(
    session: Session, society: Society, asked: CouncilList, row: Judged, people: dict[str, Person]
) -> Person:
    """Whom the row means; a newcomer is entered and admitted once, a missing spell is made up for once."""
    mark = row.chosen if row.chosen != NEW else row.entry.cells["name"]
    if mark not in people:
        new = row.chosen == NEW
        person = _enter(session, society, row) if new else session.get_one(Person, int(row.chosen))
        if new or row.plan.joins:
            _admit(session, society, asked, person, row.plan)
        people[mark] = person
    return people[mark]


def _enter(session: Session, society: Society, row: Judged) -> Person:
    cells = row.entry.cells
    typed = {key: cells[key] for key in ("name", "employer", "title") if cells.get(key)}
    facts = read_facts(typed)
    if facts.errors:
        raise RuleBroken(
            "第 %(number)s 行：%(all)s",
            number=row.entry.number,
            all="；".join(map(str, facts.errors.values())),
        )
    return enter_person(session, society.id, facts.values)


def _admit(session: Session, society: Society, asked: CouncilList, person: Person, office: Office) -> None:
    """From the first day of the office to the next spell, or as long as the office is known to last."""
    later = [
        row.starts_on for row in spells(session, society.id, person.id) if row.starts_on > office.starts_on
    ]
    known = numbers(session, society.id, person.id)
    ends_on = min(later, default=None) or office.ends_on or asked.ends_on
    reason = None if ends_on is None else EndReason.CHANGED if later else EndReason.LAPSED
    command = Admit(
        asked.category_id,
        office.starts_on,
        known[0] if known else "",
        starts_known="Y",
        remark=f"据第{asked.ordinal}届名单补录",
        ends_on=ends_on,
        end_reason=reason,
    )
    admit(session, society, person, command)
