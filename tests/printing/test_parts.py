"""A long list, printed in parts that read as one."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from registry.printing import parts
from registry.printing.document import Document, Group, Head

ROWS = [[str(number), "王　富" if number % 3 else "长名字的大学" * 4] for number in range(1, 201)]
LONG = Document(
    title="会员名册",
    subtitle="",
    society="示例学会",
    day="2026年11月24日",
    heads=[Head("序号"), Head("姓名", flexible=True)],
    groups=[Group("甲组", ROWS[:90]), Group("乙组", ROWS[90:])],
    notes=["注：完。"],
)


def lines(pdf):
    return [page.extract_text().splitlines() for page in PdfReader(BytesIO(pdf)).pages]


@pytest.mark.parametrize("size", [60, 90, 1000])
def test_parts_lose_nothing_and_repeat_nothing(size, monkeypatch):
    monkeypatch.setattr(parts, "PART", size)
    ticks = []
    pages = lines(parts.pdf(LONG, ticks.append))
    rows = [line.split() for page in pages for line in page if "/" not in line]
    numbers = [row[0] for row in rows if len(row) > 1]
    assert [number for number in numbers if number.isdigit()] == [row[0] for row in ROWS]
    said = ["".join("".join(page).split()) for page in pages]
    assert [page.count("甲组") for page in said] == [1] + [0] * (len(said) - 1)
    assert sum(page.count("乙组") for page in said) == 1
    assert sum(page.count("会员名册") for page in said) == 1
    assert ["注：完。" in page for page in said] == [False] * (len(said) - 1) + [True]
    assert all(f"{number}/{len(said)}" in page for number, page in enumerate(said, 1))
    assert 0.9 * len(ROWS) < sum(ticks) <= len(ROWS)


def test_parts_fill_their_pages(monkeypatch):
    whole = lines(parts.pdf(LONG, lambda _many: None))
    monkeypatch.setattr(parts, "PART", 60)
    assert lines(parts.pdf(LONG, lambda _many: None)) == whole


def test_a_group_that_goes_on_has_no_heading_again():
    found = list(parts.between(LONG, 80, 100))
    assert [(group.heading, len(group.rows)) for group in found] == [("", 10), ("乙组", 10)]
