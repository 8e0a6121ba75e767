"""What a clerk says of an import: cells set right, one word for many, who a namesake is."""

from __future__ import annotations

import io

import openpyxl
import pytest
from sqlalchemy import select

from registry.exchange import pages
from registry.exchange.models import Settled, Upload
from registry.memberships.queries import by_number
from registry.memberships.services import edit_member
from registry.people.models import Person
from registry.people.services import EditPerson
from tests.exchange import files
from tests.exchange.steps import applied, roster, said, uploaded
from tests.exchange.test_pages import IMPORTS, finished

LEVELS = [
    ["姓名", "性别", "职称级别"],
    *([f"孙{name}", "男", "付高"] for name in "甲乙丙丁"),
    ["孙戊", "男", "正高"],
]


def test_one_cell_is_set_right_and_judged_again(session, cast):
    upload = uploaded(session, cast, roster(["", "孙志远", "？", "", "", "", "", "", ""]))
    assert upload.counts["refused"] == 1
    said(session, upload, cells={"2": {"2": "男"}})
    assert upload.counts["new"] == 1
    applied(session, upload)
    assert session.scalars(select(Person.sex).where(Person.name == "孙志远")).one() == "M"


def test_one_word_stands_for_all_cells_that_say_the_same(session, cast):
    upload = uploaded(session, cast, files.xlsx(LEVELS))
    (repeat,) = pages.common_of(session, upload).repeats
    assert (repeat[0], repeat[1], repeat[3]) == (2, "付高", 4)
    said(session, upload, same={"2": {"付高": "副高"}})
    assert upload.counts == {"new": 5, "changed": 0, "unchanged": 0, "doubtful": 0, "refused": 0}
    applied(session, upload)
    found = session.scalars(select(Person.title_level).where(Person.name.like("孙%"))).all()
    assert sorted(found) == ["associate"] * 4 + ["senior"]


def test_what_was_said_is_sealed_and_forgotten_with_the_file(session, cast):
    upload = uploaded(session, cast, roster(["", "孙志远", "？", "", "", "", "", "", ""]))
    said(session, upload, cells={"2": {"1": "孙至远", "2": "男"}})
    assert "孙至远".encode() not in upload.answers
    applied(session, upload)
    assert (upload.answers, upload.content) == (None, None)


def test_a_namesake_once_settled_is_not_asked_of_again(session, cast):
    content = roster(
        ["", "王富", "", "", "甲单位", "", "", "", ""], ["", "王富", "", "", "乙单位", "", "", "", ""]
    )
    upload = uploaded(session, cast, content)
    assert upload.counts["doubtful"] == 2
    said(session, upload, decisions={"2": str(cast.wang.id), "3": "new"})
    applied(session, upload)
    assert len(session.scalars(select(Settled)).all()) == 2
    again = uploaded(session, cast, content)
    assert again.counts["unchanged"] == 2, [row.problems for row in pages.rows(session, again)]


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({"电话": "13800138000"}, "unchanged"),
        ({"邮箱": "w@x.cn"}, "unchanged"),
        ({"工作单位": "北京星河大学", "职务": "教授"}, "unchanged"),
        ({"工作单位": "北京星河大学"}, "doubtful"),
        ({"电话": "13900139000"}, "doubtful"),
    ],
)
def test_the_same_telephone_mail_or_work_tells_a_namesake(session, cast, more, state):
    known = {"phone": "+86 138 0013 8000", "email": "w@x.cn", "employer": "北京星河大学", "position": "教授"}
    edit_member(session, cast.wang, EditPerson(known))
    session.commit()
    upload = uploaded(session, cast, files.xlsx([["姓名", *more], ["王富", *more.values()]]))
    told = [key for key, many in upload.counts.items() if many]
    assert told == [state] or (state == "unchanged" and told == ["changed"])


def test_what_was_not_taken_comes_back_with_reasons(session, cast, sign_in):
    rows = [
        ["北京星河计算机学会会员名册"],
        ["姓名", "性别", "备用", "出生日期"],
        ["孙志远", "男", "甲", "1965-03"],
        ["周晓梅", "？", "乙", "1970-05"],
        ["王富", "男", "丙", ""],
    ]
    upload = uploaded(session, cast, files.xlsx(rows))
    applied(session, upload)
    answer = sign_in("staff").get(f"{IMPORTS}{upload.id}/left.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    told = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert told[0][0] == rows[0][0]
    assert told[1] == [*rows[1], "原因"]
    assert [row[:4] for row in told[2:]] == rows[3:]
    assert "同名的人" in told[3][4]
    again = uploaded(session, cast, answer.data, "没有导入的行.xlsx")
    assert again.layout["targets"][4] == ""
    assert again.counts["refused"] == again.counts["doubtful"] == 1


def test_many_rows_are_narrowed_by_problem(session, cast, sign_in):
    rows = [["姓名", "性别"], *([f"孙{chr(0x4E00 + n)}", "？" if n % 3 else "男"] for n in range(1200))]
    upload = uploaded(session, cast, files.xlsx(rows))
    (kind, words, many) = pages.common_of(session, upload).kinds[0]
    assert many == 800
    assert words.startswith("性别：")
    staff = sign_in("staff")
    last = staff.get(f"{IMPORTS}{upload.id}?state={kind}&page=16").text
    assert last.count('data-label="行"') == 50
    assert f'id="row-{rows.index(rows[-1]) + 1}"' in last
    assert "第 16 页，共 16 页" in last
    assert staff.get(f"{IMPORTS}{upload.id}?edit=3").text.count('name="cell-3-') == 2


def test_a_row_stands_beside_whom_it_may_mean(session, cast, sign_in):
    upload = uploaded(session, cast, roster(["", "王富", "", "", "甲单位", "", "", "", ""]))
    staff = sign_in("staff")
    place = f"{IMPORTS}{upload.id}"
    text = staff.get(f"{place}/rows/2").text
    assert "北京星河大学" in text
    assert "甲单位" in text
    assert "就是这一位" in text
    assert staff.get(f"{place}/rows/9").status_code == 404
    answer = staff.post(f"{place}/decide?row=2", data={"row-2": str(cast.wang.id)})
    assert answer.headers["Location"].endswith("state=doubtful")
    assert "北京星河大学 → 甲单位" in staff.get(place).text
    shown = pages.common_of(session, session.get(Upload, upload.id)).digest
    staff.post(f"{place}/apply", data={"digest": shown})
    assert "修改 1 位" in finished(staff, place).text
    assert by_number(session, "bjcs", "B00001").person.employer == "甲单位"
