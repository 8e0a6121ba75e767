"""Bytes of every kind of file, written by other hands than those that read them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import xlwt
from docx import Document
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import P
from openpyxl.worksheet.worksheet import Worksheet
from stdnum.iso7064 import mod_11_2


def resident_id(birth: str, sequence: str = "001") -> str:
    """A valid, invented 身份证 of a district that exists."""
    body = f"110108{birth}{sequence}"
    return body + mod_11_2.calc_check_digit(body)


def wrong_last(number: str) -> str:
    """The same number with another check digit."""
    return number[:-1] + ("0" if number[-1] != "0" else "1")


def xlsx(rows: Sequence[Sequence[Any]], shape: Callable[[Worksheet], None] | None = None) -> bytes:
    """A workbook of one sheet, further shaped by a function."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    if shape:
        shape(book.active)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows: Sequence[Sequence[Any]]) -> bytes:
    """The same in the old binary form; dates as dates."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("会员")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value, *([day] if isinstance(value, date) else []))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv(rows: Sequence[Sequence[str]], encoding: str, delimiter: str = ",") -> bytes:
    return "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)


class Ods:
    """Cells of an OpenDocument table that are more than their text."""

    def __init__(self, text: str = "", **told: Any) -> None:
        self.text, self.told = text, told

    def cell(self) -> TableCell:
        cell = TableCell(**self.told) if self.told else TableCell(valuetype="string")
        if self.text:
            cell.addElement(P(text=self.text))
        return cell


def ods(
    rows: Sequence[Sequence[Any]], hidden_rows: Sequence[int] = (), hidden_columns: Sequence[int] = ()
) -> bytes:
    """An OpenDocument spreadsheet of one sheet; None = covered by a merged cell."""
    book = OpenDocumentSpreadsheet()
    table = Table(name="会员")
    for column in range(max(map(len, rows))):
        table.addElement(TableColumn(**({"visibility": "collapse"} if column in hidden_columns else {})))
    for number, row in enumerate(rows):
        line = TableRow(**({"visibility": "filter"} if number in hidden_rows else {}))
        for value in row:
            cell = value if isinstance(value, Ods) else Ods(value or "")
            line.addElement(CoveredTableCell() if value is None else cell.cell())
        table.addElement(line)
    book.spreadsheet.addElement(table)
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A package of these members."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


def altered(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A package with some members changed, or left out where the change is None."""
    with ZipFile(io.BytesIO(content)) as package:
        parts = {name: change(name, package.read(name)) for name in package.namelist()}
    return zipped({name: part for name, part in parts.items() if part is not None})


def docx(rows: Sequence[Sequence[str]], shape: Callable[[Any], None] | None = None) -> bytes:
    """A Word document with one table."""
    document = Document()
    document.add_paragraph("理事会名单")
    table = document.add_table(len(rows), max(map(len, rows)))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            table.cell(number, column).text = value
    if shape:
        shape(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def html(rows: Sequence[Sequence[str]], tag: str = "td") -> str:
    """A table as a web page draws it."""
    lines = ("<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row) + "</tr>" for row in rows)
    return f"<html><body><table border=1>{''.join(lines)}</table></body></html>"


PLAIN = (["姓名", "性别", "出生年月"], ["孙志远", "男", "1965-03"], ["周晓梅", "女", "1970年5月"])
