"""What the charter says otherwise, and who is a leading cadre: told by staff, journalled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.composition import packs, queries
from registry.composition.facts import Official
from registry.composition.models import CharterParameter, OfficialStatus
from registry.composition.verdicts import share_of
from registry.core.errors import RuleBroken, Stale
from registry.journal.services import act
from registry.people.models import Person
from registry.societies.models import Society


@dataclass(frozen=True)
class SetParameter:
    """A parameter as the charter sets it from a day on; an empty value = the charter says nothing of it."""

    key: str
    value: str
    article: str
    starts_on: date
    version: int | None = None


def set_parameter(session: Session, society: Society, command: SetParameter) -> CharterParameter | None:
    """End what held and begin anew; of the same day the row is corrected. None where nothing holds now."""
    value = _read(command)
    act(session, "charter:set", society.id)
    held = queries.charter(session, society.id, command.starts_on).get(command.key)
    _refuse_stale(held, command)
    _refuse_before(session, society, command)
    if held is not None and value and held.starts_on == command.starts_on:
        held.value, held.article = value, command.article
    elif held is not None:
        held.ends_on = command.starts_on
        held = None
    session.flush()
    return held or (_begin(session, society, command, value) if value else None)


def _begin(session: Session, society: Society, command: SetParameter, value: str) -> CharterParameter:
    row = CharterParameter(society_id=society.id, key=command.key, value=value, article=command.article)
    row.starts_on = command.starts_on
    session.add(row)
    session.flush()
    return row


def _read(command: SetParameter) -> str:
    """The value as the rule can read it; `RuleBroken` where it cannot."""
    rule_id, _dot, name = command.key.partition(".")
    rule = packs.by_id(rule_id)
    if rule is None or name not in rule.labels:
        raise RuleBroken("没有这个参数", "value")
    typed = command.value.strip().replace("／", "/").replace("％", "%")
    if not typed:
        return ""
    if isinstance(rule.parameters[name], int):
        if not typed.isascii() or not typed.isdigit():
            raise RuleBroken("请填写整数", "value")
        return str(int(typed))
    return _read_share(typed)


def _read_share(typed: str) -> str:
    try:
        share = share_of(typed)
    except (ValueError, ZeroDivisionError) as error:
        raise RuleBroken("请写作分数或百分数，如 1/3、20%", "value") from error
    if not 0 < share <= 1:
        raise RuleBroken("比例应大于 0，不超过 1", "value")
    return typed


def _refuse_stale(held: CharterParameter | None, command: SetParameter) -> None:
    if held is not None and command.version is not None and held.version != command.version:
        raise Stale(command.value, f"{held.value} {held.article}".strip(), held.version)


def _refuse_before(session: Session, society: Society, command: SetParameter) -> None:
    """Nothing begins before what was told last."""
    later = select(CharterParameter.starts_on).where(
        CharterParameter.society_id == society.id,
        CharterParameter.key == command.key,
        CharterParameter.starts_on > command.starts_on,
    )
    if (first := session.scalars(later.limit(1)).first()) is not None:
        raise RuleBroken("%(first)s 起已另有规定，日期须不早于这一天", "starts_on", first=first)


def tell_officials(session: Session, society: Society, told: Mapping[int, Official]) -> int:
    """Who is a leading cadre and who is not; how many were told otherwise than before."""
    query = select(Person.id).where(Person.society_id == society.id, Person.id.in_(told))
    known, ids = queries.officials(session, society.id), set(session.scalars(query))
    changed = {key: kind for key, kind in told.items() if key in ids and _differs(known.get(key), kind)}
    if not changed:
        return 0
    act(session, "official:tell", society.id)
    for key, kind in changed.items():
        row = known.get(key)
        if row is None:
            session.add(OfficialStatus(society_id=society.id, person_id=key, kind=kind))
        else:
            row.kind = kind
    session.flush()
    return len(changed)


def _differs(row: OfficialStatus | None, kind: Official) -> bool:
    return row is None or row.kind != kind


def note_report(session: Session, society_id: int, form: str, day: date) -> None:
    """Journal that the audit left the house."""
    act(session, "audit:export", society_id, f"{form}，{day}")
