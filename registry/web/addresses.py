"""Numbers in addresses: those that a key of the database can be."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
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


def number(name: str) -> int | None:
    """The row named in the query of the address; what is no number of a row is left out."""
    typed = request.args.get(name, type=int)
    return typed if typed is not None and 0 < typed <= LARGEST else None
