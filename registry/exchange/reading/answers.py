"""What the process that parses has answered → sheets; nothing of it is believed unseen."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import IO, Any

from registry.core.text import DANGEROUS
from registry.exchange.reading.sheets import Cell, Flaw, Rows, Sheet, Unreadable, check_size

_TEXT_FORMULA = re.compile('="([^"]*)"')
_KINDS: dict[str, Callable[[Any], Cell]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda seconds: timedelta(seconds=seconds),
    "Flaw": Flaw,
}


def unpacked(answer: IO[bytes]) -> list[Sheet]:
    """The sheets of `Book.packed`; `Unreadable` where the file was refused, `ValueError` for nonsense."""
    told = _line(answer)
    if "refused" in told:
        raise Unreadable(str(told["refused"]))
    values = [_value(value) for _ in range(told["lines"]) for value in _line(answer)]
    return [_sheet(each, answer, values) for each in told["sheets"]]


def _line(answer: IO[bytes]) -> Any:
    """One line of JSON: the whole at once would stand in memory three times."""
    return json.loads(answer.readline().decode("utf-8", "surrogatepass"))


def _sheet(told: dict[str, Any], answer: IO[bytes], values: list[Cell]) -> Sheet:
    return Sheet(
        name=told["name"],
        rows=_rows(told["height"], told["width"], answer, values),
        merged=[((top, left), (low, far)) for (top, left), (low, far) in told["merged"]],
        hidden_rows=frozenset(told["hidden_rows"]),
        hidden_columns=frozenset(told["hidden_columns"]),
        hidden=told["hidden"],
        remarks=tuple(told["remarks"]),
    )


def _rows(height: int, width: int, answer: IO[bytes], values: list[Cell]) -> Rows:
    check_size(height, width)
    numbers = array("I")
    numbers.frombytes(answer.read(height * width * numbers.itemsize))
    if len(numbers) != height * width or max(numbers, default=0) >= len(values):
        raise ValueError("cells without a value")
    return Rows(numbers, width, values)


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
