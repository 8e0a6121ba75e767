"""Who a row speaks of, what cannot be told, and what the clerk says of it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from registry.core.errors import RuleBroken
from registry.exchange import services
from registry.exchange.models import UploadState
from registry.exchange.services import Choose, Receive
from registry.people.models import IdentityDocument
from registry.people.services import AddDocument, add_document
from tests.cast import WANG_ID
from tests.exchange import files
from tests.exchange.steps import NOW, TODAY, applied, digest, people, roster, said, uploaded
from tests.exchange.test_reading_files import judged


def test_a_name_alone_that_somebody_has_is_doubtful(session, cast):
    outcome = judged(session, cast, files.xlsx([["姓名"], ["王　富"], ["陈大文"], ["无名氏"]]))
    assert (outcome.counts["doubtful"], outcome.counts["new"]) == (2, 1)
    assert "王富（B00001，1965-03-08）" in outcome.problems[0]["reason"]


def test_people_are_matched_by_document_then_number_then_name_and_birth(session, cast):
    rows = [
        ["", "王富", "", "", "甲单位", "", "", WANG_ID, ""],
        ["B00002", "陈大文", "", "", "乙单位", "", "", "", ""],
        ["", "Mary Shelton", "", "1979-05-20", "丙单位", "", "", "", ""],
    ]
    outcome = judged(session, cast, roster(*rows), dry_run=False)
    assert outcome.counts["changed"] == 3, outcome.problems
    names = {cast.wang: "甲单位", cast.chen: "乙单位", cast.mary: "丙单位"}
    assert {person.employer for person in names} == set(names.values())
    assert cast.chen.name == "陳大文"


@pytest.mark.parametrize(
    ("row", "state", "words"),
    [
        (["B00001", "王强", "", "", "", "", "", "", ""], "doubtful", "与这里的姓名不同"),
        (["B99999", "王富", "", "", "", "", "", WANG_ID, ""], "doubtful", "编号与这里的 B99999 不同"),
        (["B00002", "王富", "", "", "", "", "", WANG_ID, ""], "doubtful", "证件是另一人的"),
        (["", "王强", "", "", "", "", "", WANG_ID, ""], "refused", "已登记在王富"),
        (["", "王富", "女", "", "", "", "", WANG_ID, ""], "refused", "性别“女”与身份证号（男）不符"),
        (
            ["B00001", "王富", "", "", "", "", "", files.resident_id("19650308", "003"), ""],
            "doubtful",
            "尾号是 0014",
        ),
        (["B00005", "李明远", "", "", "", "", "", "", ""], "doubtful", "退会"),
        (["U001", "张三", "", "", "", "", "", "", ""], "refused", "单位会员"),
        (["", "", "男", "", "某单位", "", "", "", ""], "refused", "缺姓名"),
        (["", "张三、李四", "", "", "某单位", "", "", "", ""], "refused", "几个人"),
    ],
)
def test_what_cannot_be_told_is_doubtful_or_refused(session, cast, row, state, words):
    outcome = judged(session, cast, roster(row))
    assert outcome.counts[state] == 1, outcome
    assert any(words in problem["reason"] for problem in outcome.problems), outcome.problems


def test_the_clerk_decides_on_doubtful_names(session, cast):
    rows = [["姓名", "工作单位"], ["王富", "甲"], ["王富", "乙"], ["孙志远", "丙"], ["孙志远", "丁"]]
    upload = uploaded(session, cast, files.xlsx(rows))
    assert (upload.counts["doubtful"], upload.counts["new"]) == (3, 1)
    said(session, upload, decisions={"2": str(cast.wang.id), "3": "new", "5": "new"})
    assert (upload.counts["doubtful"], upload.counts["new"], upload.counts["changed"]) == (0, 3, 1)
    said(session, upload, decisions={"2": str(cast.zhao.id), "3": ""})
    assert upload.counts["doubtful"] == 2
    said(session, upload, decisions={"2": str(cast.wang.id), "3": str(cast.wang.id)})
    assert upload.counts["doubtful"] == 1
    applied(session, upload)
    assert cast.wang.employer == "甲"


def test_nothing_is_written_before_it_is_confirmed(session, cast):
    before = people(session, cast.society)
    upload = uploaded(session, cast, files.categories())
    assert people(session, cast.society) == before
    assert upload.counts["new"] == 3
    applied(session, upload)
    assert people(session, cast.society) == before + 3


def test_a_register_that_moved_on_is_noticed(session, cast):
    upload = uploaded(session, cast, files.csv(files.PLAIN, "utf-8"))
    shown = digest(session, upload)
    judged(session, cast, files.csv(files.PLAIN, "utf-8"), dry_run=False)
    with pytest.raises(RuleBroken, match="有了变动"):
        applied(session, upload, shown)


def test_two_people_never_share_a_number(session, cast):
    add_document(session, cast.mary, AddDocument("passport", "GB7654321", "英国"))
    row = [["姓名", "证件类型", "证件号码", "国籍"], ["Jane Roe", "护照", "GB7654321", "英国"]]
    outcome = judged(session, cast, files.xlsx(row))
    assert outcome.counts["refused"] == 1
    marks = session.scalars(select(IdentityDocument.fingerprint)).all()
    assert len(marks) == len(set(marks))


def test_columns_can_be_corrected(session, cast):
    rows = [["称呼", "单位"], ["孙志远", "甲"]]
    upload = services.receive(session, cast.society, Receive("a.xlsx", files.xlsx(rows)), NOW)
    with pytest.raises(RuleBroken, match="姓名"):
        services.judge(session, upload, TODAY)
    services.choose(session, upload, Choose(0, 0, ("name", "remark")))
    services.judge(session, upload, TODAY)
    assert upload.counts["new"] == 1


def test_another_sheet_is_recognised_anew(session, cast):
    upload = services.receive(session, cast.society, Receive("a.xlsx", files.several_sheets()), NOW)
    assert upload.layout["sheet"] == 1
    services.choose(session, upload, Choose(2))
    assert (upload.layout["sheet"], upload.layout["targets"]) == (2, ["name", "sex", "birth"])
    services.judge(session, upload, TODAY)
    assert upload.counts["new"] == 1


def test_a_dropped_file_is_forgotten(session, cast):
    upload = uploaded(session, cast, files.titled())
    services.drop(session, upload, NOW)
    assert (upload.state, upload.content, upload.judged) == (UploadState.DROPPED, None, None)
