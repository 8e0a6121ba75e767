"""What may stand in addresses and forms: numbers that a key can be, and no text that no database holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**63 - 1


class RowConverter(IntegerConverter):
    """`<int:…>`: no row has a greater number, so no such page is there."""

    def __init__(self, url_map: Map, **options: Any) -> None:
        """Options as the rule gives them."""
        super().__init__(url_map, **{"max": LARGEST, **options})


def init_app(app: Flask) -> None:
    """Before any area brings its rules."""
    app.url_map.converters["int"] = RowConverter
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    """PostgreSQL holds no NUL in a text, and nobody types one."""
    if "\0" in request.path:
        abort(404)
    if any("\0" in text for typed in (request.args, request.form) for text in _words(typed)):
        abort(400)


def _words(typed: MultiDict[str, str]) -> Iterator[str]:
    for key, values in typed.lists():
        yield key
        yield from values


def number(name: str) -> int | None:
    """The row named in the query of the address; what is no number of a row is left out."""
    typed = request.args.get(name, type=int)
    return typed if typed is not None and 0 < typed <= LARGEST else None


def own_path(way: str) -> str | None:
    """The way back that somebody names, if it is a path of our own."""
    parts = urlsplit(way)
    own = way.startswith("/") and not way.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return way if own and way.isprintable() else None


def whole(endpoint: str, **values: Any) -> str:
    """A page's address for a mail or letter; it begins as the installation says, whoever forged the Host."""
    begin: str = current_app.extensions["registry"].address
    return f"{begin}{url_for(endpoint, **values)}" if begin else url_for(endpoint, **values, _external=True)
