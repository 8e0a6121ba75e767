"""A deed on a spell, as pages of members and of units alike ask for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, flash
from flask_wtf import FlaskForm

from registry.web.deeds import attempt
from registry.web.pages import go, page


@dataclass(frozen=True)
class Wording:
    """What surrounds the form: its title, what the deed means, what was done, and the way back."""

    title: str
    lead: str
    done: str
    back: str
    of: str = ""
    danger: bool = False


def carry_out(form: FlaskForm, wording: Wording, deed: Callable[[], Any]) -> Response:
    """The form, or the page to which it returns once it is done."""
    status = attempt(form, deed)
    if status:
        return page("memberships/deed.html", "form", status, form=form, wording=wording)
    flash(wording.done, "done")
    return go(wording.back)
