"""A council list: each name an office in one 届, which may be long over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from registry.bodies import queries as bodies
from registry.bodies.many import spells_of
from registry.bodies.models import ENDED, Body, BodyKind, Post, Tenure, Term
from registry.core.periods import Period
from registry.lists import matching
from registry.lists.judged import NEW, SKIP, Candidate, Judged, Judgement, State, first_day, spell_of
from registry.lists.reading import Entry, Listed
from registry.societies.models import Society

_ENDED = {word: code for code, word in ENDED.items()} | {"病故": "died", "逝世": "died", "免职": "removed"}


@dataclass(frozen=True)
class CouncilList:
    """For which 届 of which body; what a 届 not yet on record is to be; who decided; where newcomers go."""

    body_id: int
    ordinal: int
    starts_on: date
    planned_end_on: date
    ends_on: date | None
    meeting: str
    decided_on: date
    post: str
    category_id: int
    admit: bool = False


@dataclass(frozen=True)
class Office:
    """An office to be written: by post name and body, with its days, and the spell of membership it needs."""

    body_id: int
    post: str
    starts_on: date
    ends_on: date | None
    ended_by: str | None
    joins: bool


@dataclass(frozen=True)
class Scene:
    """The register around a list: the society's bodies, and what is on record in the 届."""

    society: Society
    asked: CouncilList
    bodies: Sequence[Body]
    tenures: Mapping[tuple[int, int], Sequence[Tenure]]
    spells: Mapping[int, Sequence[Period]]

    def joins(self, person_id: int, day: date) -> bool | None:
        """Not yet a member on the day, and never one before (True) or at other times (None)."""
        mine = [spell for spell in self.spells.get(person_id, ()) if spell.ends_on != spell.starts_on]
        if any(spell.holds(day) for spell in mine) or self.body.kind == BodyKind.PARTY:
            return False
        return None if mine else True

    @property
    def body(self) -> Body:
        """The one that the list is of."""
        return next(row for row in self.bodies if row.id == self.asked.body_id)

    def place(self, post: str) -> tuple[Body, Post | None]:
        """Where a post of that name is: in the body itself, or in another one of the society's own."""
        own = [row for row in self.bodies if row.kind != BodyKind.COMMITTEE and row.id != self.body.id]
        for body in (self.body, *own):
            if found := next((row for row in body.posts if row.name == post), None):
                return body, found
        return self.body, None

    def term(self, body: Body) -> Term | None:
        """The 届 of that ordinal, where it is on record."""
        return next((row for row in body.terms if row.ordinal == self.asked.ordinal), None)


def scene(session: Session, society: Society, asked: CouncilList, people: Collection[int] = ()) -> Scene:
    """Everything that the rows are judged against, in few statements."""
    every = bodies.bodies(session, society.id)
    held: dict[tuple[int, int], list[Tenure]] = {}
    for term in (term for body in every for term in body.terms if term.ordinal == asked.ordinal):
        for row in bodies.tenures_of_term(session, term.id):
            if not row.voided_at:
                held.setdefault((row.person_id, row.post_id), []).append(row)
    return Scene(society, asked, every, held, spells_of(session, society.id, people))


def judge(
    session: Session, society: Society, asked: CouncilList, listed: Listed, choices: Mapping[str, str]
) -> Judgement:
    """Every row with what it is; a later row for the same office is refused."""
    found = matching.named(session, society.id, (entry.cells["name"] for entry in listed.entries))
    around = scene(session, society, asked, {row.id for rows in found.values() for row in rows})
    rows: list[Judged] = []
    taken: set[tuple[str, str]] = set()
    for place, entry in enumerate(listed.entries):
        candidates = found.get(matching.squeezed(entry.cells["name"]), [])
        row = _row(around, entry, candidates, choices.get(str(place), ""))
        mark = (row.chosen if row.chosen != NEW else entry.cells["name"], _post_of(around, entry))
        if row.state in {State.READY, State.NEW} and mark in taken:
            row = Judged(entry, State.REFUSED, "名单里已有同一人的同一职务", candidates)
        taken |= {mark} if row.state in {State.READY, State.NEW} else set()
        rows.append(row)
    return Judgement(rows, _obstacles(around, rows))


