"""A long list in parts, for the press takes some hundred kilobytes of memory for a row.

Every part ends with a full page, so that the whole reads as one: first each is only laid out, to learn which
row begins its last page; then it is printed with its page numbers, for now their total is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfWriter

from registry.printing import paper
from registry.printing.document import Document, Group

PART = 3000
"""So many rows at a time take 500 MB."""


@dataclass(frozen=True)
class Part:
    """Rows from `start` to before `end`, on so many pages."""

    start: int
    end: int
    pages: int


def pdf(document: Document, tick: Callable[[int], None]) -> bytes:
    """A PDF, its fonts embedded; `tick` is told how many rows more are done. One part alone is a PDF/A."""
    rows = sum(1 for _row in document.rows)
    if rows <= PART or document.style != "table":
        tick(rows)
        return paper.pdf(document.style, document.data())
    parts = list(_measured(document, rows, tick))
    total, before = sum(part.pages for part in parts), 0
    whole = PdfWriter()
    for part in parts:
        data = {**_data(document, part.start, part.end, rows), "before": before, "total": total}
        whole.append(BytesIO(paper.pdf("table", data)))
        before += part.pages
        tick((part.end - part.start) // 2)
    whole.add_metadata({"/Title": document.title, "/Author": document.society})
    out = BytesIO()
    whole.write(out)
    return out.getvalue()


def _measured(document: Document, rows: int, tick: Callable[[int], None]) -> Iterator[Part]:
    start = 0
    while start < rows:
        end = min(start + PART, rows)
        told = paper.measure("table", {**_data(document, start, end, rows), "parted": True})
        if end == rows:
            part = Part(start, rows, told["pages"])
        else:
            part = Part(start, start + told["row"], told["pages"] - 1)
        yield part
        tick((part.end - part.start) // 2)
        start = part.end


def _data(document: Document, start: int, end: int, rows: int) -> dict[str, Any]:
    """Of the whole what stands on the pages of one part: the title on the first, the notes on the last."""
    data = document.data()
    groups: list[dict[str, Any]] = []
    for group in between(document, start, end):
        first = sum(len(before["rows"]) for before in groups)
        groups.append({"heading": group.heading, "rows": group.rows, "first": first})
    last = {} if end == rows else {"notes": [], "signature": ""}
    return {**data, **last, "groups": groups, "headed": start == 0, "tagged": False}


def between(document: Document, start: int, end: int) -> Iterator[Group]:
    """The rows from `start` to before `end` in their groups; a group that goes on has no heading again."""
    at = 0
    for group in document.groups:
        first, last = max(start - at, 0), min(end - at, len(group.rows))
        if first < last:
            yield Group(group.heading if first == 0 else "", group.rows[first:last])
        at += len(group.rows)
