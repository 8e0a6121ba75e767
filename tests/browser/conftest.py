"""A real browser in front of the served application; both end by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

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


@pytest.fixture
def visit(chromium: Browser, address: str, sign_in: Any) -> Iterator[Visit]:
    """A new window: `visit("staff", "/societies/")`, signed in; at the end its console must be clean."""
    complaints: list[str] = []
    with ExitStack() as windows:

        def open_window(username: str | None, path: str = "/", width: int = 1440, **options: Any) -> Page:
            context = chromium.new_context(
                base_url=address, locale="zh-CN", viewport={"width": width, "height": 900}, **options
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


def enter(page: Page, username: str) -> None:
    """Sign in as people do."""
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
