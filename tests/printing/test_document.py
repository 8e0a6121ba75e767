"""How a list fits on its paper."""

from __future__ import annotations

import pytest

from registry.printing.document import Document, Group, Head, ems


def document(*heads, rows=(), **more):
    return Document("名册", "", "学会", "2026年11月24日", heads, [Group("", list(rows))], **more)


@pytest.mark.parametrize(("text", "wide"), [("王　富", 3), ("AB", 1.04), ("", 0), ("𠮷", 1)])
def test_a_text_is_about_so_wide(text, wide):
    assert ems(text) == pytest.approx(wide)


def test_a_column_is_as_wide_as_its_widest_text_within_bounds():
    widths = document(Head("性别"), Head("姓名"), rows=[["男", "长" * 40]]).widths
    assert [width for _head, width in widths] == [3.0, 11.0]


def test_one_column_takes_the_room_that_is_left():
    taken = document(Head("序号"), Head("名称"), rows=[["1", "很长的名称"]]).data()["widths"]
    assert [width["flexible"] for width in taken] == [False, True]


def test_the_beginning_counts_no_pages():
    whole = document(Head("姓名"), rows=[["王富"]] * 5)
    assert whole.beginning(9).data()["whole"]
    part = whole.beginning(2)
    assert len(list(part.rows)) == 2
    assert not part.data()["whole"]


def test_only_short_lists_carry_marks_for_readers_of_screens():
    assert document(Head("姓名"), rows=[["王富"]]).data()["tagged"]
    assert not document(Head("姓名"), rows=[["王富"]] * 2000).data()["tagged"]
