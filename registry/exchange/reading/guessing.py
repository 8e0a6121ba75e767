"""Columns of a table without headings, known by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from registry.core.codetables import TABLES
from registry.core.text import is_chinese_name, squeeze_name
from registry.core.typed_dates import read_date
from registry.exchange.reading.sheets import Cell
from registry.people import documents

_MOST = 0.8
_PHONE = re.compile(r"(\+?86[- ]?)?1[3-9]\d{9}(\.0)?|0\d{2,3}[- ]?\d{7,8}.{0,8}")


def guess(columns: Sequence[Sequence[Cell]]) -> list[str]:
    """A target for each column of cells, '' where nothing fits; no target twice."""
    chosen: list[str] = []
    for cells in columns:
        texts = [str(cell).strip() for cell in cells if cell != ""]
        fits = (target for target, fit in _SIGNS.items() if target not in chosen and _mostly(texts, fit))
        chosen.append(next(fits, ""))
    return chosen


def convincing(targets: Sequence[str], first_row: Sequence[Cell]) -> bool:
    """The first row itself is somebody's: it holds something that no heading would."""
    return any(
        target not in {"", "name"} and cell != "" and _SIGNS[target](str(cell).strip())
        for target, cell in zip(targets, first_row, strict=False)
    )


def _mostly(texts: Sequence[str], fit: Callable[[str], bool]) -> bool:
    return bool(texts) and sum(map(fit, texts)) >= _MOST * len(texts)


def _document(text: str) -> bool:
    try:
        kind = documents.guess_kind(text)
        return kind is not None and bool(documents.check(kind, text, "CN"))
    except documents.DocumentError:
        return False


def _date(text: str) -> bool:
    """Not a mere number, which may be anything."""
    try:
        return not text.isdigit() and bool(read_date(text.removesuffix(" 00:00:00")))
    except ValueError:
        return False


def _in(table: str) -> Callable[[str], bool]:
    return lambda text: TABLES[table].lookup(text) is not None and not text.isdigit()


_SIGNS: dict[str, Callable[[str], bool]] = {
    "document_number": _document,
    "phone": lambda text: bool(_PHONE.fullmatch(text)),
    "email": lambda text: "@" in text,
    "sex": _in("sex"),
    "ethnic": _in("ethnic"),
    "political": _in("political"),
    "birth": _date,
    "title": _in("title"),
    "region": _in("region"),
    "education": _in("education"),
    "degree": _in("degree"),
    "name": lambda text: is_chinese_name(squeeze_name(text)),
}
"""The more telling first."""
