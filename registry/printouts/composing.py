"""From rows to the document: columns that the reader may see, the order, the headings, the notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.core.policy import Action
from registry.core.text import spaced
from registry.printing.document import Document, Group, Head
from registry.printouts.columns import NUMBERED, Beside, Column, annotation
from registry.printouts.kinds import Kind
from registry.printouts.layouts import ORDERS, Layout, filled
from registry.printouts.ordering import grouped, only_counted, ordered
from registry.societies.models import Society

May = Callable[[Action, Any], bool]
_NAMED = 12
"""So many characters a note names."""


@dataclass(frozen=True)
class Found:
    """Whom a list names, and the words for its title: of a body its name and term."""

    rows: Sequence[Any]
    beside: Beside
    body: str = ""
    term: str = ""


def compose(society: Society, kind: Kind, layout: Layout, found: Found, may: May, today: date) -> Document:
    """The document of a list; `today` is the day of which the facts of people are known."""
    rows = ordered(found.rows, layout.order, found.beside)
    columns = [kind.columns[key] for key in layout.columns if key in kind.columns]
    columns = [column for column in columns if _seen(column, rows, may)]
    names = layout.style == "names" and kind.of_people
    groups = _groups(rows, layout, found.beside, kind, names=names)
    filler = Filler(columns, found.beside, may, layout)
    words = _words(society, layout, found)
    aged = kind.of_people and not names and found.beside.day != today
    known = [f"注：各人的单位、职称等为{in_words(today)}登记的情况。"] if aged else []
    return Document(
        title=filled(layout.title, words) or kind.label,
        subtitle=filled(layout.subtitle, words),
        society=society.name,
        day=words["日期"],
        heads=[] if names else [Head(column.label, column.flexible) for column in columns],
        groups=[
            Group(heading, [filler.name(row) if names else filler.row(row) for row in part])
            for heading, part in groups
        ],
        notes=[*filter(None, [filled(layout.note, words)]), *_notes(rows, layout), *known],
        signature=filled(layout.signature, words),
        style="names" if names else "table",
        size=layout.size / 2,
        across=layout.across,
        landscape=layout.landscape,
    )


def _seen(column: Column, rows: Sequence[Any], may: May) -> bool:
    """Of somebody on the list, or nobody stands on it."""
    return column.see is None or not rows or any(may(column.see, row) for row in rows)


def _groups(
    rows: Sequence[Any], layout: Layout, beside: Beside, kind: Kind, *, names: bool
) -> Iterator[tuple[str, list[Any]]]:
    """A table has its offices in a column; units, and the offices of names alone, stand over their people."""
    headed = kind.of_people and (layout.order == "unit" or (names and layout.order == "rank"))
    for heading, part in grouped(rows, layout.order if headed else "", beside):
        if not heading:
            yield "", part
        elif names and layout.order == "rank" and len(part) > 1:
            yield f"{heading}（{len(part)}人，{ORDERS['surname']}）", part
        else:
            yield f"{heading}（{len(part)}人）", part


class Filler:
    """Fills rows with what the reader may see of each, and counts them."""

    def __init__(self, columns: Sequence[Column], beside: Beside, may: May, layout: Layout) -> None:
        self._columns, self._beside, self._may = columns, beside, may
        self._marks = {key: key in layout.columns for key in ("sex", "ethnic")}
        self._count = 0

    def row(self, row: Any) -> list[str]:
        """The cells of a row."""
        self._count += 1
        return [self._cell(column, row) for column in self._columns]

    def name(self, row: Any) -> list[str]:
        """A name, and what stands small behind it."""
        seen = self._may(Action.IDENTITY_SEE, row)
        marks = {key: asked and seen for key, asked in self._marks.items()}
        return [spaced(row.name), annotation(row, **marks)]

    def _cell(self, column: Column, row: Any) -> str:
        if column is NUMBERED:
            return str(self._count)
        return column.text(row, self._beside) if column.see is None or self._may(column.see, row) else ""


def _words(society: Society, layout: Layout, found: Found) -> Mapping[str, str]:
    day = found.beside.day
    return {
        "学会": society.name,
        "简称": society.short_name,
        "日期": in_words(day),
        "年": str(day.year),
        "机构": found.body.removeprefix(society.name),
        "届": found.term,
        "人数": str(len(found.rows)),
        "排序": ORDERS[layout.order],
    }


def in_words(day: date) -> str:
    """2026年11月24日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _notes(rows: Sequence[Any], layout: Layout) -> Iterator[str]:
    """Whose place among equals is not certain."""
    counted = only_counted(rows, layout.order)
    if counted:
        named = "、".join(f"“{char}”（{name}）" for char, name in list(counted.items())[:_NAMED])
        more = "等" if len(counted) > _NAMED else ""
        yield f"注：{named}{more}的笔顺没有收录，只按笔画数排列，次序请核对。"
