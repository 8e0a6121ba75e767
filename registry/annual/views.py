"""The annual return of a society, year by year: as a page, a workbook and on paper."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, flash, send_file
from flask_babel import gettext as _

from registry.annual import services, writing
from registry.annual.tables import Return
from registry.core.errors import NotThere
from registry.core.policy import Action
from registry.core.subjects import Place
from registry.printing.paper import NotSet, pdf
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in
from registry.web.database import db, session
from registry.web.filters import link
from registry.web.pages import go, page

bp = Blueprint("annual", __name__, url_prefix="/societies/<slug>/annual")
FILES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
OFFERED = 6
"""Years to switch to."""


@bp.get("/")
@permit_in(Action.ANNUAL_SEE, load_society)
def index(society: Society) -> Response:
    """The return of the last whole year, which is the one that is due."""
    return go(link("annual.year", slug=society.slug, year=current.today().year - 1))


@bp.get("/<int:year>")
@permit_in(Action.ANNUAL_SEE, load_society)
def year(society: Society, year: int) -> Response:
    """Every table of a year."""
    told, this = _return(society, year), current.today().year
    lists = current.allowed(Action.ROSTER_SEE, Place(society.id))
    years = range(this, this - OFFERED, -1)
    return page("annual/year.html", None, told=told, years=years, lists=lists)


@bp.get("/<int:year>.<any(xlsx, pdf):form>")
@permit_in(Action.ANNUAL_SEE, load_society)
def file(society: Society, year: int, form: str) -> Response:
    """The same as a file; that it left the house is journalled."""
    told = _return(society, year)
    name = f"{writing.title(told)}.{form}"
    try:
        content = pdf("annual", writing.data(told)) if form == "pdf" else writing.xlsx(told)
    except NotSet:
        flash(_("没有排成；请改用 Excel，并告诉系统管理员"), "warning")
        return go(link("annual.year", slug=society.slug, year=year))
    # What only read so far may not turn into a writer.
    db.session.rollback()
    services.note(session(), society.id, year, form)
    return send_file(BytesIO(content), FILES[form], as_attachment=True, download_name=name)


def _return(society: Society, year: int) -> Return:
    """Of a year that has begun, not before the society did."""
    first = society.founded_on.year if society.founded_on else min(current.YEARS)
    if not first <= year <= current.today().year:
        raise NotThere
    place = Place(society.id)
    knows = current.allowed(Action.IDENTITY_SEE, place) and current.allowed(Action.WORK_SEE, place)
    return Return(session(), society, year, current.today(), knows=knows)
