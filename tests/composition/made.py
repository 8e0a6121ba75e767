"""Snapshots as tests want them: a society in good order, with one thing changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from registry.composition import packs
from registry.composition.facts import (
    Body,
    Branch,
    Counts,
    Holder,
    Meeting,
    Official,
    Person,
    Post,
    Society,
    Term,
    Vote,
)
from registry.composition.judging import judge
from registry.composition.snapshot import Snapshot
from registry.core.dates import PartialDate

DAY = date(2026, 11, 24)
BEGUN, PLANNED = date(2024, 5, 1), date(2029, 5, 1)
BEFORE = date(2019, 5, 1)
COUNCIL, STANDING, SUPERVISORS, PARTY, ASSEMBLY = 1, 2, 3, 4, 5
PRESIDENT, VICE, SECRETARY, DIRECTOR = 11, 12, 13, 14
STANDING_POST, SUPERVISOR, PARTY_POST, DELEGATE = 21, 31, 41, 51
POSTS = {
    COUNCIL: (
        Post(PRESIDENT, "理事长", 1, 1, principal=True),
        Post(VICE, "副理事长", 2, 2, principal=True),
        Post(SECRETARY, "秘书长", 3, 1, principal=True),
        Post(DIRECTOR, "理事", 4, 15),
    ),
    STANDING: (Post(STANDING_POST, "常务理事", 1, 5),),
    SUPERVISORS: (Post(SUPERVISOR, "监事", 1, 3),),
    PARTY: (Post(PARTY_POST, "委员", 1, 3),),
    ASSEMBLY: (Post(DELEGATE, "会员代表", 1, 60),),
}
KINDS = {
    COUNCIL: "council",
    STANDING: "standing",
    SUPERVISORS: "supervisors",
    PARTY: "party",
    ASSEMBLY: "assembly",
}
NAMES = {
    COUNCIL: "理事会",
    STANDING: "常务理事会",
    SUPERVISORS: "监事会",
    PARTY: "党组织",
    ASSEMBLY: "会员代表大会",
}


def person(key: int, **facts: object) -> Person:
    """Somebody of whom everything is known and in order."""
    known = {
        "birth": PartialDate(1985 if key % 2 else 1970, 3, 8),
        "sex": "F" if key % 2 else "M",
        "region": "HK" if key == 8 else "CN",
        "employer": f"单位{key}",
        "grassroots": key % 2 == 1,
        "belongs": ((date(2010, 1, 1), None),),
        "official": Official.NEITHER,
        "elsewhere": (),
    }
    return Person(key, f"人{key}", **{**known, **facts})  # type: ignore[arg-type]


def hold(person_id: int, post_id: int, **facts: object) -> Holder:
    """An office from the first day of the term."""
    return Holder(person_id, post_id, **{"starts_on": BEGUN, "planned_end_on": PLANNED, **facts})  # type: ignore[arg-type]


def offices() -> dict[int, tuple[Holder, ...]]:
    """Of each body who is in office: 15 理事, of them 4 负责人 and 5 常务理事; 3 监事; 60 delegates."""
    full_time = {"full_time": True, "begun_by": "hired"}
    heads = (
        hold(1, PRESIDENT, legal_representative=True),
        hold(2, VICE),
        hold(3, VICE),
        hold(4, SECRETARY, **full_time),
    )
    return {
        COUNCIL: (*heads, *(hold(key, DIRECTOR) for key in range(1, 16))),
        STANDING: tuple(hold(key, STANDING_POST) for key in range(1, 6)),
        SUPERVISORS: tuple(hold(key, SUPERVISOR) for key in range(31, 34)),
        PARTY: tuple(hold(key, PARTY_POST) for key in range(1, 4)),
        ASSEMBLY: tuple(hold(key, DELEGATE) for key in range(1, 61)),
    }


def past() -> tuple[Holder, ...]:
    """The council before: one young one, and one of 基层一线, among fifteen; other 负责人."""
    spell = {"starts_on": BEFORE, "ends_on": BEGUN, "planned_end_on": BEGUN}
    return tuple(hold(key, DIRECTOR, **spell) for key in range(81, 96))


def elders() -> list[Person]:
    """Those of the council before."""
    return [person(key, birth=PartialDate(1960), grassroots=False) for key in range(81, 96)]


def sound() -> Snapshot:
    """A society against which no rule has anything."""
    held = offices()
    bodies = tuple(_body(key, held[key]) for key in POSTS)
    people = [person(key) for key in range(1, 61)] + elders()
    met = (Meeting(COUNCIL, "第五次会议", date(2026, 9, 1), 15, 14, (Vote(13, 14),)),)
    met += (Meeting(STANDING, "第八次会议", date(2026, 10, 1), 5, 5, (Vote(5, 5),)),)
    met += (Meeting(ASSEMBLY, "第九次大会", BEGUN, 60, 55, (Vote(50, 55),)),)
    return Snapshot(
        DAY,
        Society(1, "bjcs", "北京星河计算机学会", date(1990, 1, 1)),
        Counts(400, 12),
        bodies,
        {one.id: one for one in people},
        (Branch(1, "人工智能专业委员会", "北京星河大学"), Branch(2, "天津联络处", office=True)),
        met,
    )


def _body(key: int, holders: tuple[Holder, ...]) -> Body:
    terms = [Term(8, BEGUN, PLANNED, holders=holders)]
    if key == COUNCIL:
        terms.insert(0, Term(7, BEFORE, BEGUN, BEGUN, holders=past()))
        terms.insert(0, Term(6, date(2014, 5, 1), BEFORE, BEFORE))
    return Body(key, KINDS[key], NAMES[key], POSTS[key], tuple(terms))


def with_person(snapshot: Snapshot, *keys: int, **facts: object) -> Snapshot:
    """The same with some facts of some persons otherwise."""
    return snapshot.with_people([replace(snapshot.people[key], **facts) for key in keys])  # type: ignore[arg-type]


def holders(snapshot: Snapshot, body_id: int) -> list[Holder]:
    """Who is in office."""
    return list(snapshot.sittings[body_id].holders)


def with_office(snapshot: Snapshot, body_id: int, post_id: int, **facts: object) -> Snapshot:
    """The same with the offices of one post otherwise."""
    changed = [
        replace(row, **facts) if row.post_id == post_id else row  # type: ignore[arg-type]
        for row in holders(snapshot, body_id)
    ]
    return snapshot.with_holders(body_id, changed)


def without(snapshot: Snapshot, body_id: int, *post_ids: int) -> Snapshot:
    """The same with some posts of a body empty."""
    return snapshot.with_holders(
        body_id, [row for row in holders(snapshot, body_id) if row.post_id not in post_ids]
    )


def only(snapshot: Snapshot, body_id: int, many: int) -> Snapshot:
    """The same with so many persons in a body."""
    people = snapshot.sittings[body_id].people[:many]
    return snapshot.with_holders(
        body_id, [row for row in holders(snapshot, body_id) if row.person_id in people]
    )


def with_term(snapshot: Snapshot, body_id: int, **facts: object) -> Snapshot:
    """The same with the running term of a body otherwise."""
    term = snapshot.sittings[body_id].term
    bodies = tuple(
        replace(body, terms=tuple(replace(row, **facts) if row is term else row for row in body.terms))  # type: ignore[arg-type]
        if body.id == body_id
        else body
        for body in snapshot.bodies
    )
    return replace(snapshot, bodies=bodies)


def without_body(snapshot: Snapshot, *body_ids: int) -> Snapshot:
    """The same without some bodies."""
    return replace(snapshot, bodies=tuple(body for body in snapshot.bodies if body.id not in body_ids))


def answers(snapshot: Snapshot, rule_id: str) -> list[str]:
    """What the rule answers of every body it is asked about."""
    rule = packs.by_id(rule_id)
    assert rule is not None
    return [str(finding.verdict.answer) for finding in judge(snapshot, (rule,))]
