"""Tables of web pages: what systems call .xls, and what Word and browsers put on the clipboard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from registry.exchange.reading.parsing.books import Book
from registry.exchange.reading.parsing.drawn import Table, book_of
from registry.exchange.reading.sheets import MOST_COLUMNS, MOST_ROWS

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKUP = re.compile(r"\s*<(?:!doctype html|html|table|head|meta|body|style|div|span)\b", re.IGNORECASE)
_UNSEEN = frozenset(("style", "script"))
_BREAKS = frozenset(("br", "p", "div", "li"))
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


class _Page(HTMLParser):
    """Collects tables; a table inside a cell is text of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Table] = []
        self.depth = self.unseen = 0
        self.cell: list[str] | None = None
        self.span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, a row, a cell, or a break within one."""
        told = dict(attrs)
        self.unseen += tag in _UNSEEN
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append(Table())
        elif self.depth != 1:
            self._break(tag)
        elif tag == "tr":
            self._close()
            table = self.tables[-1]
            table.rows.append({})
            if _HIDDEN.search(told.get("style") or ""):
                table.hidden.add(len(table.rows) - 1)
        elif tag in {"td", "th"}:
            self._open(told)
        else:
            self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        """The end of a cell is where it is kept."""
        self.unseen -= tag in _UNSEEN and self.unseen > 0
        if tag == "table" and self.depth:
            if self.depth == 1:
                self._close()
            self.depth -= 1
        elif tag in {"td", "th", "tr"} and self.depth == 1:
            self._close()

    def handle_data(self, data: str) -> None:
        """Text of the cell it stands in."""
        if self.cell is not None and not self.unseen:
            self.cell.append(data)

    def _open(self, told: dict[str, str | None]) -> None:
        self._close()
        if not self.tables[-1].rows:
            self.tables[-1].rows.append({})
        self.cell = []
        self.span = (_number(told.get("colspan"), MOST_COLUMNS), _number(told.get("rowspan"), MOST_ROWS))

    def _break(self, tag: str) -> None:
        if tag in _BREAKS and self.cell:
            self.cell.append(" ")

    def _close(self) -> None:
        if self.cell is not None:
            self.tables[-1].place(" ".join("".join(self.cell).split()), *self.span)
            self.cell = None


def looks_like(text: str) -> bool:
    """It begins as a web page does, or as a part of one."""
    return bool(_MARKUP.match(_COMMENT.sub("", text[: 1 << 16])))


def read(text: str, remarks: Sequence[str] = ()) -> Book:
    """Each table as a sheet."""
    page = _Page()
    page.feed(text)
    page.close()
    return book_of(page.tables, remarks, "这是网页，里面没有表格")


def _number(text: str | None, most: int) -> int:
    return min(int(text), most) if text and text.isdecimal() and int(text) else 1
