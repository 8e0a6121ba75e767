"""The header of a table: what its rows of headings say together, and what each column holds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from registry.exchange.reading.headings import Meaning
from registry.exchange.reading.sheets import Sheet
from registry.exchange.reading.texts import text_of

DEEPEST = 3
REPEATABLE = frozenset({"document_number", "phone", "remark"})
"""Targets that several columns may feed."""


def labels_of(sheet: Sheet, header: int, depth: int, mean: Meaning) -> tuple[str, ...]:
    """One heading for each column, put together from the rows of the header."""
    rows = [_headings(sheet, row) for row in range(header, header + depth)]
    for above, below in pairwise(rows):
        _inherit(above, below, mean)
    return tuple(
        _joined([row[column] if column < len(row) else "" for row in rows], mean)
        for column in range(sheet.width)
    )


def _headings(sheet: Sheet, row: int) -> list[str]:
    """The texts of a header row, each spread over the cells it is merged with."""
    texts = [" ".join(text_of(cell).split()) for cell in sheet.rows[row]]
    for (top, left), (bottom, right) in sheet.merged:
        if top <= row <= bottom and top < len(sheet.rows) and left < len(sheet.rows[top]):
            texts += [""] * (right + 1 - len(texts))
            word = " ".join(text_of(sheet.rows[top][left]).split())
            texts[left : right + 1] = [word] * (right + 1 - left)
    return texts


def _inherit(above: list[str], below: list[str], mean: Meaning) -> None:
    """In a CSV merged cells are lost: a heading reaches over its empty neighbours where that makes sense."""
    word = ""
    for column, part in enumerate(below[: len(above)]):
        word = above[column] or word
        if part and not above[column] and not mean(part) and mean(word + part):
            above[column] = word


def _joined(parts: list[str], mean: Meaning) -> str:
    """联系方式 over 电话 → the lower part or the whole, whichever is known and agrees with what is above."""
    words = list(dict.fromkeys(part for part in parts if part))
    for first in range(len(words)):
        lower = "".join(words[first:])
        target = mean(lower)
        if target is not None and {mean(word) for word in words[:first]} <= {None, "", target}:
            return lower
    return "".join(words)


def assigned(labels: Sequence[str], mean: Meaning) -> tuple[str, ...]:
    """A target for each column; of two columns with one target the first has it."""
    taken: set[str] = set()
    chosen = []
    for label in labels:
        target = (mean(label) or "") if label else ""
        chosen.append("" if target in taken and target not in REPEATABLE else target)
        taken.add(target)
    return tuple(chosen)


def halves(labels: Sequence[str]) -> int:
    """How many times the same headings stand side by side; 1 for an ordinary table."""
    named = [label for label in labels if label]
    for length in range(2, len(named) // 2 + 1):
        if len(named) % length == 0 and named == named[:length] * (len(named) // length):
            return len(named) // length
    return 1
