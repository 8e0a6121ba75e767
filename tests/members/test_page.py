"""A member's page: everything that the reader may see, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from registry.memberships.services import Change, change
from tests.cast import WANG_ID

PAGE = "/societies/bjcs/members/B00001"


@pytest.fixture
def seen(sign_in):
    """The page as an account sees it."""
    return lambda username, url=PAGE: sign_in(username).get(url)


def test_staff_see_everything_held(seen, cast):
    text = seen("staff").text
    for words in (
        "王富",
        "普通会员",
        "人工智能专业委员会",
        "北京星河大学",
        "13800000001",
        "居民身份证",
        "理事会 第 8 届",
    ):
        assert words in text
    assert "••••••0014" in text
    assert WANG_ID not in text


def test_codes_are_shown_by_their_names(seen, cast):
    text = seen("staff").text
    for words in ("汉族", "中共党员", "博士", "计算机科学技术", "内地"):
        assert words in text


def test_a_name_stands_with_its_other_scripts(seen, cast):
    text = seen("staff", f"/societies/bjcs/members/{cast.chen_member.number}").text
    assert "陳大文" in text
    assert "Chan Tai Man" in text
    assert "中国香港" in text


def test_a_foreigner_is_shown_with_the_country(seen, cast):
    assert "外籍 英国" in seen("staff", f"/societies/bjcs/members/{cast.mary_member.number}").text


def test_the_auditor_sees_neither_contact_nor_documents_and_changes_nothing(seen, cast):
    text = seen("auditor").text
    assert "北京星河大学" in text
    for hidden in ("13800000001", "wang@example.cn", "联系方式", "身份证件", "修改", "作废"):
        assert hidden not in text


def test_branch_staff_see_their_own_branch_alone(seen, cast):
    assert seen("branch").status_code == 200
    assert "13800000001" in seen("branch").text
    assert "身份证件" not in seen("branch").text
    assert seen("branch", f"/societies/bjcs/members/{cast.ouyang_member.number}").status_code == 403


@pytest.mark.parametrize("username", ["member", "supervisor", "staff2"])
def test_others_have_no_such_page(seen, username):
    assert seen(username).status_code in ({403, 404} if username == "staff2" else {403})


def test_a_number_that_nobody_has_is_not_found(seen):
    assert seen("staff", "/societies/bjcs/members/B99999").status_code == 404


def test_a_unit_is_no_person(seen):
    assert seen("staff", "/societies/bjcs/members/U001").status_code == 404


def test_the_journal_of_the_entry_is_read_with_the_readers_own_rights(sign_in, cast):
    data = {"phone": "13911112222", "reason": "本人来电"}
    sign_in("staff").post(f"{PAGE}/sections/contact", data=data)
    assert "本人来电" in sign_in("staff").get(PAGE).text
    text = sign_in("auditor").get(PAGE).text
    assert "修改人员资料" in text
    assert "13911112222" not in text


def test_the_page_asks_the_same_of_the_database_however_many_spells_there_are(
    sign_in, session, cast, count_queries
):
    client = sign_in("staff")
    with count_queries() as few:
        client.get(PAGE)
    spell = cast.wang_member
    for year, branch in zip(range(2012, 2020), (cast.branch2.id, cast.branch.id) * 4, strict=True):
        spell = change(session, spell, Change(date(year, 1, 1), spell.category_id, branch))
    session.commit()
    with count_queries() as many:
        client.get(PAGE)
    assert len(many) <= len(few)
