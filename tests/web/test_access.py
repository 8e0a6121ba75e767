"""The guards: nothing is open by default, and each refusal has its status."""

from __future__ import annotations

import pytest
from flask import Flask

from registry.app import create_app
from registry.config import Config
from registry.core.errors import NotAllowed, NotThere, RuleBroken
from registry.core.policy import Action
from registry.core.subjects import Place
from registry.memberships.models import Membership
from registry.societies.views import load_society
from registry.web.access import demand, permit, permit_in, permit_on
from tests import databases


@pytest.fixture
def app(store: databases.Store) -> Flask:
    """The application with a few views of the tests' own."""
    store.refresh()
    store.spoil()  # it does not watch another engine
    config = Config(
        secret=databases.SECRET,
        database_url=store.app.config["SQLALCHEMY_DATABASE_URI"],
        testing=True,
        today=databases.TODAY,
    )
    app = create_app(config)
    app.config["WTF_CSRF_ENABLED"] = False
    app.add_url_rule("/undeclared", "undeclared", lambda: "open")
    app.add_url_rule("/managed", "managed", permit(Action.ACCOUNT_MANAGE)(lambda: "managed"))
    app.add_url_rule("/s/<slug>/list", "list", permit_in(Action.IMPORT_RUN, load_society)(lambda s: s.name))
    row = permit_on(Action.MEMBERSHIP_EDIT, load_row)(lambda spell, more: f"{spell.number} {more}")
    app.add_url_rule("/rows/<int:row_id>/<more>", "row", row)
    app.add_url_rule("/demands/<int:branch_id>", "demands", permit(Action.HOME_SEE)(demands))
    app.add_url_rule("/fails/<kind>", "fails", permit(Action.SIGN_IN)(fails))
    yield app
    with app.app_context():
        databases.db.engine.dispose()


def load_row(session, row_id):
    return session.get(Membership, row_id)


def demands(branch_id):
    demand(Action.CONTACT_EDIT, Place(1, branch_id))
    return "demanded"


WRONG = {
    "rule": RuleBroken("这样不行"),
    "there": NotThere(),
    "allowed": NotAllowed(),
    "bug": KeyError("王富"),
}


def fails(kind):
    raise WRONG[kind]


@pytest.mark.parametrize("username", ["admin", "staff"])
def test_an_endpoint_that_declares_nothing_is_refused_whoever_asks(sign_in, client, username):
    assert sign_in(username).get("/undeclared").status_code == 403
    assert client.get("/undeclared").status_code == 403


def test_a_page_of_no_row_needs_some_grant_for_the_action(sign_in, client):
    assert sign_in("admin").get("/managed").text == "managed"
    assert sign_in("staff").get("/managed").status_code == 403
    assert client.get("/managed").location == "/login?next=/managed"


def test_a_list_needs_a_grant_that_reaches_its_society(sign_in, client):
    assert sign_in("staff").get("/s/bjcs/list").text == "北京星河计算机学会"
    assert sign_in("staff").get("/s/bjme/list").status_code == 403
    assert sign_in("staff2").get("/s/bjcs/list").status_code == 403
    assert sign_in("admin").get("/s/nowhere/list").status_code == 404
    assert client.get("/s/bjcs/list").status_code == 303


def test_a_row_needs_a_grant_that_covers_it(sign_in, client, cast, session):
    where, other = f"/rows/{cast.wang_member.id}/x", f"/rows/{cast.zhao_member.id}/x"
    assert sign_in("staff").get(where).text == "B00001 x"
    assert sign_in("staff").get(other).status_code == 404
    assert sign_in("branch").get(where).status_code == 403
    assert sign_in("admin").get(other).text == "M00001 x"
    assert sign_in("staff").get("/rows/999999/x").status_code == 404
    assert client.get(where).status_code == 303


def test_nobody_learns_by_the_status_whether_a_row_is_there(client):
    assert client.get("/rows/999999/x").status_code == client.get("/rows/1/x").status_code == 303


def test_a_further_right_can_be_demanded_inside(sign_in, cast):
    assert sign_in("branch").get(f"/demands/{cast.branch.id}").text == "demanded"
    assert sign_in("branch").get(f"/demands/{cast.branch2.id}").status_code == 403


@pytest.mark.parametrize(("kind", "status"), [("rule", 422), ("there", 404), ("allowed", 403), ("bug", 500)])
def test_what_goes_wrong_has_one_status_as_a_page_or_a_part(client, kind, status):
    page, part = client.get(f"/fails/{kind}"), client.part(f"/fails/{kind}")
    assert (page.status_code, part.status_code) == (status, status)
    assert "<html" in page.text
    assert "<html" not in part.text
    assert part.headers["HX-Retarget"] == "#notice"


def test_a_broken_rule_is_said_in_its_own_words(client):
    assert "这样不行" in client.get("/fails/rule").text


def test_what_broke_is_logged_without_what_it_was_about(client, caplog):
    answer = client.get("/fails/bug")
    assert "王富" not in answer.text
    assert "王富" not in caplog.text
    assert "KeyError" in caplog.text


def test_a_stranger_is_not_told_whether_a_member_exists(sign_in, cast):
    stranger = sign_in("staff2")
    there = stranger.get("/societies/bjcs/members/B00001")
    nowhere = stranger.get("/societies/bjcs/members/B99999")
    assert there.status_code == nowhere.status_code == 404
    assert there.text.split("<main")[1] == nowhere.text.split("<main")[1]
