"""A row of cells → facts as the register keeps them, each in doubt with its reason and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from registry.core.dates import PartialDate
from registry.core.regions import Region
from registry.core.typed_dates import read_date
from registry.exchange.reading.compounds import COMPOUND, TWO_IN_ONE, level_of
from registry.exchange.reading.headings import target_of
from registry.exchange.reading.layout import Row
from registry.exchange.reading.papers import compare_with_proofs, read_documents
from registry.exchange.reading.readings import Problem, Reading
from registry.exchange.reading.sheets import Cell, Flaw
from registry.exchange.reading.texts import NOTHING, tidied, tidy
from registry.memberships.models import STATES, read_number
from registry.people import documents
from registry.people.facts import read_fact
from registry.people.fields import FIELDS
from registry.people.models import Person

_SEVERAL = re.compile("[、;；/|]|(?<=[\u4e00-\u9fff])[,，]")
_ODD = re.compile(r"[(（\[【]|\d")
_LIMITS = {column.key: getattr(column.type, "length", None) for column in Person.__table__.columns}
_STATES = {word: code for code, word in STATES.items()} | {
    "正常": "active",
    "有效": "active",
    "在籍": "active",
    "是": "active",
    "故": "died",
    "病故": "died",
    "终止": "lapsed",
    "注销": "lapsed",
}
LONGEST_REMARK = 200


class Column(NamedTuple):
    """A column of a table: the fact or facts that it holds, and how a cell of it is read."""

    place: int
    targets: tuple[str, ...]
    label: str
    read: Callable[[Reading, str, Cell, str], None]


def read_row(row: Row, targets: Sequence[str], labels: Sequence[str], today: date) -> Reading:
    """Every cell of the row, read as a person would."""
    reading = Reading(row)
    for column in _columns(tuple(targets), tuple(labels)):
        cell = row.cells[column.place]
        if cell != "":
            for target in column.targets:
                reading.where.setdefault(target, column.place)
            _read_cell(reading, column, cell)
    read_documents(reading, targets, labels)
    _settle_region(reading)
    level = level_of(reading.facts.get("title"))
    if level:
        reading.proved["title_level"] = level
    compare_with_proofs(reading)
    _look_at_dates(reading, today)
    return reading


@lru_cache(maxsize=16)
def _columns(targets: tuple[str, ...], labels: tuple[str, ...]) -> list[Column]:
    """Those that are read cell by cell; the documents are read together."""
    return [
        Column(index, (target, *TWO_IN_ONE.get(target, ())), label, _reader(target))
        for index, (target, label) in enumerate(zip(targets, labels, strict=False))
        if target and not target.startswith("document")
    ]


def _reader(target: str) -> Callable[[Reading, str, Cell, str], None]:
    if target in {"birth", "starts_on"}:
        return _read_date
    return _read_fact if target in FIELDS and target not in COMPOUND else _read_words


def _read_cell(reading: Reading, column: Column, cell: Cell) -> None:
    if isinstance(cell, Flaw):
        reading.problems.append(Problem(column.place, cell.reason))
        return
    try:
        column.read(reading, column.targets[0], cell, column.label)
    except ValueError as error:
        reading.problems.append(Problem(column.place, str(error)))


def _read_date(reading: Reading, target: str, cell: Cell, _label: str) -> None:
    if value := _date(cell):
        (reading.facts if target == "birth" else reading.member)[target] = value


def _read_fact(reading: Reading, target: str, cell: Cell, _label: str) -> None:
    value = _fact_in(target, cell)
    if value is not None:
        reading.facts[target] = _joined(reading, target, value) if target == "phone" else value


def _read_words(reading: Reading, target: str, cell: Cell, label: str) -> None:
    if text := tidied(target, cell):
        _read_text(reading, target, text, label)


@lru_cache(maxsize=1 << 13, typed=True)
def _fact_in(target: str, cell: Cell) -> Any:
    """The fact of a cell that holds one alone; None where it says that there is nothing."""
    text = tidy(target, cell)
    return _fact(target, text) if text else None


@lru_cache(maxsize=1 << 13, typed=True)
def _date(cell: Cell) -> PartialDate | None:
    """`ValueError` where it would be a guess."""
    if isinstance(cell, str) and cell.strip().casefold() in NOTHING:
        return None
    return read_date(cell.date() if isinstance(cell, datetime) else cell)


def _read_text(reading: Reading, target: str, text: str, label: str) -> None:
    compound = COMPOUND.get(target)
    if compound:
        compound(reading.facts, text, fact)
    elif target == "remark":
        reading.member["remark"] = _remark(reading.member.get("remark", ""), text, label)
    elif target == "state":
        reading.member["state"] = _state(text)
    else:
        reading.member[target] = _number(text) if target == "number" else text


def _number(text: str) -> str:
    if documents.lost_digits(text):
        raise ValueError("会员编号被 Excel 当作数字，丢了末几位，请改为文本重新填写")
    return read_number(text)


def _state(text: str) -> str:
    """`active`, or another state of a spell."""
    code = _STATES.get(text) or _STATES.get(text.removeprefix("已"))
    if code is None:
        raise ValueError(f"看不懂会籍状态“{text}”，请写在会、退会、除名、停权或去世")
    return code


def _joined(reading: Reading, target: str, value: Any) -> Any:
    """A second telephone stands beside the first."""
    first = reading.facts.get(target)
    return fact(target, f"{first}，{value}") if first and first != value else value


@lru_cache(maxsize=1 << 13)
def fact(key: str, text: str) -> Any:
    """One fact from text, within the room that the register has; remembered, because cells repeat."""
    return _fact(key, text)


def _fact(key: str, text: str) -> Any:
    value = read_fact(key, text)
    limit = _LIMITS.get(key)
    if limit and isinstance(value, str) and len(value) > limit:
        raise ValueError(f"{FIELDS[key].label}最多 {limit} 个字")
    if key == "name":
        _refuse_odd_name(value)
    return value


def _refuse_odd_name(name: str) -> None:
    if _SEVERAL.search(name):
        raise ValueError(f"“{name}”像是几个人写在一格里，请一人一行")
    if _ODD.search(name):
        raise ValueError(f"姓名“{name}”里有括号或数字，请把说明移到备注")


def _remark(before: str, text: str, label: str) -> str:
    own = text if target_of(label) == "remark" or not label else f"{label}：{text}"
    joined = f"{before}；{own}" if before else own
    if len(joined) > LONGEST_REMARK:
        raise ValueError(f"备注最多 {LONGEST_REMARK} 个字，这里有 {len(joined)} 个")
    return joined


def _settle_region(reading: Reading) -> None:
    """A foreign nationality is 外籍; the two must not exclude each other."""
    region, nationality = reading.facts.get("region"), reading.facts.get("nationality")
    if nationality and nationality != "CN" and region is None:
        reading.facts["region"] = str(Region.FOREIGN)
    elif region == Region.FOREIGN and nationality == "CN":
        reading.object_to("nationality", "外籍人员的国籍不能是中国")
    elif region and region != Region.FOREIGN and nationality not in {None, "CN"}:
        reading.object_to("nationality", "内地、港澳台人员的国籍只能是中国；外籍人员地区请写“外籍”")


def _look_at_dates(reading: Reading, today: date) -> None:
    birth, starts_on = reading.facts.get("birth"), reading.member.get("starts_on")
    if birth and (birth.first > today or birth.first.year < 1900):  # noqa: PLR2004
        reading.object_to("birth", f"出生日期 {birth} 不可能")
    if birth and starts_on and starts_on.last <= birth.first:
        reading.object_to("starts_on", f"入会日期 {starts_on} 早于出生日期")
