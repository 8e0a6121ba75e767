"""The audit in a browser: findings unfold, numbers are set in their place, a term shows its own verdicts."""

from __future__ import annotations

import pytest

from tests.browser.axe import faults_of

AUDIT = "/societies/bjcs/audit/"


@pytest.fixture
def open_page(visit):
    """A page of the staff."""
    return lambda path, width=1440: visit("staff", path, width=width, reduced_motion="reduce")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("part", ["", "rules", "officials", "{council}/terms/8"])
def test_axe_finds_nothing_though_all_is_unfolded(open_page, cast, part, width):
    page = open_page(AUDIT + part.format(council=cast.council.id), width)
    page.evaluate("() => document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    assert faults_of(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_a_finding_unfolds_to_its_arithmetic_and_its_source(open_page):
    page = open_page(AUDIT)
    found = page.locator(".finding", has_text="理事的人数").first
    found.locator("summary").click()
    assert "尚未对照原文核实" in found.inner_text()
    assert "增补 5 人，到 7 人" in found.inner_text()


def test_a_number_of_the_charter_is_set_in_its_place(open_page):
    page = open_page(f"{AUDIT}rules")
    row = page.locator("#parameter-council_size-fewest")
    row.get_by_role("link").click()
    row.get_by_label("本会章程的规定").fill("少")
    row.get_by_role("button", name="保存").click()
    row.get_by_text("请填写整数").first.wait_for()
    row.get_by_label("本会章程的规定").fill("2")
    row.get_by_label("从哪一天起").fill("2025-1-1")
    row.get_by_role("button", name="保存").click()
    row.locator("b", has_text="2").wait_for()
    page.goto(AUDIT)
    assert page.locator(".finding.not-met", has_text="理事的人数").count() == 1
    page.goto(f"{AUDIT}?on=2024-06-01")
    assert "7–100" in page.locator(".finding", has_text="理事的人数").first.inner_text()


def test_the_page_of_a_term_fetches_its_verdicts(open_page, cast):
    page = open_page(f"/societies/bjcs/bodies/{cast.council.id}/terms/8")
    page.locator(".term-audit").scroll_into_view_if_needed()
    page.locator("#term-audit .finding").first.wait_for()
    assert page.locator("#plot-ages").count() == 1
