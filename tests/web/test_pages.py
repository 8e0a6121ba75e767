"""Part or whole, and what every answer carries."""

from __future__ import annotations

import re

import pytest

from registry.accounts.words import SUBJECTS
from registry.app import CONTENT_SECURITY
from registry.core.policy import POLICY

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
FULL = {"HX-Request": "true", "HX-Request-Type": "full"}


def test_a_browser_gets_the_page_and_htmx_its_part(sign_in):
    client = sign_in("staff")
    whole = client.get("/societies/bjcs/members/").text
    part = client.get("/societies/bjcs/members/", headers=PART).text
    assert "<html" in whole
    assert "</main>" in whole
    assert "<html" not in part
    assert part.strip() in whole or "roster" in part


def test_htmx_gets_the_page_when_it_replaces_the_page(sign_in):
    assert "<html" in sign_in("staff").get("/societies/bjcs/members/", headers=FULL).text


def test_the_two_forms_of_a_page_are_told_apart(sign_in):
    response = sign_in("staff").get("/societies/bjcs/members/")
    assert {"HX-Request", "HX-Request-Type"} <= set(response.vary)


def test_a_personal_page_is_kept_nowhere(sign_in):
    assert sign_in("staff").get("/societies/bjcs/").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/login", "/nowhere", "/static/css/base.css"])
def test_every_answer_is_hardened(client, path):
    with client.get(path) as response:
        headers = response.headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_refusal_is_a_page_with_the_way_on(sign_in):
    response = sign_in("member").get("/societies/bjcs/members/")
    assert response.status_code == 403
    assert "<h1>这里不对您开放</h1>" in response.text
    assert 'href="/policy"' in response.text


def test_a_refusal_to_htmx_goes_to_the_notices(sign_in):
    response = sign_in("member").get("/societies/bjcs/members/", headers=PART)
    assert response.status_code == 403
    assert response.headers["HX-Retarget"] == "#notice"
    assert "这里不对您开放" in response.text
    assert "<html" not in response.text


def test_a_wrong_method_is_refused_in_words(client):
    response = client.post("/policy")
    assert response.status_code == 405
    assert "这里不能这样操作" in response.text


def test_the_frame_shows_what_the_reader_may_open(sign_in):
    places = _places(sign_in("staff").get("/societies/bjcs/").text)
    assert places[:4] == ["概览", "会员名册", "机构与任职", "分支机构"]
    assert "导入" in places
    assert "导入" not in _places(sign_in("auditor").get("/societies/bjcs/").text)
    assert "我的会籍" in _places(sign_in("member").get("/me").text)


def _places(page: str) -> list[str]:
    side = page.split('class="side"')[1].split("</nav>", maxsplit=1)[0]
    return re.findall(r"</svg><span>([^<]+)</span>", side)


def test_one_society_alone_cannot_be_switched(sign_in):
    assert "换一个学会" not in sign_in("staff").get("/societies/bjcs/").text
    assert "换一个学会" in sign_in("admin").get("/societies/bjcs/").text


def test_another_day_edges_the_page_and_leads_back(sign_in):
    client = sign_in("staff")
    past = client.get("/societies/bjcs/members/?on=2024-01-31&q=王&after=x").text
    assert "other-day" in past
    assert "2024年1月31日" in past
    assert 'href="/societies/bjcs/members/?q=%E7%8E%8B"' in past
    assert "other-day" not in client.get("/societies/bjcs/members/").text


def test_the_table_of_rights_speaks_of_every_action(sign_in):
    said = {action for _title, actions in SUBJECTS for action in actions}
    assert said == set(POLICY)
    page = sign_in("member").get("/policy").text
    assert "登记、变更、终止会籍" in page
    assert "本分支" in page
