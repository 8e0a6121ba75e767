"""Where the table begins and ends in a sheet, and what each column holds, as a person would see it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from registry.exchange.reading.guessing import convincing, guess
from registry.exchange.reading.headings import Meaning, meaning
from registry.exchange.reading.sheets import Cell, Sheet
from registry.exchange.reading.texts import text_of

LOOKED_AT = 40
UNTAUGHT: Mapping[str, str] = MappingProxyType({})
REPEATABLE = frozenset({"document_number", "phone", "remark"})
"""Targets that several columns may feed."""

_TOTAL = re.compile(
    "^(?:合计|总计|共计|小计|本页小计|总人数|人数合计|合计人数)(?:[:：\\s\\d].*|人数?)?$|^[共计]+\\s*\\d+\\s*[人名位].*$"
)
_NOTE = re.compile(
    r"^(?:\d+[.、])?(?:注|备注|说明|附注|填表|制表|审核|填报|联系人|经办|单位[（(]?盖章|日期|※|\*)[^，。]{0,6}[:：、.）)]|^注\d?\s|^以上|^本表"
)
_SECTION = re.compile("^[（(]?[一二三四五六七八九十]+[)）]?[、.．:：]")


@dataclass(frozen=True)
class Layout:
    """Sheet, first header row (from 0; -1 = none), its depth, each column's target; '' = left out."""

    sheet: int
    header: int
    depth: int
    labels: tuple[str, ...]
    targets: tuple[str, ...]

    @property
    def first(self) -> int:
        """The first row below the header."""
        return self.header + self.depth


