"""Where anybody checks a certificate: by its code, by its signed text, or alone with the public key."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, request

from registry.certificates import queries, services, witness
from registry.certificates.facts import LABELS
from registry.certificates.models import Certificate
from registry.core.policy import Action
from registry.web import current
from registry.web.access import permit
from registry.web.database import session
from registry.web.pages import page

bp = Blueprint("verifying", __name__, url_prefix="/verify")
LONGEST = 4000


@bp.route("/", methods=["GET", "POST"])
@permit(Action.CERTIFICATE_VERIFY)
def index() -> Response:
    """A code or a signed text, typed or pasted."""
    typed = request.form.get("text", "").strip()[:LONGEST]
    if not typed:
        lacking = request.method == "POST"
        status = 422 if lacking else 200
        shown = {"typed": "", "read": None, "found": None, "lacking": lacking}
        return _discreet(page("certificates/verify.html", None, status, **shown))
    read = witness.read(session().info["vault"], typed)
    found = queries.by_code(session(), read[0] if read else "".join(typed.split()))
    status = 200 if read or found else 404
    return _discreet(page("certificates/verify.html", None, status, typed=typed, read=read, **_shown(found)))


@bp.get("/<code>")
@permit(Action.CERTIFICATE_VERIFY)
def certificate(code: str) -> Response:
    """What the certificate says, and whether it holds today."""
    found = queries.by_code(session(), code)
    status = 200 if found else 404
    return _discreet(page("certificates/verify.html", None, status, typed=code, read=None, **_shown(found)))


@bp.get("/key")
@permit(Action.CERTIFICATE_VERIFY)
def key() -> Response:
    """The public key."""
    return Response(session().info["vault"].public_key, mimetype="application/x-pem-file")


def _shown(found: Certificate | None) -> dict[str, Any]:
    worth = services.worth(session(), found, current.today()) if found else None
    return {"found": found, "worth": worth, "labels": LABELS}


def _discreet(answer: Response) -> Response:
    """No engine lists it; of the address only the origin is told on, which the check of forms needs."""
    answer = make_response(answer)
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "strict-origin"
    answer.headers["Cache-Control"] = "no-store"
    return answer
