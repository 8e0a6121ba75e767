"""The columns that each reader chooses, remembered with their order and the density."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from registry.arrangements.models import Arrangement
from registry.journal.models import Act

ROSTER = "/societies/bjcs/members/"
COLUMNS = f"{ROSTER}columns"


def heads(client, query=""):
    """The keys of the columns in the table's head."""
    return re.findall(r'<th scope="col" class="col-(\w+)', client.get(f"{ROSTER}{query}").text)


def choose(client, *keys, **more):
    return client.post(COLUMNS, data={"shown": list(keys), "density": "dense", **more})


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


def test_the_columns_chosen_are_shown_in_their_order(staff):
    assert choose(staff, "phone", "ethnic", "age").status_code == 303
    assert heads(staff)[-5:] == ["number", "name", "phone", "ethnic", "age"]


def test_they_are_remembered_for_the_account_and_the_society_alone(staff, sign_in):
    before = heads(sign_in("admin"))
    choose(staff, "phone")
    assert heads(sign_in("admin")) == before
    admin = sign_in("admin")
    choose(admin, "email")
    assert "email" in heads(admin)
    assert "col-email" not in admin.get("/societies/bjme/members/").text


@pytest.mark.parametrize(
    ("pressed", "order"),
    [
        ({"up": "age"}, ["age", "sex", "phone"]),
        ({"down": "sex"}, ["age", "sex", "phone"]),
        ({"up": "sex"}, ["sex", "age", "phone"]),
        ({"down": "phone"}, ["sex", "age", "phone"]),
        ({"up": "shoe"}, ["sex", "age", "phone"]),
    ],
)
def test_a_column_moves_up_and_down(staff, pressed, order):
    answer = choose(staff, "sex", "age", "phone", **pressed)
    assert heads(staff)[-3:] == order
    assert answer.location.startswith(COLUMNS)


def test_what_is_no_column_is_not_kept(staff, session):
    choose(staff, "shoe", "sex", "sex")
    assert session.scalars(select(Arrangement)).one().columns == ("number", "name", "sex")


def test_reset_goes_back_to_the_usual_ones(staff):
    before = heads(staff)
    choose(staff, "age")
    staff.post(COLUMNS, data={"usual": "1"})
    assert heads(staff) == before


def test_nobody_is_shown_a_column_without_the_right_to_it(sign_in):
    auditor = sign_in("auditor")
    choose(auditor, "phone", "document_numbers", "age")
    assert "phone" not in heads(auditor)
    panel = auditor.get(COLUMNS).text
    assert 'value="phone"' not in panel
    assert 'value="age"' in panel


def test_the_density_is_remembered(staff):
    assert 'class="loose"' not in staff.get(ROSTER).text
    choose(staff, "sex", density="loose")
    assert 'id="roster" class="loose"' in staff.get(ROSTER).text
    choose(staff, "sex", density="huge")
    assert 'class="loose"' not in staff.get(ROSTER).text


def test_saving_leads_back_to_the_roster_as_it_was_narrowed(staff):
    assert choose(staff, "sex", back=f"{ROSTER}?region=HK").location == f"{ROSTER}?region=HK"
    for elsewhere in ("https://example.org/", "//example.org/societies/bjcs/members/x", "/societies/"):
        assert choose(staff, "sex", back=elsewhere).location == ROSTER


def test_htmx_gets_the_panel_and_the_roster_hears_of_it(staff):
    answer = staff.post_part(COLUMNS, data={"shown": ["age"], "density": "dense"})
    assert answer.status_code == 200
    assert answer.headers["HX-Trigger"] == "rearranged"
    assert "<html" not in answer.text
    assert "checked" in answer.text


def test_remembering_is_no_act_of_the_register(staff, session):
    acts = session.scalar(select(func.count(Act.id)))
    choose(staff, "age")
    assert session.scalar(select(func.count(Act.id))) == acts


@pytest.mark.parametrize("username", ["member", "supervisor", "staff2"])
def test_who_sees_no_roster_arranges_none(sign_in, username):
    assert sign_in(username).get(COLUMNS).status_code == 403
    assert choose(sign_in(username), "sex").status_code == 403


def head_of(client, query=""):
    text = client.get(f"{ROSTER}export.csv{query}").data.decode("utf-8-sig")
    return text.splitlines()[0].split(",")


def test_the_export_has_the_columns_of_the_screen_in_their_order(staff):
    choose(staff, "phone", "region", "age", "state")
    assert head_of(staff) == ["会员号", "姓名", "电话", "地区", "国籍", "年龄"]
    assert head_of(staff, "?state=all")[-1] == "会籍状态"
    assert {"证件号码", "邮箱", "曾用名"} <= set(head_of(staff, "?columns=all"))


def test_what_is_no_fact_of_the_person_is_told(staff):
    choose(staff, "age", "document_kinds", "document_numbers", "ends", "tags", "remark")
    text = staff.get(f"{ROSTER}?q=王富").text
    assert ">61<" in text
    assert "居民身份证" in text
    assert "0014" in text
    assert "110108" not in text
