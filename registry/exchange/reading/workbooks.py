"""Excel workbooks, opened with the caution that a stranger's file asks for."""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from registry.exchange.reading.sheets import MOST_CELLS, Flaw, Sheet, Span, Unreadable, check_size, clean

MOST_BYTES = 300 * 2**20
_NEEDED = re.compile(
    r"\[content_types\]\.xml|_rels/.*|xl/[^/]+\.xml|xl/_rels/.*|xl/worksheets/[^/]+\.xml", re.IGNORECASE
)
_REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_BROKEN = "文件已损坏，打不开。请在 Excel 中打开并另存为“Excel 工作簿（*.xlsx）”再上传"
_LOCKED = "文件设有密码，请在 Excel 中去掉密码再上传"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass
class Scan:
    """What calamine does not tell of one sheet: how far it reaches, what is hidden, what has no value."""

    rows: int = 0
    columns: int = 0
    hidden: set[int] = field(default_factory=set)
    flaws: dict[tuple[int, int], Flaw] = field(default_factory=dict)


def read_xlsx(content: bytes, filename: str) -> list[Sheet]:
    """The sheets of an `.xlsx`; macros, bombs and broken files are refused."""
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = _parts(package, filename)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Unreadable(_BROKEN) from error
    scans = {name: _scan(parts[path]) for name, path in _sheet_paths(parts).items()}
    for scan in scans.values():
        check_size(scan.rows, scan.columns)
    return _read(_repacked(parts), scans)


def read_xls(content: bytes) -> list[Sheet]:
    """The sheets of a binary `.xls`."""
    if _ENCRYPTED in content:
        raise Unreadable(_LOCKED)
    return _read(content, {})


def _parts(package: ZipFile, filename: str) -> dict[str, bytes]:
    """The members that hold the tables; a size that a member claims is the most that is unpacked of it."""
    names = {info.filename for info in package.infolist()}
    if any(name.lower().endswith("vbaproject.bin") for name in names) or filename.lower().endswith(".xlsm"):
        raise Unreadable("这个文件带有宏，不能上传。请另存为“Excel 工作簿（*.xlsx）”")
    if not any(name.lower() == "xl/workbook.xml" for name in names):
        raise Unreadable("这是一个压缩包，不是 Excel 工作簿。请上传 .xlsx、.xls 或 .csv")
    needed = [name for name in names if _NEEDED.fullmatch(name)]
    if sum(package.getinfo(name).file_size for name in needed) > MOST_BYTES:
        raise Unreadable("文件展开后太大，不像名册。请只留下要导入的工作表")
    return {name: package.read(name) for name in needed}


