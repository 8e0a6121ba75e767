"""The pages of likely twins: who sees them, what they say, and how far a merge goes through them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import true

from registry.core import policy
from registry.core.policy import Action, Role, Scope
from registry.exchange import queries as exchange
from registry.memberships import counting
from registry.memberships.models import Membership
from registry.memberships.queries import spells
from registry.merging import queries
from registry.merging.services import undo
from registry.people.services import EditPerson, edit_person
from tests.databases import TODAY

TWINS = "/societies/bjcs/twins/"


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


@pytest.fixture
def number(session, cast, twin):
    return spells(session, cast.society.id, twin.id)[0].number


@pytest.fixture
def address(cast, twin):
    return f"{TWINS}{cast.wang.id}/{twin.id}"


def confirmed(client, address, **more):
    """What the confirmation sends back, from what it shows."""
    text = client.get(f"{address}/merge").text
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', text)[1]
    return {"seen": seen, "stays": "one", "voiding": "y", "reason": "核对过申请表"} | more


@pytest.mark.parametrize(
    ("username", "status"),
    [("admin", 200), ("staff", 200), ("branch", 403), ("auditor", 403), ("member", 403), ("supervisor", 403)],
)
def test_staff_and_administrators_judge_twins(sign_in, address, username, status):
    client = sign_in(username)
    for where in (TWINS, address, f"{address}/merge"):
        assert client.get(where).status_code == status


def test_the_list_says_why(staff, twin, number):
    text = staff.get(TWINS).text
    for words in (
        "极可能是同一人",
        "姓名相同：王富",
        "出生日期相同：1965-03-08",
        "电话相同：13800000001",
        number,
    ):
        assert words in text


def test_an_empty_list_says_so(staff, cast):
    assert "没有疑似重复的人员" in staff.get(TWINS).text


@pytest.mark.parametrize("after", ["x", "-7_1", "-7_99999999999999999999_1", "999_1_1"])
def test_a_list_from_nowhere_is_a_page(staff, twin, after):
    assert staff.get(f"{TWINS}?after={after}").status_code == 200


def test_the_society_and_the_member_name_the_twin(staff, sign_in, cast, twin, number):
    assert "1 对人员疑似重复" in staff.get("/societies/bjcs/").text
    assert f"可能与 王富 {number} 重复" in staff.get("/societies/bjcs/members/B00001").text
    assert "疑似重复" not in sign_in("auditor").get("/societies/bjcs/").text
    assert "可能与" not in sign_in("auditor").get("/societies/bjcs/members/B00001").text


def test_both_stand_side_by_side_and_only_what_differs_is_asked(staff, address):
    text = staff.get(address).text
    assert 'name="keep-title"' in text
    assert 'name="keep-birth"' not in text
    assert 'name="keep-name"' not in text
    for words in ("教授", "研究员", "王福", "居民身份证", "没有登记证件", "理事会 理事"):
        assert words in text


def test_what_is_known_is_offered_before_what_is_not(staff, address):
    text = staff.get(address).text
    assert re.search(r'name="keep-former_names" value="two" checked', text)
    assert re.search(r'name="keep-employer" value="one" checked', text)


def test_the_newer_of_two_is_offered(staff, address, session, twin):
    edit_person(session, twin, EditPerson({"title": "副教授"}), [])
    session.commit()
    assert re.search(r'name="keep-title" value="two" checked', staff.get(address).text)


def test_a_name_in_characters_is_offered_before_one_in_letters(staff, cast, another):
    person = another(name="Wang Fu", birth="1965-03-08")
    for pair in (f"{cast.wang.id}/{person.id}", f"{person.id}/{cast.wang.id}"):
        side = "one" if pair.startswith(f"{cast.wang.id}/") else "two"
        assert f'name="keep-name" value="{side}" checked' in staff.get(f"{TWINS}{pair}").text


def test_the_confirmation_says_all_that_will_happen_and_does_nothing(staff, address, twin, session):
    text = staff.get(f"{address}/merge?stays=one&keep-title=two").text
    for words in ("研究员", "作废", "同意作废", "账号 member 的权限不变", "什么都不删除"):
        assert words in text
    session.expire_all()
    assert twin.merged_into_id is None


def test_a_merge_through_the_pages(staff, address, session, cast, twin, number):
    data = confirmed(staff, address, **{"keep-title": "two"})
    answer = staff.post(f"{address}/merge", data=data)
    assert answer.status_code == 303
    assert (cast.wang.title, twin.merged_into_id) == ("研究员", cast.wang.id)
    told = staff.get(answer.location).text
    assert "撤销合并" in told
    assert "原为" in told
    old = staff.get(f"/societies/bjcs/members/{number}")
    assert (old.status_code, old.location) == (303, "/societies/bjcs/members/B00001")
    page = staff.get("/societies/bjcs/members/B00001").text
    assert "合并重复的人员" in page
    assert "看合并了什么" in page


def test_what_is_missing_on_the_confirmation_is_said_at_its_place(staff, address, twin):
    data = confirmed(staff, address)
    answer = staff.post_part(f"{address}/merge", data | {"reason": ""})
    assert (answer.status_code, 'id="reason-error"' in answer.text) == (422, True)
    del data["voiding"]
    answer = staff.post_part(f"{address}/merge", data)
    assert (answer.status_code, 'id="voiding-error"' in answer.text) == (422, True)


def test_a_change_in_between_is_answered_409_and_shown_anew(staff, address, session, twin):
    data = confirmed(staff, address, **{"keep-title": "two"})
    edit_person(session, twin, EditPerson({"title": "院士"}), [])
    answer = staff.post_part(f"{address}/merge", data)
    assert answer.status_code == 409
    assert "有一条被改过" in answer.text
    assert "院士" in answer.text
    session.expire_all()
    assert twin.merged_into_id is None
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', answer.text)[1]
    assert staff.post(f"{address}/merge", data=data | {"seen": seen}).status_code == 303


def test_spells_that_overlap_in_part_leave_no_button(staff, another, cast):
    other = another(birth="1965-03-08", since=date(2009, 1, 1), until=date(2012, 1, 1))
    text = staff.get(f"{TWINS}{cast.wang.id}/{other.id}/merge").text
    assert "有重叠，还不能合并" in text
    assert 'name="reason"' not in text


def test_nobody_is_merged_with_themselves_or_with_somebody_elsewhere(staff, sign_in, cast, another):
    elsewhere = another(society=cast.other, since=None)
    for pair in (
        f"{cast.wang.id}/{cast.wang.id}",
        f"{cast.wang.id}/{elsewhere.id}",
        f"{cast.wang.id}/999999",
    ):
        for client in (staff, sign_in("admin")):
            for method, end in (("GET", ""), ("GET", "/merge"), ("POST", "/merge"), ("POST", "/apart")):
                answer = client.open(f"{TWINS}{pair}{end}", method=method)
                assert answer.status_code == 404


def test_a_merged_entry_is_merged_no_further(staff, address, cast, twin, merging, session):
    data = confirmed(staff, address)
    row = merging(cast.wang, twin)
    for where in (address, f"{address}/merge"):
        assert staff.get(where).location == f"{TWINS}merges/{row.id}"
    other = f"{TWINS}{cast.chen.id}/{twin.id}"
    for where in (address, other):
        answer = staff.post(f"{where}/merge", data=data)
        assert answer.status_code == 422
        assert "已经并入" in answer.text


@pytest.mark.parametrize(
    "action", [Action.IDENTITY_EDIT, Action.MEMBERSHIP_EDIT, Action.DOCUMENT_EDIT, Action.BODY_EDIT]
)
def test_a_merge_needs_every_right_that_it_uses(staff, address, twin, action, monkeypatch):
    data = confirmed(staff, address)
    monkeypatch.setattr(policy, "POLICY", {**policy.POLICY, action: {Role.ADMIN: Scope.EVERYWHERE}})
    assert staff.get(f"{address}/merge").status_code == 403
    assert staff.post(f"{address}/merge", data=data).status_code == 403


def test_a_right_to_one_of_the_two_is_not_enough(sign_in, address, cast, monkeypatch):
    """Wang is of the branch and his twin of none: who edits the branch alone may not merge them."""
    allowing = {Role.STAFF: Scope.SOCIETY, Role.BRANCH_STAFF: Scope.BRANCH}
    everything = dict.fromkeys(Action, allowing)
    seeing = {key: {Role.BRANCH_STAFF: Scope.SOCIETY} for key in (Action.TWIN_SEE, Action.TWIN_MERGE)}
    monkeypatch.setattr(policy, "POLICY", policy.POLICY | everything | seeing)
    assert sign_in("branch").get(f"{address}/merge").status_code == 403


def test_two_people_are_remembered_as_two_until_that_is_withdrawn(staff, address, session, cast, twin):
    answer = staff.post(f"{address}/apart", data={"reason": "单位不同"})
    assert (answer.status_code, answer.location) == (303, TWINS)
    assert "没有疑似重复的人员" in staff.get(TWINS).text
    text = staff.get(address).text
    assert "秘书处刘老师" in text
    assert "单位不同" in text
    assert staff.post(f"{address}/reopen").status_code == 303
    assert "极可能是同一人" in staff.get(TWINS).text
    assert "判为两个人" in staff.get("/societies/bjcs/journal/").text


def test_a_merge_is_taken_back_through_its_page(staff, address, cast, twin, merging, session):
    row = merging(cast.wang, twin)
    where = f"{TWINS}merges/{row.id}"
    assert staff.post(f"{where}/undo", data={"reason": ""}).status_code == 422
    answer = staff.post(f"{where}/undo", data={"reason": "认错人了"})
    assert (answer.status_code, answer.location) == (303, address)
    session.expire_all()
    assert twin.merged_into_id is None
    assert "已于" in staff.get(where).text


def test_what_stands_in_the_way_of_undoing_is_named(staff, address, cast, twin, merging, session):
    row = merging(cast.wang, twin)
    edit_person(session, cast.wang, EditPerson({"title": "院士"}, reason="当选"), ["B00001"])
    session.commit()
    text = staff.get(f"{TWINS}merges/{row.id}").text
    for words in ("不能整个撤销", "修改人员资料", "当选"):
        assert words in text
    assert "撤销合并" not in text
    answer = staff.post(f"{TWINS}merges/{row.id}/undo", data={"reason": "认错人了"})
    assert answer.status_code == 422


def test_others_undo_nothing(sign_in, cast, twin, merging):
    row = merging(cast.wang, twin)
    for username in ("branch", "auditor", "member", "supervisor", "staff2"):
        answer = sign_in(username).post(f"{TWINS}merges/{row.id}/undo", data={"reason": "认错人了"})
        assert answer.status_code in ({403, 404} if username == "staff2" else {403})
    assert sign_in("staff2").get(f"/societies/bjme/twins/merges/{row.id}").status_code == 404


def test_a_merged_entry_shows_nowhere(staff, sign_in, cast, twin, merging, number, session):
    roster = "/societies/bjcs/members/"
    assert persons(session, cast) == 5
    merging(cast.wang, twin)
    assert persons(session, cast) == 4
    assert number not in staff.get(roster).text
    assert number not in staff.get(f"{roster}?q=王富").text
    assert "B00001" in staff.get(f"{roster}?q={number}").text
    assert "B00001" not in staff.get(f"{roster}?q=王福").text
    exported = staff.get("/societies/bjcs/members/export.csv").get_data().decode("utf-8-sig")
    assert exported.count("王富") == 1
    register = exchange.register(session, cast.society.id, [exchange.Speaks("王富", number, [])])
    assert set(register.people) == {cast.wang.id}
    assert register.by_number == {number: cast.wang.id}


def persons(session, cast):
    rows = counting.persons_by(session, true(), [cast.society.id], TODAY, Membership.society_id)
    return rows[0].many


def test_the_survivors_journal_holds_what_was_done_to_the_other(staff, cast, twin, merging, session):
    edit_person(session, twin, EditPerson({"title": "特聘专家"}, reason="当时的来信"), [])
    session.commit()
    merging(cast.wang, twin)
    assert "当时的来信" in staff.get("/societies/bjcs/members/B00001").text
    assert "当时的来信" in staff.get("/societies/bjcs/journal/?member=B00001").text


def test_an_undone_merge_lists_the_pair_again(cast, twin, merging, session):
    undo(session, merging(cast.wang, twin), "认错人了")
    session.commit()
    assert len(queries.pairs(session, cast.society.id)) == 1
