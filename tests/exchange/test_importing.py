"""What an import writes, and what it never does."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from sqlalchemy import select

from registry.core.errors import RuleBroken
from registry.exchange import pages
from registry.exchange.models import UploadState
from registry.exports.services import export_file
from registry.journal.models import Act, Entry
from registry.journal.queries import first_broken
from registry.memberships.models import EndReason, Membership
from registry.memberships.queries import by_number, spells
from registry.people.models import Person
from tests.cast import WANG_ID
from tests.exchange import files
from tests.exchange.steps import TODAY, applied, people, roster, uploaded
from tests.exchange.test_reading_files import judged


def test_new_people_are_entered_with_number_category_and_first_day(session, cast):
    outcome = judged(session, cast, files.categories(), dry_run=False)
    assert outcome.counts["new"] == 3
    spell = by_number(session, "bjcs", "B00006")
    assert (spell.person.name, spell.category.code, spell.branch.id) == ("孙志远", "senior", cast.branch.id)
    assert (spell.starts_on, spell.starts_known, spell.region) == (date(2019, 5, 1), "M", "CN")
    mary = by_number(session, "bjcs", "B00008")
    assert (mary.category.code, mary.starts_known) == ("foreign", "Y")
    assert by_number(session, "bjcs", "B00007").starts_on == TODAY


def test_the_facts_of_a_titled_roster_arrive(session, cast):
    judged(session, cast, files.titled(), dry_run=False)
    person = session.scalars(select(Person).where(Person.name == "孙远")).one()
    assert (person.birth and str(person.birth), person.sex, person.region) == ("1965-03-12", "M", "CN")
    assert (person.employer, person.position, person.education, person.degree) == (
        "燕山大学",
        "教授",
        "10",
        "2",
    )
    assert (person.phone, person.email, person.political) == ("+86 13800138000", "s@x.cn", "01")
    assert person.documents[0].last4 == files.resident_id("19650312")[-4:]
    assert by_number(session, "bjcs", "B00006").remark == "老会员"


def test_merged_down_cells_and_free_titles_are_understood(session, cast):
    judged(session, cast, files.merged_employers(), dry_run=False)
    found = session.scalars(
        select(Person).where(Person.employer == "燕山计算研究所").order_by(Person.id)
    ).all()
    assert [row.name for row in found if row.title or row.name == "吴天明"] == ["孙志远", "周晓梅", "吴天明"]
    assert [row.title_level for row in found if row.title] == ["senior", "associate"]


def test_columns_that_hold_two_facts_are_parted(session, cast):
    judged(session, cast, files.two_in_one(), dry_run=False)
    first, lee, last = session.scalars(select(Person).order_by(Person.id.desc()).limit(3)).all()[::-1]
    assert (first.region, first.email, first.phone) == ("HK", "a@b.cn", "13800138000，010-62751234转801")
    assert (first.position, first.title, first.title_level) == ("副校长", "教授", "senior")
    assert (lee.nationality, lee.region, lee.documents[0].country) == ("GB", "XX", "GB")
    assert lee.phone == "010-62751234-8, 13800138001"
    assert (last.phone, last.title, last.position) == ("13900139000", "教授级高工", "总工")


def test_the_same_file_twice_changes_nothing(session, cast):
    content = files.xlsx(
        [["姓名", "出生日期", "会员号"], ["孙志远", "1965-03-12", "X1"], ["周晓梅", "1970-05", ""]]
    )
    judged(session, cast, content, dry_run=False)
    before = people(session, cast.society)
    again = judged(session, cast, content, dry_run=False)
    assert again.counts == {"new": 0, "changed": 0, "unchanged": 2, "doubtful": 0, "refused": 0}
    assert people(session, cast.society) == before


def test_empty_cells_and_masked_numbers_never_erase(session, cast):
    rows = [
        ["B00001", "王富", "", "", "/", "", "", "••••••0014", ""],
        ["B00002", "", "", "1972", "", "", "", "", ""],
    ]
    outcome = judged(session, cast, roster(*rows), dry_run=False)
    assert outcome.counts["unchanged"] == 2, outcome.problems
    assert (cast.wang.employer, str(cast.chen.birth)) == ("北京星河大学", "1972-10")


def test_another_category_or_branch_is_a_change_as_of_the_import_day(session, cast):
    rows = [["B00001", "王富", "", "", "", "高级会员", "青年工作委员会", "", "获奖"]]
    assert judged(session, cast, roster(*rows), dry_run=False).counts["changed"] == 1
    now, before = spells(session, cast.society.id, cast.wang.id)
    assert (now.category.code, now.branch_id, now.starts_on) == ("senior", cast.branch2.id, TODAY)
    assert (before.end_reason, before.ends_on, before.category.code) == (EndReason.CHANGED, TODAY, "ordinary")
    assert now.remark == "获奖"
    assert judged(session, cast, roster(*rows)).counts["unchanged"] == 1


def test_an_import_is_one_act_and_its_file_is_forgotten(session, cast):
    upload = uploaded(session, cast, files.titled())
    session.commit()
    applied(session, upload)
    session.commit()
    act = session.get(Act, upload.act_id)
    assert (act.deed, upload.state, upload.content) == ("import:apply", UploadState.APPLIED, None)
    tables = {entry.table_name for entry in act.entries}
    assert {"person", "identity_document", "membership", "upload"} <= tables
    assert first_broken(session, cast.society.id) is None
    assert [row.row for row in pages.rows(session, upload)] == [6]
    with pytest.raises(RuleBroken, match="不再保留"):
        applied(session, upload)


def test_numbers_given_in_the_file_are_not_given_again(session, cast):
    rows = [["姓名", "会员编号"], ["孙志远", ""], ["周晓梅", "B00006"], ["吴天明", ""]]
    judged(session, cast, files.xlsx(rows), dry_run=False)
    found = session.execute(
        select(Person.name, Membership.number)
        .join(Person)
        .where(Membership.number.between("B00006", "B00009"))
    ).all()
    assert sorted(map(tuple, found)) == [("吴天明", "B00008"), ("周晓梅", "B00006"), ("孙志远", "B00007")]


def test_the_journal_holds_no_file_and_no_number(session, cast):
    upload = uploaded(session, cast, files.titled())
    applied(session, upload)
    told = " ".join(str(row.after) for row in session.scalars(select(Entry)))
    assert files.resident_id("19650312") not in told
    assert "content" not in told
    assert "judged" not in told


def test_formulas_arrive_as_text_and_leave_as_text(session, cast, tmp_path):
    evil = '=HYPERLINK("http://x","y")'
    rows = [["姓名", "工作单位", "地址"], ["孙志远", f"'{evil}", "+1 street"]]
    judged(
        session,
        cast,
        files.csv([[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in rows], "utf-8"),
        dry_run=False,
    )
    person = session.scalars(select(Person).where(Person.name == "孙志远")).one()
    assert (person.employer, person.address) == (evil, "+1 street")
    path = tmp_path / "out.xlsx"
    export_file(session, cast.society, path, TODAY)
    cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row if cell.value]
    assert "f" not in {cell.data_type for cell in cells}
    export_file(session, cast.society, path.with_suffix(".csv"), TODAY)
    text = path.with_suffix(".csv").read_text("utf-8-sig")
    assert "\"'=HYPERLINK" in text
    assert ",'+1 street" in text


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_export_comes_back_unchanged(session, cast, tmp_path, kind):
    judged(session, cast, files.titled(), dry_run=False)
    path = tmp_path / f"out.{kind}"
    count = export_file(session, cast.society, path, TODAY)
    outcome = judged(session, cast, path.read_bytes(), path.name)
    assert outcome.counts == {"new": 0, "changed": 0, "unchanged": count, "doubtful": 0, "refused": 0}, (
        outcome.problems
    )


def test_an_export_masks_documents_and_names_regions(session, cast, tmp_path):
    path = tmp_path / "out.csv"
    export_file(session, cast.society, path, TODAY)
    text = path.read_text("utf-8-sig")
    assert "••••••0014" in text
    assert WANG_ID not in text
    assert "中国香港" in text
    act = session.scalars(select(Act).where(Act.deed == "roster:export")).one()
    noted = act.entries[0].after
    assert (noted["rows"], noted["kind"], noted["filters"]) == (4, "csv", [])
    assert io.StringIO(text).readline().startswith("会员号,姓名,性别")
