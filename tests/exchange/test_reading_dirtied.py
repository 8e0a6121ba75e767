"""A roster that is invented, and dirtied in invented ways, is read back the same, or its rows are refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.core.dates import PartialDate
from registry.exchange.reading.answers import unpacked
from registry.exchange.reading.cells import read_row
from registry.exchange.reading.layout import recognise, table
from registry.exchange.reading.parsing import kinds
from tests.exchange import making

TODAY = date(2026, 11, 24)
EMPLOYERS = ["燕山大学", "清河医院", "北京市第三设计院", "星河科技有限公司"]
HEADINGS = {
    "name": ["姓名", "姓 名", "姓\n名", "会员姓名", "姓　名（必填）"],
    "sex": ["性别", "性 别"],
    "birth": ["出生年月", "出生日期", "生日", "出生年月（如1965.03）"],
    "employer": ["工作单位", "单位名称", "所在单位"],
    "phone": ["手机", "联系电话", "电 话"],
}
WIDE = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


@dataclass(frozen=True)
class Person:
    """What the roster means."""

    name: str
    sex: str
    birth: PartialDate
    employer: str
    phone: str


names = st.builds(
    "".join,
    st.tuples(st.sampled_from("王李周吴郑陈冯林"), st.text("文志明天伟安平玉国", min_size=1, max_size=2)),
)
births = st.builds(
    lambda years, days, precision: PartialDate(*_day(years, days)[:precision]),
    st.integers(0, 60),
    st.integers(0, 364),
    st.sampled_from([1, 2, 3]),
)
people = st.builds(
    Person,
    names,
    st.sampled_from("MF"),
    births,
    st.sampled_from(EMPLOYERS),
    st.integers(0, 10**8 - 1).map(lambda number: f"138{number:08}"),
)


def _day(years: int, days: int) -> tuple[int, int, int]:
    day = date(1940 + years, 1, 1) + timedelta(days=days)
    return (day.year, day.month, day.day)


def written_name(draw, name: str) -> str:
    gap = draw(st.sampled_from(["", " ", "\u3000", "\u200b"]))
    return gap.join(name) + draw(st.sampled_from(["", " ", "\u3000"]))


def written_birth(draw, birth: PartialDate) -> str:
    parts = [part for part in (birth.year, birth.month, birth.day) if part is not None]
    forms = ["-".join(f"{part:02}" for part in parts), ".".join(f"{part:02}" for part in parts)]
    forms += [
        "/".join(map(str, parts)),
        "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False)),
    ]
    forms.append("".join(f"{part:02}" for part in parts))
    form = draw(st.sampled_from(forms))
    return form.translate(WIDE) if draw(st.booleans()) else form


def written(draw, person: Person) -> dict[str, str]:
    phone = draw(
        st.sampled_from([person.phone, f"{person.phone[:3]}-{person.phone[3:7]}-{person.phone[7:]}"])
    )
    sexes = {"M": ["男", "男 ", "M", "1", "先生"], "F": ["女", " 女", "F", "2", "女士"]}
    return {
        "name": written_name(draw, person.name),
        "sex": draw(st.sampled_from(sexes[person.sex][:4])),
        "birth": written_birth(draw, person.birth),
        "employer": person.employer,
        "phone": draw(st.sampled_from([phone, phone.translate(WIDE), f"+86 {person.phone}"])),
    }


@st.composite
def dirtied(draw) -> tuple[list[Person], bytes]:
    """People, and the file somebody made of them."""
    roster = draw(st.lists(people, min_size=1, max_size=8))
    columns = draw(st.permutations(list(HEADINGS)))
    grouped = draw(st.booleans()) and len(roster) > 1
    if grouped:
        columns.remove("employer")
        roster.sort(key=lambda person: person.employer)
    numbered = draw(st.booleans())
    rows = [[f"{draw(st.integers(2000, 2030))}年会员名册"]] * draw(st.integers(0, 2))
    rows.append(["序号"] * numbered + [draw(st.sampled_from(HEADINGS[column])) for column in columns])
    before = ""
    for number, person in enumerate(roster, 1):
        if grouped and person.employer != before:
            rows.append([f"{person.employer}（{sum(p.employer == person.employer for p in roster)}人）"])
            before = person.employer
        told = written(draw, person)
        rows.append([str(number)] * numbered + [told[column] for column in columns])
        rows += [[""]] * draw(st.sampled_from([0, 0, 0, 1]))
    rows += draw(st.sampled_from([[], [["", f"合计：{len(roster)}人"]], [["注：以上为在会会员"]]]))
    width = max(map(len, rows))
    return roster, draw(st.sampled_from(MAKERS))([[*row, *[""] * (width - len(row))] for row in rows])


def _one_line(rows: list[list[str]]) -> list[list[str]]:
    return [[cell.replace("\n", "") for cell in row] for row in rows]


MAKERS = [
    making.xlsx,
    making.xls,
    making.ods,
    making.docx,
    lambda rows: making.html(rows).encode(),
    *[
        lambda rows, encoding=encoding, mark=mark: making.csv(_one_line(rows), encoding, mark)
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030")
        for mark in ",\t;"
    ],
]


@given(dirtied())
@settings(max_examples=250, deadline=None, database=None)
def test_a_dirtied_roster_is_read_back_the_same_or_refused(made):
    roster, content = made
    sheets = unpacked(BytesIO(b"".join(kinds.read(content).packed())))
    layout = recognise(sheets)
    rows, left_out = table(sheets[layout.sheet], layout)
    assert len(rows) == len(roster), (rows, left_out)
    for person, row in zip(roster, rows, strict=True):
        reading = read_row(row, layout.targets, layout.labels, TODAY)
        if not reading.problems:
            facts = {key: reading.facts.get(key) for key in HEADINGS}
            facts["phone"] = str(facts["phone"]).removeprefix("+86 ").replace("-", "")
            assert facts == vars(person)
