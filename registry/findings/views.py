"""The findings of a society: what is to be set right, by when, and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, flash, request, send_file
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.bodies.forms import DeedForm
from registry.composition.judging import Finding
from registry.composition.verdicts import Answer
from registry.composition.views import context
from registry.core.policy import Action
from registry.findings import forms, queries, services, shown
from registry.findings.course import ASKED, Stand, stand
from registry.findings.models import STEPS, Rectification, StepKind, StepPaper
from registry.findings.services import Day
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in, permit_on
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.filters import link
from registry.web.pages import go, page

bp = Blueprint("findings", __name__, url_prefix="/societies/<slug>/findings")
BOTH = ["GET", "POST"]
USUAL = timedelta(days=60)
"""From raising to the day by which an answer is due, unless typed otherwise."""


def load_finding(session: Session, slug: str, finding_id: int) -> Rectification | None:
    """A finding of the society in the address."""
    return queries.one(session, load_society(session, slug).id, finding_id)


def load_paper(session: Session, slug: str, finding_id: int, paper_id: int) -> StepPaper | None:
    """A file of the finding in the address."""
    return queries.paper(session, load_society(session, slug).id, finding_id, paper_id)


@bp.app_context_processor
def _drawn_with() -> dict[str, Any]:
    return shown.drawn_with()


@bp.get("/")
@permit_in(Action.FINDING_SEE, load_society)
def index(society: Society) -> Response:
    """The findings of the society, what is most urgent first; `?settled=1` those that are done with."""
    found = shown.parted(shown.of_society(society), settled="settled" in request.args)
    return page("findings/index.html", "list", **found)


def _href(society: Society, row: Rectification) -> str:
    return link("findings.page", slug=society.slug, finding_id=row.id)


@bp.route("/new", methods=BOTH)
@permit_in(Action.FINDING_RAISE, load_society)
def new(society: Society) -> Response:
    """Raise a finding: about a verdict of today, or in own words."""
    audit = queries.audit(session(), society.id, current.today())
    key = request.args.get("about", "")
    verdict = next((one for one in audit.findings if one.key == key), None)
    form = forms.RaiseForm(data=_proposed(audit, verdict))
    own, made = not current.allowed(Action.SUPERVISION_SEE, society), []
    day = Day(current.today(), verdict)

    def deed() -> None:
        made.append(services.raise_finding(session(), society, form.command(own=own), day))

    status = attempt(form, deed)
    if status is None:
        flash(_("已提出整改"), "done")
        return go(_href(society, made[0]))
    back = link("composition.index", slug=society.slug)
    return _form(form, status, _("提出整改"), back, **context(society, audit), verdict=verdict)


def _proposed(audit: Any, verdict: Finding | None) -> dict[str, Any]:
    """What stands in the form to begin with."""
    if verdict is None:
        return {"until": current.today() + USUAL}
    words = "。".join(filter(None, (verdict.statement, verdict.verdict.said, verdict.verdict.mend)))
    title = f"{audit.where(verdict)}：{verdict.rule.title}"
    return {"title": title, "words": words, "until": current.today() + USUAL}


@bp.get("/<int:finding_id>", endpoint="page")
@permit_on(Action.FINDING_SEE, load_finding)
def finding_page(row: Rectification) -> Response:
    """One finding: what the rule answers now, and every step so far."""
    return page("findings/page.html", None, **_shown(row))


def _shown(row: Rectification) -> dict[str, Any]:
    audit, verdict = _verdict(row)
    now = stand(row, verdict.verdict.answer if verdict else None, current.today())
    society = session().get_one(Society, row.society_id)
    return {
        **(context(society, audit) if audit else {}),
        "row": row,
        "stand": now,
        "steps": STEPS,
        "verdict": verdict,
        "answers": current.allowed(Action.FINDING_ANSWER, row) and now in ASKED,
        "deeds": _deeds(now, verdict) if _judges(row) else (),
    }


def _deeds(now: Stand, verdict: Finding | None) -> list[str]:
    """What those who judge can do about it now."""
    if now is Stand.CLOSED:
        return []
    against = verdict is not None and verdict.verdict.answer is Answer.NOT_MET
    return [*([] if against else ["accept"]), "extend" if now in ASKED else "send_back", "waive"]


def _judges(row: Rectification) -> bool:
    """Those above judge what they raised; a society's own 监事会 its own."""
    return current.allowed(Action.FINDING_JUDGE, row) and (row.own or not _own(row))


