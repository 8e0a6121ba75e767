"""What the process that parses has answered → sheets; nothing of it is believed unseen."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from registry.core.text import DANGEROUS
from registry.exchange.reading.sheets import Cell, Flaw, Sheet, Unreadable, check_size

_TEXT_FORMULA = re.compile('="([^"]*)"')
_KINDS: dict[str, Callable[[Any], Cell]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda seconds: timedelta(seconds=seconds),
    "Flaw": Flaw,
}


def unpacked(answer: bytes) -> list[Sheet]:
    """The sheets of `Book.packed`; `Unreadable` where the file was refused, `ValueError` for nonsense."""
    end = answer.index(b"\n") + 1
    told = json.loads(answer[: end - 1].decode("utf-8", "surrogatepass"))
    if "refused" in told:
        raise Unreadable(str(told["refused"]))
    values = [_value(value) for value in told["values"]]
    sheets = []
    for each in told["sheets"]:
        numbers = array("I")
        numbers.frombytes(answer[end : end + each["cells"] * numbers.itemsize])
        end += len(numbers) * numbers.itemsize
        sheets.append(_sheet(each, numbers, values))
    return sheets


def _sheet(told: dict[str, Any], numbers: array[int], values: list[Cell]) -> Sheet:
    width = told["width"]
    starts = range(0, len(numbers), width or 1)
    check_size(len(starts), width)
    return Sheet(
        name=told["name"],
        rows=[[values[number] for number in numbers[start : start + width]] for start in starts],
        merged=[((top, left), (low, far)) for (top, left), (low, far) in told["merged"]],
        hidden_rows=frozenset(told["hidden_rows"]),
        hidden_columns=frozenset(told["hidden_columns"]),
        hidden=told["hidden"],
        remarks=tuple(told["remarks"]),
    )


def _value(coded: Any) -> Cell:
    if isinstance(coded, list):
        kind, told = coded
        return _KINDS[kind](told)
    return clean(coded) if isinstance(coded, str) else coded


def clean(text: str) -> str:
    """Without what spreadsheets and our own export put around a text."""
    text = text.replace("\x00", "")
    quoted = _TEXT_FORMULA.fullmatch(text)
    text = quoted[1] if quoted else text
    return (text[1:] if text[:1] == "'" and text.lstrip("'")[:1] in DANGEROUS else text).strip()
