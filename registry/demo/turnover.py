"""The middle of a term: some resign, one dies or is removed, others are added (增补), a seat stays empty."""

from __future__ import annotations

from datetime import date, timedelta

from registry.bodies import services
from registry.bodies.deciding import Annul, Decide, Votes, annul
from registry.bodies.models import BodyKind, Decision
from registry.demo.candidates import Candidates
from registry.demo.clerk import Clerk, Plan, Posts, Sitting
from registry.demo.stock import DAY, day_between
from registry.journal.services import seal

_LEAVING = 3
_CHIEFS = ("president", "secretary", "vice")


def happen(clerk: Clerk, candidates: Candidates, sitting: Sitting, posts: Posts, plan: Plan) -> None:
    """Everything between two elections, each as an act of its own."""
    ordinal = sitting.terms[BodyKind.COUNCIL].ordinal
    _mourn(clerk, sitting)
    day = _resign(clerk, candidates, sitting, posts, removed=plan.get("removed_in") == ordinal)
    if sitting.last != DAY:
        if "promoted_to" in plan:
            _rise(clerk, sitting, posts)
        return
    if "annulled" in plan:
        _annul(clerk, candidates, sitting, posts, day, plan["annulled"])
    if "vice_resigns_on" in plan:
        _vice_resigns(clerk, sitting, date.fromisoformat(plan["vice_resigns_on"]))
    if "begins_on" in plan:
        _elect_ahead(clerk, sitting, posts, date.fromisoformat(plan["begins_on"]))
    if "voided_on" in plan:
        _enter_wrongly(clerk, candidates, sitting, posts, date.fromisoformat(plan["voided_on"]))


def chiefs(clerk: Clerk, sitting: Sitting) -> set[int]:
    """Who leads the council."""
    term = sitting.terms[BodyKind.COUNCIL]
    return {row.person_id for code in _CHIEFS for row in clerk.holding(term, code)}


def _meeting(clerk: Clerk, sitting: Sitting, day: date, text: str) -> Decision:
    """A later meeting of the council; it meets once a year."""
    term = sitting.terms[BodyKind.COUNCIL]
    number = 2 + (day - term.starts_on).days // 183
    return clerk.decide(
        term.body, f"第{term.ordinal}届理事会第{number}次会议", day, text, len(sitting.council)
    )


def _mourn(clerk: Clerk, sitting: Sitting) -> None:
    """Who dies in office loses every office that day."""
    if sitting.mourned is None:
        return
    who, day = sitting.mourned
    for tenure in clerk.tenures(who, *sitting.terms.values()):
        clerk.end(tenure, day, "died")
    seal(clerk.session)


def _resign(clerk: Clerk, candidates: Candidates, sitting: Sitting, posts: Posts, *, removed: bool) -> date:
    """Some of the last 理事 give up their seat; of one term the first is removed (罢免) instead."""
    term = sitting.terms[BodyKind.COUNCIL]
    day = day_between(clerk.rng, term.starts_on + timedelta(300), sitting.last - timedelta(200))
    decision = _meeting(clerk, sitting, day, "接受有关理事的辞职申请，增补理事。")
    leaving = [who for who in sitting.council if who not in sitting.standing][-_LEAVING - 1 : -1]
    for number, who in enumerate(leaving):
        for tenure in clerk.tenures(who, term):
            clerk.end(tenure, day, "removed" if removed and not number else "resigned", decision)
    for who in candidates.some(day, sitting.last, len(leaving) - 1):
        clerk.appoint(who, posts["member"], term, decision, starts_on=day, begun_by="added")
    seal(clerk.session)
    return day


