"""The press, with the sheets of lists."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from registry.config import ROOT
from registry.printing import fonts, paper

HARD = [
    "王　富", "欧阳晓月", "买买提·艾力", "陳大文", "龍應琤", "𠮷田", "㛃", "䶮", "𪚥",
    "𬭊", "𫖯", "𠀀", "𰻝", "甯〇", "Erdős Pál",
    "Nguyễn Thị Ánh", "Šolc Žižek", "Çağrı Gül", "Łukasz Żółć", "Þór Ægir", "O’Brien", "Ξένος", "Щукин",
    "#set $x$ *b* _a_ @c \\n `r` <l> // ~ [ ] { }",
]  # fmt: skip


def sheet(names: Sequence[str], **changes: Any) -> dict[str, Any]:
    widths = [{"em": 3, "flexible": False}, {"em": 10, "flexible": True}]
    rows = [[str(number), name] for number, name in enumerate(names, 1)]
    return {
        "title": "示例学会会员名册",
        "subtitle": "",
        "society": "示例学会",
        "day": "2026年11月24日",
        "size": 10,
        "heads": ["序号", "姓名"],
        "widths": widths,
        "groups": [{"heading": "", "rows": rows}],
        "notes": [],
        "signature": "",
        **changes,
    }


def texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def families(pdf: bytes) -> dict[str, bool]:
    """The fonts of a file: is each of them embedded."""
    found = {}
    for page in PdfReader(BytesIO(pdf)).pages:
        for ref in page["/Resources"]["/Font"].values():
            font = ref.get_object()["/DescendantFonts"][0].get_object()
            descriptor = font["/FontDescriptor"].get_object()
            found[str(font["/BaseFont"])] = any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
    return found


def test_names_of_every_script_are_set_as_they_are():
    text = "".join(texts(paper.pdf("table", sheet(HARD))))
    for name in HARD:
        assert "".join(name.split()) in "".join(text.split())


def test_every_font_is_embedded_and_the_file_is_archival():
    pdf = paper.pdf("table", sheet(HARD))
    assert len(families(pdf)) >= 3
    assert all(families(pdf).values())
    assert b"pdfaid" in pdf


def test_the_header_row_and_the_numbers_stand_on_every_page():
    pages = texts(paper.pdf("table", sheet(["王　富"] * 120)))
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert "序号" in page
        assert f"{number}/{len(pages)}" in "".join(page.split())
        assert page.startswith("示例学会")


def test_what_no_font_has_is_known_before_and_the_rest_is_printed_all_the_same():
    assert fonts.missing("王\U000323a0") == "\U000323a0"
    assert "王" in "".join(texts(paper.pdf("table", sheet(["王\U000323a0"]))))


def test_the_hard_names_lack_nothing():
    assert fonts.missing_in(HARD) == {}
    assert fonts.lacking() == []


def test_no_name_of_the_demonstration_lacks_a_glyph():
    told = "".join(path.read_text("utf-8") for path in (ROOT / "registry" / "demo").glob("*.json"))
    assert fonts.missing(told) == ""


def test_the_letters_that_are_said_to_come_with_the_press_do():
    letters = [chr(code) for span in fonts.LATIN_COVERS for code in span if chr(code).isalpha()]
    unset = [letter for letter in letters if fonts.missing(letter)]
    assert unset == []
    assert b"pdfaid" in paper.pdf("table", sheet(["".join(letters)]))


def test_a_sheet_that_is_none_is_refused_with_the_reason():
    with pytest.raises(paper.NotSet, match="nowhere"):
        paper.pdf("nowhere", {})
