"""What is pasted is read like a file; an encoding that is guessed is said."""

from __future__ import annotations

import pytest

from registry.exchange.reading.files import read_file, read_text
from registry.exchange.reading.layout import recognise, table
from registry.exchange.reading.sheets import Unreadable
from tests.exchange.making import PLAIN, csv, html

PASTED = {
    "tabs": csv(PLAIN, "utf-8", "\t").decode(),
    "commas of Chinese": csv(PLAIN, "utf-8", "，").decode(),
    "bars of Markdown": csv([["", *row, ""] for row in PLAIN], "utf-8", "|").decode(),
    "wide gaps": "\n".join("    ".join(row) for row in PLAIN),
    "wide Chinese gaps": "\n".join("\u3000\u3000".join(row) for row in PLAIN),
    "a web page": html(PLAIN),
    "a part of a web page": f"<meta charset=utf-8><b><!--StartFragment-->{html(PLAIN)[12:]}</b>",
}


@pytest.mark.parametrize("name", PASTED)
def test_a_pasted_table_is_read(name):
    sheets = read_text(PASTED[name])
    layout = recognise(sheets)
    rows, _left_out = table(sheets[0], layout)
    name_at, birth_at = layout.targets.index("name"), layout.targets.index("birth")
    assert [(row.cells[name_at], row.cells[birth_at]) for row in rows] == [
        ("孙志远", "1965-03"),
        ("周晓梅", "1970年5月"),
    ]
    assert sheets[0].name == "粘贴的文字"


def test_full_width_spaces_within_names_part_nothing():
    sheets = read_text("姓名\t单位\n王\u3000富\t燕山大学")
    assert sheets[0].rows[1] == ["王\u3000富", "燕山大学"]


def test_nothing_pasted_is_said():
    with pytest.raises(Unreadable, match="没有粘贴任何文字"):
        read_text(" \n")


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        ("姓名,单位\n李𠮷,燕山大学\n", "gb18030", "按 GB18030（简体）读出"),
        ("姓名,單位\n陳琇瑄,香港理工大學\n", "big5hkscs", "按 Big5（繁体）读出"),
        ("1,王\n", "gb18030", "并无把握"),
    ],
)
def test_a_guessed_encoding_is_said(text, encoding, said):
    assert said in read_file(text.encode(encoding), "a.csv")[0].remarks[0]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Name\nMüller,Zürich\n", "cp1252"), ("氏名,所属\n山田太郎,東京大学\nさくら,カタカナ\n", "shift_jis")],
)
def test_other_encodings_are_refused(text, encoding):
    with pytest.raises(Unreadable, match="也不像 GB18030 或 Big5"):
        read_file(text.encode(encoding), "a.csv")
