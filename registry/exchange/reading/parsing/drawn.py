"""Tables as web pages and Word draw them: cell after cell, some over several columns or rows."""

from __future__ import annotations

from collections.abc import Sequence

from registry.exchange.reading.parsing.books import Book
from registry.exchange.reading.sheets import Span, Unreadable, check_size


class Table:
    """Cells by their places, as rows and columns spanned before leave them free."""

    def __init__(self) -> None:
        self.rows: list[dict[int, str]] = []
        self.taken: dict[int, set[int]] = {}
        self.merged: list[Span] = []
        self.hidden: set[int] = set()

    def place(self, text: str, across: int, down: int) -> None:
        """The next free cell of the last row."""
        row, column = len(self.rows) - 1, 0
        taken = self.taken.setdefault(row, set())
        while column in taken:
            column += 1
        check_size(row + 1, column + across)
        self.rows[row][column] = text
        for each in range(row, row + down):
            self.taken.setdefault(each, set()).update(range(column, column + across))
        if across > 1 or down > 1:
            self.merged.append(((row, column), (row + down - 1, column + across - 1)))

    @property
    def width(self) -> int:
        """As far as any cell reaches."""
        return 1 + max((max(row) for row in self.rows if row), default=-1)


def book_of(tables: Sequence[Table], remarks: Sequence[str], none: str) -> Book:
    """Each table as a sheet; `Unreadable` with the sentence where there is none."""
    filled = [table for table in tables if table.width]
    book = Book()
    for number, table in enumerate(filled, 1):
        width = table.width
        rows = ([row.get(column, "") for column in range(width)] for row in table.rows)
        grid = book.add(f"表格 {number}" if len(filled) > 1 else "", rows, width)
        grid.merge(table.merged)
        grid.hidden_rows = table.hidden
        grid.remarks.extend(remarks)
    if not filled:
        raise Unreadable(none)
    return book
