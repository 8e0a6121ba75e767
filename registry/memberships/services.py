"""The deeds of membership: admit, change, correct, end, void; units and who represents them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken, Stale
from registry.journal.services import act
from registry.memberships import queries
from registry.memberships.models import END_REASONS, EndReason, Membership, Unit, read_number
from registry.people import services as people
from registry.people.models import Person
from registry.societies.models import Branch, Category, Society


@dataclass(frozen=True)
class Admit:
    """A spell as it begins; without a number the society's next one is given."""

    category_id: int
    starts_on: date
    number: str = ""
    branch_id: int | None = None
    starts_known: str = "D"
    remark: str = ""
    ends_on: date | None = None
    end_reason: EndReason | None = None


@dataclass(frozen=True)
class Change:
    """The world moved: another category or branch from a day on."""

    on: date
    category_id: int
    branch_id: int | None
    why: str = ""
    version: int | None = None


@dataclass(frozen=True)
class Correct:
    """The register was wrong: the spell as it should have stood."""

    category_id: int
    branch_id: int | None
    number: str
    starts_on: date
    ends_on: date | None
    end_reason: EndReason | None
    remark: str
    why: str
    version: int | None = None


@dataclass(frozen=True)
class End:
    """The last day's morrow and the reason."""

    on: date
    reason: EndReason
    why: str = ""
    version: int | None = None


def admit(session: Session, society: Society, person: Person, command: Admit) -> Membership:
    """A person's new spell; refuses one that overlaps another, and a number that somebody else has."""
    people.refuse_erased(person)
    act(session, "membership:admit", society.id)
    spell = _spell(session, society, command, for_units=False)
    spell.person = person
    return _enter(session, spell, Membership.person_id == person.id, person)


def admit_unit(session: Session, society: Society, unit: Unit, command: Admit) -> Membership:
    """A unit's new spell, under the same rules."""
    act(session, "membership:admit", society.id)
    spell = _spell(session, society, command, for_units=True)
    spell.unit, spell.region = unit, unit.region
    return _enter(session, spell, Membership.unit_id == unit.id, None)


def _spell(session: Session, society: Society, command: Admit, *, for_units: bool) -> Membership:
    refuse_foreign_keys(session, society.id, command.category_id, command.branch_id, for_units=for_units)
    if command.ends_on and command.ends_on < command.starts_on:
        raise RuleBroken("结束日期不能早于入会日期", "ends_on")
    number = command.number.strip() or queries.next_number(session, society)
    return Membership(society_id=society.id, **(vars(command) | {"number": _fit(number)}))


def _fit(number: str) -> str:
    try:
        return read_number(number)
    except ValueError as error:
        raise RuleBroken(str(error), "number") from error


def _enter(
    session: Session, spell: Membership, holder: ColumnElement[bool], person: Person | None
) -> Membership:
    _refuse_overlap(session, spell, holder)
    _refuse_taken_number(session, spell, holder)
    session.add(spell)
    session.flush()
    if person is not None:
        _reindex(session, person)
    return spell


def change(session: Session, spell: Membership, command: Change) -> Membership:
    """End the spell and begin the next with the other category or branch; on its first day it is edited."""
    _refuse_stale(spell, command.version)
    if not spell.period.holds(command.on):
        raise RuleBroken("这一天不在这段会籍之内，不能从这一天变更", "on")
    refuse_foreign_keys(
        session, spell.society_id, command.category_id, command.branch_id, for_units=spell.unit_id is not None
    )
    if (command.category_id, command.branch_id) == (spell.category_id, spell.branch_id):
        raise RuleBroken("类别和分支机构都没有变", "category_id")
    act(session, "membership:change", spell.society_id, command.why)
    if command.on == spell.starts_on:
        spell.category_id, spell.branch_id = command.category_id, command.branch_id
        return _saved(session, spell)
    return _succeed(session, spell, command)


def _succeed(session: Session, spell: Membership, command: Change) -> Membership:
    successor = close(spell, command)
    # The old spell must be closed in the database before the new one may begin.
    session.flush()
    session.add(successor)
    return _saved(session, successor)


def close(spell: Membership, command: Change) -> Membership:
    """End the spell by the change; its successor is to be added after a flush."""
    successor = Membership(
        society_id=spell.society_id,
        person_id=spell.person_id,
        unit_id=spell.unit_id,
        category_id=command.category_id,
        branch_id=command.branch_id,
        number=spell.number,
        starts_on=command.on,
        ends_on=spell.ends_on,
        end_reason=spell.end_reason,
        remark=spell.remark,
        region=spell.region,
    )
    spell.ends_on, spell.end_reason = command.on, EndReason.CHANGED
    return successor


