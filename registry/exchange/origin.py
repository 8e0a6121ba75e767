"""An exported file that comes back: whom each row is about, and what it said when it left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from registry.core.vault import Vault
from registry.exchange.judging.differences import MAY_BE_EMPTY
from registry.exchange.judging.told import Told
from registry.exchange.reading.cells import read_row
from registry.exchange.reading.layout import Layout, Row
from registry.exchange.reading.readings import Problem
from registry.exchange.reading.sheets import Cell, Flaw, Sheet
from registry.exchange.reading.texts import text_of, tidy
from registry.exports.keys import HEADING, SHEET, Foreign, read_key, unseal

_ALTERED = "行键不是这里导出的，或者被改过；把这一格清空，就当作普通的一行判断"
_ELSEWHERE = "这一行是从另一个学会的名册导出的，不能导入"
_NOBODY: Mapping[int, Sequence[str]] = {}


@dataclass(frozen=True)
class Origin:
    """The column of row keys, what the rows said as they left, and where the file's columns stood then."""

    society_id: int
    column: int
    rows: Mapping[int, Sequence[str]]
    places: Mapping[int, int]

    def tell(self, vault: Vault, row: Row, layout: Layout, today: date) -> Told:
        """The row without what nobody touched since it left, with its key and what it said then."""
        word = text_of(row.cells[self.column]).strip()
        if not word:
            return Told(read_row(row, layout.targets, layout.labels, today))
        try:
            key = read_key(vault, word)
        except Foreign:
            return self._refused(row, layout, today, _ALTERED)
        if key.society_id != self.society_id:
            return self._refused(row, layout, today, _ELSEWHERE)
        then = self._then(row, self.rows.get(key.spell_id))
        told = Told(read_row(_touched(row, then), layout.targets, layout.labels, today), key=key)
        told.reading.row = row
        if then:
            left = replace(row, cells=tuple(then.get(column, "") for column in range(len(row.cells))))
            told.left = read_row(left, layout.targets, layout.labels, today)
            told.emptied = list(_emptied(row, then, told, layout))
        return told

    def _refused(self, row: Row, layout: Layout, today: date, why: str) -> Told:
        reading = read_row(row, layout.targets, layout.labels, today)
        reading.problems.append(Problem(None, why))
        return Told(reading)

    def _then(self, row: Row, texts: Sequence[str] | None) -> dict[int, str]:
        """By column of the file what stood there; empty where nobody knows."""
        if texts is None:
            return {}
        return {column: texts[place] for column, place in self.places.items() if column < len(row.cells)}


def _emptied(row: Row, then: Mapping[int, str], told: Told, layout: Layout) -> Iterator[str]:
    """The facts whose cells said something when they left and say nothing now; the reading learns where."""
    reading, left = told.reading, told.left or told.reading
    said = {**left.facts, **left.member}
    for target in MAY_BE_EMPTY.intersection(layout.targets):
        columns = [
            column for column, each in enumerate(layout.targets) if each == target and then.get(column)
        ]
        told_then = columns and said.get(target) not in (None, "", ())
        if told_then and all(_silent(target, row.cells[column]) for column in columns):
            reading.where.setdefault(target, columns[0])
            yield target


def _silent(target: str, cell: Cell) -> bool:
    return not isinstance(cell, Flaw) and not tidy(target, cell)


def _touched(row: Row, then: Mapping[int, str]) -> Row:
    cells = [
        "" if column in then and text_of(cell).strip() == then[column].strip() else cell
        for column, cell in enumerate(row.cells)
    ]
    return replace(row, cells=tuple(cells))


def origin_of(vault: Vault, society_id: int, sheets: Sequence[Sheet], layout: Layout) -> Origin | None:
    """Where the file has a column of row keys; without its sealed sheet the keys tell alone."""
    if HEADING not in layout.labels:
        return None
    column = layout.labels.index(HEADING)
    sealed = next((sheet for sheet in sheets if sheet.name == SHEET), None)
    try:
        exported = unseal(vault, sealed.rows) if sealed else None
    except (Foreign, ValueError, KeyError):
        exported = None
    if exported is None or exported.origin.society_id != society_id:
        return Origin(society_id, column, _NOBODY, {})
    stood = {heading: place for place, heading in enumerate(exported.origin.headings)}
    places = {index: stood[label] for index, label in enumerate(layout.labels) if label in stood}
    return Origin(society_id, column, exported.rows, places)
