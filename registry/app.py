"""The application factory: the only module that knows every area."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Response
from flask_wtf import CSRFProtect

from registry import cli
from registry.accounts import factors
from registry.accounts.activating import bp as activating
from registry.accounts.languages import bp as language
from registry.accounts.own import bp as own_account
from registry.accounts.own_address import bp as own_address
from registry.accounts.regaining import bp as regaining
from registry.accounts.resetting import bp as resetting
from registry.accounts.views import bp as accounts
from registry.accounts.views import login_manager
from registry.annual.views import bp as annual
from registry.bodies.views import bp as bodies
from registry.branches.views import bp as branches
from registry.bulk.views import bp as bulk
from registry.certificates.verifying import bp as verifying
from registry.certificates.views import bp as certificates
from registry.composition.views import bp as composition
from registry.config import ROOT, Config, from_environment
from registry.confirmations.answering import bp as confirming
from registry.confirmations.views import bp as confirmations
from registry.core.vault import Vault
from registry.directory.views import bp as directory
from registry.exchange.views import bp as exchange
from registry.exports.views import bp as exports
from registry.figures.views import bp as figures
from registry.findings.views import bp as findings
from registry.integrity.views import bp as integrity
from registry.invitations.recoveries import bp as recoveries
from registry.invitations.views import bp as invitations
from registry.joining.public import bp as join
from registry.joining.views import bp as joining
from registry.journal import recording
from registry.lists.views import bp as lists
from registry.mail import commands, sending
from registry.meetings.views import bp as meetings
from registry.members.views import bp as members
from registry.merging.views import bp as merging
from registry.overview.views import bp as overview
from registry.palette.views import bp as palette
from registry.printouts.views import bp as printouts
from registry.privacy.consenting import bp as consents
from registry.privacy.erasures import bp as erasures
from registry.privacy.views import bp as privacy
from registry.profile.proposing import bp as own_proposals
from registry.profile.views import bp as profile
from registry.proposals.views import bp as proposals
from registry.roster.arranging import bp as arrangements
from registry.roster.cells import bp as cells
from registry.roster.live import bp as live
from registry.roster.views import bp as roster
from registry.slates.views import bp as slates
from registry.supervision.views import bp as supervision
from registry.tags.keeping import bp as tag_words
from registry.tags.views import bp as tags
from registry.undoing.views import bp as undoing
from registry.units.views import bp as units
from registry.web import access, addresses, database, errors, filters, frame, languages, pages

AREAS = (
    accounts,
    factors.bp,
    activating,
    resetting,
    regaining,
    own_account,
    own_address,
    invitations,
    recoveries,
    language,
    overview,
    roster,
    arrangements,
    cells,
    live,
    members,
    merging,
    units,
    branches,
    bulk,
    bodies,
    meetings,
    lists,
    composition,
    findings,
    annual,
    integrity,
    join,
    joining,
    certificates,
    verifying,
    slates,
    exchange,
    exports,
    palette,
    printouts,
    consents,
    erasures,
    privacy,
    profile,
    own_proposals,
    confirmations,
    confirming,
    directory,
    proposals,
    supervision,
    figures,
    tags,
    tag_words,
    undoing,
)

CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def create_app(config: Config | None = None) -> Flask:
    """An application for one installation; settings from the environment unless given."""
    config = config or from_environment()
    app = Flask("registry", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    vault = Vault(config.secret)
    _settle(app, config, vault)
    addresses.init_app(app)
    database.init_app(app, vault)
    recording.install(database.db.session)
    with app.app_context():
        database.prepare_engine(database.db.engine)
    CSRFProtect(app)
    languages.init_app(app)
    login_manager.init_app(app)
    sending.init_app(app, config)
    commands.init_app(app)
    access.close_by_default(app)
    factors.init_app(app)
    for part in (errors, filters, frame, pages, cli):
        part.init_app(app)
    for area in AREAS:
        app.register_blueprint(area)
    app.after_request(_harden)
    return app


def _settle(app: Flask, config: Config, vault: Vault) -> None:
    app.config.update(
        SECRET_KEY=vault.session_key,
        SQLALCHEMY_DATABASE_URI=config.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(config.database_url),
        TESTING=config.testing,
        MAX_CONTENT_LENGTH=config.upload_megabytes * 2**20,
        MAX_FORM_MEMORY_SIZE=2 * 2**20,
        SESSION_COOKIE_NAME="registry",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.secure_cookies,
        PERMANENT_SESSION_LIFETIME=timedelta(minutes=config.session_minutes),
        SEND_FILE_MAX_AGE_DEFAULT=3600,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.extensions["registry"] = config


def _harden(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers.setdefault("Referrer-Policy", "same-origin")
    return response
