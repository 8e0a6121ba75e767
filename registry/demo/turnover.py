"""The middle of a term: some resign, one dies or is removed, others are added (增补), a seat stays empty."""

from __future__ import annotations

from datetime import date, timedelta

from registry.bodies import services
from registry.bodies.models import BodyKind, Decision
from registry.demo.candidates import Candidates
from registry.demo.clerk import Clerk, Plan, Posts, Sitting
from registry.demo.stock import DAY, day_between
from registry.journal.services import seal

_LEAVING = 3


def happen(clerk: Clerk, candidates: Candidates, sitting: Sitting, posts: Posts, plan: Plan) -> None:
    """Everything between two elections, each as an act of its own."""
    ordinal = sitting.terms[BodyKind.COUNCIL].ordinal
    _mourn(clerk, sitting)
    _resign(clerk, candidates, sitting, posts, removed=plan.get("removed_in") == ordinal)
    if sitting.last != DAY:
        return
    if "vice_resigns_on" in plan:
        _vice_resigns(clerk, sitting, date.fromisoformat(plan["vice_resigns_on"]))
    if "begins_on" in plan:
        _elect_ahead(clerk, sitting, posts, date.fromisoformat(plan["begins_on"]))
    if "voided_on" in plan:
        _enter_wrongly(clerk, candidates, sitting, posts, date.fromisoformat(plan["voided_on"]))


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


def _resign(clerk: Clerk, candidates: Candidates, sitting: Sitting, posts: Posts, *, removed: bool) -> None:
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
