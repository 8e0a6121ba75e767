"""What a society's clerks corrected in the columns of one file is proposed for the next."""

from __future__ import annotations

from registry.exchange.reading.headings import corrections
from registry.exchange.reading.layout import recognise
from registry.exchange.reading.sheets import Sheet

ROWS = [["姓 名", "学会编号", "编号", "籍属"], ["孙志远", "B1", "7", "在会"], ["周晓梅", "B2", "8", "在会"]]


def layout(learned=None, rows=ROWS):
    return recognise([Sheet("会员", [list(row) for row in rows])], learned or {})


def test_a_correction_is_proposed_the_next_time():
    first = layout()
    assert first.targets == ("name", "", "number", "")
    chosen = ("name", "number", "", "state")
    learned = corrections(first.labels, first.targets, chosen)
    assert learned == {"学会编号": "number", "编号": "", "籍属": "state"}
    assert layout(learned).targets == chosen


def test_headings_are_remembered_however_they_are_written():
    learned = {"学会编号": "number", "编号": ""}
    rows = [["姓名", "學會 编号：", "编号"], *ROWS[1:]]
    assert layout(learned, rows).targets == ("name", "number", "", "")


def test_a_header_is_found_by_what_was_learned_alone():
    rows = [["二〇二六年"], ["谁", "哪里"], ["孙志远", "燕山大学"]]
    assert layout({"谁": "name", "哪里": "employer"}, rows).header == 1


def test_what_no_longer_is_a_fact_is_not_proposed():
    assert layout({"籍属": "abolished"}).targets == ("name", "", "number", "")


def test_one_heading_with_two_meanings_teaches_nothing():
    labels = ("姓名", "电话", "电话", "")
    assert corrections(labels, ("name", "phone", "phone", ""), ("name", "phone", "", "remark")) == {}
