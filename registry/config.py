"""Settings from the environment, typed; refuses to start when one is missing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from secrets import token_hex
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = ROOT / "instance"


class Misconfigured(SystemExit):
    """Says in one line what to set."""


@dataclass(frozen=True)
class Smtp:
    """The mail server, and in whose name mails are sent; `wrapped` = TLS from the first byte."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    wrapped: bool = False

    @property
    def near(self) -> bool:
        """On this machine, where nobody listens in between."""
        return self.host in {"localhost", "127.0.0.1", "::1"} and not self.user


@dataclass(frozen=True)
class Config:
    """What the installation decides; the rest is in the database. `today` stops the calendar for tests."""

    secret: str = field(repr=False)
    database_url: str = field(repr=False)
    demo: bool = False
    testing: bool = False
    secure_cookies: bool = False
    session_minutes: int = 60
    upload_megabytes: int = 20
    today: date | None = None
    address: str = ""
    smtp: Smtp | None = None
    second_factor: bool = False


def from_environment(env: Mapping[str, str] = os.environ, instance: Path = INSTANCE) -> Config:
    """Every `REGISTRY_…`; see the README."""
    demo = _is_demo(env, instance)
    instance.mkdir(mode=0o700, exist_ok=True)
    url = env.get("REGISTRY_DATABASE_URL") or f"sqlite:///{instance / 'registry.db'}"
    return Config(
        secret=env.get("REGISTRY_SECRET") or _demo_secret(demo, instance),
        database_url=database_url(url),
        demo=demo,
        secure_cookies=env.get("REGISTRY_HTTPS", "") == "1",
        session_minutes=int(env.get("REGISTRY_SESSION_MINUTES", "60")),
        address=env.get("REGISTRY_URL", "").rstrip("/"),
        smtp=_smtp(env),
        second_factor=env.get("REGISTRY_SECOND_FACTOR", "offered" if demo else "required") == "required",
    )


def _smtp(env: Mapping[str, str]) -> Smtp | None:
    """`smtp://user:pass@host:587`, or `smtps://` for TLS from the first byte."""
    url = env.get("REGISTRY_SMTP_URL", "")
    if not url:
        return None
    sender, parts = env.get("REGISTRY_MAIL_FROM", ""), urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise Misconfigured("REGISTRY_SMTP_URL should be like smtp://user:password@mail.example.org:587")
    if "@" not in sender or not env.get("REGISTRY_URL", "").startswith(("https://", "http://")):
        raise Misconfigured(
            "REGISTRY_SMTP_URL needs REGISTRY_MAIL_FROM, such as registry@example.org, and REGISTRY_URL,"
            " such as https://registry.example.org: the links in mails begin with it"
        )
    wrapped = parts.scheme == "smtps"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    port = parts.port or (465 if wrapped else 587)
    return Smtp(parts.hostname, port, sender, user, password, wrapped)


def _is_demo(env: Mapping[str, str], instance: Path) -> bool:
    """Said so, or nothing is said at all and the instance is one that the demo made."""
    said = env.get("REGISTRY_DEMO", "")
    silent = not any(env.get(f"REGISTRY_{name}") for name in ("DEMO", "SECRET", "DATABASE_URL"))
    return said == "1" or (silent and (instance / "secret").exists())


def database_url(text: str) -> str:
    """PostgreSQL addresses as people write them, on psycopg 3."""
    for prefix in ("postgres://", "postgresql://"):
        if text.startswith(prefix):
            return "postgresql+psycopg://" + text.removeprefix(prefix)
    return text


def _demo_secret(demo: bool, instance: Path) -> str:
    """The demo makes its secret once; real data needs one that somebody chose and can restore."""
    if not demo:
        raise Misconfigured(
            "REGISTRY_SECRET is not set. Set it to a long random text and keep it safe: it seals the identity"
            ' documents. For example: export REGISTRY_SECRET="$(openssl rand -hex 32)"'
        )
    path = instance / "secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(token_hex(32))
    return path.read_text().strip()
