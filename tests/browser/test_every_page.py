"""Every page, wide and narrow: nothing hangs over the side, and the console has nothing to say."""

from __future__ import annotations

import pytest

from tests.house import walking

ROLES = ("admin", "staff", "member", "supervisor")
HANGING = """() => {
  const width = document.documentElement.clientWidth;
  const over = (element) => {
    const box = element.getBoundingClientRect();
    const held = element.closest(".table-wrap, .tabs, [data-scrolls], svg, .visually-hidden, .skip");
    return box.width && box.right > width + 1 && !held;
  };
  const wide = document.documentElement.scrollWidth - width;
  const first = wide > 0 ? [...document.body.querySelectorAll("*")].filter(over).slice(0, 3) : [];
  return wide > 0 ? `${wide}px: ` + first.map((e) => e.outerHTML.slice(0, 80)).join(" | ") : "";
}"""


@pytest.fixture
def places(app, session, cast, sign_in):
    """The pages of a role with their addresses."""
    walking.receive(session, cast)
    found = walking.samples(session, cast)
    held = {role: walking.grants(session, cast, role) for role in ROLES}
    session.commit()

    def places(role):
        client = sign_in(role)
        read = (place for place in walking.READ if walking.may_read(place, held[role], found))
        named = ((str(place), walking.address(app, place, found.values_of(place))) for place in read)
        return {name: where for name, where in named if is_page(client, where)}

    return places


def is_page(client, where):
    """Neither a file nor the word that nothing changed."""
    answer = client.get(where, follow_redirects=True)
    return answer.mimetype == "text/html" and answer.status_code != 204


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("width", [390, 768, 1440])
def test_no_page_hangs_over_the_side_nor_complains(visit, places, role, width):
    page = visit(role, "/", width=width)
    hanging = {}
    for name, where in places(role).items():
        answer = page.goto(where)
        assert answer.ok, name
        if over := page.evaluate(HANGING):
            hanging[name] = over
    assert hanging == {}


@pytest.mark.parametrize("locale", ["zh-TW", "en-GB"])
def test_no_page_hangs_over_the_side_of_a_telephone_in_another_language(visit, places, locale):
    """Each as the first role that reads it."""
    hanging, seen = {}, set()
    for role in ("staff", "member", "supervisor", "admin"):
        page = visit(role, "/", width=390, locale=locale)
        for name, where in places(role).items():
            if name not in seen and page.goto(where).ok and (over := page.evaluate(HANGING)):
                hanging[name] = over
            seen.add(name)
    assert hanging == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_served_in_either_light(visit, scheme):
    page = visit("staff", "/societies/bjcs/", color_scheme=scheme)
    ink, paper = page.evaluate(
        "() => ['color', 'background-color'].map((key) => getComputedStyle(document.body)[key])"
    )
    assert ink != paper
