"""Every page as the roles see it: axe finds nothing, nothing hangs over the side, the console is silent.

A page is looked at closely once in each language, as the first role that may see it, each time at another
width; on a telephone the other roles see the same page with fewer deeds.
"""

from __future__ import annotations

import pytest

from registry.core.policy import ANYONE
from tests.browser.axe import faults_as_shown
from tests.house import furnishing, walking

STRANGER = "nobody"
ROLES = (STRANGER, "staff", "branch", "member", "supervisor", "admin")
LOOKS = (("zh-CN", 1440, "light"), ("zh-TW", 768, "dark"), ("en-GB", 390, "light"))
WIDTHS = (390, 768, 1440)
FILES = {
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
HANGING = """() => {
  const width = document.documentElement.clientWidth;
  const over = (element) => {
    const box = element.getBoundingClientRect();
    const held = element.closest(".table-wrap, .tabs, [data-scrolls], svg, .visually-hidden, .skip");
    return box.width && box.right > width + 1 && !held;
  };
  const wide = document.documentElement.scrollWidth - width;
  const first = wide > 0 ? [...document.body.querySelectorAll("*")].filter(over).slice(0, 3) : [];
  return wide > 0 ? [`${wide}px of ${width}: ` + first.map((e) => e.outerHTML.slice(0, 80)).join(" | ")] : [];
}"""


@pytest.fixture
def places(app, session, cast):
    """The pages of each role with their addresses."""
    furnishing.receive(session, cast)
    found = walking.samples(session, cast)
    held = {role: walking.grants(session, cast, role) for role in ROLES if role != STRANGER}
    session.commit()

    def sees(role, place):
        return place.action in ANYONE if role == STRANGER else walking.may_read(place, held[role], found)

    pages = [place for place in walking.READ if place.name not in FILES]
    where = {place.name: walking.address(app, place, found.values_of(place)) for place in pages}
    return {role: {p.name: where[p.name] for p in pages if sees(role, p)} for role in ROLES}


def firsts(places, role):
    """The pages that no role before sees."""
    before = {name for earlier in ROLES[: ROLES.index(role)] for name in places[earlier]}
    return {name: where for name, where in places[role].items() if name not in before}


def hanging(page, *widths):
    """What hangs over the side, at these widths."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        found += page.evaluate(HANGING)
    return found


@pytest.fixture
def walk(visit):
    """Go through pages as a role; what is wrong with them by name."""

    def walk(role, pages, look, **options):
        who = None if role == STRANGER else role
        page = visit(who, "about:blank", reduced_motion="reduce", **options)
        faults = {}
        for name, where in pages.items():
            assert page.goto(where).ok, name
            faults[name] = look(page)
        return {name: found for name, found in faults.items() if found}

    return walk


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("locale", "width", "scheme"), LOOKS)
def test_axe_finds_nothing_and_nothing_hangs_over_the_side(walk, places, role, locale, width, scheme):
    # English is the longest.
    widths = (*WIDTHS, width) if locale == "en-GB" else (width,)

    def look(page):
        return hanging(page, *widths) + faults_as_shown(page)

    assert walk(role, firsts(places, role), look, width=width, locale=locale, color_scheme=scheme) == {}


@pytest.mark.parametrize("role", ROLES[2:])
def test_nothing_hangs_over_the_side_for_those_who_also_see_it(walk, places, role):
    also = places[role].keys() - firsts(places, role).keys()
    pages = {name: places[role][name] for name in sorted(also)}
    assert walk(role, pages, lambda page: page.evaluate(HANGING), width=390) == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_served_in_either_light(visit, scheme):
    page = visit("staff", "/societies/bjcs/", color_scheme=scheme)
    ink, paper = page.evaluate(
        "() => ['color', 'background-color'].map((key) => getComputedStyle(document.body)[key])"
    )
    assert ink != paper
