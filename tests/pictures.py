"""The pictures of README: the demonstration in a browser, as roles see it; `python -m tests.pictures`."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import flask_migrate
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

from registry.app import create_app
from registry.config import Config
from registry.core.actor import Actor
from registry.demo import creation, sample
from registry.web.database import db
from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.serving import served

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
PASSWORD = "a password of the pictures"
LARGEST = 300_000
"""Bytes of one picture."""
DESK, PHONE = (1280, 800), (390, 844)
Sitting = tuple[str, tuple[int, int], Callable[[Page, Path], None]]


def main() -> None:
    """Make the demonstration in a folder that goes away, and take every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="registry-pictures-") as place:
        folder = Path(place)
        app = demonstration(folder)
        with served(app) as address, browser() as chromium:
            for name, sitting in PICTURES.items():
                take(chromium, address, folder, name, sitting)


def demonstration(folder: Path) -> Flask:
    """The application on the demonstration's data, on the day for which it was invented."""
    url = f"sqlite:///{folder / 'registry.db'}"
    app = create_app(Config(secret=PASSWORD, database_url=url, demo=True, today=date(2026, 11, 24)))
    with app.app_context():
        flask_migrate.upgrade()
        session = db.session()
        session.info["actor"] = Actor(None, "命令行")
        creation.create(session, PASSWORD)
        session.commit()
        sample.write(session, folder)
    return app


@contextmanager
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


def take(chromium: Browser, address: str, folder: Path, name: str, sitting: Sitting) -> None:
    """Sign in as the role, go where the picture is, and keep it."""
    username, (width, height), go = sitting
    size = {"width": width, "height": height}
    context = chromium.new_context(base_url=address, locale="zh-CN", color_scheme="light", viewport=size)
    page = context.new_page()
    page.goto("/login")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login" not in url)
    go(page, folder)
    page.wait_for_load_state("networkidle")
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    context.close()
    if path.stat().st_size > LARGEST:
        raise SystemExit(f"{path.name} has {path.stat().st_size} bytes, more than {LARGEST}")
    print(f"{path.name}: {path.stat().st_size // 1000} KB")  # noqa: T201


def roster(page: Page, _folder: Path) -> None:
    """The roster as a secretary finds it."""
    page.goto("/societies/bjcs/members/")


def member(page: Page, _folder: Path) -> None:
    """Somebody who holds an office."""
    page.goto("/societies/bjcs/members/?office=理事长")
    page.locator("table tbody a[href*='/members/']").first.click()
    page.wait_for_url("**/members/*")


def imported(page: Page, folder: Path) -> None:
    """The sample file, judged row by row."""
    page.goto("/societies/bjcs/imports/")
    page.locator("input[type=file]").set_input_files(next(folder.glob("*.xlsx")))
    page.get_by_role("button", name="上传并查看").click()
    page.get_by_role("button", name="检查每一行").click()
    page.locator(".tabs a", has_text="不能导入").click()
    page.locator(".exchange-rows .reason").first.wait_for()


def council(page: Page, _folder: Path) -> None:
    """The council's term as a seating."""
    page.goto("/societies/bjcs/bodies/")
    page.locator("tr", has_text="理事长").locator("a[href*='/terms/']").first.click()
    page.wait_for_url("**/terms/*")


def supervision(page: Page, _folder: Path) -> None:
    """The societies side by side."""
    page.goto("/supervision/")


def figures(page: Page, _folder: Path) -> None:
    """The dashboard, from its plots on."""
    page.goto("/societies/bjcs/figures/")
    page.locator(".plots").evaluate("plots => window.scrollTo(0, plots.offsetTop - 90)")


PICTURES: dict[str, Sitting] = {
    "roster": ("staff", DESK, roster),
    "member": ("staff", DESK, member),
    "import": ("staff", DESK, imported),
    "council": ("auditor", DESK, council),
    "supervision": ("supervisor", DESK, supervision),
    "figures": ("staff", DESK, figures),
    "phone": ("staff", PHONE, roster),
}

if __name__ == "__main__":
    main()
