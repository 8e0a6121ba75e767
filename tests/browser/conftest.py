"""A real browser in front of the served application; both end by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from registry.web.agreeing import agreed
from tests import catalogs
from tests.browser.serving import served
from tests.cast import PASSWORD

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# A refusal is an answer that the tests look at; what else the console says is a fault.
REFUSAL = re.compile("Failed to load resource: the server responded with a status of 4")
PATIENCE = 15_000
"""Milliseconds: enough for a machine that does much else."""
LOCALES = {"zh_Hans": "zh-CN", "zh_Hant": "zh-TW", "en": "en-GB"}
"""What a browser asks for, by the language that it is answered in."""
catalog = cache(catalogs.catalog)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, one for a worker."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application is served, forms with their tokens as for everybody."""
    app.config["WTF_CSRF_ENABLED"] = True
    with served(app) as address:
        yield address


Visit = Callable[..., Page]
Say = Callable[..., str]


@pytest.fixture(params=LOCALES)
def spoken(request: pytest.FixtureRequest) -> str:
    """Each of the languages; windows of a test that asks for it are opened in it."""
    return str(request.param)


@pytest.fixture
def say(spoken: str) -> Say:
    """How the page says a text of the sources in that language, with its values."""

    def said(text: str, **values: Any) -> str:
        words = text if spoken == "zh_Hans" else catalog(spoken)[text].string
        return agreed(words % values) if values else words

    return said


@pytest.fixture
def visit(chromium: Browser, address: str, sign_in: Any, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A new window: `visit("staff", "/societies/")`, signed in; at the end its console must be clean."""
    complaints: list[str] = []
    usual = LOCALES[request.getfixturevalue("spoken")] if "spoken" in request.fixturenames else "zh-CN"
    with ExitStack() as windows:

        def open_window(username: str | None, path: str = "/", width: int = 1440, **options: Any) -> Page:
            options = {"locale": usual, **options}
            context = chromium.new_context(
                base_url=address, viewport={"width": width, "height": 900}, **options
            )
            windows.callback(context.close)
            context.set_default_timeout(PATIENCE)
            if username:
                key = sign_in(username).get_cookie("registry").value
                context.add_cookies([{"name": "registry", "value": key, "url": address}])
            page = context.new_page()
            page.on("console", lambda message: complaints.extend(complaint(message)))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(path)
            return page

        yield open_window
    assert complaints == []


def complaint(message: ConsoleMessage) -> list[str]:
    """What a message of the console finds fault with."""
    faulty = message.type in {"error", "warning"} and not REFUSAL.match(message.text)
    return [f"{message.location.get('url')}: {message.text}"] if faulty else []


def enter(page: Page, username: str, say: Say = str) -> None:
    """Sign in as people do."""
    page.get_by_label(say("用户名")).fill(username)
    page.get_by_label(say("密码")).fill(PASSWORD)
    page.get_by_role("button", name=say("登录")).click()
