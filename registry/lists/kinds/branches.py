"""A list of branches: each with its founding, its ending, its host, and who heads its committee."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.bodies import queries as bodies
from registry.bodies.models import Post, Term
from registry.bodies.services import Appoint, appoint
from registry.journal.services import act
from registry.lists import matching
from registry.lists.judged import NEW, SKIP, Candidate, Judged, Judgement, State, spell_of
from registry.lists.reading import Entry, Listed
from registry.memberships.queries import member_on
from registry.societies.branching import FoundBranch, end_branch, found_branch
from registry.societies.models import BRANCH_KINDS, Branch, BranchKind, BranchName, Society


@dataclass(frozen=True)
class Change:
    """What a row would write: the days of a branch, and whom it says to head it, in which 届 and post."""

    kind: str
    starts_on: date | None
    ends_on: date | None
    person_id: int | None = None
    term_id: int | None = None
    post_id: int | None = None
    since: date | None = None


def judge(session: Session, society: Society, listed: Listed, choices: Mapping[str, str]) -> Judgement:
    """Every row with what it is."""
    known = _branches(session, society.id)
    names = [entry.cells["person"] for entry in listed.entries if entry.cells.get("person")]
    people, chairs = matching.named(session, society.id, names), _chairs(session, society.id)
    rows: list[Judged] = []
    taken: set[str] = set()
    for place, entry in enumerate(listed.entries):
        if choices.get(str(place)) == SKIP:
            rows.append(Judged(entry, State.SKIPPED, chosen=SKIP))
            continue
        branch = known.get(_bare(entry.cells["name"], society))
        row = _row(session, society, entry, branch, people, chairs)
        if row.state == State.NEW and entry.cells["name"] in taken:
            row = Judged(entry, State.REFUSED, "名单里已有这个分支机构")
        taken.add(entry.cells["name"])
        rows.append(row)
    return Judgement(rows)


def _bare(name: str, society: Society) -> str:
    """Lists often put the society's name before."""
    return name.strip().removeprefix(society.name).removeprefix(society.short_name) or name.strip()


def _branches(session: Session, society_id: int) -> dict[str, Branch]:
    """By every name that a branch bears or bore."""
    old = select(BranchName.name, Branch).join(Branch, Branch.id == BranchName.branch_id)
    rows = session.execute(old.where(Branch.society_id == society_id))
    found: dict[str, Branch] = dict(rows.all())
    now = session.scalars(select(Branch).where(Branch.society_id == society_id))
    return found | {branch.name: branch for branch in now}


def _chairs(session: Session, society_id: int) -> dict[int, list[tuple[Term, Post]]]:
    """Of each branch the 届 of its committee with the post that leads it."""
    found: dict[int, list[tuple[Term, Post]]] = {}
    for body in bodies.bodies(session, society_id):
        if body.branch_id is not None and body.posts:
            found.setdefault(body.branch_id, []).extend((term, body.posts[0]) for term in body.terms)
    return found


def _row(
    session: Session,
    society: Society,
    entry: Entry,
    branch: Branch | None,
    people: Mapping[str, list[Candidate]],
    chairs: Mapping[int, list[tuple[Term, Post]]],
) -> Judged:
    try:
        first, last = spell_of(entry.cells)
        since, _none = spell_of({"starts_on": entry.cells.get("since", "")})
        kind = _kind(entry)
    except ValueError as error:
        return Judged(entry, State.REFUSED, str(error))
    change = Change(kind, first.first if first else None, last.last if last else None)
    if branch is None and change.starts_on is None:
        return Judged(entry, State.REFUSED, "没有写成立时间")
    if branch is None:
        return Judged(entry, State.NEW, BRANCH_KINDS[BranchKind(kind)], chosen=NEW, plan=change)
    return _known(session, society, entry, branch, change, people, chairs.get(branch.id, []), since)


def _kind(entry: Entry) -> str:
    """As told, or as the name ends."""
    told = entry.cells.get("kind", "")
    for kind, word in BRANCH_KINDS.items():
        if word in (told or entry.cells["name"]):
            return kind.value
    if told or not entry.cells["name"].endswith(("处", "站")):
        told = told or entry.cells["name"]
        raise ValueError(f"看不出“{told}”是分会、专业委员会、工作委员会还是代表机构")
    return BranchKind.OFFICE.value


def _known(
    session: Session,
    society: Society,
    entry: Entry,
    branch: Branch,
    change: Change,
    people: Mapping[str, list[Candidate]],
    chairs: list[tuple[Term, Post]],
    since: object,
) -> Judged:
    known, chosen = [Candidate(branch.id, branch.name, branch.code)], str(branch.id)
    ends = change.ends_on if branch.ends_on is None else None
    head, told = _head(session, society, entry, people, chairs, getattr(since, "first", None))
    if ends:
        told = f"终止于 {ends}" + (f"；{told}" if told else "")
    if not ends and head is None:
        return Judged(entry, State.SAME, told or f"已登记（{branch.starts_on} 起）", known, chosen)
    plan = Change(change.kind, None, ends, *(head or ()))
    return Judged(entry, State.READY, told, known, chosen, plan)


def _head(
    session: Session,
    society: Society,
    entry: Entry,
    people: Mapping[str, list[Candidate]],
    chairs: list[tuple[Term, Post]],
    since: date | None,
) -> tuple[tuple[int, int, int, date] | None, str]:
    """Person, 届, post and first day, where all are known and the post is free; or what is in the way."""
    name = entry.cells.get("person", "")
    found = people.get(matching.squeezed(name), []) if name else []
    if not name or len(found) != 1:
        return None, f"负责人“{name}”在名册里有 {len(found)} 位，没有登记" if name else ""
    running = [pair for pair in chairs if since is None or pair[0].period.holds(since)]
    if not running:
        return None, "负责人没有登记：委员会没有这一届"
    term, post = max(running, key=lambda pair: pair[0].ordinal)
    day = since or term.starts_on
    held = [
        row
        for row in bodies.tenures_of_term(session, term.id)
        if row.post_id == post.id and not row.voided_at
    ]
    if any(row.person_id == found[0].id for row in held):
        return None, ""
    if any(row.period.holds(day) for row in held):
        return None, f"{post.name}已另有其人，没有登记{name}"
    if not member_on(session, society.id, found[0].id, day):
        return None, f"{name}在 {day} 没有会籍，没有登记"
    return (found[0].id, term.id, post.id, day), f"{post.name} {name}（{day} 起）"


def write(session: Session, society: Society, judgement: Judgement) -> None:
    """Everything in the act under way."""
    act(session, "list:apply", society.id)
    for row in judgement.written:
        plan: Change = row.plan
        if row.chosen == NEW:
            branch = _found(session, society, row.entry, plan)
        else:
            branch = session.get_one(Branch, int(row.chosen))
        if plan.person_id and plan.term_id and plan.post_id and plan.since:
            appoint(session, society, Appoint(plan.person_id, plan.post_id, plan.term_id, plan.since))
        if plan.ends_on:
            end_branch(session, branch, plan.ends_on, row.entry.cells.get("remark", ""))


def _found(session: Session, society: Society, entry: Entry, plan: Change) -> Branch:
    command = FoundBranch(
        BranchKind(plan.kind),
        _bare(entry.cells["name"], society),
        plan.starts_on or date.min,
        host=entry.cells.get("host", ""),
        founding_decision=entry.cells.get("decision", ""),
    )
    return found_branch(session, society, command)
