"""One cell of the roster: opened, saved, refused, in conflict."""

from __future__ import annotations

from datetime import date

from registry.journal.queries import acts
from registry.memberships.queries import spells
from registry.people.fields import FIELDS
from tests.databases import TODAY

URL = "/societies/bjcs/members/B00001/facts/"


def test_a_cell_opens_as_a_form_and_saves(sign_in, cast):
    staff = sign_in("staff")
    form = staff.part(f"{URL}phone")
    assert 'value="13800000001"' in form.text
    saved = staff.post_part(f"{URL}phone", {"phone": "13900000000", "version": cast.wang.version})
    assert saved.status_code == 200
    assert "saved" in saved.text
    assert "13900000000" in saved.text
    assert "13900000000" in staff.get("/societies/bjcs/members/?q=13900000000").text


def test_a_mistake_stands_at_the_cell_and_keeps_what_was_typed(sign_in, cast):
    answer = sign_in("staff").post_part(f"{URL}birth", {"birth": "1965年13月"})
    assert answer.status_code == 422
    assert 'value="1965年13月"' in answer.text
    assert "cell-error" in answer.text


def test_a_stale_save_answers_with_both_values(sign_in, cast):
    staff = sign_in("staff")
    old = {"version": cast.wang.version, "was": '{"phone": "13800000001"}'}
    staff.post_part(f"{URL}phone", {"phone": "13700000000", **old})
    answer = staff.post_part(f"{URL}phone", {"phone": "13600000000", **old})
    assert answer.status_code == 409
    assert "13700000000" in answer.text
    assert "13600000000" in answer.text
    assert cast.wang.phone == "13700000000"


def test_another_cell_saved_meanwhile_is_no_conflict(sign_in, cast):
    staff = sign_in("staff")
    version = cast.wang.version
    staff.post_part(f"{URL}phone", {"phone": "13700000000", "version": version, "was": "{}"})
    answer = staff.post_part(
        f"{URL}employer", {"employer": "新单位", "version": version, "was": '{"employer": "北京星河大学"}'}
    )
    assert answer.status_code == 200


def test_without_script_a_cell_is_a_page_and_leads_back(sign_in, cast):
    staff = sign_in("staff")
    roster = "/societies/bjcs/members/?region=CN"
    page = staff.get(f"{URL}phone", headers={"Referer": f"http://localhost{roster}"})
    assert "<html" in page.text
    assert 'value="/societies/bjcs/members/?region=CN"' in page.text
    answer = staff.post(f"{URL}phone", data={"phone": "13900000000", "back": roster})
    assert answer.status_code == 303
    assert answer.location == roster


def test_the_way_back_is_only_to_the_roster(sign_in, cast):
    answer = sign_in("staff").post(
        f"{URL}phone", data={"phone": "13900000000", "back": "https://example.com/"}
    )
    assert answer.location == "/societies/bjcs/members/?q=B00001"


def test_a_cell_needs_the_right_to_its_fact(sign_in, cast):
    assert sign_in("auditor").part(f"{URL}phone").status_code == 403
    assert sign_in("branch").part(f"{URL}phone").status_code == 200
    assert sign_in("branch").part(f"{URL}birth").status_code == 403
    assert sign_in("staff2").part(f"{URL}phone").status_code in (403, 404)


def test_a_cell_of_no_fact_is_not_there(sign_in, cast):
    assert sign_in("staff").part(f"{URL}secret").status_code == 404


def test_a_category_changes_from_today_on(sign_in, session, cast):
    staff = sign_in("staff")
    form = staff.part(f"{URL}category")
    assert "自今日（2026-11-24）起" in form.text
    assert 'data-pinyin="gaojihuiyuan gjhy"' in form.text
    saved = staff.post_part(f"{URL}category", {"category": cast.category["senior"].id})
    assert saved.status_code == 200
    assert "已把 王富 的类别改为 高级会员" in saved.text
    found = spells(session, cast.society.id, cast.wang.id)
    assert [(row.category.code, row.starts_on, row.branch_id) for row in found] == [
        ("senior", TODAY, cast.branch.id),
        ("ordinary", date(2010, 5, 4), cast.branch.id),
    ]


