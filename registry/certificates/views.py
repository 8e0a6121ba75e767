"""A member's certificates: chosen, looked at, issued, revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, flash, g, request, send_file, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.bodies.queries import tenures_of_person
from registry.certificates import drawing, facts, forms, queries, services, witness
from registry.certificates.models import Certificate, CertificateKind
from registry.certificates.services import Issue
from registry.core.errors import NotThere
from registry.core.policy import Action
from registry.memberships.models import Membership
from registry.memberships.queries import spells
from registry.memberships.views import load_member
from registry.printing.paper import pdf, png
from registry.societies.models import Society
from registry.web import current
from registry.web.access import permit_on
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.filters import link
from registry.web.languages import LANGUAGES, speaking, speaks
from registry.web.pages import go, page

bp = Blueprint("certificates", __name__, url_prefix="/societies/<slug>/members/<number>/certificates")
MEMBERSHIP, OFFICE = "m", "o"
SAMPLE = "a" * 26
BOTH = "both"
"""The language of a certificate that is written in two."""


@dataclass
class Desk:
    """Of what a person can have certificates, and what is chosen in the address."""

    society: Society
    spell: Membership

    @cached_property
    def spells(self) -> Any:
        """All spells, newest first."""
        return spells(session(), self.society.id, self.spell.person_id or 0)

    @cached_property
    def tenures(self) -> Any:
        """All offices that were never voided, newest first."""
        found = tenures_of_person(session(), self.society.id, self.spell.person_id or 0)
        return [row for row in found if row.state_on(current.today()) not in {"voided", "elect"}]

    @cached_property
    def offered(self) -> list[tuple[str, str]]:
        """The membership where it stands, and every office."""
        standing = self.spell.state_on(current.today()) == "active"
        own = [(f"{MEMBERSHIP}{self.spell.id}", str(_("会员：%(what)s", what=self.spell.category.name)))]
        held = [
            (f"{OFFICE}{row.id}", f"{row.term.body.name}{row.term.name} {row.post.name}")
            for row in self.tenures
        ]
        return [*(own if standing else []), *held]

    @cached_property
    def of(self) -> str:
        """What is chosen; the first that is offered unless the address says otherwise."""
        asked = request.values.get("of", "")
        known = [key for key, _word in self.offered]
        return asked if asked in known else known[0] if known else ""

    @property
    def kind(self) -> CertificateKind:
        """A membership or an office."""
        return CertificateKind.OFFICE if self.of.startswith(OFFICE) else CertificateKind.MEMBERSHIP

    @cached_property
    def all_facts(self) -> dict[str, str]:
        """Everything that could be told."""
        if self.kind == CertificateKind.OFFICE:
            tenure = next(row for row in self.tenures if f"{OFFICE}{row.id}" == self.of)
            return facts.of_office(self.society, tenure, self.spell.number)
        first = min(row.starts_on for row in self.spells)
        return facts.of_membership(self.society, self.spell, first, current.today())

    @property
    def told(self) -> dict[str, str]:
        """What is chosen to be told."""
        return facts.chosen(self.kind, self.all_facts, request.values.getlist("facts"))

    def command(self) -> Issue:
        """The certificate that is asked for."""
        key = int(self.of[1:])
        ids = {"tenure_id": key} if self.kind == CertificateKind.OFFICE else {"membership_id": key}
        return Issue(self.kind, self.spell.person_id or 0, self.told, **ids)


def load_certificate(session: Session, slug: str, number: str, certificate_id: int) -> Certificate:
    """A certificate of the member under the number."""
    spell = load_member(session, slug, number)
    row = queries.one(session, spell.society_id, certificate_id)
    if row is None or row not in _of(Desk(g.society, spell)):
        raise NotThere
    return row


def _of(desk: Desk) -> Any:
    rows = [row.id for row in desk.spells], [row.id for row in desk.tenures]
    return queries.of_rows(session(), desk.society.id, *rows)


def _address(row: Certificate) -> str:
    return url_for("verifying.certificate", code=row.code, _external=True)


@bp.route("/", methods=["GET", "POST"])
@permit_on(Action.CERTIFICATE_ISSUE, load_member)
def index(spell: Membership) -> Response:
    """What has been certified, and what can be; POST issues what is chosen."""
    desk = Desk(g.society, spell)
    if request.method == "POST" and desk.of:
        services.issue(session(), desk.society.id, desk.command(), current.today())
        flash(_("证明已出具，可以下载"), "done")
        return go(_here(spell))
    form = forms.ChooseForm(formdata=None, data={"of": desk.of, "facts": request.args.getlist("facts")})
    form.offer(desk.offered, desk.kind)
    issued = [(row, services.worth(session(), row, current.today())) for row in _of(desk)]
    return page("certificates/index.html", "choice", desk=desk, form=form, issued=issued, labels=facts.LABELS)


def _here(spell: Membership) -> str:
    return link("certificates.index", slug=g.society.slug, number=spell.number)


@bp.get("/draft.png")
@permit_on(Action.CERTIFICATE_ISSUE, load_member)
def draft(spell: Membership) -> Response:
    """How the chosen certificate will look."""
    desk = Desk(g.society, spell)
    if not desk.of:
        raise NotThere
    address = url_for("verifying.certificate", code=SAMPLE, _external=True)
    told = drawing.data(desk.kind, desk.told, current.today(), address, SAMPLE * 6, draft=True)
    return send_file(BytesIO(png("certificate", told, 72)), "image/png")


@bp.get("/<int:certificate_id>.pdf")
@permit_on(Action.CERTIFICATE_ISSUE, load_certificate)
def file(row: Certificate) -> Response:
    """The certificate as it was issued; in the reader's language, in another, or in Chinese and English."""
    if row.revoked_at is not None:
        raise NotThere
    text = witness.text_of(session().info["vault"], row.code, row.issued_on, row.told)
    asked = request.args.get("language", "")
    draw = drawing.both if asked == BOTH else drawing.data
    with speaking(asked if asked in LANGUAGES else speaks()):
        told = draw(row.kind, row.told, row.issued_on, _address(row), text, draft=False)
    name = f"{told['title']}-{row.told['name']}.pdf"
    content = BytesIO(pdf("certificate", told))
    return send_file(content, "application/pdf", as_attachment=True, download_name=name)


@bp.route("/<int:certificate_id>/revoke", methods=["GET", "POST"])
@permit_on(Action.CERTIFICATE_REVOKE, load_certificate)
def revoke(row: Certificate) -> Response:
    """It holds no longer."""
    form, values = forms.RevokeForm(), request.view_args or {}
    status = attempt(form, lambda: services.revoke(session(), row, form.why.data, datetime.now(UTC)))
    back = link("certificates.index", slug=values["slug"], number=values["number"])
    if status is None:
        flash(_("已撤回；再核验时会说它已经撤回"), "done")
        return go(back)
    title = _("撤回证明")
    return page("certificates/revoke.html", "form", status, form=form, title=title, back=back, row=row)
