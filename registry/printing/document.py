"""A list as it goes to the press or to Word: title, head, rows in groups, notes; and how it fits on A4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from unicodedata import east_asian_width

A4 = (210, 297)
MARGIN = 18
"""Millimetres."""
TAGGED = 500
"""So many rows are marked up for readers of screens; of more, the marks would outweigh the text."""
_POINT = 0.3528
_PADDING, _NARROWEST, _WIDEST, _ROOM = 1.0, 2.8, 11.0, 9.0
"""In em: around a text, the least and the most of a column, and the least of one that may wrap."""


@dataclass(frozen=True)
class Head:
    """The head of a column; a `flexible` one takes the room that the others leave, and wraps."""

    label: str
    flexible: bool = False


@dataclass(frozen=True)
class Group:
    """Rows under a heading of their own, or without."""

    heading: str
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Document:
    """What is printed. In `names`, a row is a name and what stands small behind it; `across` in a line.

    `size` is in points; `landscape` None: as the columns need it; not `whole`: only the beginning of it, of
    which nobody knows how many pages it has.
    """

    title: str
    subtitle: str
    society: str
    day: str
    heads: Sequence[Head]
    groups: Sequence[Group]
    notes: Sequence[str] = ()
    signature: str = ""
    style: str = "table"
    size: float = 10.5
    across: int = 5
    landscape: bool | None = None
    whole: bool = True

    @property
    def rows(self) -> Iterator[Sequence[str]]:
        """Every row of every group."""
        return (row for group in self.groups for row in group.rows)

    @property
    def turned(self) -> bool:
        """On A4 turned, because it was said so or the columns do not stand upright."""
        if self.landscape is not None:
            return self.landscape
        needed = sum(_ROOM if head.flexible else width for head, width in self.widths)
        return self.style == "table" and needed > room(self.size, turned=False)

    @property
    def widths(self) -> list[tuple[Head, float]]:
        """Of each column how wide its texts are, in em; of a flexible one on an average."""
        return [(head, self._width(at, head)) for at, head in enumerate(self.heads)]

    def _width(self, at: int, head: Head) -> float:
        widths = [ems(row[at]) for row in self.rows]
        if head.flexible:
            return max(_ROOM, min(24.0, mean(widths, default=0)))
        return max(_NARROWEST, min(_WIDEST, max([ems(head.label), *widths]) + _PADDING))

    def beginning(self, rows: int) -> Document:
        """Only so many rows, for a look at the first page."""
        groups, left = [], rows
        for group in self.groups:
            groups.append(replace(group, rows=group.rows[:left]))
            left -= len(groups[-1].rows)
            if left <= 0:
                break
        whole = sum(1 for _row in self.rows) <= rows
        return replace(self, groups=groups, landscape=self.turned, whole=whole)

    def texts(self) -> Iterable[str]:
        """Everything that is to be set."""
        yield from (self.title, self.subtitle, self.society, self.signature, *self.notes)
        yield from (head.label for head in self.heads)
        for group in self.groups:
            yield group.heading
            for row in group.rows:
                yield from row

    def data(self) -> dict[str, Any]:
        """For the sheet named by `style`."""
        flexible = any(head.flexible for head in self.heads)
        widest = max((width for _head, width in self.widths), default=0)
        return {
            "title": self.title,
            "subtitle": self.subtitle,
            "society": self.society,
            "day": self.day,
            "heads": [head.label for head in self.heads],
            "widths": [
                {"em": width, "flexible": head.flexible or (not flexible and width == widest)}
                for head, width in self.widths
            ],
            "groups": [{"heading": group.heading, "rows": group.rows} for group in self.groups],
            "notes": list(self.notes),
            "signature": self.signature,
            "size": self.size,
            "across": self.across,
            "landscape": self.turned,
            "whole": self.whole,
            "tagged": sum(1 for _row in self.rows) <= TAGGED,
        }


def mean(widths: Sequence[float], default: float) -> float:
    """The average, of nothing the default."""
    return sum(widths) / len(widths) if widths else default


def room(size: float, *, turned: bool) -> float:
    """How wide a page is between its margins, in em of that size."""
    return (A4[turned] - 2 * MARGIN) / (size * _POINT)


def ems(text: str) -> float:
    """About how wide a text is set: a Chinese character is 1, a letter half of it."""
    return sum(1.0 if east_asian_width(char) in "WF" else 0.52 for char in text)
