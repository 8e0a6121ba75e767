"""Doing what a form asks: a refusal stands at its field, and nothing half done stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request
from flask_wtf import FlaskForm

from registry.core.errors import RuleBroken, Stale
from registry.web.database import session
from registry.web.languages import said


def attempt(form: FlaskForm, deed: Callable[[], Any]) -> int | None:
    """Validate and do; None = done, otherwise the status with which the form is answered again."""
    if request.method != "POST":
        return 200
    if not form.validate():
        return 422
    try:
        deed()
    except RuleBroken as error:
        session().rollback()
        refuse(form, error)
        return 422
    except Stale as error:
        session().rollback()
        overtake(form, error)
        return 409
    return None


def refuse(form: FlaskForm, error: RuleBroken) -> None:
    """Put the reason where it was typed, or over the form where it belongs to no field."""
    if error.field in form:
        field = form[error.field]
        field.errors = [*field.errors, said(error.reason)]
    else:
        form.form_errors = [*form.form_errors, said(error.reason)]


def overtake(form: FlaskForm, error: Stale) -> None:
    """Show what stands now; sent again, the form counts as made against that."""
    form.stale = error
    form["version"].raw_data = None
    form["version"].data = error.version