def _rise(clerk: Clerk, sitting: Sitting, posts: Posts) -> None:
    """In the third year a 副理事长 steps back, a 常务理事 takes the place, and a 理事 that one's."""
    council, standing = sitting.terms[BodyKind.COUNCIL], sitting.terms[BodyKind.STANDING]
    day = council.starts_on + timedelta(900)
    decision = _meeting(clerk, sitting, day, "同意一名副理事长辞去职务，增补副理事长、常务理事各一名。")
    leading = chiefs(clerk, sitting)
    stepping = clerk.holding(council, "vice")[-1]
    rising, *_others, leaving = [who for who in sitting.standing if who.person_id not in leading]
    following = next(who for who in sitting.council if who not in sitting.standing)
    clerk.end(stepping, day, "resigned", decision)
    for tenure in clerk.tenures(leaving, standing):
        clerk.end(tenure, day, "resigned", decision)
    filed = f"京民社备〔{day.year}〕第{clerk.rng.randint(11, 399):03d}号"
    more = {"starts_on": day, "begun_by": "added"}
    clerk.appoint(rising, posts["vice"], council, decision, full_time=False, filing=filed, **more)
    clerk.appoint(following, posts["standing"], standing, decision, **more)
    seal(clerk.session)


def _annul(
    clerk: Clerk, candidates: Candidates, sitting: Sitting, posts: Posts, after: date, plan: Plan
) -> None:
    """Too few took part in a vote by letter: what it decided was annulled, and whom it chose is marked."""
    term, day = sitting.terms[BodyKind.COUNCIL], after + timedelta(42)
    name, came = f"第{term.ordinal}届理事会通讯会议", plan["came"]
    letters = Decide(name, day, "增补理事一名。", len(sitting.council), came, votes=Votes(came, 0, 0))
    decision = clerk.record(term.body, letters)
    for who in candidates.some(day, sitting.last, 1):
        clerk.appoint(who, posts["member"], term, decision, starts_on=day, begun_by="added")
    seal(clerk.session)
    annul(clerk.session, decision, Annul(day + timedelta(60), plan["why"]))
    seal(clerk.session)


def _vice_resigns(clerk: Clerk, sitting: Sitting, day: date) -> None:
    """The last 副理事长 gives up that office and the one in the 常务理事会, and stays 理事."""
    decision = _meeting(clerk, sitting, day, "同意一名副理事长因工作变动辞去副理事长、常务理事职务。")
    council, standing = sitting.terms[BodyKind.COUNCIL], sitting.terms[BodyKind.STANDING]
    given = [tenure for who in sitting.standing for tenure in clerk.tenures(who, council)]
    vice = [tenure for tenure in given if tenure.post.code == "vice"][-1]
    who = next(who for who in sitting.standing if who.person_id == vice.person_id)
    for tenure in (vice, *clerk.tenures(who, standing)):
        clerk.end(tenure, day, "resigned", decision)
    seal(clerk.session)


def _elect_ahead(clerk: Clerk, sitting: Sitting, posts: Posts, begins_on: date) -> None:
    """Somebody is chosen whose office begins on a later day (待任)."""
    day = begins_on - timedelta(90)
    decision = _meeting(clerk, sitting, day, "增补一名常务理事，自次年起任职。")
    chosen = next(who for who in sitting.council if who not in sitting.standing)
    term = sitting.terms[BodyKind.STANDING]
    clerk.appoint(chosen, posts["standing"], term, decision, starts_on=begins_on, begun_by="added")
    seal(clerk.session)


def _enter_wrongly(clerk: Clerk, candidates: Candidates, sitting: Sitting, posts: Posts, day: date) -> None:
    """An office was given to the wrong one of two people, and voided."""
    decision = _meeting(clerk, sitting, day, "增补理事一名。")
    wrong, right = candidates.some(day, sitting.last, 2)
    term = sitting.terms[BodyKind.COUNCIL]
    tenure = clerk.appoint(wrong, posts["member"], term, decision, starts_on=day, begun_by="added")
    seal(clerk.session)
    services.void(clerk.session, tenure, "录入时错选了人员，会议增补的是另一位会员")
    seal(clerk.session)
    clerk.appoint(right, posts["member"], term, decision, starts_on=day, begun_by="added")
    seal(clerk.session)
