"""The proposals of a society's members: the queue, each with its difference, and judging them one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from flask import Blueprint, Response, current_app, flash, send_file, url_for
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, false
from sqlalchemy.orm import Session

from registry.core.errors import NotAllowed
from registry.core.policy import Action
from registry.members.forms import RevealForm
from registry.memberships.queries import spells, standing
from registry.proposals import queries, services
from registry.proposals.forms import JudgeForm, judge_form
from registry.proposals.models import Proposal
from registry.proposals.showing import Case
from registry.proposals.subjects import label, moved
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import addresses, current
from registry.web.access import permit_in, permit_on
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.filters import link
from registry.web.pages import go, page

bp = Blueprint("proposals", __name__, url_prefix="/societies/<slug>/proposals")
BOTH = ["GET", "POST"]


def load_case(session: Session, slug: str, proposal_id: int) -> Case | None:
    """The proposal in the address, with the member as they stand."""
    proposal = queries.one(session, load_society(session, slug).id, proposal_id)
    return _case(session, proposal) if proposal else None


def load_document(session: Session, slug: str, fact_id: int) -> Case | None:
    """A document that was proposed in the society in the address."""
    fact = queries.document(session, load_society(session, slug).id, fact_id)
    case = _case(session, fact.proposal) if fact else None
    return replace(case, fact=fact) if case else None


def _case(session: Session, proposal: Proposal) -> Case | None:
    person = queries.holder(session, proposal)
    found = spells(session, proposal.society_id, person.id)
    return Case(session, proposal, standing(found, current.today()), person) if found else None


def waiting(society: Society) -> ColumnElement[bool]:
    """Holds for the proposals in which something waits that the reader may judge."""
    clause = queries.judgeable_by(current.grants(), society.id)
    return clause if clause is not None else false()


@bp.get("/")
@permit_in(Action.PROPOSAL_JUDGE, load_society)
def index(society: Society) -> Response:
    """What waits, the longest first."""
    clause = waiting(society)
    found = queries.queue(session(), clause, addresses.number("after") or 0)
    rows, more = found[: queries.PAGE], found[queries.PAGE :]
    return page(
        "proposals/index.html",
        rows=rows,
        total=session().scalar(queries.many(clause)),
        people=queries.names(session(), society.id, {row.person_id for row in rows}),
        labels={fact.key: label(fact.key) for row in rows for fact in row.facts},
        after=rows[-1].id if more else None,
        today=current.today(),
    )


@bp.route("/<int:proposal_id>", methods=BOTH, endpoint="page")
@permit_on(Action.PROPOSAL_JUDGE, load_case)
def judge(case: Case) -> Response:
    """One proposal: what was, what is asked for, and the judgement."""
    mine = case.mine(current.grants())
    form = _form(case)
    if not mine:
        return _show(case, form, 200)
    status = attempt(form, lambda: _carry_out(case, form))
    if status is None:
        flash(_("已审核，本人会在自己的页面上看到结果"), "done")
        return _on(case)
    return _show(case, form, status)


def _form(case: Case) -> JudgeForm:
    mine = case.mine(current.grants())
    away = [fact.key for fact in mine if moved(fact, case.person, case.spell)]
    return judge_form(mine, case.person, case.spell.version, away)


def _carry_out(case: Case, form: JudgeForm) -> None:
    now = datetime.now(UTC)
    services.judge(session(), case.proposal, case.spell, form.command(), current.today(), now)
    config = current_app.extensions["registry"]
    if config.smtp is not None and config.address:
        society = session().get_one(Society, case.society_id)
        where = f"{config.address}{url_for('profile.page', slug=society.slug)}"
        services.tell(session(), case.person, society.name, where)


def _on(case: Case) -> Response:
    """The next one that waits, or the list."""
    society = session().get_one(Society, case.society_id)
    before, after = queries.beside(session(), waiting(society), case.proposal.id)
    following = after or before
    if following is None:
        return go(link("proposals.index", slug=society.slug))
    return go(link("proposals.page", slug=society.slug, proposal_id=following))


def _show(case: Case, form: JudgeForm, status: int) -> Response:
    society = session().get_one(Society, case.society_id)
    clause, grants = waiting(society), current.grants()
    before, after = queries.beside(session(), clause, case.proposal.id)
    told = case.seen(grants)
    return page(
        "proposals/page.html",
        "case",
        status,
        case=case,
        told_facts=told,
        hidden=len(case.proposal.facts) - len(told),
        mine={fact.key for fact in form.facts},
        form=form,
        whole=case.whole(grants),
        total=session().scalar(queries.many(clause)),
        before=before,
        following=after,
    )


@bp.post("/<int:proposal_id>/evidence")
@permit_on(Action.PROPOSAL_JUDGE, load_case)
def evidence(case: Case) -> Response:
    """The file that came with it; that it was opened is put on record."""
    if not case.whole(current.grants()):
        raise NotAllowed
    content = BytesIO(services.open_evidence(session(), case.proposal))
    name = case.proposal.filename
    return send_file(content, "application/octet-stream", as_attachment=True, download_name=name)


@bp.route("/numbers/<int:fact_id>", methods=BOTH)
@permit_on(Action.DOCUMENT_REVEAL, load_document)
def number(case: Case) -> Response:
    """The number of a proposed document in clear, once, for a reason."""
    form, clear = RevealForm(), list[str]()
    status = attempt(form, lambda: clear.append(services.reveal(session(), case.fact, form.reason.data)))
    return page("proposals/number.html", "form", status or 200, form=form, case=case, clear="".join(clear))
