"""A reader chooses the language on any page, which stays accessible and fits a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults_of
from tests.browser.test_every_page import hanging

TAGS = {"繁體中文": "zh-Hant", "English": "en"}


@pytest.mark.parametrize("language", TAGS)
@pytest.mark.parametrize(("reader", "path"), [(None, "/login"), ("member", "/me")])
def test_the_language_is_chosen_in_the_page(visit, reader, path, language):
    page = visit(reader, path, 390, reduced_motion="reduce")
    if reader:
        page.locator(".me-menu > summary").click()
    page.get_by_role("button", name=language).filter(visible=True).click()
    expect(page.locator("html")).to_have_attribute("lang", TAGS[language])
    assert faults_of(page) + hanging(page, 390) == []
    page.goto(path)
    expect(page.locator("html")).to_have_attribute("lang", TAGS[language])
