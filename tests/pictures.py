"""The pictures of README: the demonstration in a browser, as roles see it; `python -m tests.pictures`."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

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
DESK, TALL, TABLET, PHONE = (1440, 900), (1440, 1100), (768, 900), (390, 844)
Go = Callable[[Page, Path], None]
ROSTER = "/societies/bjcs/members/"


class Picture(NamedTuple):
    """Who looks, how wide the window is, in which light, and the way to what is shown."""

    username: str
    size: tuple[int, int]
    go: Go
    scheme: Literal["light", "dark"] = "light"


def main() -> None:
    """Make the demonstration in a folder that goes away, and take every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="registry-pictures-") as place:
        folder = Path(place)
        app = demonstration(folder)
        with served(app) as address, browser() as chromium:
            for name, picture in PICTURES.items():
                take(chromium, address, folder, name, picture)


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


def take(chromium: Browser, address: str, folder: Path, name: str, picture: Picture) -> None:
    """Sign in as the role, go where the picture is, and keep it."""
    width, height = picture.size
    size = {"width": width, "height": height}
    context = chromium.new_context(
        base_url=address, locale="zh-CN", color_scheme=picture.scheme, viewport=size, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("/login")
    page.fill("[name=username]", picture.username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login" not in url)
    picture.go(page, folder)
    page.wait_for_load_state("networkidle")
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    context.close()
    if path.stat().st_size > LARGEST:
        raise SystemExit(f"{path.name} has {path.stat().st_size} bytes, more than {LARGEST}")
    print(f"{path.name}: {path.stat().st_size // 1000} KB")  # noqa: T201


def roster(page: Page, _folder: Path) -> None:
    """The roster as a secretary finds it."""
    page.goto(ROSTER)


def filtered(page: Page, _folder: Path) -> None:
    """What the roster is found by, with two criteria chosen."""
    page.goto(f"{ROSTER}?employer_kind=enterprise&age_to=45&more=1")


def chosen(page: Page, _folder: Path) -> None:
    """What a deed for several members will change, and who is left out."""
    page.goto(f"{ROSTER}?state=&q=王")
    page.locator("[data-pick-page]").check()
    page.get_by_role("button", name="改分支机构").click()
    page.locator("main select").first.select_option(index=1)
    page.get_by_role("button", name="看看会改什么").click()
    page.locator(".bulk-plan").wait_for()


def palette(page: Page, _folder: Path) -> None:
    """A few letters lead anywhere."""
    page.goto(ROSTER)
    page.keyboard.press("Control+k")
    page.keyboard.type("wl", delay=20)
    page.locator("[role=option]").nth(2).wait_for()


def member(page: Page, _folder: Path) -> None:
    """Somebody who holds an office."""
    page.goto(f"{ROSTER}?office=理事长")
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


def figures(page: Page, _folder: Path) -> None:
    """The dashboard."""
    page.goto("/societies/bjcs/figures/")


def plots(page: Page, folder: Path) -> None:
    """The dashboard, from its plots on."""
    figures(page, folder)
    page.locator(".plots").evaluate("plots => plots.scrollIntoView()")


def twins(page: Page, _folder: Path) -> None:
    """Two entries that may be one person, side by side."""
    page.goto("/societies/bjcs/twins/")
    page.locator(".twins a", has_text="对比").first.click()
    page.locator(".pair-row").first.wait_for()


def branch(page: Page, _folder: Path) -> None:
    """A branch with its committee and its life."""
    page.goto("/societies/bjcs/branches/b01")


def council(page: Page, _folder: Path) -> None:
    """The council's term as a seating."""
    page.goto("/societies/bjcs/bodies/")
    page.locator("tr", has_text="理事长").locator("a[href*='/terms/']").first.click()
    page.wait_for_url("**/terms/*")


def printed(page: Page, _folder: Path) -> None:
    """The layout of a list beside its first page."""
    page.goto("/societies/bjcs/print/council/layout")
    page.wait_for_function("() => document.querySelector('.printouts-page img').naturalWidth > 300")


def supervision(page: Page, _folder: Path) -> None:
    """The societies side by side."""
    page.goto("/supervision/-/figures")


def matrix(page: Page, _folder: Path) -> None:
    """Societies × rules."""
    page.goto("/supervision/")


def audit(page: Page, _folder: Path) -> None:
    """The audit, with the first finding unfolded."""
    page.goto("/societies/bjcs/audit/")
    page.locator("details.finding summary").first.click()


def slate(page: Page, _folder: Path) -> None:
    """The next council as a draft, from its candidates on."""
    page.goto("/societies/bjcs/slates/")
    page.locator("tbody a").first.click()
    page.locator(".rank").first.evaluate("rank => rank.scrollIntoView()")


PICTURES: dict[str, Picture] = {
    "roster": Picture("staff", DESK, roster),
    "roster-dark": Picture("staff", DESK, roster, "dark"),
    "roster-tablet": Picture("staff", TABLET, roster),
    "phone": Picture("staff", PHONE, roster),
    "filter": Picture("staff", TALL, filtered),
    "filter-phone": Picture("staff", PHONE, filtered),
    "bulk": Picture("staff", DESK, chosen),
    "palette": Picture("staff", DESK, palette),
    "figures": Picture("staff", DESK, plots),
    "figures-dark": Picture("staff", DESK, plots, "dark"),
    "figures-tablet": Picture("staff", TABLET, figures),
    "figures-phone": Picture("staff", PHONE, plots),
    "twins": Picture("staff", DESK, twins),
    "twins-phone": Picture("staff", PHONE, twins),
    "audit": Picture("auditor", DESK, audit),
    "slate": Picture("staff", DESK, slate),
    "matrix": Picture("supervisor", DESK, matrix),
    "branch": Picture("staff", DESK, branch),
    "branch-phone": Picture("staff", PHONE, branch, "dark"),
    "member": Picture("staff", DESK, member),
    "member-phone": Picture("staff", PHONE, member),
    "import": Picture("staff", DESK, imported),
    "printing": Picture("staff", DESK, printed),
    "council": Picture("auditor", DESK, council),
    "supervision": Picture("supervisor", DESK, supervision),
}

if __name__ == "__main__":
    main()
