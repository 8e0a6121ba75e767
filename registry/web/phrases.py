"""The words of the interface in templates: a page has hundreds, and each is looked up once in a language."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from babel import Locale
from flask_babel import get_locale, gettext
from markupsafe import Markup

from registry.web.agreeing import agreed
from registry.web.languages import said

KEPT = 1 << 13


def phrase(message: Any, **values: Any) -> Markup:
    """The message in the reader's language; values are escaped. In the place of Flask-Babel's own `_`."""
    locale, text = get_locale(), str(message)
    if not values:
        return _whole(locale, text)
    return Markup(agreed(_translated(locale, text) % _told(values)))  # noqa: S704 - its values are escaped


def _told(values: dict[str, Any]) -> dict[str, Any]:
    """Values that are words are said in the language too."""
    return {key: said(value) if type(value) is str else value for key, value in values.items()}


@lru_cache(KEPT)
def _translated(_locale: Locale | None, message: str) -> Markup:
    """A message is the programmer's own, and may hold markup."""
    return Markup(gettext(message))  # noqa: S704


@lru_cache(KEPT)
def _whole(locale: Locale | None, message: str) -> Markup:
    return _translated(locale, message) % {}
