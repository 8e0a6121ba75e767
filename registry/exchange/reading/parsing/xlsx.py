"""Excel workbooks: values by calamine, and from the XML what it does not tell."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from registry.exchange.reading.parsing import formats, formulas
from registry.exchange.reading.parsing.books import Book, Grid
from registry.exchange.reading.parsing.packages import LOCKED, Package, walk
from registry.exchange.reading.sheets import BROKEN, MOST_COLUMNS, Unreadable, check_size

_TAG = rb"<(?:\w+:)?%s\b([^>]*)>"
_ROW, _COLUMN = re.compile(_TAG % b"row"), re.compile(_TAG % b"col")
_ERROR = re.compile(rb"<(?:\w+:)?c\b([^>]*\bt=[\"']e[\"'][^>]*)>")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)</[^>]*>)(\s*<(?:\w+:)?v\b[^>/]*>[^<])?"
)
_TEXT_RESULT = re.compile(rb"\bt=[\"']str[\"']")
_START = re.compile(rb"<(?:\w+:)?(?:c|row)[\s/>]")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_PLACE = re.compile(rb"\br=[\"']([A-Z]{0,3})([0-9]{1,7})[\"']")
_SPAN = re.compile(rb"\b(min|max)=[\"']([0-9]{1,5})[\"']")


def read(package: Package) -> Book:
    """The sheets of an `.xlsx`."""
    parts = sheet_parts(package)
    for name in {*parts.values(), "xl/sharedstrings.xml"}:
        if b"<!DOCTYPE" in package.beginning(name):
            raise Unreadable(BROKEN)
    shown = _shown(package.read("xl/styles.xml"))
    book = by_calamine(package.content)
    for grid in book.grids:
        if grid.name in parts:
            _look(grid, package.pieces(parts[grid.name]), shown)
    return book


def by_calamine(content: bytes) -> Book:
    """Values and merged cells of any workbook that the library knows."""
    book = Book()
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        for meta in workbook.sheets_metadata:
            if "WorkSheet" in str(meta.typ):
                sheet = workbook.get_sheet_by_name(meta.name)
                grid = _grid(book, sheet)
                grid.hidden = meta.visible is not SheetVisibleEnum.Visible
    except PasswordError as error:
        raise Unreadable(LOCKED) from error
    except CalamineError as error:
        raise Unreadable(BROKEN) from error
    return book


def _grid(book: Book, sheet: CalamineSheet) -> Grid:
    (_top, left), (bottom, right) = sheet.start or (0, 0), sheet.end or (-1, -1)
    check_size(bottom + 1, right + 1)
    grid = book.add(sheet.name, sheet.iter_rows() if sheet.end else (), right + 1, left)
    grid.merge(sheet.merged_cell_ranges or [])
    return grid


def sheet_parts(package: Package) -> dict[str, str]:
    """Sheet name → member."""
    targets: dict[str, str] = {}
    found: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
        path = posixpath.normpath(posixpath.join("/xl", targets.get(key, ""))).lstrip("/").lower()
        if tag == "sheet" and path in package.names:
            found[attributes.get("name", "")] = path

    walk(package.read("xl/_rels/workbook.xml.rels"), relation)
    walk(package.read("xl/workbook.xml"), sheet)
    return found


def _shown(styles: bytes) -> dict[bytes, str]:
    """The number of each style that shows a date without its day → what it shows."""
    codes: dict[str, str] = {str(number): shown for number, shown in formats.BUILT_IN.items()}
    found: dict[bytes, str] = {}
    within, count = False, -1

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal within, count
        if tag == "numFmt":
            codes[attributes.get("numFmtId", "")] = formats.shows(attributes.get("formatCode", ""))
        elif tag == "cellXfs":
            within = True
        elif tag == "xf" and within:
            count += 1
            if shown := codes.get(attributes.get("numFmtId", "")):
                found[str(count).encode()] = shown

    def end(tag: str) -> None:
        nonlocal within
        within = within and tag != "cellXfs"

    walk(styles, start, end)
    return found


def _look(grid: Grid, pieces: Iterable[bytes], shown: dict[bytes, str]) -> None:
    """What is hidden, has no value, or shows less than it holds."""
    last = -1
    for number, content in enumerate(_whole(pieces)):
        if number == 0:
            _hidden_columns(grid, content)
        last = _hidden_rows(grid, content, last)
        _flaws(grid, content)
        if shown:
            _coarse(grid, content, shown)


def _whole(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same content cut where a row or a cell begins: what is told of a cell stands together."""
    rest = b""
    for piece in pieces:
        content = rest + piece
        starts = [match.start() for match in _START.finditer(content, max(0, len(content) - (1 << 16)))]
        end = starts[-1] if starts else 0
        if end:
            yield content[:end]
        rest = content[end:]
    yield rest


def _hidden_rows(grid: Grid, content: bytes, number: int) -> int:
    """`number` is that of the row before; returns the last one's."""
    for row in _ROW.finditer(content):
        place = _PLACE.search(row[1])
        number = int(place[2]) - 1 if place else number + 1
        if _HIDDEN.search(row[1]):
            grid.hidden_rows.add(number)
    return number


def _hidden_columns(grid: Grid, content: bytes) -> None:
    for column in _COLUMN.finditer(content, 0, 1 << 16):
        if _HIDDEN.search(column[1]):
            ends = {end: int(value) for end, value in _SPAN.findall(column[1])}
            grid.hidden_columns.update(range(ends.get(b"min", 1) - 1, min(ends.get(b"max", 0), MOST_COLUMNS)))


def _flaws(grid: Grid, content: bytes) -> None:
    for row, column, _cell in _cells(_ERROR, content) if b't="e"' in content or b"t='e'" in content else ():
        grid.put(row, column, formulas.ERROR)
    for row, column, cell in _cells(_FORMULA, content) if b"<f" in content or b":f" in content else ():
        if formulas.calls_out((cell[2] or b"").decode("utf-8", "replace")):
            grid.put(row, column, formulas.CALLS_OUT)
        elif cell[3] is None and not _TEXT_RESULT.search(cell[1]):
            grid.put(row, column, formulas.UNKNOWN)


def _coarse(grid: Grid, content: bytes, shown: dict[bytes, str]) -> None:
    styles = re.compile(rb"<(?:\w+:)?c\b([^>]*\bs=[\"'](%s)[\"'][^>]*)>" % b"|".join(shown))
    for row, column, cell in _cells(styles, content):
        value = grid.at(row, column)
        told = formats.coarse(value, shown[cell[2]])
        if told is not value:
            grid.put(row, column, told)


def _cells(pattern: re.Pattern[bytes], content: bytes) -> Iterator[tuple[int, int, re.Match[bytes]]]:
    """Row, column (from 0) and match of each cell that fits."""
    for match in pattern.finditer(content):
        place = _PLACE.search(match[1])
        if place and place[1]:
            yield int(place[2]) - 1, _index(place[1]), match


def _index(letters: bytes) -> int:
    """A → 0, AA → 26."""
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1
