"""The reader's language, and what was said far from the reader put into it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, Response, request
from flask_babel import Babel, Domain, force_locale, get_locale, gettext

from registry.core.codetables import TABLES
from registry.core.sentences import Sentence
from registry.web import current
from registry.web.agreeing import agreed
from registry.web.recognising import Recognised

COOKIE = "language"
DEFAULT = "zh_Hans"
_CATALOGS = Path(__file__).parents[1] / "translations"
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


class Language(NamedTuple):
    """A language of the product: as HTML names it, in one sign, by its own name; the title on the cover."""

    tag: str
    sign: str
    name: str
    cover: str


LANGUAGES = {
    "zh_Hans": Language("zh-Hans", "简", "简体中文", "学会名册"),
    "zh_Hant": Language("zh-Hant", "繁", "繁體中文", "學會名冊"),
    "en": Language("en", "EN", "English", "學會名冊"),
}


class _Catalogs(Domain):  # type: ignore[misc]
    """Messages are read from what is translated by hand: nothing must be compiled before."""

    def get_translations(self) -> Translations:
        """Those of the reader's language."""
        return _catalog(speaks())

    def gettext(self, string: str, **variables: Any) -> str:
        """With its values the message is a sentence."""
        said = super().gettext(string, **variables)
        return agreed(said) if variables else str(said)


class _Babel(Babel):  # type: ignore[misc]
    @property
    def domain_instance(self) -> Domain:
        return _Catalogs()


@cache
def _catalog(code: str) -> Translations:
    path = _CATALOGS / code / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return Translations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=code))
    compiled.seek(0)
    return Translations(compiled)


@cache
def _recognised(code: str) -> Recognised:
    catalog = _catalog(code)._catalog  # noqa: SLF001
    names = {key: text for key, text in catalog.items() if isinstance(key, str) and key}
    return Recognised(_countries(code) | names, latin=code == "en")


def _countries(code: str) -> dict[str, str]:
    told = Locale.parse(code).territories
    return {name: told[key] for key, name in TABLES["country"].choices() if key in told}


def init_app(app: Flask) -> None:
    """Let everything be said in the reader's language."""
    _Babel(app, locale_selector=_selected, default_locale=DEFAULT, default_timezone="Asia/Shanghai")
    app.context_processor(lambda: {"language": LANGUAGES[speaks()], "languages": LANGUAGES})
    app.after_request(_labelled)


def _selected() -> str:
    """As the reader chose, on the account or in this browser; otherwise as the browser asks."""
    who = current.reader()
    chosen = (who.language if who else None) or request.cookies.get(COOKIE)
    return chosen if chosen in LANGUAGES else _asked()


def _asked() -> str:
    for tag in request.accept_languages.values():
        low = tag.lower()
        if low.startswith("zh"):
            return "zh_Hant" if low.startswith(_TRADITIONAL) else "zh_Hans"
        if low.split("-")[0] == "en":
            return "en"
    return DEFAULT


def _labelled(response: Response) -> Response:
    """Say which language this is, and what it hung on."""
    if request.endpoint != "static" and response.mimetype == "text/html":
        response.headers.setdefault("Content-Language", LANGUAGES[speaks()].tag)
        response.vary.update(["Accept-Language", "Cookie"])
    return response


def speaks() -> str:
    """The language of what is being written: `zh_Hans`, `zh_Hant` or `en`."""
    locale = get_locale()
    return str(locale) if locale and str(locale) in LANGUAGES else DEFAULT


def speaking(code: str) -> AbstractContextManager[Any]:
    """Write in this language, whoever asks: for mails and papers."""
    return force_locale(code)  # type: ignore[no-any-return]


def said(text: object) -> str:
    """A sentence with its values, or a word, in the reader's language."""
    if isinstance(text, Sentence):
        values = {key: said(value) if isinstance(value, str) else value for key, value in text.values.items()}
        template = str(gettext(text.template))
        return agreed(template % values) if values else template
    words, language = str(text), speaks()
    return words if language == DEFAULT else _recognised(language)[words]
