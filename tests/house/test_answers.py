"""What every answer is like: discreet, without inline script or style, whole or a part of the whole."""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser

import pytest

from registry.app import create_app
from registry.config import ROOT, Config
from tests.house.walking import READ, ROLES, WRITTEN, grants, may_read

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
SIGNED = [place for place in READ if place.name != "accounts.sign_in"]


@pytest.mark.parametrize("place", WRITTEN, ids=str)
def test_a_post_without_its_token_is_refused(place, app, sign_in, client, address):
    app.config["WTF_CSRF_ENABLED"] = True
    where = address(place)
    assert sign_in("admin").post(where).status_code == 400
    assert client.post(where).status_code == 400


@pytest.mark.of_pages
@pytest.mark.parametrize("place", SIGNED, ids=str)
def test_no_cache_keeps_what_a_signed_in_reader_is_shown(place, sign_in, address):
    for role in ROLES:
        answer = sign_in(role).get(address(place))
        assert answer.headers["Cache-Control"] == "no-store", role
        assert {"HX-Request", "HX-Request-Type"} <= set(answer.vary), role
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "unsafe" not in answer.headers["Content-Security-Policy"]


class Inline(HTMLParser):
    """Finds what the content security policy would refuse."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.ids = []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name in names if name == "style" or re.match("on|hx-on", name)]
        self.found += [value for value in names.values() if (value or "").startswith("javascript:")]
        if names.get("id"):
            self.ids.append(names["id"])


@pytest.mark.of_pages
@pytest.mark.parametrize("place", READ, ids=str)
def test_no_answer_holds_inline_script_or_style_and_an_id_stands_once(
    place, sign_in, address, session, cast, found
):
    for role in ROLES:
        answer = sign_in(role).get(address(place), follow_redirects=True)
        if answer.mimetype == "text/html":
            inline = Inline()
            inline.feed(answer.text)
            assert not inline.found, role
            assert len(inline.ids) == len(set(inline.ids)), sorted(inline.ids)


@pytest.mark.of_pages
@pytest.mark.parametrize("place", SIGNED, ids=str)
def test_a_part_is_contained_in_the_whole(place, sign_in, address, session, cast, found):
    for role in ROLES:
        if not may_read(place, grants(session, cast, role), found):
            continue
        client, where = sign_in(role), address(place)
        part, whole = client.get(where, headers=PART), client.get(where, follow_redirects=True)
        if part.status_code == 200 and part.mimetype == "text/html" and "<html" not in part.text:
            assert squeezed(part.text) in squeezed(whole.text), role
        else:
            assert part.status_code in {200, 204}, role


def squeezed(html):
    """Without the spaces between and the tokens that differ each time."""
    return re.sub(r"\s+", "", re.sub(r'name="csrf_token" value="[^"]*"', "", html))


@pytest.mark.of_pages
@pytest.mark.parametrize("place", READ, ids=str)
def test_a_refusal_is_a_part_when_htmx_asks(place, sign_in, address, session, cast, found):
    for role in ROLES:
        if not may_read(place, grants(session, cast, role), found):
            answer = sign_in(role).get(address(place), headers=PART)
            assert answer.status_code in {403, 404}, role
            assert "<html" not in answer.text
            assert answer.headers["HX-Retarget"] == "#notice"


def blocks_named_in_views():
    """Every `page("….html", "block")` with its place."""
    for path in sorted((ROOT / "registry").rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            words = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
            if len(words) >= 2 and str(words[0]).endswith(".html") and isinstance(words[1], str):
                yield str(path.relative_to(ROOT)), words[0], words[1]


@pytest.fixture(scope="module")
def templates():
    """As the application reads them."""
    return create_app(Config(secret="of nobody", database_url="sqlite://", testing=True)).jinja_env


@pytest.mark.parametrize(("where", "template", "block"), sorted(set(blocks_named_in_views())))
def test_a_block_named_in_a_view_stands_in_that_template(templates, where, template, block):
    assert block in templates.get_template(template).blocks
    assert re.search(r"{%-? *block " + block + r"\b", (ROOT / "templates" / template).read_text())
