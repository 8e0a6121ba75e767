"""In every language pages are accessible, and nothing breaks at the width of a telephone."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from tests.browser.test_accessible import RUN

PLACES = (("staff", "/societies/bjcs/members/"), ("staff", "/societies/bjcs/audit/"), ("member", "/me"))
WIDER = "document.documentElement.scrollWidth > window.innerWidth"


def looked_at(page, language):
    """The faults of the page in one language."""
    page.get_by_role("button", name=language).filter(visible=True).click()
    expect(page.locator("html")).to_have_attribute("lang", {"English": "en"}.get(language, "zh-Hant"))
    page.add_script_tag(content=AXE_SCRIPT)
    return [*page.evaluate(RUN, {}), *(["wider than the window"] if page.evaluate(WIDER) else [])]


@pytest.mark.parametrize("language", ["繁體中文", "English"])
def test_the_first_page_is_read_in_the_language_that_is_chosen(visit, language):
    assert looked_at(visit(None, "/login", 390, bypass_csp=True), language) == []


@pytest.mark.parametrize("language", ["繁體中文", "English"])
@pytest.mark.parametrize(("reader", "path"), PLACES)
def test_a_page_holds_on_a_telephone_in_each_language(visit, reader, path, language):
    page = visit(reader, path, 390, bypass_csp=True)
    page.locator(".me-menu > summary").click()
    assert looked_at(page, language) == []