def _own(row: Rectification) -> bool:
    return not current.allowed(Action.SUPERVISION_SEE, row)


def _verdict(row: Rectification) -> tuple[Any, Finding | None]:
    """The audit of today, and what it says of the finding's rule."""
    if not row.key:
        return None, None
    audit = queries.audit(session(), row.society_id, current.today())
    return audit, next((one for one in audit.findings if one.key == row.key), None)


@bp.route("/<int:finding_id>/answer", methods=BOTH)
@permit_on(Action.FINDING_ANSWER, load_finding)
def answer(row: Rectification) -> Response:
    """The society says what it did, with papers."""
    form = forms.AnswerForm(data={"version": row.version})
    return _stepped(row, form, _("答复"), _("已答复，等待审核"), services.answer)


@bp.route("/<int:finding_id>/accept", methods=BOTH)
@permit_on(Action.FINDING_JUDGE, load_finding)
def accept(row: Rectification) -> Response:
    """It is set right."""
    form = forms.SayForm(data={"version": row.version})
    return _stepped(row, form, _("认可，了结"), _("已了结"), services.accept, own=_own(row))


@bp.route("/<int:finding_id>/send-back", methods=BOTH)
@permit_on(Action.FINDING_JUDGE, load_finding)
def send_back(row: Rectification) -> Response:
    """The answer does not do."""
    form = forms.SendBackForm(data={"version": row.version, "until": current.today() + USUAL / 2})
    title, told = (_("退回"), _("已退回"))
    if row.stands == StepKind.WAIVED:
        title, told = (_("结束例外"), _("例外已结束"))
    return _stepped(row, form, title, told, services.send_back, own=_own(row))


@bp.route("/<int:finding_id>/extend", methods=BOTH)
@permit_on(Action.FINDING_JUDGE, load_finding)
def extend(row: Rectification) -> Response:
    """Another day by which the answer is due."""
    form = forms.ExtendForm(data={"version": row.version, "until": current.today() + USUAL / 2})
    return _stepped(row, form, _("改定期限"), _("已改定期限"), services.extend, own=_own(row))


@bp.route("/<int:finding_id>/waive", methods=BOTH)
@permit_on(Action.FINDING_JUDGE, load_finding)
def waive(row: Rectification) -> Response:
    """Let it be for a time, on an approval."""
    form = forms.WaiveForm(data={"version": row.version})
    return _stepped(row, form, _("准予例外"), _("已准予例外"), services.waive, own=_own(row))


@bp.get("/<int:finding_id>/papers/<int:paper_id>")
@permit_on(Action.FINDING_SEE, load_paper)
def paper(row: StepPaper) -> Response:
    """A file of an answer."""
    content = BytesIO(services.open_paper(session(), row))
    return send_file(content, "application/octet-stream", as_attachment=True, download_name=row.filename)


def _stepped(
    row: Rectification, form: DeedForm, title: str, told: str, deed: Callable[..., Any], **more: Any
) -> Response:
    day = Day(current.today(), _verdict(row)[1])
    status = attempt(form, lambda: deed(session(), row, form.command(), day, **more))
    slug = (request.view_args or {})["slug"]
    back = link("findings.page", slug=slug, finding_id=row.id)
    if status is None:
        flash(told, "done")
        return go(back)
    return _form(form, status, title, back)


def _form(form: DeedForm, status: int, title: str, back: str, **shown: Any) -> Response:
    return page("findings/form.html", "form", status, form=form, title=title, back=back, **shown)
