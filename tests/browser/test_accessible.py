"""axe-core finds nothing in what is opened over the roster, and finds what is wrong."""

from __future__ import annotations

import pytest

from tests.browser.axe import faults_of


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
def test_axe_finds_nothing_in_what_is_opened_over_the_roster(visit, opened, width):
    page = visit("staff", "/societies/bjcs/members/", width=width, reduced_motion="reduce")
    opened(page)
    assert faults_of(page) == []


def test_axe_finds_what_is_wrong(visit):
    page = visit(None, "/login", reduced_motion="reduce")
    assert faults_of(page) == []
    page.evaluate("() => document.querySelectorAll('label').forEach((label) => label.remove())")
    page.evaluate("() => { document.querySelector('h1').style.color = '#555'; }")
    assert [line.split(" ×")[0] for line in faults_of(page)] == ["label", "dark: color-contrast"]
