"""Text with separators: CSV, TSV, and what is pasted from a table."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from registry.exchange.reading.parsing import formulas
from registry.exchange.reading.parsing.books import Book
from registry.exchange.reading.sheets import LONGEST_CELL, Cell, Unreadable, check_size

_QUOTED = re.compile(r'"[^"]*"')
_DELIMITERS = "\t,;|，"
_GAPS = re.compile(r"[ \u3000]{2,}")
_NO_TABLE = "看不出这是什么文件：不是 Excel，也不是 CSV。请在 Excel 中另存为“Excel 工作簿（*.xlsx）”再上传"


def read(text: str, remarks: Sequence[str] = ()) -> Book:
    """One sheet; the separator is found."""
    if "\x00" in text:
        raise Unreadable(_NO_TABLE)
    return _book(_records(text, _delimiter(text)), remarks)


def read_pasted(text: str) -> Book:
    """Columns parted by tabs or other separators, or by wide gaps where more lines agree on these."""
    text = text.replace("\x00", "")
    delimiter = _delimiter(text)
    if _agreement(_beginning(text), delimiter) >= _agreement(_GAPS.sub("\x00", text), "\x00"):
        return _book(_records(text, delimiter))
    return _book([_GAPS.split(line.strip()) for line in text.splitlines()])


def _book(rows: Sequence[Sequence[str]], remarks: Sequence[str] = ()) -> Book:
    book = Book()
    width = max(map(len, rows), default=0)
    check_size(len(rows), width)
    grid = book.add("", _understood(rows), width)
    grid.remarks.extend(remarks)
    return book


def _understood(rows: Iterable[Sequence[str]]) -> Iterator[Sequence[Cell]]:
    for row in rows:
        yield (
            [formulas.typed(cell) or cell for cell in row] if any(cell[:1] in "=+-@" for cell in row) else row
        )


def _delimiter(text: str) -> str:
    """The separator that most lines of the beginning agree on; what stands in quotes separates nothing."""
    named = re.match(r"sep=(.)\r?\n", text)
    if named:
        return named[1]
    beginning = _beginning(text)
    return max(_DELIMITERS, key=lambda delimiter: _agreement(beginning, delimiter))


def _beginning(text: str) -> str:
    return _QUOTED.sub("", text[: 1 << 16])


def _agreement(text: str, delimiter: str) -> int:
    """How often it stands in the lines that have it equally often."""
    lines = text[: 1 << 16].splitlines()[:50]
    widths = Counter(line.count(delimiter) for line in lines if delimiter in line)
    return max((width * times for width, times in widths.items()), default=0)


def _records(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(LONGEST_CELL * 4)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            check_size(len(rows) + 1, len(row))
            rows.append(row)
    except csv.Error as error:
        raise Unreadable("CSV 的引号不成对，或者有一格太长，请用 Excel 打开检查后另存") from error
    if rows and rows[0] and rows[0][0].startswith("sep="):
        rows[0] = []
    return rows
