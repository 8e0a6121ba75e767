"""The templates themselves: nothing in them that the content security policy forbids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from registry.config import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_holds_script_or_style(path: Path):
    text = path.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "a script in the page"
    assert "<style" not in text
    assert not re.search(r"\sstyle\s*=", text), "a style attribute"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "a listener in an attribute"
    assert "hx-on" not in text, "htmx evaluates hx-on"
    assert "javascript:" not in text


def test_the_script_of_a_page_is_a_module():
    """Htmx runs a script again when it puts a whole page in; a module runs once."""
    pages = [path for path in TEMPLATES if path.name != "base.html"]
    scripts = [tag for path in pages for tag in re.findall(r"<script[^>]*>", path.read_text())]
    assert all('type="module"' in tag for tag in scripts)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_grows_past_what_one_reads(path: Path):
    assert len(path.read_text().splitlines()) <= 120


def test_colours_stand_in_one_place():
    elsewhere = [path for path in STYLES if path.name not in ("tokens.css", "print.css")]
    found = {path.name: re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*;)", path.read_text()) for path in elsewhere}
    assert not {name: colours for name, colours in found.items() if colours}


def test_every_icon_that_is_asked_for_is_drawn():
    drawn = set(re.findall(r'<symbol id="([a-z-]+)"', (ROOT / "static" / "icons.svg").read_text()))
    asked = {name for path in TEMPLATES for name in re.findall(r"ui\.icon\('([a-z-]+)'\)", path.read_text())}
    assert asked <= drawn
