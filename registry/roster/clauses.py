"""What a criterion asks of a row, said in two ways: by looking at the row, and by naming the people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, literal, or_, select, true
from sqlalchemy.orm import aliased

from registry.bodies.models import Post, Tenure
from registry.core.dates import PartialDate
from registry.core.periods import Period
from registry.core.plans import unindexed
from registry.memberships.mirrored import GAPS
from registry.memberships.models import EndReason, Membership
from registry.people import search
from registry.people.models import IdentityDocument, Person
from registry.tags.queries import bearing

Look = Callable[[Any], Any]
"""How a column is named: plainly, or so that SQLite does not look for it by an index."""
Test = Callable[[Any, Look], ColumnElement[bool]]
"""A clause on a row, which is Membership or an alias of it."""

YEAR = timedelta(365)
_Other = aliased(Membership)
_EVERY_GAP = sum(GAPS.values())
NARROW = Membership.branch_id
"""An order whose index holds little but what rights and dates look at, and so is quickly walked."""


@dataclass(frozen=True)
class Scene:
    """Where and when it is asked."""

    society_id: int
    day: date
    dialect: str


@dataclass(frozen=True)
class Clause:
    """`probe` looks at a row on a walk; `bare` says it in parts that an index each answers.

    `people` name who it may be, one select for each way in; None where no index knows. `exact`: they are all
    that is asked, whatever the spell. `others` name all whom it leaves out of the rows of `among`; `along`
    is the order whose index holds all that the probe looks at.
    """

    probe: ColumnElement[bool]
    bare: tuple[ColumnElement[bool], ...] = ()
    people: tuple[Select[Any], ...] | None = None
    exact: bool = False
    others: Select[Any] | None = None
    among: ColumnElement[bool] = field(default_factory=true)
    along: Any = None


def of_row(scene: Scene, *tests: Test) -> Clause:
    """Any of the tests, each of which one index of `membership` answers."""
    people = tuple(
        select(_Other.person_id).where(
            _Other.society_id == scene.society_id, _Other.person_id.is_not(None), test(_Other, _plainly)
        )
        for test in tests
    )
    probe = or_(*(test(Membership, unindexed) for test in tests))
    return Clause(probe, tuple(test(Membership, _plainly) for test in tests), people)


def _plainly(column: Any) -> Any:
    return column


def coded(column: str, values: Sequence[Any], scene: Scene) -> Clause:
    """The column has one of the values; None among them is "unknown"."""
    known = [value for value in values if value is not None]
    tests: list[Test] = []
    if known:
        tests.append(lambda row, look: look(getattr(row, column)).in_(known))
    if len(known) < len(values):
        tests.append(lambda row, look: look(getattr(row, column)).is_(None))
    return of_row(scene, *tests)


def gaps(facts: Iterable[str]) -> list[int]:
    """The values of `gaps` in which one of the facts is missing."""
    wanted = sum(GAPS[fact] for fact in set(facts))
    return [value for value in range(1, _EVERY_GAP + 1) if value & wanted]


def lacking(facts: Sequence[str], scene: Scene) -> Clause:
    """One of the facts is missing."""
    tests: list[Test] = []
    if set(facts) & GAPS.keys():
        values = gaps(GAPS.keys() & set(facts))
        tests.append(lambda row, look: look(row.gaps).in_(values))
    if "birth" in facts:
        tests.append(lambda row, look: look(row.birth).is_(None))
    if "document" not in facts:
        return of_row(scene, *tests)
    held = select(1).where(
        IdentityDocument.society_id == Membership.society_id,
        IdentityDocument.person_id == Membership.person_id,
    )
    probe = or_(~held.exists(), *(test(Membership, unindexed) for test in tests))
    return Clause(probe) if tests else Clause(probe, others=_holders(scene), along=NARROW)


def _holders(scene: Scene) -> Select[Any]:
    paper = IdentityDocument
    return select(paper.person_id).where(paper.society_id == scene.society_id).distinct()


def of_disciplines(codes: Sequence[str | None], scene: Scene) -> Clause:
    """One of the disciplines is among the person's; None is "unknown"."""
    known = [code for code in codes if code]
    clause = Clause(false(), people=())
    if known:
        padded, found = literal(" ") + Membership.disciplines + " ", _FOUND[scene.dialect]
        probe = or_(*(found(padded, f" {code} ") > 0 for code in known))
        people = (search.of_disciplines(scene.dialect, scene.society_id, known),)
        clause = Clause(probe, people=people, along=Membership.disciplines)
    return clause if None not in codes else either([clause, lacking(["discipline"], scene)])


_FOUND = {"sqlite": func.instr, "postgresql": func.strpos}
"""Where a text stands in another; on a long walk half the price of LIKE."""


def either(clauses: Sequence[Clause]) -> Clause:
    """Any of the clauses; who it may be is known only where each knows."""
    probe = or_(*(clause.probe for clause in clauses))
    if any(clause.people is None for clause in clauses):
        return Clause(probe)
    bare = (
        tuple(part for clause in clauses for part in clause.bare) if all(one.bare for one in clauses) else ()
    )
    return Clause(probe, bare, tuple(people for clause in clauses for people in clause.people or ()))


