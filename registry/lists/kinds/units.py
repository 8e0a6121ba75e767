"""A list of unit members: each an institution with its spell and its representative."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.journal.services import act
from registry.lists import matching
from registry.lists.judged import NEW, SKIP, Candidate, Judged, Judgement, State, spell_of
from registry.lists.reading import Entry, Listed
from registry.memberships.models import EndReason, Membership, Unit
from registry.memberships.services import Admit, End, admit_unit, end
from registry.memberships.units import EnterUnit, enter_unit, represent
from registry.people.document_numbers import DocumentError, check_credit_code
from registry.people.models import Person
from registry.societies.models import Society
from registry.societies.queries import categories


@dataclass(frozen=True)
class UnitList:
    """What holds for rows that do not tell it: the category, and the day from which they are members."""

    category_id: int
    starts_on: date


@dataclass(frozen=True)
class Spell:
    """What a row would write: category and days; the open spell that it ends; who represents."""

    category_id: int
    starts_on: date
    known: str
    ends_on: date | None
    code: str
    ends: int | None = None
    person_id: int | None = None


def judge(
    session: Session, society: Society, asked: UnitList, listed: Listed, choices: Mapping[str, str]
) -> Judgement:
    """Every row with what it is."""
    units, spells = _units(session, society.id), _spells(session, society.id)
    names = [entry.cells["person"] for entry in listed.entries if entry.cells.get("person")]
    people = matching.named(session, society.id, names)
    words = {row.name: row.id for row in categories(session, society.id) if row.for_units}
    rows: list[Judged] = []
    taken: set[str] = set()
    for place, entry in enumerate(listed.entries):
        if choices.get(str(place)) == SKIP:
            rows.append(Judged(entry, State.SKIPPED, chosen=SKIP))
            continue
        row = _row(entry, asked, units, spells, people, words)
        if row.state == State.NEW and entry.cells["name"] in taken:
            row = Judged(entry, State.REFUSED, "名单里已有这个单位")
        taken.add(entry.cells["name"])
        rows.append(row)
    return Judgement(rows)


def _units(session: Session, society_id: int) -> dict[str, Unit]:
    """By name and by code."""
    found: dict[str, Unit] = {}
    for unit in session.scalars(select(Unit).where(Unit.society_id == society_id)):
        found |= {key: unit for key in (unit.name, unit.credit_code) if key}
    return found


def _spells(session: Session, society_id: int) -> dict[int, list[Membership]]:
    found: dict[int, list[Membership]] = {}
    query = select(Membership).where(Membership.society_id == society_id, Membership.unit_id.is_not(None))
    for spell in session.scalars(query.order_by(Membership.starts_on)):
        if spell.end_reason != EndReason.VOIDED:
            found.setdefault(spell.unit_id or 0, []).append(spell)
    return found


def _row(
    entry: Entry,
    asked: UnitList,
    units: Mapping[str, Unit],
    spells: Mapping[int, Sequence[Membership]],
    people: Mapping[str, Sequence[Candidate]],
    words: Mapping[str, int],
) -> Judged:
    try:
        plan = _plan(entry, asked, words)
    except ValueError as error:
        return Judged(entry, State.REFUSED, str(error))
    unit = units.get(plan.code) or units.get(entry.cells["name"].strip())
    if unit is None:
        person, told = _representative(entry, people)
        return Judged(entry, State.NEW, told, chosen=NEW, plan=Spell(**{**vars(plan), "person_id": person}))
    return _known(entry, plan, unit, spells.get(unit.id, []))


def _known(entry: Entry, plan: Spell, unit: Unit, mine: Sequence[Membership]) -> Judged:
    """On record already: nothing, an end that is news, or a spell that is."""
    chosen, known = str(unit.id), [Candidate(unit.id, unit.name, mine[-1].number if mine else "")]
    beside = [row for row in mine if row.ends_on is None or row.ends_on > plan.starts_on]
    standing = next((row for row in beside if plan.ends_on is None or row.starts_on < plan.ends_on), None)
    if standing is None:
        return Judged(entry, State.READY, "另登记一段会籍", known, chosen, plan)
    if standing.ends_on is None and plan.ends_on and plan.ends_on > standing.starts_on:
        ended = Spell(**{**vars(plan), "ends": standing.id})
        return Judged(entry, State.READY, f"终止会籍 {standing.number}", known, chosen, ended)
    return Judged(entry, State.SAME, f"已登记 {standing.number}（{standing.starts_on} 起）", known, chosen)


def _plan(entry: Entry, asked: UnitList, words: Mapping[str, int]) -> Spell:
    first, last = spell_of(entry.cells)
    category = words.get(entry.cells.get("category", ""), asked.category_id)
    starts_on = first.first if first else asked.starts_on
    known = "D" if first is None or first.day else "M" if first.month else "Y"
    if last and last.last <= starts_on:
        raise ValueError(f"退会日期 {last} 不晚于入会日期 {starts_on}")
    try:
        code = check_credit_code(entry.cells["credit_code"]) if entry.cells.get("credit_code") else ""
    except DocumentError as error:
        raise ValueError(str(error)) from error
    return Spell(category, starts_on, known, last.last if last else None, code)


def _representative(entry: Entry, people: Mapping[str, Sequence[Candidate]]) -> tuple[int | None, str]:
    name = entry.cells.get("person", "")
    found = people.get(matching.squeezed(name), []) if name else []
    if len(found) == 1:
        return found[0].id, f"代表 {found[0].name}"
    return None, (f"代表“{name}”在名册里有 {len(found)} 位，请另行登记代表" if name else "")


def write(session: Session, society: Society, judgement: Judgement) -> None:
    """Everything in the act under way."""
    act(session, "list:apply", society.id)
    for row in judgement.written:
        plan: Spell = row.plan
        if plan.ends is not None:
            end(
                session,
                session.get_one(Membership, plan.ends),
                End(plan.ends_on or date.max, EndReason.RESIGNED),
            )
            continue
        cells = row.entry.cells
        new = EnterUnit(cells["name"], plan.code, address=cells.get("address", ""))
        unit = (
            enter_unit(session, society, new) if row.chosen == NEW else session.get_one(Unit, int(row.chosen))
        )
        reason = EndReason.RESIGNED if plan.ends_on else None
        number, remark = cells.get("number", ""), cells.get("remark", "")[:200]
        spell = Admit(
            plan.category_id, plan.starts_on, number, None, plan.known, remark, plan.ends_on, reason
        )
        admit_unit(session, society, unit, spell)
        if plan.person_id is not None:
            represent(session, unit, session.get_one(Person, plan.person_id), plan.starts_on)
