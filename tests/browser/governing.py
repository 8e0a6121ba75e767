"""A society in which all is in order, but it has no council yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from registry.accounts.services import GiveRole, give_role
from registry.bodies.founding import AddPost, Establish, OpenTerm, add_post, establish, open_term
from registry.bodies.models import Body, BodyKind
from registry.bodies.services import Appoint, appoint
from registry.composition.facts import Official
from registry.composition.services import tell_officials
from registry.core.policy import Role
from registry.memberships.services import Admit, admit
from registry.people.facts import read_facts
from registry.people.models import Person
from registry.people.services import AddDocument, add_document, enter_person
from registry.societies.models import Society
from registry.societies.queries import categories
from tests.cast import SINCE, Cast

SURNAMES, GIVEN = "赵钱孙李周吴郑冯陈褚卫蒋沈韩杨", "启明文君"
NAMES = [surname + "思" + given for given in GIVEN for surname in SURNAMES]
"""Sixty members: the council of fifteen comes first, the supervisors last."""
BEGUN, PLANNED = date(2026, 11, 1), date(2031, 11, 1)


def lacking_a_council(session: Session, cast: Cast) -> Society:
    """Sixty members; a 常务理事会 of five, a 监事会 of three and a 党组织 sit; the 理事会 has posts alone."""
    society = cast.third
    give_role(session, cast.staff_account, GiveRole(Role.STAFF, SINCE, society.id))
    people = [_member(session, society, place, name) for place, name in enumerate(NAMES)]
    add_document(session, people[0], AddDocument("resident_id", "11010519750308001X"))
    tell_officials(session, society, {person.id: Official.NEITHER for person in people})
    council = _body(session, society, BodyKind.COUNCIL, "理事会")
    add_post(session, council, AddPost("chair", "理事长", 1, 1, principal=True))
    add_post(session, council, AddPost("director", "理事", 40, 14))
    for kind, name, sitting in (
        (BodyKind.STANDING, "常务理事会", people[:5]),
        (BodyKind.SUPERVISORS, "监事会", people[-3:]),
        (BodyKind.PARTY, "功能型党支部", people[:1]),
    ):
        _seat(session, society, _body(session, society, kind, name), sitting)
    session.commit()
    return society


def _member(session: Session, society: Society, place: int, name: str) -> Person:
    typed = {
        "name": name,
        "sex": "女" if place % 3 else "男",
        "birth": f"19{75 + place % 15}-03-08",
        "region": "中国香港" if place == 2 else "内地",
        "employer": f"星河第{place + 1}研究所",
        "grassroots": "是",
    }
    person = enter_person(session, society.id, read_facts(typed).values)
    category = next(row.id for row in categories(session, society.id) if row.code == "ordinary")
    admit(session, society, person, Admit(category, SINCE))
    session.commit()
    return person


def _body(session: Session, society: Society, kind: BodyKind, name: str) -> Body:
    body = establish(session, society, Establish(kind, name, SINCE))
    session.commit()
    return body


def _seat(session: Session, society: Society, body: Body, people: Sequence[Person]) -> None:
    post = add_post(session, body, AddPost("seat", "成员", 1, len(people)))
    term = open_term(session, body, OpenTerm(1, BEGUN, PLANNED))
    acts_for_it = body.kind == BodyKind.STANDING
    for place, person in enumerate(people):
        given = Appoint(person.id, post.id, term.id, BEGUN, legal_representative=acts_for_it and place == 0)
        appoint(session, society, given)
        session.commit()
