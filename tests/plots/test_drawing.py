"""Pictures: bare shapes and words, which no security policy refuses and every style sheet can dress."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from registry.plots import drawing
from registry.plots.drawing import Series

DRAWN = {
    "columns": lambda: drawing.columns([("2025", 12), ("2026", 15)]),
    "up_and_down": lambda: drawing.up_and_down(
        ["2025", "2026"], [Series("joined", [3, 4]), Series("left", [-1, 0])], ("入会", "离会")
    ),
    "bars": lambda: drawing.bars([("内地", 3, "3 75%"), ("<b>外籍</b>", 1, "1 25%"), ("不详", 0, "0")]),
    "pyramid": lambda: drawing.pyramid(
        ["不详", "71 岁及以上"], Series("one", [1, 2]), Series("other", [0, 3])
    ),
}


@pytest.fixture(params=DRAWN)
def picture(request):
    return str(DRAWN[request.param]())


def test_a_picture_holds_no_style_script_or_identifier(picture):
    assert not re.search(r"<(style|script|desc|title|!--)|\b(style|id|on\w+|href)=", picture)


def test_a_picture_is_well_formed_and_hidden_from_readers_of_words(picture):
    assert ET.fromstring(picture).get("aria-hidden") == "true"


def test_series_go_by_their_names():
    picture = str(DRAWN["up_and_down"]())
    assert re.findall(r'class="series (\w+)"', picture)[:2] == ["joined", "left"]
    assert "入会" in picture
    assert "serie-" not in picture


def test_what_is_written_is_escaped():
    assert "&lt;b&gt;外籍" in str(DRAWN["bars"]())


def test_nothing_to_draw_is_drawn_all_the_same():
    assert str(drawing.bars([])).startswith("<svg")
    assert str(drawing.columns([("2026", 0)])).startswith("<svg")


@pytest.mark.parametrize(
    ("many", "words"), [(0, "0"), (-7, "7"), (9876, "9876"), (12345, "1.2万"), (234567, "23万")]
)
def test_numbers_over_columns_are_brief(many, words):
    assert drawing.brief(many) == words
