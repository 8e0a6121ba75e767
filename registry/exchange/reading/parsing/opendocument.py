"""OpenDocument spreadsheets: values by calamine, and from the XML what it does not tell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from registry.exchange.reading.parsing import formats, formulas
from registry.exchange.reading.parsing.books import Book, Grid
from registry.exchange.reading.parsing.packages import LOCKED, Package, walk
from registry.exchange.reading.parsing.xlsx import by_calamine
from registry.exchange.reading.sheets import MOST_COLUMNS, MOST_ROWS, Flaw, Span, Unreadable

_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|(?:Err|错误)[:：]\d+")
_CELLS = frozenset(("table-cell", "covered-table-cell"))


@dataclass
class Seen:
    """What the XML of one table tells besides values."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Span] = field(default_factory=list)
    flaws: list[tuple[int, int, Flaw]] = field(default_factory=list)
    coarse: list[tuple[int, int, str]] = field(default_factory=list)


def read(package: Package) -> Book:
    """The sheets of an `.ods`."""
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Unreadable(LOCKED)
    if not package.read("mimetype").startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        raise Unreadable("这不是电子表格。请把里面的表格复制下来，粘贴到“粘贴文字”一栏")
    book = by_calamine(package.content)
    reader = _Reader()
    walk(package.read("content.xml"), reader.start, reader.end, reader.text)
    for grid, seen in zip(book.grids, reader.tables, strict=False):
        _apply(grid, seen)
    return book


class _Reader:
    """Follows the XML and remembers the cell it is in."""

    def __init__(self) -> None:
        self.tables: list[Seen] = []
        self.row = self.column = self.rows = self.columns = 0
        self.cell: dict[str, str] = {}
        self.said: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A table, a column, a row or a cell."""
        told = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if tag == "table":
            self.tables.append(Seen())
            self.row = self.column = 0
        elif not self.tables:
            return
        elif tag == "table-column":
            before, self.column = self.column, self.column + self._times(told, "columns")
            if self._hidden(told):
                self.tables[-1].hidden_columns.update(range(before, min(self.column, MOST_COLUMNS)))
        elif tag == "table-row":
            self.column, self.rows = 0, self._times(told, "rows")
            if self._hidden(told):
                self.tables[-1].hidden_rows.update(range(self.row, min(self.row + self.rows, MOST_ROWS)))
        elif tag in _CELLS:
            self.cell, self.said = told, []
            self.columns = self._times(told, "columns")

    def text(self, text: str) -> None:
        """What a cell shows."""
        self.said.append(text)

    def end(self, tag: str) -> None:
        """At the end of a cell it is known what it shows."""
        if tag == "table-row":
            self.row += self.rows
        elif tag in _CELLS and self.tables:
            self._look("".join(self.said).strip(), self.cell)
            self.column += self.columns

    def _look(self, said: str, cell: dict[str, str]) -> None:
        table, place = self.tables[-1], (self.row, self.column)
        across, down = int(cell.get("number-columns-spanned", 1)), int(cell.get("number-rows-spanned", 1))
        if across > 1 or down > 1:
            table.merged.append((place, (self.row + down - 1, self.column + across - 1)))
        if formulas.calls_out(cell.get("formula", "")):
            table.flaws.append((*place, formulas.CALLS_OUT))
        elif _ERROR.fullmatch(said) and (cell.get("value-type") == "error" or "formula" in cell):
            table.flaws.append((*place, formulas.ERROR))
        elif "formula" in cell and "value-type" not in cell:
            table.flaws.append((*place, formulas.UNKNOWN))
        elif cell.get("value-type") == "date" and said:
            parts = len(re.findall(r"\d+|[a-z]+", said, re.IGNORECASE))
            table.coarse.append((*place, {1: "y", 2: "m"}.get(parts, "")))

    @staticmethod
    def _times(told: dict[str, str], what: str) -> int:
        return max(1, int(told.get(f"number-{what}-repeated", 1)))

    @staticmethod
    def _hidden(told: dict[str, str]) -> bool:
        return told.get("visibility") in {"collapse", "filter"}


def _apply(grid: Grid, seen: Seen) -> None:
    grid.hidden_rows, grid.hidden_columns = seen.hidden_rows, seen.hidden_columns
    grid.merge(seen.merged)
    for row, column, flaw in seen.flaws:
        grid.put(row, column, flaw)
    for row, column, shown in seen.coarse:
        value = grid.at(row, column)
        told = formats.coarse(value, shown) if shown else value
        if told is not value:
            grid.put(row, column, told)