def aged(first: int | None, last: int | None, scene: Scene) -> Clause:
    """Certainly so many full years old on the day."""

    def test(row: Any, look: Look) -> ColumnElement[bool]:
        birth = look(row.birth)
        bounds = [birth.is_not(None)]
        if first is not None:
            until = _birthday(scene.day, first)
            bounds += [birth <= until, birth.not_in(_partly_after(until))]
        if last is not None:
            bounds.append(birth > _birthday(scene.day, last + 1))
        return and_(*bounds)

    return of_row(scene, test)


def perhaps_aged(first: int | None, last: int | None, scene: Scene) -> Clause:
    """Nobody knows whether of that age: born on an unknown day, or on one known too roughly."""
    days = [_birthday(scene.day, years) for years in (first, None if last is None else last + 1) if years]
    rough = {
        text
        for text in (part for day in days for part in (day[:4], day[:7]))
        if _open(text, first, last, scene)
    }
    tests: list[Test] = [lambda row, look: look(row.birth).is_(None)]
    if rough:
        tests.append(lambda row, look: look(row.birth).in_(sorted(rough)))
    return of_row(scene, *tests)


def _birthday(day: date, years: int) -> str:
    """Born on that day or before: at least so many full years old; no calendar need have it."""
    return f"{day.year - years:04}-{day.month:02}-{day.day:02}"


def _partly_after(day: str) -> list[str]:
    """Rough births that sort before the day and may yet lie behind it."""
    return [text for text in (day[:4], day[:7]) if str(PartialDate.parse(text).last) > day]


def _open(text: str, first: int | None, last: int | None, scene: Scene) -> bool:
    fewest, most = PartialDate.parse(text).age_on(scene.day)
    low, high = first or 0, 999 if last is None else last
    return most >= low and fewest <= high and not (low <= fewest and most <= high)


def began(first: date | None, last: date | None, scene: Scene) -> Clause:
    """The spell began in the period, its last day included."""

    def test(row: Any, look: Look) -> ColumnElement[bool]:
        column = look(row.starts_on)
        after = column >= (first or date.min)
        return after if last is None else and_(after, column <= last)

    return of_row(scene, test)


def running_out(days: Sequence[int], scene: Scene) -> Clause:
    """A document runs out within the most of so many days; 0 = it has run out."""
    paper = IdentityDocument
    ahead = scene.day + timedelta(max(days))
    coming = and_(paper.valid_until >= scene.day, paper.valid_until <= ahead) if max(days) else false()
    past = paper.valid_until < scene.day if 0 in days else false()
    wanted = select(paper.person_id).where(paper.society_id == scene.society_id, or_(coming, past))
    return _of_people(wanted)


def holding(names: Sequence[str], period: Period, scene: Scene) -> Clause:
    """An office held on a day of the period: any, or one of those names."""
    wanted = select(Tenure.person_id).where(
        Tenure.society_id == scene.society_id, Tenure.overlapping(period), Tenure.voided_at.is_(None)
    )
    return _of_people(wanted if "any" in names else wanted.join(Post).where(Post.name.in_(names)))


def tagged(tag_ids: Sequence[int], scene: Scene) -> Clause:
    """The person bears one of the tags."""
    return _of_people(bearing(scene.society_id, tag_ids))


def confirmed(spans: Sequence[str], scene: Scene) -> Clause:
    """Last said by the person to be true: within the `year` before the day, `longer` ago, or `never`."""
    since = scene.day - YEAR
    says = {
        "year": Person.confirmed_on >= since,
        "longer": Person.confirmed_on < since,
        "never": Person.confirmed_on.is_(None),
    }
    tests = [says[span] for span in spans]
    people = tuple(select(Person.id).where(Person.society_id == scene.society_id, test) for test in tests)
    said = select(1).where(Person.id == Membership.person_id, or_(*tests)).correlate(Membership)
    return Clause(said.exists(), people=people, exact=True)


def _of_people(wanted: Select[Any]) -> Clause:
    return Clause(unindexed(Membership.person_id).in_(wanted), people=(wanted,), exact=True)


def in_state(states: Sequence[str], scene: Scene) -> Clause:
    """The state of the spell on the day: one of those named."""
    ended = [state for state in states if state not in _STATES]
    tests = [_STATES[state](scene.day) for state in states if state in _STATES]
    if ended:
        tests.append(
            lambda row, look: and_(look(row.end_reason).in_(ended), unindexed(row.ends_on) <= scene.day)
        )
    if {"active", "all"} & set(states):
        along = NARROW if "all" not in states and not ended else None
        return Clause(or_(*(test(Membership, unindexed) for test in tests)), along=along)
    return of_row(scene, *tests)


def _active(day: date) -> Test:
    return lambda row, _look: and_(
        unindexed(row.starts_on) <= day, or_(row.ends_on.is_(None), row.ends_on > day)
    )


def _future(day: date) -> Test:
    return lambda row, look: look(row.starts_on) > day


def _lasting(_day: date) -> Test:
    """A changed spell lives on in its successor, a voided one never was."""
    gone = (EndReason.CHANGED, EndReason.VOIDED)
    return lambda row, _look: or_(row.end_reason.is_(None), row.end_reason.not_in(gone))


_STATES: dict[str, Callable[[date], Test]] = {"active": _active, "future": _future, "all": _lasting}
