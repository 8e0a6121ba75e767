"""Offices are given, ended, corrected and voided, and never deleted; the state follows from the dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.bodies import rules
from registry.bodies.deciding import Decide, decide
from registry.bodies.models import BEGUN, ENDED, TENURE_STATES, Post, Tenure, Term
from registry.core.errors import RuleBroken, Stale
from registry.core.periods import Period
from registry.journal.services import act
from registry.people.models import Person
from registry.societies.models import Society


@dataclass(frozen=True)
class Appoint:
    """An office as it is given; without ends of its own it has those of the term.

    A `decision` is kept together with the office; `decision_id` names one already on record.
    """

    person_id: int
    post_id: int
    term_id: int
    starts_on: date
    begun_by: str = "elected"
    planned_end_on: date | None = None
    full_time: bool | None = None
    legal_representative: bool = False
    nominated_by: str = ""
    filing: str = ""
    approval: str = ""
    decision_id: int | None = None
    decision: Decide | None = None
    ends_on: date | None = None
    ended_by: str | None = None


@dataclass(frozen=True)
class EndTenure:
    """`on` is the first day that the office is no longer held."""

    on: date
    ended_by: str
    decision_id: int | None = None
    decision: Decide | None = None
    version: int | None = None


@dataclass(frozen=True)
class CorrectTenure:
    """The office as it should have stood, and why."""

    post_id: int
    starts_on: date
    planned_end_on: date | None
    ends_on: date | None
    begun_by: str
    ended_by: str | None
    full_time: bool | None
    legal_representative: bool
    nominated_by: str
    filing: str
    decision_id: int | None
    why: str
    version: int | None = None
    decision: Decide | None = None
    approval: str = ""


def appoint(session: Session, society: Society, command: Appoint) -> Tenure:
    """Give an office from a day on; in a term that is over it ends with the term."""
    person, post, term = _parts(session, society, command.person_id, command.post_id, command.term_id)
    period = spell_of(command, post, term)
    rules.is_member(session, person, term.body, command.begun_by, command.starts_on)
    rules.post_is_free(session, person.id, post, period)
    act(session, "tenure:appoint", society.id)
    tenure = office(society, command, person, post, term)
    tenure.decision_id = _decision_id(session, society, command)
    session.add(tenure)
    session.flush()
    return tenure


def spell_of(command: Appoint, post: Post, term: Term) -> Period:
    """The days of the office, which must lie in its term."""
    rules.same_body(post, term)
    period = rules.spell(command.starts_on, command.ends_on or term.ends_on)
    rules.inside_term(period, term)
    rules.planned_end(command.starts_on, command.planned_end_on, term)
    return period


def office(society: Society, command: Appoint, person: Person, post: Post, term: Term) -> Tenure:
    """The row of an office, not yet added."""
    tenure = Tenure(society_id=society.id, person=person, post=post, term=term, **_facts(command))
    tenure.planned_end_on = command.planned_end_on or term.planned_end_on
    if command.ends_on is None:
        tenure.ends_on, tenure.ended_by = term.ends_on, "term" if term.ends_on else None
    tenure.decision_id = command.decision_id
    return tenure


def _facts(command: Appoint | CorrectTenure) -> dict[str, Any]:
    """The columns that a command speaks of."""
    asides = {"why", "version", "decision", "decision_id", "post_id", "person_id", "term_id"}
    return {key: value for key, value in vars(command).items() if key not in asides}


def _decision_id(
    session: Session, society: Society, command: Appoint | EndTenure | CorrectTenure
) -> int | None:
    if command.decision is None:
        return command.decision_id
    return decide(session, society, command.decision).id


def _parts(
    session: Session, society: Society, person_id: int, post_id: int, term_id: int
) -> tuple[Person, Post, Term]:
    """All three of the society; the post stays locked, so that nobody else counts its seats meanwhile."""
    person, term = session.get(Person, person_id), session.get(Term, term_id)
    post = session.get(Post, post_id, with_for_update=True)
    if person is None or person.society_id != society.id:
        raise RuleBroken("请选本学会登记的人员", "person")
    if post is None or term is None or {post.society_id, term.society_id} != {society.id}:
        raise RuleBroken("请选本机构的职务", "post_id")
    return person, post, term


def end(session: Session, tenure: Tenure, command: EndTenure) -> Tenure:
    """The office ends; one bound to end with its term may end before."""
    _refuse_stale(tenure, command.version, words(tenure))
    _refuse_voided(tenure)
    if tenure.ends_on is not None and (tenure.ended_by != "term" or command.on >= tenure.ends_on):
        ended = ENDED.get(tenure.ended_by or "", "离任")
        raise RuleBroken(
            "已于 %(until)s %(ended)s；如有错误请用“更正”", "on", until=tenure.ends_on, ended=ended
        )
    if command.on <= tenure.starts_on:
        raise RuleBroken(
            "离任日期须晚于任职日期 %(since)s；从未到任的请用“作废”", "on", since=tenure.starts_on
        )
    act(session, "tenure:end", tenure.society_id)
    tenure.ends_on, tenure.ended_by = command.on, command.ended_by
    society = session.get_one(Society, tenure.society_id)
    tenure.end_decision_id = _decision_id(session, society, command)
    session.flush()
    return tenure


def correct(session: Session, tenure: Tenure, command: CorrectTenure) -> Tenure:
    """Set right what was wrong, ended offices too; the rules hold as for a new one."""
    _refuse_stale(tenure, command.version, words(tenure), _differences(tenure, command))
    _refuse_voided(tenure)
    rules.a_reason(command.why)
    if (command.ends_on is None) != (command.ended_by is None):
        raise RuleBroken("离任日期和原因要么都填，要么都不填", "ended_by")
    period = rules.spell(command.starts_on, command.ends_on)
    society = session.get_one(Society, tenure.society_id)
    person, post, term = _parts(session, society, tenure.person_id, command.post_id, tenure.term_id)
    rules.same_body(post, term)
    rules.inside_term(period, term)
    rules.planned_end(command.starts_on, command.planned_end_on, term)
    rules.is_member(session, person, term.body, command.begun_by, command.starts_on)
    rules.post_is_free(session, person.id, post, period, tenure.id)
    act(session, "tenure:correct", tenure.society_id, command.why)
    for key, value in _facts(command).items():
        setattr(tenure, key, value)
    tenure.post, tenure.decision_id = post, _decision_id(session, society, command)
    session.flush()
    return tenure


def void(session: Session, tenure: Tenure, why: str, version: int | None = None) -> Tenure:
    """It was never true: it counts on no day, and stays on record with the reason."""
    _refuse_stale(tenure, version, words(tenure))
    _refuse_voided(tenure)
    rules.a_reason(why)
    act(session, "tenure:void", tenure.society_id, why)
    tenure.voided_at, tenure.void_reason = datetime.now(UTC), why.strip()[:200]
    session.flush()
    return tenure


def words(tenure: Tenure) -> str:
    """The office as it stands, for the one who typed against an older state."""
    if tenure.voided_at:
        return f"{tenure.post.name} {TENURE_STATES['voided']}"
    ended = f" {ENDED.get(tenure.ended_by or '', '')}".rstrip() if tenure.ends_on else ""
    return f"{tenure.post.name} {rules.since(tenure)}{ended}"


def _differences(tenure: Tenure, command: CorrectTenure) -> dict[str, tuple[str, str]]:
    """By field what was typed and what stands, where they differ, as people read them."""
    pairs = {key: (getattr(command, key), getattr(tenure, key)) for key in _facts(command)}
    return {key: (_shown(mine), _shown(theirs)) for key, (mine, theirs) in pairs.items() if mine != theirs}


def _shown(value: Any) -> str:
    words = {None: "—", "": "—", True: "是", False: "否"}
    return str(words.get(value) or BEGUN.get(value) or ENDED.get(value) or value)


def _refuse_stale(
    row: Tenure,
    version: int | None,
    theirs: str,
    both: Mapping[str, tuple[str, str]] | None = None,
) -> None:
    if version is not None and version != row.version:
        raise Stale("", theirs, row.version, both)


def _refuse_voided(tenure: Tenure) -> None:
    if tenure.voided_at:
        raise RuleBroken("这条任职已作废")
