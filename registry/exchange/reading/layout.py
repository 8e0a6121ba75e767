"""Where the table begins and ends in a sheet, and what each column holds, as a person would see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType

from registry.exchange.reading import groups, outsiders
from registry.exchange.reading.groups import Heading
from registry.exchange.reading.guessing import convincing, guess
from registry.exchange.reading.headers import DEEPEST, assigned, labels_of
from registry.exchange.reading.headings import Meaning, meaning
from registry.exchange.reading.rows import Filled, People
from registry.exchange.reading.shapes import GROUPS, Layout, LeftOut, Row
from registry.exchange.reading.sheets import Cell, Sheet
from registry.exchange.reading.texts import text_of

__all__ = ["Layout", "LeftOut", "Row", "recognise", "recognise_sheet", "table"]

LOOKED_AT = 40
UNTAUGHT: Mapping[str, str] = MappingProxyType({})


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
    """The header of one sheet: the row, alone or with those below, in which most headings are known."""
    if header is not None and header < 0:
        return _headless(sheet, index)
    tried = range(min(LOOKED_AT, len(sheet.rows))) if header is None else [header]
    depths = [depth] if depth else range(1, DEEPEST + 1)
    mean = meaning(learned)
    layouts = [_layout(sheet, index, row, deep, mean) for row in tried for deep in depths]
    best = max(layouts, key=_rank, default=Layout(index, 0, 1, (), ()))
    if header is None and not any(best.targets):
        headless = _headless(sheet, index)
        return headless if sheet.rows and convincing(headless.targets, sheet.rows[0]) else best
    while not depth and best.depth < DEEPEST and _more_headings(sheet, best.first, mean):
        best = _layout(sheet, index, best.header, best.depth + 1, mean)
    return _grouped(sheet, best, mean)


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
    labels = labels_of(sheet, header, depth, mean)
    return Layout(index, header, depth, labels, assigned(labels, mean))


def _grouped(sheet: Sheet, layout: Layout, mean: Meaning) -> Layout:
    """With what stands in no column of its own: merged-down cells without a heading, headings of groups."""
    targets, labels = list(layout.targets), list(layout.labels)
    for column, names in groups.filled_down(sheet, layout.first).items():
        if column < len(labels) and not labels[column]:
            targets[column] = _free(groups.sense(names), targets)
    named: dict[int, list[str]] = {}
    for heading in _headings(sheet, layout):
        named.setdefault(heading.level, []).append(heading.name)
    for level, names in sorted(named.items()):
        labels.append(GROUPS[level])
        taught = mean(GROUPS[level])
        targets.append(_free(groups.sense(names) if taught is None else taught, targets))
    return Layout(layout.sheet, layout.header, layout.depth, tuple(labels), tuple(targets))


def _headings(sheet: Sheet, layout: Layout) -> Iterator[Heading]:
    """Of groups; only where some row below the header holds a single text is it worth looking."""
    below = islice(sheet.rows, layout.first, None)
    if any(len(row) - row.count("") == 1 for row in below):
        every = _classified(sheet, layout, Filled(sheet, layout.first))
        yield from (heading for _row, _why, heading in every if heading)


def _more_headings(sheet: Sheet, row: int, mean: Meaning) -> bool:
    """The row says nothing but headings: 手机 and 办公电话 under 电话."""
    words = [text_of(cell) for cell in sheet.rows[row] if cell != ""] if row < len(sheet.rows) else []
    return bool(words) and all(mean(word) is not None for word in words) and "name" not in map(mean, words)


def _free(target: str, taken: Sequence[str]) -> str:
    return "" if target in taken or (target == "employer" and "employer_position" in taken) else target


def table(sheet: Sheet, layout: Layout) -> tuple[Sequence[Row], list[LeftOut]]:
    """The rows of people with merged-down cells filled, and the rows that are none, each with its reason.

    Hidden rows are read like others and marked: most are hidden by a filter somebody left on.
    """
    filled = Filled(sheet, layout.first)
    rows = People(filled, [GROUPS.index(label) for label in layout.labels[sheet.width :]])
    left_out: list[LeftOut] = []
    current = [""] * len(GROUPS)
    for row, why, heading in _classified(sheet, layout, filled):
        if heading:
            current[heading.level :] = [heading.name] + [""] * (len(GROUPS) - heading.level - 1)
        if why is None:
            rows.add(row.number - 1, current)
        elif why:
            left_out.append(LeftOut(row.number, _brief(row), why))
    return rows, sorted(left_out, key=lambda each: each.number)


def _classified(
    sheet: Sheet, layout: Layout, filled: Filled
) -> Iterator[tuple[Row, str | None, Heading | None]]:
    """Each row below the header, why it is no person's, and the group it heads.

    A heading heads something: without a person before the table ends it is a note.
    """
    across = groups.merged_across(sheet)
    waiting: list[tuple[Row, Heading]] = []
    elsewhere = False
    for row in map(filled.row, range(layout.first, len(sheet.rows))):
        held = [(column, cell) for column, cell in enumerate(row.cells) if cell != ""]
        why = outsiders.why_not(layout, held)
        if len(held) == 1 and (heading := _heading(layout, why, *held[0], merged=row.number - 1 in across)):
            waiting.append((row, heading))
            continue
        if why in {outsiders.HEADER, outsiders.OTHER_HEADER}:
            elsewhere = why == outsiders.OTHER_HEADER
        elif elsewhere and why is None:
            why = outsiders.BELOW_OTHER
        if why is None:
            yield from ((each, outsiders.HEADING, found) for each, found in waiting)
            waiting = []
        yield row, why, None
    yield from ((each, outsiders.NOTE, None) for each, _found in waiting)


def _heading(layout: Layout, why: str | None, column: int, cell: Cell, *, merged: bool) -> Heading | None:
    """What a row of one cell heads; 1、王富 under 姓名 is a person."""
    if why not in {None, outsiders.ALONE, outsiders.NOTHING}:
        return None
    found = groups.heading(text_of(cell).strip(), merged=merged)
    return None if found and found.level == groups.NUMBERED and layout.targets[column] == "name" else found


def _brief(row: Row) -> str:
    return " ".join(text_of(cell) for cell in row.cells if cell != "")[:120]
