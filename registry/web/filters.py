"""What templates may call: dates, code names, links that keep the day, the frame."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request, url_for
from markupsafe import Markup

from registry.core.codetables import TABLES
from registry.core.dates import PartialDate
from registry.core.text import spaced
from registry.web import current
from registry.web.drawing import drawn
from registry.web.languages import said
from registry.web.phrases import phrase
from registry.web.picking import heard
from registry.web.speaking import Spoken


def init_app(app: Flask) -> None:
    """Register filters, and the macros as `ui`: a block rendered alone has no imports of its own."""
    app.jinja_env.globals.update(_=phrase, gettext=phrase, asset=asset, drawn=drawn)
    app.jinja_env.filters.update(day=day, day_zh=day_zh, moment=moment, code=code, spaced=spaced, heard=heard)
    app.jinja_env.filters["said"] = spoken
    app.context_processor(_context)
    app.url_defaults(_version)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension(Spoken)


def _version(endpoint: str, values: dict[str, Any]) -> None:
    """A file of `static/` is addressed with its age, so that browsers may keep it until it changes."""
    if endpoint == "static" and "v" not in values:
        age = _age(values["filename"])
        values["v"] = f"{age:x}" if age else None


def _age(filename: str) -> int:
    """Milliseconds since the epoch; 0 where there is no such file. Looked at anew only in debugging."""
    if current_app.debug:
        _age_of.cache_clear()
    return _age_of(str(current_app.static_folder), filename)


@lru_cache(maxsize=1 << 10)
def _age_of(folder: str, filename: str) -> int:
    try:
        return Path(folder, filename).stat().st_mtime_ns // 10**6
    except OSError:
        return 0


def asset(filename: str) -> str:
    """The address of a file of `static/`, which a page has dozens of."""
    return _addressed(filename, _age(filename), request.script_root)


@lru_cache(maxsize=1 << 10)
def _addressed(filename: str, age: int, _root: str) -> str:
    return url_for("static", filename=filename, v=f"{age:x}" if age else None)


def _context() -> dict[str, Any]:
    who = current.reader()
    return {
        "ui": current_app.jinja_env.get_template("layout/macros.html").make_module(
            {"link": link, "may": current.allowed, "csrf_token": current_app.jinja_env.globals["csrf_token"]}
        ),
        "me": who,
        "on": current.day(),
        "today": current.today(),
        "is_today": current.day() == current.today(),
        "may": current.allowed,
        "link": link,
    }


def link(endpoint: str, **values: Any) -> str:
    """`url_for` that keeps the day being looked at."""
    return url_for(endpoint, **{**current.looked_at(), **values})


def spoken(value: Any) -> Any:
    """Words in the reader's language; what is marked up has been said already."""
    return said(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def day(value: date | PartialDate | None) -> str:
    """2026-11-24, or as much of it as is known."""
    return "" if value is None else str(value)


def day_zh(value: date | PartialDate | None) -> str:
    """2026年11月24日, or as much of it as is known."""
    if value is None:
        return ""
    return value.chinese if isinstance(value, PartialDate) else f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime) -> str:
    """An instant on the clock in China, to the minute."""
    return value.astimezone(current.CHINA).strftime("%Y-%m-%d %H:%M")


def code(value: str | None, table: str) -> str:
    """The name of a code; empty for none."""
    return TABLES[table].name(value) if value else ""
