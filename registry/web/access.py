"""The guards of the views: every endpoint declares its action, and nothing is open by default."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, current_app, request

from registry.core.errors import NotAllowed, NotThere
from registry.core.policy import ANYONE, SIGNED_IN, Action, may, reach
from registry.core.subjects import Subject
from registry.web import current
from registry.web.database import session

View = Callable[..., Any]
Loader = Callable[..., Any]


class SignInFirst(Exception):
    """Nobody is signed in, and the page is not for everyone."""


def signed_in() -> current.Reader:
    """Who reads a page that is not for everyone."""
    who = current.reader()
    if who is None:
        raise SignInFirst
    return who


def _declare(view: View, action: Action) -> View:
    view.action = action  # type: ignore[attr-defined]
    return view


def permit(action: Action) -> Callable[[View], View]:
    """For pages of no one row: some grant of the reader must allow the action."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**values: Any) -> Any:
            if not _open_to_reader(action):
                raise NotAllowed
            return view(**values)

        return _declare(guarded, action)

    return guard


def _open_to_reader(action: Action) -> bool:
    if action in ANYONE:
        return True
    signed_in()
    return action in SIGNED_IN or may(current.grants(), action)


def permit_in(action: Action, load: Loader) -> Callable[[View], View]:
    """For collections of a society: `load(session, slug)`; the list itself is cut by `policy.within`."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(slug: str, **values: Any) -> Any:
            society = _found(load, slug=slug)
            spans = reach(current.grants(), action)
            if not any(span.society_id in (None, society.id) for span in spans):
                raise NotAllowed
            return view(society, **values)

        return _declare(guarded, action)

    return guard


def permit_on(action: Action, load: Loader) -> Callable[[View], View]:
    """For one row: `load(session, **url values)` must find it, and the grants must cover it."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**values: Any) -> Any:
            row = _found(load, **values)
            if _stranger_to(row):
                raise NotThere
            demand(action, row)
            return view(row, **{key: value for key, value in values.items() if key not in _keys(load)})

        return _declare(guarded, action)

    return guard


def _stranger_to(row: Subject) -> bool:
    """Who holds no role in a society learns nothing of its rows, not even that they are there."""
    return all(grant.society_id not in (None, row.society_id) for grant in current.grants())


def _keys(load: Loader) -> tuple[str, ...]:
    return load.__code__.co_varnames[: load.__code__.co_argcount]


def _found(load: Loader, **values: Any) -> Any:
    signed_in()
    keys = {key: value for key, value in values.items() if key in _keys(load)}
    row = load(session(), **keys)
    if row is None:
        raise NotThere
    return row


def demand(action: Action, subject: Subject) -> None:
    """A further right inside a view, such as that to one field."""
    if not may(current.grants(), action, subject):
        raise NotAllowed


def close_by_default(app: Flask) -> None:
    """An endpoint that declares no action is refused, whoever asks."""

    def check() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        if view is not None and request.endpoint != "static" and not hasattr(view, "action"):
            raise NotAllowed

    app.before_request(check)