def correct(session: Session, spell: Membership, command: Correct) -> Membership:
    """Set right what was wrong; the reason is asked for and kept in the journal."""
    _refuse_stale(spell, command.version)
    _refuse_unreasoned(command.why)
    _refuse_end_without_reason(command)
    refuse_foreign_keys(
        session, spell.society_id, command.category_id, command.branch_id, for_units=spell.unit_id is not None
    )
    act(session, "membership:correct", spell.society_id, command.why)
    fields = {key: value for key, value in vars(command).items() if key not in {"why", "version"}}
    fields["number"] = _fit(command.number)
    with session.no_autoflush:
        for key, value in fields.items():
            setattr(spell, key, value)
        holder = _holder(spell)
        _refuse_overlap(session, spell, holder)
        _refuse_taken_number(session, spell, holder)
    session.flush()
    if spell.person is not None:
        _reindex(session, spell.person)
    return _saved(session, spell)


def _refuse_end_without_reason(command: Correct) -> None:
    if command.ends_on and command.ends_on < command.starts_on:
        raise RuleBroken("结束日期不能早于入会日期", "ends_on")
    if (command.ends_on is None) != (command.end_reason is None):
        raise RuleBroken("结束日期和原因要么都填，要么都不填", "end_reason")


def end(session: Session, spell: Membership, command: End) -> Membership:
    """End the spell: `on` is the first day that it no longer holds."""
    _refuse_stale(spell, command.version)
    if spell.ends_on is not None:
        word = END_REASONS[EndReason(spell.end_reason or EndReason.RESIGNED)]
        raise RuleBroken(
            "这段会籍已于 %(until)s %(word)s；如有错误请用“更正”", "on", until=spell.ends_on, word=word
        )
    if command.on < spell.starts_on:
        raise RuleBroken("结束日期不能早于入会日期", "on")
    act(session, "membership:end", spell.society_id, command.why)
    spell.ends_on, spell.end_reason = command.on, command.reason
    return _saved(session, spell)


def void(session: Session, spell: Membership, why: str) -> Membership:
    """It was never true: the spell holds on no day any more and stays on record."""
    _refuse_unreasoned(why)
    act(session, "membership:void", spell.society_id, why)
    spell.ends_on, spell.end_reason = spell.starts_on, EndReason.VOIDED
    return _saved(session, spell)


def edit_member(session: Session, person: Person, command: people.EditPerson) -> bool:
    """Edit a member's facts and what the roster mirrors of them; True when anything changed."""
    numbers = queries.numbers(session, person.society_id, person.id)
    changed = people.edit_person(session, person, command, numbers)
    if changed:
        mirror(session, person)
    return changed


def mirror(session: Session, person: Person) -> None:  # noqa: ARG001 - callers say whom they mean
    """Write the person; the database then carries their facts to their spells (`memberships.mirrored`)."""
    session.flush()


def _saved(session: Session, spell: Membership) -> Membership:
    session.flush()
    session.refresh(spell, ["category", "branch"])
    return spell


def _reindex(session: Session, person: Person) -> None:
    """The search also knows the member's numbers."""
    people.index(person, queries.numbers(session, person.society_id, person.id))
    session.flush()


def _holder(spell: Membership) -> ColumnElement[bool]:
    return Membership.person_id == spell.person_id if spell.person_id else Membership.unit_id == spell.unit_id


def _refuse_stale(spell: Membership, version: int | None) -> None:
    if version is not None and version != spell.version:
        raise Stale("", _words(spell), spell.version)


def _words(spell: Membership) -> str:
    """The spell as it stands now, for the one who typed against an older state."""
    until = f"{spell.ends_on} {END_REASONS[EndReason(spell.end_reason)]}" if spell.end_reason else ""
    branch = spell.branch.name if spell.branch else ""
    return " ".join(part for part in (spell.category.name, branch, f"{spell.starts_on} 起", until) if part)


def _refuse_unreasoned(why: str) -> None:
    if not why.strip():
        raise RuleBroken("请写明原因；它会记入日志", "why")


def _refuse_overlap(session: Session, spell: Membership, holder: ColumnElement[bool]) -> None:
    with session.no_autoflush:
        other = queries.overlapping(session, spell.society_id, holder, spell.period, spell.id or 0)
    if other is not None:
        until = other.ends_on or "今"
        raise RuleBroken(
            "与已有会籍 %(number)s（%(since)s 至%(until)s）重叠",
            "starts_on",
            number=other.number,
            since=other.starts_on,
            until=until,
        )


def _refuse_taken_number(session: Session, spell: Membership, holder: ColumnElement[bool]) -> None:
    with session.no_autoflush:
        taken = queries.number_taken(session, spell.society_id, spell.number, holder)
    if taken:
        raise RuleBroken("会员号 %(number)s 已属于另一位会员", "number", number=spell.number)


def refuse_foreign_keys(
    session: Session, society_id: int, category_id: int, branch_id: int | None, *, for_units: bool
) -> None:
    """A category and a branch of the society itself, and the category of the right kind."""
    category = session.get(Category, category_id)
    if category is None or category.society_id != society_id or category.for_units != for_units:
        raise RuleBroken("请选本学会的会员类别", "category_id")
    branch = session.get(Branch, branch_id) if branch_id else None
    if branch_id and (branch is None or branch.society_id != society_id):
        raise RuleBroken("请选本学会的分支机构", "branch_id")
