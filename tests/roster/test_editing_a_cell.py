"""One cell of the roster: opened, saved, refused, in conflict."""

from __future__ import annotations

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


def test_a_change_of_region_reaches_the_filter(sign_in, cast):
    staff = sign_in("staff")
    assert staff.post_part("/societies/bjcs/members/B00003/facts/region", {"region": "MO"}).status_code == 200
    assert "B00003" in staff.get("/societies/bjcs/members/?region=MO").text
