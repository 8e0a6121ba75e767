"""Views saved under a name: kept for oneself, shared in the society, changed and ended."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from registry.arrangements.models import LONGEST_NAME, SavedView
from registry.arrangements.services import MOST
from registry.journal.models import Act
from registry.journal.recording import HIDDEN

ROSTER = "/societies/bjcs/members/"
VIEWS = f"{ROSTER}views"


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


def save(client, name="香港会员", query="region=HK", **more):
    return client.post(VIEWS, data={"name": name, "query": query, **more})


def standing(session):
    session.expire_all()
    return session.scalars(select(SavedView).order_by(SavedView.id)).all()


def names(text):
    """Of a page of the roster: who stands in it."""
    return [name for name in ("王富", "陳大文", "欧阳晓月", "Mary Shelton") if f">{name}<" in text]


def test_a_view_keeps_filter_sort_and_columns(staff, session):
    staff.post(f"{ROSTER}columns", data={"shown": ["age"], "density": "dense"})
    answer = save(staff, query="region=HK&sort=-joined")
    (view,) = standing(session)
    assert answer.status_code == 303
    assert parse_qs(urlsplit(answer.location).query) == {
        "region": ["HK"],
        "sort": ["-joined"],
        "view": [str(view.id)],
    }
    staff.post(f"{ROSTER}columns", data={"usual": "1"})
    text = staff.get(answer.location).text
    assert names(text) == ["陳大文"]
    assert 'class="col-age' in text
    assert 'class="col-age' not in staff.get(ROSTER).text
    assert "已存为视图“香港会员”" in text


def test_only_what_the_roster_understands_is_kept(staff, session):
    save(staff, query="region=HK&evil=1&view=9&on=2020-01-01&after=3&q=&region=MO")
    assert standing(session)[0].query == "region=HK&region=MO"


def test_ones_own_view_is_seen_by_nobody_else(staff, sign_in, session):
    save(staff)
    (view,) = standing(session)
    assert "香港会员" in staff.get(ROSTER).text
    assert "香港会员" not in sign_in("admin").get(ROSTER).text
    for deed in ("rename", "update", "end"):
        assert sign_in("admin").post(f"{VIEWS}/{view.id}/{deed}", data={"name": "x"}).status_code == 404
    assert "这个视图已被删去，或不再共享" in sign_in("admin").get(f"{ROSTER}?view={view.id}").text


def test_a_shared_view_is_read_by_all_and_changed_by_who_may_share(staff, sign_in, session):
    save(staff, shared="y")
    (view,) = standing(session)
    for role in ("admin", "branch", "auditor"):
        assert "香港会员" in sign_in(role).get(ROSTER).text
    for role in ("branch", "auditor"):
        assert sign_in(role).post(f"{VIEWS}/{view.id}/end").status_code in (
            {403, 404} if role == "staff2" else {403}
        )
    form = {"name": "港区会员", "shared": "y", "version": view.version}
    assert sign_in("admin").post(f"{VIEWS}/{view.id}/rename", data=form).status_code == 303
    assert standing(session)[0].name == "港区会员"
    assert "港区会员" not in sign_in("staff2").get("/societies/bjme/members/").text


@pytest.mark.parametrize("role", ["branch", "auditor"])
def test_who_may_not_share_saves_for_oneself(sign_in, session, role):
    assert save(sign_in(role), shared="y").status_code == 403
    assert standing(session) == []
    assert save(sign_in(role)).status_code == 303
    (view,) = standing(session)
    form = {"name": "香港会员", "shared": "y", "version": view.version}
    assert sign_in(role).post(f"{VIEWS}/{view.id}/rename", data=form).status_code in (
        {403, 404} if role == "staff2" else {403}
    )
    assert sign_in(role).post(f"{VIEWS}/{view.id}/end").status_code == 303


@pytest.mark.parametrize("name", ["", "   ", "长" * (LONGEST_NAME + 1)])
def test_a_view_without_a_fit_name_is_refused(staff, session, name):
    answer = save(staff, name)
    assert answer.status_code == 422
    assert 'value="region=HK"' in answer.text
    assert standing(session) == []


def test_two_views_of_one_name_are_refused(staff, session):
    save(staff)
    assert save(staff, " 香港会员 ").status_code == 422
    save(staff, "外籍会员", "region=XX")
    _first, second = standing(session)
    form = {"name": "香港会员", "version": second.version}
    answer = staff.post(f"{VIEWS}/{second.id}/rename", data=form)
    assert answer.status_code == 422
    assert "已有视图叫“香港会员”" in answer.text


def test_there_is_an_end_to_ones_views(staff, session):
    for n in range(MOST):
        save(staff, f"视图{n}")
    assert save(staff, "再一个").status_code == 422
    assert len(standing(session)) == MOST


def test_a_stale_name_is_not_written_over(staff, session):
    save(staff)
    (view,) = standing(session)
    old = view.version
    staff.post(f"{VIEWS}/{view.id}/rename", data={"name": "别的名字", "version": old})
    answer = staff.post(f"{VIEWS}/{view.id}/rename", data={"name": "我的名字", "version": old})
    assert answer.status_code == 409
    assert "别的名字" in answer.text
    assert standing(session)[0].name == "别的名字"


def test_a_view_is_brought_up_to_what_the_roster_shows(staff, session):
    save(staff)
    (view,) = standing(session)
    changed = staff.get(f"{ROSTER}?region=MO&view={view.id}").text
    assert "更新“香港会员”" in changed
    assert "更新“香港会员”" not in staff.get(f"{ROSTER}?region=HK&view={view.id}").text
    answer = staff.post(f"{VIEWS}/{view.id}/update", data={"query": "region=MO"})
    assert "region=MO" in answer.location
    assert standing(session)[0].query == "region=MO"


def test_columns_may_be_ones_own_within_a_view(staff, sign_in, session):
    save(staff, shared="y")
    (view,) = standing(session)
    address = f"{ROSTER}?region=HK&view={view.id}"
    auditor = sign_in("auditor")
    auditor.post(f"{ROSTER}columns", data={"shown": ["age"], "density": "dense", "view": view.id})
    assert 'class="col-age' in auditor.get(address).text
    assert 'class="col-age' not in auditor.get(ROSTER).text
    assert 'class="col-age' not in staff.get(address).text
    staff.post(f"{ROSTER}columns", data={"shown": ["ethnic"], "density": "dense", "view": view.id})
    staff.post(f"{VIEWS}/{view.id}/update", data={"query": "region=HK"})
    assert standing(session)[0].columns == ("number", "name", "ethnic")


def test_an_ended_view_is_offered_no_more_and_its_name_is_free(staff, session):
    save(staff)
    (view,) = standing(session)
    staff.post(f"{VIEWS}/{view.id}/end")
    assert "已删去" in staff.get(ROSTER).text
    assert "香港会员" not in staff.get(ROSTER).text
    assert staff.post(f"{VIEWS}/{view.id}/rename", data={"name": "x"}).status_code == 404
    assert staff.post(f"{VIEWS}/{view.id}/end").status_code == 303
    save(staff)
    assert len(standing(session)) == 2


def test_every_act_is_journalled_and_what_was_sought_is_not_told(staff, session):
    save(staff, query="q=13877770001")
    (view,) = standing(session)
    staff.post(f"{VIEWS}/{view.id}/rename", data={"name": "电话", "version": view.version})
    staff.post(f"{VIEWS}/{view.id}/update", data={"query": "q=13800000003"})
    staff.post(f"{VIEWS}/{view.id}/end")
    acts = session.scalars(select(Act).where(Act.deed.startswith("view:")).order_by(Act.id)).all()
    assert [act.deed for act in acts] == ["view:save", "view:rename", "view:update", "view:end"]
    assert acts[0].entries[0].after["query"] == HIDDEN
    assert acts[2].entries[0].after == {"query": HIDDEN}
    text = staff.get("/societies/bjcs/journal/").text
    assert "存视图" in text
    assert "会员号、姓名、性别" in text
    assert "13877770001" not in text


def test_a_view_says_what_it_names_that_is_no_more(staff, session):
    save(staff, "老职务", "office=名誉理事长&region=HK")
    (view,) = standing(session)
    warned = staff.get(f"{ROSTER}?office=名誉理事长&region=HK&view={view.id}").text
    assert "视图“老职务”用到的名誉理事长已不存在" in warned
    assert names(warned) == ["陳大文"]
    assert "用到的名誉理事长已不存在" in staff.get(VIEWS).text
    save(staff, "好视图", "office=理事长&state=all&q=wang&sort=joined&age_from=70")
    assert staff.get(VIEWS).text.count("已不存在") == 1


def test_what_a_view_is_narrowed_to_stands_in_words(staff):
    save(staff, query="region=HK&state=all")
    text = staff.get(VIEWS).text
    assert "中国香港" in text
    assert "只有您看得到" in text


def test_filters_and_pages_keep_the_view(staff, session):
    save(staff)
    (view,) = standing(session)
    text = staff.get(f"{ROSTER}?region=HK&view={view.id}").text
    assert f'name="view" value="{view.id}"' in text
    assert f"view={view.id}" in staff.part(f"{ROSTER}?view={view.id}").headers["HX-Replace-Url"]
    assert 'aria-current="page">香港会员' in text


@pytest.mark.parametrize("view", ["0", "-1", "x", "99999999999999999999", "999"])
def test_an_odd_view_in_the_address_is_the_roster(staff, view):
    answer = staff.get(f"{ROSTER}?view={view}")
    assert answer.status_code == 200
    assert len(names(answer.text)) == 4