def _repacked(parts: dict[str, bytes]) -> bytes:
    """A package of those members alone, so that nothing else is ever unpacked."""
    packed = BytesIO()
    with ZipFile(packed, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return packed.getvalue()


def _sheet_paths(parts: dict[str, bytes]) -> dict[str, str]:
    """Sheet name → member."""
    found: dict[str, str] = {}
    lower = {name.lower(): name for name in parts}
    targets = {
        attributes.get("Id", ""): attributes.get("Target", "")
        for tag, attributes in _elements(parts.get(lower.get("xl/_rels/workbook.xml.rels", ""), b""))
        if tag == "Relationship"
    }
    for tag, attributes in _elements(parts[lower["xl/workbook.xml"]]):
        key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
        path = posixpath.normpath(posixpath.join("/xl", targets.get(key, ""))).lstrip("/").lower()
        if tag == "sheet" and path in lower:
            found[attributes.get("name", "")] = lower[path]
    return found


def _elements(content: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    parser = _parser()
    parser.StartElementHandler = lambda tag, attributes: found.append((tag.rpartition(":")[2], attributes))
    if content:
        _parse(parser, content)
    return iter(found)


def _parser() -> expat.XMLParserType:
    """Without document types: they can only do harm here."""

    def refuse(*_: object) -> None:
        raise Unreadable(_BROKEN)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _parse(parser: expat.XMLParserType, content: bytes) -> None:
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Unreadable(_BROKEN) from error


class _Scanner:
    """Follows a sheet's XML and remembers the cell it is in."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        self.scan = Scan()
        self.row = self.column = -1
        self.type = ""
        self.has_formula = self.has_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A row, a cell, or a part of one."""
        name = tag.rpartition(":")[2]
        if name == "c":
            self._start_cell(attributes)
        elif name == "row":
            self.row, self.column = int(attributes.get("r") or self.row + 2) - 1, -1
            if attributes.get("hidden") in {"1", "true"}:
                self.scan.hidden.add(self.row)
        elif name == "f":
            self.has_formula = True
        elif name in {"v", "is"}:
            self.has_value = not self.has_formula
            self.parser.CharacterDataHandler = self._text if self.has_formula else None

    def _text(self, text: str) -> None:
        """Something stands between the tags of a formula's value."""
        self.has_value = True

    def _start_cell(self, attributes: dict[str, str]) -> None:
        match = _REFERENCE.fullmatch(attributes.get("r", ""))
        if match:
            self.row, self.column = int(match[2]) - 1, _column(match[1])
        else:
            self.column += 1
        self.type = attributes.get("t", "")
        self.has_formula = self.has_value = False

    def end(self, tag: str) -> None:
        """At the end of a cell it is known whether it holds anything."""
        self.parser.CharacterDataHandler = None
        if tag.rpartition(":")[2] != "c" or not (self.has_value or self.has_formula):
            return
        self.scan.rows = max(self.scan.rows, self.row + 1)
        self.scan.columns = max(self.scan.columns, self.column + 1)
        if self.type == "e":
            self.scan.flaws[self.row, self.column] = Flaw("单元格里是 Excel 的错误值，请改正")
        elif not self.has_value and self.type != "str":
            self.scan.flaws[self.row, self.column] = Flaw("公式还没有算出结果，请用 Excel 打开并保存一次")


def _scan(content: bytes) -> Scan:
    parser = _parser()
    scanner = _Scanner(parser)
    parser.StartElementHandler, parser.EndElementHandler = scanner.start, scanner.end
    try:
        _parse(parser, content)
    except ValueError as error:
        raise Unreadable(_BROKEN) from error
    return scanner.scan


def _column(letters: str) -> int:
    """A → 0, AA → 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _read(content: bytes, scans: dict[str, Scan]) -> list[Sheet]:
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        return [
            _sheet(workbook.get_sheet_by_name(meta.name), meta.visible, scans.get(meta.name, Scan()))
            for meta in workbook.sheets_metadata
            if "WorkSheet" in str(meta.typ)
        ]
    except PasswordError as error:
        raise Unreadable(_LOCKED) from error
    except CalamineError as error:
        raise Unreadable(_BROKEN) from error
    except Unreadable:
        raise
    except BaseException as error:  # a panic of the Rust library is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable(_BROKEN) from error


def _sheet(sheet: CalamineSheet, visible: SheetVisibleEnum, scan: Scan) -> Sheet:
    bottom, right = sheet.end or (-1, -1)
    check_size(bottom + 1, right + 1)
    rows = sheet.to_python(skip_empty_area=False) if sheet.end else []
    grid = [[clean(cell, number) for cell in row] for number, row in enumerate(rows, 1)]
    for (row, column), flaw in scan.flaws.items():
        while len(grid) <= row:
            grid.append([])
        grid[row] += [""] * (column + 1 - len(grid[row]))
        grid[row][column] = flaw
    merged = _clipped(sheet.merged_cell_ranges or [], len(grid) - 1, right)
    return Sheet(sheet.name, grid, merged, frozenset(scan.hidden), visible is not SheetVisibleEnum.Visible)


def _clipped(merged: Iterable[Span], bottom: int, right: int) -> list[Span]:
    """Merged cells as far as the table reaches; together they cover no more than it may hold."""
    spans = [
        ((top, left), (min(low, bottom), min(far, right)))
        for (top, left), (low, far) in merged
        if top <= bottom and left <= right
    ]
    if sum((low - top + 1) * (far - left + 1) for (top, left), (low, far) in spans) > MOST_CELLS:
        raise Unreadable("合并的单元格太多，不像名册")
    return spans
