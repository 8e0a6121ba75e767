"""A judged row in the form in which it is kept: small, and enough to show, correct and return it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from registry.exchange.judging.differences import Change
from registry.exchange.judging.verdicts import Verdict
from registry.exchange.reading.layout import Row
from registry.exchange.reading.readings import Problem
from registry.exchange.reading.sheets import Cell, Flaw
from registry.exchange.reading.texts import text_of

_VARIES = re.compile(r"“[^”]*”|（[^）]*）|[0-9A-Z][0-9A-Z.\-]*|第 \S+ 行")
_NAMED = re.compile(
    r"(同名的人|出生日期相同的人)：.*?；|^.{1,40}?(?=登记的|的会籍现为|的编号与)|名下.*|是.*?的，"
)


@dataclass(frozen=True)
class Kept:
    """A judged row; `problems` as (column, reason, kind), `changes` as (column, label, before, after).

    `declined` are changes that the clerk did not want, `conflicts` columns in which both sides changed.
    """

    row: int
    state: str
    hidden: bool
    person_id: int | None
    cells: tuple[Cell, ...]
    problems: Sequence[tuple[int | None, str, str]] = ()
    changes: Sequence[tuple[int | None, str, str, str]] = ()
    choices: Sequence[tuple[str, str]] = ()
    decision: str = ""
    declined: Sequence[tuple[int | None, str, str, str]] = ()
    conflicts: Sequence[int] = ()

    @property
    def kinds(self) -> set[str]:
        """Of the problems, each once."""
        return {kind for _column, _reason, kind in self.problems}

    def as_row(self) -> Row:
        """The row as it was read."""
        return Row(self.row, self.cells, self.hidden)


def kept(verdict: Verdict, headings: Sequence[str]) -> Kept:
    """The verdict with the raw cells."""
    return Kept(
        verdict.row,
        verdict.state.value,
        verdict.reading.row.hidden,
        verdict.person_id,
        verdict.reading.row.cells,
        [(problem.column, problem.reason, kind_of(problem, headings)) for problem in verdict.problems],
        _told(verdict.changes),
        verdict.choices,
        verdict.decision,
        _told(verdict.difference.declined),
        verdict.difference.conflicts,
    )


def _told(changes: Sequence[Change]) -> list[tuple[int | None, str, str, str]]:
    return [(change.column, change.label, change.before, change.after) for change in changes]


def kind_of(problem: Problem, headings: Sequence[str]) -> str:
    """Equal for problems of one column that only differ in the names and numbers they tell."""
    heading = "" if problem.column is None else headings[problem.column]
    return _kind(f"{heading}|{sort_of(problem.reason)}")


@lru_cache(maxsize=1 << 12)
def sort_of(reason: str) -> str:
    """A reason without what varies: “…”里有括号或数字."""
    return _VARIES.sub("…", _NAMED.sub(lambda found: f"{found[1]}；" if found[1] else "…", reason))


@lru_cache(maxsize=1 << 10)
def _kind(words: str) -> str:
    return blake2b(words.encode(), digest_size=5).hexdigest()


def as_json(row: Kept) -> list[Any]:
    """A row as JSON has it."""
    cells = [cell if isinstance(cell, str) else _packed(cell) for cell in row.cells]
    told = [row.problems, row.changes, row.choices, row.decision, row.declined, row.conflicts]
    return [row.row, row.state, row.hidden, row.person_id, cells, *(told if any(told) else [])]


def from_json(content: Sequence[Any]) -> Kept:
    """What `as_json` made."""
    number, state, hidden, person_id, cells, *told = content
    return Kept(number, state, hidden, person_id, tuple(map(_unpacked, cells)), *told)


def _packed(cell: Cell) -> Any:
    if isinstance(cell, bool | int | float):
        return cell
    if isinstance(cell, Flaw):
        return {"flaw": cell.reason}
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    return {"day": cell.isoformat()} if isinstance(cell, date) else text_of(cell)


_READERS: dict[str, Callable[[str], Cell]] = {
    "flaw": Flaw,
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
}


def _unpacked(cell: Any) -> Cell:
    if not isinstance(cell, dict):
        found: Cell = cell
        return found
    kind, text = next(iter(cell.items()))
    return _READERS[kind](text)
