"""The floor: bare Flask, SQL by hand, a plain table; the least that the same rows can cost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from flask import Flask, render_template_string, request
from sqlalchemy import make_url

from registry.demo.stock import DAY

TABLE = """<!doctype html><title>Members</title><table>
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table>"""

ROWS = """SELECT m.number, p.name, p.sex, p.birth, p.region, c.name, b.name, p.employer, p.title, p.phone,
m.starts_on
FROM membership m JOIN person p ON p.id = m.person_id JOIN category c ON c.id = m.category_id
LEFT JOIN branch b ON b.id = m.branch_id
WHERE m.society_id = 1 AND m.person_id IS NOT NULL AND {state} {more} ORDER BY {order}, m.id LIMIT 50"""

ACTIVE = f"+m.starts_on <= '{DAY}' AND (m.ends_on IS NULL OR m.ends_on > '{DAY}')"

KINDS = f"""SELECT m.region, m.sex, m.title_level, substr(m.birth, 1, 4), count(*)
FROM membership m WHERE m.society_id = 1 AND m.person_id IS NOT NULL AND {ACTIVE}
GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC LIMIT 50"""

FEW = {
    "sqlite": "AND m.person_id IN (SELECT rowid FROM person_search WHERE person_search MATCH ?)",
    "postgresql": "AND p.search_vector @@ CAST(? AS tsquery)",
}
MANY = {"sqlite": "AND instr(' ' || p.search_text || ' ', ?) > 0", "postgresql": FEW["postgresql"]}


class Floor:
    """One connection as the registry sets it, and an address for each question."""

    def __init__(self, url: str) -> None:
        address = make_url(url)
        self.dialect = address.get_backend_name()
        self.app = Flask("floor")
        self._connection: Any = self._connect(address)

    def _connect(self, address: Any) -> Any:
        if self.dialect == "postgresql":
            return psycopg.connect(
                host=address.query["host"], user=address.username, dbname=address.database, autocommit=True
            )
        connection = sqlite3.connect(address.database, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-32000"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Rows of a statement with ? for its values."""
        if self.dialect == "postgresql":
            statement = statement.replace("%", "%%").replace("?", "%s")
        cursor = self._connection.execute(statement, tuple(values))
        return list(cursor.fetchall()) if cursor.description else []

    def serve(
        self,
        path: str,
        more: str = "",
        values: Sequence[Any] = (),
        *,
        few: bool = False,
        by: str = "m.sort_number",
        state: str = ACTIVE,
    ) -> str:
        """An address that shows the page of fifty rows; `few` = sorted after they are found."""
        sqlite = self.dialect == "sqlite"
        statement = ROWS.format(state=state, more=more, order=f"+{by}" if sqlite and few else by)
        if not sqlite:
            statement = statement.replace("+m.", "m.")
        self._add(path, lambda: render_template_string(TABLE, rows=self.execute(statement, values)))
        return path

    def tell(self, path: str) -> str:
        """An address that shows how many there are of each kind, read and grouped once."""
        sqlite = self.dialect == "sqlite"
        statement = KINDS if sqlite else KINDS.replace("+m.", "m.")
        self._add(path, lambda: render_template_string(TABLE, rows=self.execute(statement)))
        return path

    def save(self, path: str, person_id: int) -> str:
        """An address that saves one fact."""

        def saved() -> str:
            value = request.form["position"]
            self.execute("UPDATE person SET position = ? WHERE id = ?", (value, person_id))
            return render_template_string("<td>{{ value }}</td>", value=value)

        self._add(path, saved, "POST")
        return path

    def _add(self, path: str, view: Callable[[], str], method: str = "GET") -> None:
        self.app.add_url_rule(path, path, view, methods=[method])
