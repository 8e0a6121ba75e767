"""The bodies of an invented society through four terms, by the services that clerks use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from registry.bodies import founding
from registry.bodies.models import Body, BodyKind, Post
from registry.demo import sessions, turnover
from registry.demo.candidates import Candidates, party_members
from registry.demo.clerk import Clerk, Plan, Posts, Sitting
from registry.demo.enrolling import Member
from registry.demo.stock import DAY
from registry.journal.services import act, seal

_BODIES: Mapping[BodyKind, tuple[str, tuple[tuple[str, str, str, bool], ...]]] = {
    BodyKind.ASSEMBLY: ("会员代表大会", (("delegate", "会员代表", "delegates", False),)),
    BodyKind.COUNCIL: (
        "理事会",
        (
            ("president", "理事长", "1", True),
            ("vice", "副理事长", "vice", True),
            ("secretary", "秘书长", "1", True),
            ("member", "理事", "council", False),
        ),
    ),
    BodyKind.STANDING: ("常务理事会", (("standing", "常务理事", "standing", False),)),
    BodyKind.SUPERVISORS: (
        "监事会",
        (("chief", "监事长", "1", False), ("supervisor", "监事", "ordinary_supervisors", False)),
    ),
    BodyKind.PARTY: ("", (("party_secretary", "书记", "1", False), ("party_member", "委员", "party", False))),
}
"""Name and posts of each body: code, name, seats as a number or a key of the plan, 负责人."""


def govern(clerk: Clerk, members: Sequence[Member], plan: Plan) -> Sitting:
    """All bodies through all terms of the plan; the sitting that is in office now."""
    bodies, posts = _establish(clerk, plan)
    council: Sequence[Member] = ()
    chiefs: list[set[int]] = [set(), set()]
    starts = [date.fromisoformat(start) for _ordinal, start, _end in plan["terms"]]
    for term, ends_on in zip(plan["terms"], [*starts[1:], None], strict=True):
        candidates = Candidates(clerk.rng, members)
        worn = chiefs[-1] & chiefs[-2]
        sitting = _choose(clerk, candidates, bodies, council, worn, term, ends_on, plan)
        _elect(clerk, candidates, sitting, posts, plan)
        chiefs.append(turnover.chiefs(clerk, sitting))
        turnover.happen(clerk, candidates, sitting, posts, plan)
        sessions.happen(clerk, sitting)
        council = sitting.council
    return sitting


def _establish(clerk: Clerk, plan: Plan) -> tuple[dict[BodyKind, Body], Posts]:
    """Bodies as old as the society."""
    founded = clerk.society.founded_on or date.min
    bodies: dict[BodyKind, Body] = {}
    posts: dict[str, Post] = {}
    act(clerk.session, "body:establish", clerk.society.id)
    for kind, (name, wanted) in _BODIES.items():
        whole = f"{clerk.society.name}{name or plan['party_body']}"
        command = founding.Establish(kind, whole, founded)
        bodies[kind] = founding.establish(clerk.session, clerk.society, command)
        for rank, (code, word, seats, principal) in enumerate(wanted):
            count = int(plan.get(seats, seats))
            post = founding.AddPost(code, word, rank, count, principal)
            posts[code] = founding.add_post(clerk.session, bodies[kind], post)
    seal(clerk.session)
    return bodies, posts


def _choose(
    clerk: Clerk,
    candidates: Candidates,
    bodies: Mapping[BodyKind, Body],
    previous: Sequence[Member],
    worn: set[int],
    term: tuple[int, str, str],
    ends_on: date | None,
    plan: Plan,
) -> Sitting:
    """Open the terms and find who will sit."""
    ordinal, first, planned = term[0], date.fromisoformat(term[1]), date.fromisoformat(term[2])
    command = founding.OpenTerm(ordinal, first, planned, ends_on)
    act(clerk.session, "term:open", clerk.society.id)
    terms = {kind: founding.open_term(clerk.session, body, command) for kind, body in bodies.items()}
    extended = plan.get("extended", {}).get(str(ordinal))
    for term_ in terms.values() if extended else ():
        term_.extended_until, term_.extension_approval = date.fromisoformat(extended[0]), extended[1]
    clerk.session.flush()
    seal(clerk.session)
    last = ends_on or DAY
    council = candidates.council(previous, worn, first, last, plan["council"])
    supervisors = candidates.some(first, last, plan["supervisors"])
    mourned = next(iter(candidates.dying(first, last)), None)
    if mourned:
        council[-1] = mourned[0]
    return Sitting(terms, last, council, council[: plan["standing"]], supervisors, mourned)


def _elect(clerk: Clerk, candidates: Candidates, sitting: Sitting, posts: Posts, plan: Plan) -> None:
    """First the assembly elects, then the council; each is one act."""
    _elect_by_assembly(clerk, candidates, sitting, posts, plan["delegates"])
    _elect_by_council(clerk, sitting, posts, plan)
    _elect_party(clerk, sitting, posts, plan["party"])


def _elect_by_assembly(
    clerk: Clerk, candidates: Candidates, sitting: Sitting, posts: Posts, delegates: int
) -> None:
    term = sitting.terms[BodyKind.ASSEMBLY]
    meeting = f"第{term.ordinal}次会员代表大会"
    text = f"选举产生第{term.ordinal}届理事 {len(sitting.council)} 名、监事 {len(sitting.supervisors)} 名。"
    decision = clerk.decide(term.body, meeting, term.starts_on, text, delegates)
    others = candidates.some(term.starts_on, sitting.last, delegates - len(sitting.council))
    clerk.appoint_all([*sitting.council, *others], posts["delegate"], term, decision)
    council = sitting.terms[BodyKind.COUNCIL]
    for tenure in clerk.appoint_all(sitting.council, posts["member"], council, decision):
        tenure.nominated_by = tenure.person.employer
    chief, *rest = sitting.supervisors
    supervisors = sitting.terms[BodyKind.SUPERVISORS]
    clerk.appoint(chief, posts["chief"], supervisors, decision)
    clerk.appoint_all(rest, posts["supervisor"], supervisors, decision)
    seal(clerk.session)


def _elect_by_council(clerk: Clerk, sitting: Sitting, posts: Posts, plan: Plan) -> None:
    """The 负责人 are filed with the registration authority; their posts lie on those below."""
    term = sitting.terms[BodyKind.COUNCIL]
    text = f"选举产生第{term.ordinal}届常务理事、理事长、副理事长，聘任或选举秘书长。"
    meeting = f"第{term.ordinal}届理事会第1次会议"
    decision = clerk.decide(term.body, meeting, term.starts_on, text, len(sitting.council))
    clerk.appoint_all(sitting.standing, posts["standing"], sitting.terms[BodyKind.STANDING], decision)
    filing = f"京民社备〔{term.starts_on.year}〕第{clerk.rng.randint(11, 399):03d}号"
    president, secretary = [who for who in sitting.standing if who.invented.facts["region"] == "CN"][:2]
    rest = [who for who in sitting.standing if who not in {president, secretary}]
    hired = plan["secretary"] == "hired"
    legal = {"filing": filing, "legal_representative": True}
    clerk.appoint(president, posts["president"], term, decision, full_time=False, **(legal if hired else {}))
    clerk.appoint(
        secretary,
        posts["secretary"],
        term,
        decision,
        begun_by="hired" if hired else "elected",
        full_time=hired,
        **({"filing": filing} if hired else legal),
    )
    vice = rest[: plan["vice"] - (sitting.last == DAY)]
    clerk.appoint_all(vice, posts["vice"], term, decision, full_time=False, filing=filing)
    seal(clerk.session)


def _elect_party(clerk: Clerk, sitting: Sitting, posts: Posts, size: int) -> None:
    """双向进入: its members sit in the council too, those of the 常务理事会 first."""
    term = sitting.terms[BodyKind.PARTY]
    comrades = party_members(sitting.council)[: size + 1]
    text = f"选举产生第{term.ordinal}届书记和委员。"
    decision = clerk.decide(term.body, f"第{term.ordinal}次党员大会", term.starts_on, text, len(comrades) * 9)
    for number, who in enumerate(comrades):
        clerk.appoint(who, posts["party_member" if number else "party_secretary"], term, decision)
    seal(clerk.session)
