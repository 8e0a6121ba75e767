"""axe-core finds nothing on any page: as the role that works there, wide and narrow, light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.house import walking

ROLES = ("staff", "branch", "member", "supervisor", "admin")
"""A page is looked at once, as the first of these that may see it."""
RUN = """async (options) => {
  const found = await axe.run(document, {resultTypes: ["violations"], preload: false, ...options});
  const why = (node) => `${node.target} ${node.any.map((reason) => reason.message)}`;
  const line = (fault) => `${fault.id} ×${fault.nodes.length}: ${fault.nodes.slice(0, 3).map(why)}`;
  return found.violations.map(line);
}"""
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
"""All that changes in the dark."""
NO_PAGES = {
    "certificates.draft",
    "certificates.file",
    "composition.package",
    "verifying.key",
    "annual.file",
    "bulk.export",
    "composition.report",
    "exchange.left",
    "exports.fetch",
    "exports.file",
    "exports.members",
    "findings.paper",
    "live.changes",
    "joining.paper",
    "meetings.paper",
    "printouts.file",
    "printouts.picture",
    "printouts.printed",
    "privacy.copy_file",
    "slates.paper",
}
"""Files, and news for a page that is already open."""


@pytest.fixture
def places(app, session, cast):
    """Each page with its address, by the role that works there."""
    walking.receive(session, cast)
    found = walking.samples(session, cast)
    held = {role: walking.grants(session, cast, role) for role in ROLES}
    session.commit()
    pages = {}
    for place in walking.READ:
        role = next((role for role in ROLES if walking.may_read(place, held[role], found)), None)
        if role and place.name not in NO_PAGES:
            pages.setdefault(role, {})[place.name] = walking.address(app, place, found.values_of(place))
    return pages


def faults_of(page):
    """What axe says of the page as it stands, in the light and in the dark."""
    page.emulate_media(color_scheme="light")
    light = page.evaluate(RUN, {})
    page.emulate_media(color_scheme="dark")
    return light + [f"dark: {line}" for line in page.evaluate(RUN, COLOURS)]


@pytest.fixture
def look(visit):
    """A window as of `visit`, with axe in every page."""

    def look(role, path="/", width=1440):
        page = visit(role, "about:blank", width=width, bypass_csp=True, reduced_motion="reduce")
        page.add_init_script(AXE_SCRIPT)
        page.goto(path)
        return page

    return look


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_on_any_page(look, places, width):
    faults = {}
    for role, pages in places.items():
        page = look(role, width=width)
        for name, where in pages.items():
            assert page.goto(where).ok, name
            faults[name] = faults_of(page)
    assert not any(faults.values()), {name: found for name, found in faults.items() if found}


def open_palette(page):
    page.keyboard.press("Control+k")
    page.keyboard.type("王")
    page.locator("#palette-results [aria-selected=true]", has_text="王富").wait_for()


def open_columns(page):
    page.locator("#columns-menu > summary").click()
    page.locator("#columns").wait_for()


def open_saving(page):
    page.locator(".views-deeds summary").click()


@pytest.mark.parametrize("opened", [open_palette, open_columns, open_saving])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_in_what_is_opened_over_the_roster(look, opened, width):
    page = look("staff", "/societies/bjcs/members/", width=width)
    opened(page)
    assert faults_of(page) == []


def test_axe_finds_what_is_wrong(look):
    page = look(None, "/login")
    assert faults_of(page) == []
    page.evaluate("() => document.querySelectorAll('label').forEach((label) => label.remove())")
    page.evaluate("() => { document.querySelector('h1').style.color = '#555'; }")
    assert [line.split(" ×")[0] for line in faults_of(page)] == ["label", "dark: color-contrast"]