@dataclass(frozen=True)
class Row:
    """A row of the table; `number` as Excel counts."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False


@dataclass(frozen=True)
class LeftOut:
    """A row that is no member, and why."""

    number: int
    text: str
    why: str


def recognise(sheets: Sequence[Sheet], learned: Mapping[str, str] = UNTAUGHT) -> Layout:
    """The most likely sheet with its header; where nothing looks like one, the first row of the first.

    `learned` holds what the society's clerks corrected before (`headings.corrections`).
    """
    found = [recognise_sheet(sheet, index, learned=learned) for index, sheet in enumerate(sheets)]
    return max(found, key=lambda layout: _likeliness(sheets[layout.sheet], layout))


def _likeliness(sheet: Sheet, layout: Layout) -> tuple[bool, bool, int, int]:
    known = sum(1 for target in layout.targets if target)
    return ("name" in layout.targets, not sheet.hidden, known, len(sheet.rows))


def recognise_sheet(
    sheet: Sheet,
    index: int,
    header: int | None = None,
    depth: int | None = None,
    learned: Mapping[str, str] = UNTAUGHT,
) -> Layout:
    """The header of one sheet: the row, alone or with the one below, in which most headings are known."""
    if header is not None and header < 0:
        return _headless(sheet, index)
    tried = range(min(LOOKED_AT, len(sheet.rows))) if header is None else [header]
    mean = meaning(learned)
    layouts = [
        _layout(sheet, index, row, deep, mean) for row in tried for deep in ([depth] if depth else (1, 2))
    ]
    best = max(layouts, key=_rank, default=Layout(index, 0, 1, (), ()))
    if header is not None or any(best.targets):
        return best
    headless = _headless(sheet, index)
    return headless if sheet.rows and convincing(headless.targets, sheet.rows[0]) else best


def _headless(sheet: Sheet, index: int) -> Layout:
    """A table that begins with its first row: what the columns hold is guessed from the cells."""
    rows = [[*row, *([""] * (sheet.width - len(row)))] for row in sheet.rows[:LOOKED_AT]]
    columns = list(zip(*rows, strict=True))
    return Layout(index, -1, 1, ("",) * sheet.width, tuple(guess(columns)))


def _rank(layout: Layout) -> tuple[int, int, int]:
    known = [target for target in layout.targets if target]
    return (len(known) + 3 * ("name" in known), -layout.depth, -layout.header)


def _layout(sheet: Sheet, index: int, header: int, depth: int, mean: Meaning) -> Layout:
    if header + depth > len(sheet.rows):
        return Layout(index, header, 1, (), ())
    rows = [_headings(sheet, row) for row in range(header, header + depth)]
    if depth > 1:
        _inherit(rows[0], rows[1], mean)
    width = max(sheet.width, *map(len, rows))
    labels = tuple(
        _joined([row[column] if column < len(row) else "" for row in rows], mean) for column in range(width)
    )
    return Layout(index, header, depth, labels, _assigned(labels, mean))


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
    """联系方式 over 电话 → the part or the whole, whichever is known."""
    words = list(dict.fromkeys(part for part in parts if part))
    if len(words) < 2:  # noqa: PLR2004
        return "".join(words)
    whole = "".join(words)
    if mean(whole) is None and mean(words[-1]) and not mean(words[0]):
        return words[-1]
    return whole


def _assigned(labels: Sequence[str], mean: Meaning) -> tuple[str, ...]:
    """A target for each column; of two columns with one target the first has it."""
    taken: set[str] = set()
    chosen = []
    for label in labels:
        target = (mean(label) or "") if label else ""
        chosen.append("" if target in taken and target not in REPEATABLE else target)
        taken.add(target)
    return tuple(chosen)


def table(sheet: Sheet, layout: Layout) -> tuple[list[Row], list[LeftOut]]:
    """The rows of people with merged-down cells filled, and the rows that are none, each with its reason."""
    rows: list[Row] = []
    left_out: list[LeftOut] = []
    for row in _filled(sheet, layout):
        why = _why_not(sheet, layout, row)
        if why is None:
            rows.append(row)
        elif why:
            left_out.append(LeftOut(row.number, _brief(row), why))
    return rows, left_out


def _filled(sheet: Sheet, layout: Layout) -> Iterator[Row]:
    width = len(layout.targets)
    down = {
        (row, left): sheet.rows[top][left]
        for (top, left), (bottom, _right) in sheet.merged
        if top >= layout.first and bottom > top and top < len(sheet.rows) and left < len(sheet.rows[top])
        for row in range(top + 1, min(bottom + 1, len(sheet.rows)))
    }
    for index in range(layout.first, len(sheet.rows)):
        cells = [*sheet.rows[index][:width], *([""] * (width - len(sheet.rows[index])))]
        own = any(cell != "" for cell in cells)
        filled = [down.get((index, column), cell) if own else cell for column, cell in enumerate(cells)]
        yield Row(index + 1, tuple(filled), index in sheet.hidden_rows)


def _why_not(sheet: Sheet, layout: Layout, row: Row) -> str | None:
    """None for a person's row, '' for a blank one, otherwise what the row is."""
    held = [(column, text_of(cell).strip()) for column, cell in enumerate(row.cells) if cell != ""]
    if not any(_counts(layout, column) for column, _text in held):
        return _beside(held)
    first = held[0][1] if held else ""
    texts = [text for _column, text in held]
    if all(text == "" or text in layout.labels[column] for column, text in held) and len(held) > 1:
        return "重复的表头"
    if any(_TOTAL.match(re.sub(r"\s+", "", text)) for text in texts[:2]):
        return "合计行"
    if len(held) == 1 and (
        _NOTE.match(first) or _SECTION.match(first) or _merged_across(sheet, row.number - 1)
    ):
        return "说明文字"
    if len(held) == 1 and layout.targets[held[0][0]] != "name" and "name" in layout.targets:
        return "只有一格有内容" if layout.targets[held[0][0]] not in {"document_number", "number"} else None
    return "说明文字" if _NOTE.match(first) and not _named(layout, row) else None


def _beside(held: list[tuple[int, str]]) -> str:
    """Nothing stands in a column that is taken: blank, a mere running number, or a remark."""
    return "" if not held or all(text.isdigit() for _column, text in held) else "没有可导入的内容"


def _counts(layout: Layout, column: int) -> bool:
    return bool(layout.targets[column]) or not layout.labels[column]


def _named(layout: Layout, row: Row) -> bool:
    return "name" in layout.targets and row.cells[layout.targets.index("name")] != ""


def _merged_across(sheet: Sheet, index: int) -> bool:
    return any(top == index and right - left > 1 for (top, left), (_bottom, right) in sheet.merged)


def _brief(row: Row) -> str:
    return " ".join(text_of(cell) for cell in row.cells if cell != "")[:120]