def test_a_branch_is_taken_away(sign_in, session, cast):
    assert sign_in("staff").post_part(f"{URL}branch", {"branch": ""}).status_code == 200
    assert spells(session, cast.society.id, cast.wang.id)[0].branch_id is None


def test_what_is_as_it_was_is_no_act(sign_in, session, cast):
    before = acts(session, cast.society.id, limit=1)[0].id
    answer = sign_in("staff").post_part(f"{URL}category", {"category": cast.category["ordinary"].id})
    assert answer.status_code == 200
    assert "undo-offer" not in answer.text
    assert acts(session, cast.society.id, limit=1)[0].id == before


def test_a_stale_category_answers_with_both_values_and_another_thing_does_not(sign_in, session, cast):
    staff = sign_in("staff")
    was = {"was": str(cast.category["ordinary"].id)}
    staff.post_part(f"{URL}branch", {"branch": cast.branch2.id, "was": str(cast.branch.id)})
    assert (
        staff.post_part(f"{URL}category", {"category": cast.category["senior"].id} | was).status_code == 200
    )
    answer = staff.post_part(f"{URL}category", {"category": cast.category["honorary"].id} | was)
    assert answer.status_code == 409
    assert "高级会员" in answer.text
    assert "荣誉会员" in answer.text
    assert spells(session, cast.society.id, cast.wang.id)[0].branch_id == cast.branch2.id


def test_the_day_of_joining_is_corrected_with_a_reason(sign_in, session, cast):
    staff = sign_in("staff")
    refused = staff.post_part(f"{URL}joined", {"joined": "2010.5.5"})
    assert refused.status_code == 422
    assert "原因" in refused.text
    assert staff.post_part(f"{URL}joined", {"joined": "2010.5.5", "why": "抄错"}).status_code == 200
    assert cast.wang_member.starts_on == date(2010, 5, 5)


def test_a_name_is_read_back_with_its_link(sign_in, cast):
    saved = sign_in("staff").post_part(f"{URL}name", {"name": "王　大富"})
    assert 'href="/societies/bjcs/members/B00001"' in saved.text
    assert cast.wang.name == "王大富"


def test_every_fact_of_the_catalogue_opens_in_a_cell(sign_in, cast):
    staff = sign_in("staff")
    for key in FIELDS:
        assert staff.part(f"{URL}{key}").status_code == 200, key
    saved = staff.post_part(f"{URL}disciplines", {"disciplines": ["110", "140"]})
    assert saved.status_code == 200
    assert cast.wang.disciplines == ("110", "140")


def test_a_spell_is_not_edited_on_another_day_nor_after_its_end(sign_in, cast):
    staff = sign_in("staff")
    assert "facts/category" in staff.get("/societies/bjcs/members/?q=B00001").text
    assert "facts/category" not in staff.get("/societies/bjcs/members/?q=B00001&on=2024-01-01").text
    assert "facts/category" not in staff.get("/societies/bjcs/members/?q=B00005&state=all").text
    answer = staff.post_part(
        "/societies/bjcs/members/B00005/facts/category", {"category": cast.category["senior"].id}
    )
    assert answer.status_code == 422


def test_a_save_offers_the_way_back(sign_in, session, cast):
    saved = sign_in("staff").post_part(f"{URL}phone", {"phone": "13900000000"})
    act_id = acts(session, cast.society.id, limit=1)[0].id
    assert f"/societies/bjcs/acts/{act_id}/undo" in saved.text
    assert 'id="undo" hx-swap-oob' in saved.text


def test_a_change_of_region_reaches_the_filter(sign_in, cast):
    staff = sign_in("staff")
    assert staff.post_part("/societies/bjcs/members/B00003/facts/region", {"region": "MO"}).status_code == 200
    assert "B00003" in staff.get("/societies/bjcs/members/?region=MO").text
