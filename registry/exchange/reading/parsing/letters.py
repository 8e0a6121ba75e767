"""Word documents, of which the tables are read."""

from __future__ import annotations

from registry.exchange.reading.parsing.books import Book
from registry.exchange.reading.parsing.drawn import Table, book_of
from registry.exchange.reading.parsing.packages import Package, walk
from registry.exchange.reading.sheets import MOST_COLUMNS

_BREAKS = frozenset(("p", "br", "tab"))


def read(package: Package) -> Book:
    """Each table of a `.docx` as a sheet."""
    reader = _Reader()
    walk(package.read("word/document.xml"), reader.start, reader.end, reader.text)
    return book_of(reader.tables, (), "Word 文档里没有表格。名单写成文字的，请复制下来，粘贴到“粘贴文字”一栏")


class _Reader:
    """Follows the XML; a table inside a cell is text of that cell."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self.depth = self.across = self.column = 0
        self.said: list[str] = []
        self.speaking = self.continued = False
        self.open: dict[int, int] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A table, a row, a cell, or what is told of one."""
        value = next((each for name, each in attributes.items() if name.endswith(":val")), "")
        if tag == "tbl":
            self.depth += 1
            if self.depth == 1:
                self.tables.append(Table())
                self.open = {}
        elif tag == "t":
            self.speaking = True
        elif tag in _BREAKS:
            self.said.append(" ")
        elif self.depth == 1:
            self._place(tag, value)

    def _place(self, tag: str, value: str) -> None:
        if tag == "tr":
            self.tables[-1].rows.append({})
            self.column = 0
        elif tag == "tc":
            self.said, self.across, self.continued = [], 1, False
        elif tag == "gridSpan" and value.isdecimal():
            self.across = min(max(int(value), 1), MOST_COLUMNS)
        elif tag == "vMerge":
            self.continued = value != "restart"

    def text(self, text: str) -> None:
        """The letters themselves."""
        if self.speaking:
            self.said.append(text)

    def end(self, tag: str) -> None:
        """At the end of a cell it is known what it says and how far it reaches."""
        if tag == "t":
            self.speaking = False
        elif tag == "tbl":
            self.depth -= 1
        elif tag == "tc" and self.depth == 1 and self.tables[-1].rows:
            self._close()

    def _close(self) -> None:
        table, row = self.tables[-1], len(self.tables[-1].rows) - 1
        right = self.column + self.across - 1
        if self.continued and self.column in self.open:
            (place, (_low, far)) = table.merged[self.open[self.column]]
            table.merged[self.open[self.column]] = (place, (row, far))
            table.taken.setdefault(row, set()).update(range(self.column, right + 1))
        else:
            self.open[self.column] = len(table.merged)
            table.place(" ".join("".join(self.said).split()), self.across, 1)
            if self.across == 1:
                table.merged.append(((row, self.column), (row, self.column)))
        self.column = right + 1
