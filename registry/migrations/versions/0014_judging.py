"""Verdicts in pages, what clerks taught of headings and settled of namesakes; guards that find by holder."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014_judging"
down_revision = "0019_lists"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SPELLS_MEET = (
    "o.society_id = NEW.society_id AND o.person_id = NEW.person_id AND o.id <> NEW.id AND o.version > 0"
    " AND +o.starts_on < coalesce(o.ends_on, '9999-12-31')"
    " AND +o.starts_on < coalesce(NEW.ends_on, '9999-12-31')"
    " AND NEW.starts_on < coalesce(o.ends_on, '9999-12-31')"
)
"""As in 0002, but so that a database without statistics finds by holder too: the version stands in no index
that could be walked instead, and the sign keeps the first day from narrowing one."""

SAME = (
    "region, sort_pinyin, sort_strokes, sort_name_strokes, sex, birth, ethnic, political, employer_kind,"
    " grassroots, title_level, education, degree, disciplines"
)
SOURCES = ", ".join(f"p.{column.strip()}" for column in SAME.split(","))
BIRTH_MONTH = "CASE WHEN length(p.birth) >= 7 THEN substr(p.birth, 6, 2) END"
GAPS = " + ".join(
    f"CASE WHEN p.{fact} = '' THEN {bit} ELSE 0 END"
    for fact, bit in (("phone", 1), ("email", 2), ("employer", 4), ("title", 8), ("disciplines", 16))
)
MIRRORED = f"{SAME}, birth_month, gaps"
FOLLOWS = f"SELECT {SOURCES}, {BIRTH_MONTH}, {GAPS} FROM person p WHERE p.id = NEW.person_id"


def upgrade() -> None:
    """Lay the tables; on SQLite, guard and mirror anew."""
    _lay_pages()
    _lay_lessons()
    op.add_column("upload", sa.Column("answers", sa.LargeBinary(), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        _guard()
        _mirror()


def _lay_pages() -> None:
    op.create_table(
        "verdict_page",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("upload_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("tally", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_verdict_page_society_id_society"),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"], name="fk_verdict_page_upload_id_upload"),
        sa.PrimaryKeyConstraint("society_id", "upload_id", "number", name="pk_verdict_page"),
    )


def _lay_lessons() -> None:
    """What a society's clerks have said once."""
    op.create_table(
        "heading",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("label", sa.String(100), nullable=False),
        sa.Column("target", sa.String(40), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_heading_society_id_society"),
        sa.PrimaryKeyConstraint("id", name="pk_heading"),
        sa.UniqueConstraint("society_id", "label", name="uq_heading_society_id_label"),
    )
    op.create_table(
        "settled",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("taken_for_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_settled_society_id_society"),
        sa.PrimaryKeyConstraint("id", name="pk_settled"),
        sa.UniqueConstraint("society_id", "mark", name="uq_settled_society_id_mark"),
    )


def _guard() -> None:
    for deed in ("INSERT", "UPDATE OF person_id, starts_on, ends_on"):
        name = f"membership_overlap_{deed.split()[0].lower()}"
        op.execute(f"DROP TRIGGER {name}")
        op.execute(
            f"CREATE TRIGGER {name} AFTER {deed} ON membership"
            " WHEN NEW.starts_on < coalesce(NEW.ends_on, '9999-12-31')"
            f" AND EXISTS (SELECT 1 FROM membership o WHERE {SPELLS_MEET})"
            " BEGIN SELECT RAISE(ABORT, 'overlap in membership'); END"
        )


def _mirror() -> None:
    """A spell that comes with what it mirrors is not written, and indexed, a second time."""
    op.execute("DROP TRIGGER membership_mirrors_new")
    op.execute(
        "CREATE TRIGGER membership_mirrors_new AFTER INSERT ON membership"
        f" WHEN NEW.person_id IS NOT NULL BEGIN UPDATE membership SET ({MIRRORED}) = ({FOLLOWS})"
        f" WHERE id = NEW.id AND ({MIRRORED}) IS NOT ({FOLLOWS}); END"
    )
