"""The return as a workbook, a sheet for each table, and as data for the press."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask_babel import gettext as _
from xlsxwriter import Workbook

from registry.annual.tables import Return, Table
from registry.web.filters import day_zh

_SAFE = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_WIDTH = 18


def title(told: Return) -> str:
    """As the file is called."""
    return str(_("%(society)s%(year)s年度年检人员表", society=told.society.name, year=told.year))


def xlsx(told: Return) -> bytes:
    """Numbers are numbers, so that they can be added up."""
    out = BytesIO()
    with Workbook(out, _SAFE) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF0F6"})
        for table in told.tables:
            _sheet(book, table, bold, f"{told.society.name}　{day_zh(told.day)}")
    return out.getvalue()


def _sheet(book: Any, table: Table, bold: Any, above: str) -> None:
    sheet = book.add_worksheet(table.title)
    sheet.set_header(f"&L{above.replace('&', '&&')}&R{table.title}")
    sheet.set_column(0, len(table.heads) - 1, _WIDTH)
    for place, head in enumerate(table.heads):
        sheet.write_string(0, place, head, bold)
    for number, line in enumerate(table.lines, 1):
        for place, cell in enumerate(line.cells):
            plain = cell.replace(",", "")
            if place and plain.isdecimal():
                sheet.write_number(number, place, int(plain))
            else:
                sheet.write_string(number, place, cell)
    if table.note:
        sheet.write_string(len(table.lines) + 2, 0, table.note)
    sheet.freeze_panes(1, 0)


def data(told: Return) -> dict[str, Any]:
    """For the sheet `annual`."""
    return {
        "title": title(told),
        "subtitle": str(_("截至 %(day)s", day=day_zh(told.day))),
        "society": told.society.name,
        "day": day_zh(told.day),
        "notes": [],
        "signature": str(_("填表人：　　　　　　　　负责人：　　　　　　　　（盖章）")),
        "tables": [
            {
                "title": table.title,
                "heads": table.heads,
                "rows": [line.cells for line in table.lines],
                "note": table.note,
                "narrow": table.numbers,
            }
            for table in told.tables
        ],
    }
