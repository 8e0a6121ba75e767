"""What is measured: one question put to the registry and to the floor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from registry.accounts import sessions
from registry.accounts.queries import by_username
from registry.web import database
from tests.bench import finding
from tests.bench.floor import FEW, MANY, Floor
from tests.bench.registers import SLUG

ROSTER = f"/societies/{SLUG}/members/"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
_NUMBER = re.compile(r"G001-[0-9]{5,}")
_turns = count()


@dataclass(frozen=True)
class Case:
    """One row of the table; `part` = as htmx asks while one types, `lists` = both show the same members."""

    name: str
    ours: str
    floor: str
    part: bool = True
    saves: bool = False
    lists: bool = True

    def ask_ours(self, client: FlaskClient) -> Any:
        """The registry's answer."""
        headers = PART if self.part else {}
        if self.saves:
            return client.post(self.ours, headers=headers, data={"position": _next()})
        return client.get(self.ours, headers=headers)

    def ask_floor(self, client: FlaskClient) -> Any:
        """The floor's."""
        return client.post(self.floor, data={"position": _next()}) if self.saves else client.get(self.floor)


def _next() -> str:
    """Another value each time, for saving what stands already costs nothing."""
    return f"研究员 {next(_turns)}"


def cases(floor: Floor) -> Iterator[Case]:
    """The page, the searches, a save, what else is always at hand, and every filter in every order."""
    person_id, number, name, phone = floor.execute(
        "SELECT p.id, m.number, p.name, p.phone FROM membership m JOIN person p ON p.id = m.person_id"
        " WHERE m.society_id = 1 AND m.ends_on IS NULL AND m.starts_on < '2020-01-01' AND p.phone LIKE '16%'"
        " AND p.region = 'CN' AND length(p.name) = 3 ORDER BY m.id LIMIT 1 OFFSET 200"
    )[0]
    yield Case("roster, the whole page", ROSTER, floor.serve("/roster"), part=False)
    yield _search(floor, "common surname", "王", many=True)
    yield _search(floor, "one name", name)
    yield _search(floor, "pinyin begun", "ouyang")
    yield _search(floor, "pinyin of many", "zhang", many=True)
    yield _search(floor, "phone", phone)
    cell = f"{ROSTER}{number}/facts/position"
    yield Case("saving one cell", cell, floor.save("/save", person_id), saves=True, lists=False)
    palette = f"/palette?in={SLUG}&q={name}"
    yield Case("palette: one name", palette, "/search/one-name", lists=False)
    figures = f"/societies/{SLUG}/figures/"
    yield Case("the dashboard", figures, floor.tell("/figures"), part=False, lists=False)
    for name, query, path in finding.addresses(floor):
        yield Case(name, f"{ROSTER}?{query}", path)


def _search(floor: Floor, name: str, typed: str, *, many: bool = False) -> Case:
    """Many found are looked for in the order of the roster, few are found and sorted."""
    path = f"/search/{name.replace(' ', '-')}"
    if floor.dialect == "postgresql":
        floor.serve(path, FEW["postgresql"], [_tsquery(typed)])
    elif many:
        floor.serve(path, MANY["sqlite"], [f" {typed} " if not typed.isascii() else f" {typed}"])
    else:
        floor.serve(path, FEW["sqlite"], [_fts5(typed)], few=True)
    return Case(f"search: {name}", f"{ROSTER}?q={typed}", path)


def _words(typed: str) -> list[str]:
    return list(typed) if not typed.isascii() else [f"电{typed}" if typed.isdigit() else typed]


def _fts5(typed: str) -> str:
    star = "*" if typed.isascii() else ""
    return f'"社1" AND "{" ".join(_words(typed))}"{star}'


def _tsquery(typed: str) -> str:
    star = ":*" if typed.isascii() else ""
    return "'社1' & (" + " <-> ".join(f"'{word}'{star}" for word in _words(typed)) + ")"


def staff(app: Flask) -> FlaskClient:
    """The registry's client, signed in as the society's staff."""
    client = app.test_client()
    with app.app_context():
        account = by_username(database.session(), "staff")
        secret = sessions.begin(database.session(), account, "bench", datetime.now(UTC))
        database.db.session.commit()
    with client.session_transaction() as cookie:
        cookie.update(_user_id=secret, _fresh=True)
        cookie.permanent = True
    return client


def numbers(answer: Any) -> list[str]:
    """The members that an answer shows, in order."""
    return list(dict.fromkeys(_NUMBER.findall(answer.text)))
