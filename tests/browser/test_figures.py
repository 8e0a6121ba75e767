"""The figures in a browser: from the roster and back to whom they count, in any light, and on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from registry.memberships.services import Admit, admit
from registry.people.services import enter_person
from tests.databases import TODAY

ROSTER, FIGURES = "/societies/bjcs/members/", "/societies/bjcs/figures/"
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


def plot(page, title):
    return page.get_by_role("figure", name=title, exact=True)


@SCRIPT
def test_the_figures_of_the_roster_lead_back_to_whom_they_count(visit, script):
    page = visit("staff", f"{ROSTER}?region=CN", java_script_enabled=script)
    page.get_by_role("link", name="看图").click()
    expect(page).to_have_url(re.compile(r"/figures/\?region=CN"))
    expect(page.get_by_text("地区是内地")).to_be_visible()
    sexes = plot(page, "性别")
    expect(sexes.get_by_role("img")).to_have_attribute("aria-label", "性别：共 2 人")
    sexes.get_by_text("数字").first.click()
    sexes.get_by_role("link", name="女").click()
    expect(page).to_have_url(re.compile(r"/members/\?.*sex=F"))
    expect(page.get_by_text("共 1 人")).to_be_visible()


def test_the_roster_changes_the_way_to_its_figures_as_it_is_narrowed(visit):
    page = visit("staff", ROSTER)
    page.locator("select[name=region]").select_option("HK")
    expect(page.get_by_role("link", name="看图")).to_have_attribute("href", re.compile("region=HK"))


def test_what_is_to_come_is_hatched(visit, session, cast):
    person = enter_person(session, cast.society.id, {"name": "林未来", "region": "CN"})
    admit(session, cast.society, person, Admit(cast.category["ordinary"].id, TODAY.replace(month=12)))
    session.commit()
    page = visit("staff", FIGURES)
    coming = plot(page, "入会与离会").locator(".joining rect")
    expect(coming).to_have_count(1)
    expect(coming).to_have_css("fill", re.compile("#hatch"))
    expect(page.get_by_text("已登记、未生效的 1 人入会")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_differ_from_the_paper_in_either_light(visit, scheme):
    page = visit("auditor", FIGURES, color_scheme=scheme)
    bar = plot(page, "类别").locator("rect").first.evaluate("bar => getComputedStyle(bar).fill")
    paper = page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor")
    assert bar != paper


def test_on_paper_bars_are_grey_and_closed_tables_are_gone(visit):
    page = visit("auditor", FIGURES)
    page.emulate_media(media="print")
    expect(plot(page, "类别").locator("rect").first).to_have_css("fill", "rgb(85, 85, 85)")
    expect(plot(page, "类别").get_by_text("数字").first).to_be_hidden()
    expect(page.get_by_role("link", name="看名册")).to_be_hidden()


def test_words_of_plots_stay_readable_on_a_telephone(visit):
    page = visit("staff", FIGURES, width=390)
    sizes = page.eval_on_selector_all(
        ".plot svg", "plots => plots.map(plot => 12 * plot.clientWidth / plot.viewBox.baseVal.width)"
    )
    assert min(sizes) >= 11
