"""Whatever a file holds: it is read or refused in words, and no cell of it is lost silently."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from registry.exchange.reading.cells import read_row
from registry.exchange.reading.files import read_file
from registry.exchange.reading.headings import targets
from registry.exchange.reading.layout import Layout, recognise, table
from registry.exchange.reading.sheets import Flaw, Sheet, Unreadable
from registry.exchange.reading.texts import text_of
from registry.exports.writing import guarded

settings.register_profile("anywhere", database=None, deadline=None)
settings.load_profile("anywhere")

HEADINGS = [
    "姓名",
    "性别",
    "出生年月",
    "身份证号",
    "电话",
    "会员类别",
    "工作单位及职务",
    "学历/学位",
    "备注",
    "序号",
    "别的",
]
TODAY = date(2026, 11, 24)
texts = st.text(max_size=12) | st.sampled_from(
    ["王富", "男", "合计", "注：说明", "1965.03", "110108196503080014", "1.1E+17"]
)
cells = texts.map(str.strip) | st.integers() | st.floats() | st.booleans() | st.dates() | st.datetimes()
grids = st.lists(st.lists(cells | st.just(Flaw("坏")), max_size=6), max_size=8)


@given(st.binary(max_size=300), st.sampled_from(["a.xlsx", "a.xls", "a.csv"]))
@settings(max_examples=40)
def test_any_bytes_are_read_or_refused_in_words(content, filename):
    try:
        sheets = read_file(content, filename)
    except Unreadable:
        return
    assert sheets[0].rows


@given(st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=6, unique=True), grids)
@settings(max_examples=200)
def test_every_row_is_a_person_or_named_as_left_out(headings, grid):
    sheet = Sheet("s", [headings, *[row[: len(headings)] for row in grid]])
    layout = recognise([sheet])
    rows, left_out = table(sheet, layout)
    told = {row.number for row in (*rows, *left_out)}
    for number, row in enumerate(sheet.rows[layout.first :], layout.first + 1):
        held = [cell for cell in row if cell != ""]
        assert number in told or all(text_of(cell).isdigit() for cell in held), row


@given(st.lists(cells, min_size=1, max_size=8), st.data())
@settings(max_examples=300)
def test_any_cells_become_facts_or_reasons(row, data):
    chosen = tuple(data.draw(st.sampled_from(["", *targets()])) for _ in row)
    rows, _left_out = table(*_as_sheet(row, chosen))
    for each in rows:
        reading = read_row(each, chosen, chosen, TODAY)
        assert all(problem.reason for problem in reading.problems)


def _as_sheet(row, chosen):
    return Sheet("s", [row]), Layout(0, -1, 1, chosen, chosen)


@given(
    st.text(alphabet=st.characters(exclude_characters='"\x00', exclude_categories=["Cs", "Cc"]), max_size=20)
)
@settings(max_examples=40)
@example(";;")
@example("\t\t|")
def test_what_the_csv_guards_comes_back_as_it_was(text):
    text = text.strip()
    content = f'姓名,"{guarded(text)}"\n'.encode("utf-8-sig")
    assert read_file(content, "a.csv")[0].rows[0][1] == text or text.startswith('="')


def test_a_moment_is_a_day():
    rows, _left_out = table(*_as_sheet([datetime.fromisoformat("1965-03-12 08:30")], ("birth",)))
    assert str(read_row(rows[0], ("birth",), ("出生",), TODAY).facts["birth"]) == "1965-03-12"
