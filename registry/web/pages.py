"""Part or whole: the one place that knows whether htmx asks."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, make_response, redirect, render_template, request
from jinja2_fragments.flask import render_block

from registry.web import current


def wants_part() -> bool:
    """True when htmx will put the answer into a part of the page."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-Request-Type") == "partial"


def from_htmx() -> bool:
    """True when htmx sent the request, for a part or a whole page."""
    return request.headers.get("HX-Request") == "true"


def page(template: str, block: str | None = None, status: int = 200, **context: Any) -> Response:
    """The page, or only `block` of it where htmx asks for a part."""
    if block is not None and wants_part():
        return make_response(render_block(template, block, **context), status)
    return make_response(render_template(template, **context), status)


def hushed(response: Response) -> Response:
    """For a page whose address is a secret: nobody who is linked or asked from it is told the address."""
    # Not `no-referrer`: over HTTPS the check against forged forms wants to see the origin.
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["Cache-Control"] = "no-store"
    return response


def init_app(app: Flask) -> None:
    """Every answer but a static file is discreet."""
    app.after_request(_discreet)


def _discreet(response: Response) -> Response:
    """What the signed-in see is kept by no cache, and the two forms of a page are told apart."""
    if request.endpoint == "static":
        return response
    response.vary.update(["HX-Request", "HX-Request-Type"])
    if current.reader() is not None:
        response.headers["Cache-Control"] = "no-store"
    return response


def go(url: str) -> Response:
    """Done, go elsewhere."""
    if from_htmx():
        return Response(status=204, headers={"HX-Location": url})
    return make_response(redirect(url, 303))