def _post_of(around: Scene, entry: Entry) -> str:
    return entry.cells.get("post") or entry.group or around.asked.post


def _row(around: Scene, entry: Entry, candidates: Sequence[Candidate], word: str) -> Judged:
    if word == SKIP:
        return Judged(entry, State.SKIPPED, "", candidates, SKIP)
    try:
        office = _office(around, entry)
    except ValueError as error:
        return Judged(entry, State.REFUSED, str(error), candidates)
    person = next((row for row in candidates if str(row.id) == word), None)
    person = person or (None if word == NEW else matching.fitting(candidates, entry.cells))
    if person is None and candidates and word != NEW:
        return Judged(entry, State.DOUBTFUL, _doubt(candidates), candidates)
    if person is None:
        return Judged(entry, State.NEW, "名册里没有，登记为新会员", candidates, NEW, office)
    return _known(around, entry, candidates, person, office)


def _doubt(candidates: Sequence[Candidate]) -> str:
    if len(candidates) == 1:
        return f"名册里的{candidates[0].name}在“{candidates[0].employer}”，请认定是不是同一人"
    return f"名册里有 {len(candidates)} 位同名"


def _known(
    around: Scene, entry: Entry, candidates: Sequence[Candidate], person: Candidate, office: Office
) -> Judged:
    post, chosen = around.place(office.post)[1], str(person.id)
    if post is not None and (held := around.tenures.get((person.id, post.id))):
        since = "、".join(str(row.starts_on) for row in held)
        return Judged(entry, State.SAME, f"已登记（{since} 起）", candidates, chosen)
    joins = around.joins(person.id, office.starts_on)
    if joins is False:
        return Judged(entry, State.READY, "", candidates, chosen, office)
    told = f"{office.starts_on} 没有会籍"
    if joins is None and not around.asked.admit:
        return Judged(entry, State.REFUSED, f"{told}；可在上面选“补录会籍”", candidates, chosen)
    joined = replace(office, joins=True)
    return Judged(entry, State.READY, f"{told}，补录会籍", candidates, chosen, joined)


def _office(around: Scene, entry: Entry) -> Office:
    """Days outside the 届 that are known to the month only are taken as its bounds."""
    name = _post_of(around, entry)
    if not name:
        raise ValueError("没有写职务，也没有分组标题")
    body, _post = around.place(name)
    term = around.term(body)
    starts_on, ends_on = (
        (term.starts_on, term.ends_on) if term else (around.asked.starts_on, around.asked.ends_on)
    )
    first, last = spell_of(entry.cells)
    begins = first_day(first, starts_on)
    ends = None if last is None else last.last + timedelta(days=0 if last.day else 1)
    if ends and ends_on and last and last.day is None and last.first <= ends_on <= ends:
        ends = None
    if begins < starts_on or (ends_on and begins >= ends_on):
        raise ValueError(f"任职日期 {begins} 不在本届之内")
    if ends and (ends <= begins or (ends_on and ends > ends_on)):
        raise ValueError(f"离任日期 {ends} 不在本届之内")
    why = entry.cells.get("ended_by") or entry.cells.get("remark", "")
    how = next((code for word, code in _ENDED.items() if word in why), "resigned")
    early = ends is not None and ends != ends_on
    return Office(body.id, name, begins, ends if early else None, how if early else None, joins=False)


def _obstacles(around: Scene, rows: Sequence[Judged]) -> list[str]:
    """No more people at a time than a post has seats."""
    coming = Counter(row.plan.post for row in rows if row.plan is not None and row.plan.ends_on is None)
    told = []
    for name, count in coming.items():
        post = around.place(name)[1]
        if post is None or post.seats is None:
            continue
        held = sum(1 for (_person, key), mine in around.tenures.items() if key == post.id for _row in mine)
        if count + held > post.seats:
            standing = f"{name}有 {post.seats} 个席位，已登记 {held} 人"
            told.append(f"{standing}，名单还要登记 {count} 人；请先在机构页改席位数")
    return told
