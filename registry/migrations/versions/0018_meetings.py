"""Meetings stand by themselves: a decision is one of a meeting, with its votes; offices carry an approval."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0018_meetings"
down_revision = "0010"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SAME = (
    "m.society_id = d.society_id AND coalesce(m.body_id, 0) = coalesce(d.body_id, 0)"
    " AND m.name = d.meeting AND m.held_on = d.decided_on"
)
TOLD = ("meeting", "decided_on", "entitled", "present", "body_id")
"""What a decision used to say itself."""
VOTES = ("votes_for", "votes_against", "votes_abstain")


def upgrade() -> None:
    """Every decision on record gets the meeting that it spoke of."""
    _meetings()
    op.add_column("tenure", sa.Column("approval", sa.String(120), nullable=False, server_default=""))
    for key in ("decision_id", "end_decision_id"):
        op.create_index(f"ix_tenure_{key.removesuffix('_id')}", "tenure", ["society_id", key])
    op.execute(
        "INSERT INTO meeting (society_id, body_id, name, held_on, entitled, present, version)"
        " SELECT society_id, body_id, meeting, decided_on, max(entitled), max(present), 1"
        " FROM decision GROUP BY society_id, body_id, meeting, decided_on"
    )
    op.add_column("decision", sa.Column("meeting_id", KEY, nullable=True))
    op.execute(
        f"UPDATE decision AS d SET meeting_id = (SELECT m.id FROM meeting m WHERE {SAME})"
        if op.get_bind().dialect.name == "postgresql"
        else f"UPDATE decision SET meeting_id = (SELECT m.id FROM meeting m WHERE {SAME.replace('d.', 'decision.')})"
    )
    _decisions()


def _meetings() -> None:
    op.create_table(
        "meeting",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("body_id", KEY, nullable=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("document_number", sa.String(60), nullable=False, server_default=""),
        sa.Column("document_title", sa.String(120), nullable=False, server_default=""),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_meeting_society_id_society"),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name="fk_meeting_body_id_body"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
    )
    op.create_index("ix_meeting_society", "meeting", ["society_id", "held_on"])
    op.create_index("ix_meeting_body", "meeting", ["society_id", "body_id", "held_on"])
    op.create_table(
        "meeting_paper",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("meeting_id", KEY, nullable=False),
        sa.Column("filename", sa.String(200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_meeting_paper_society_id_society"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_meeting_paper_meeting_id_meeting"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_paper"),
    )
    op.create_index("ix_meeting_paper_meeting", "meeting_paper", ["society_id", "meeting_id"])


def _decisions() -> None:
    op.drop_index("ix_decision_society", "decision")
    with _unhung(), op.batch_alter_table("decision") as batch:
        batch.alter_column("meeting_id", existing_type=KEY, nullable=False)
        batch.create_foreign_key("fk_decision_meeting_id_meeting", "meeting", ["meeting_id"], ["id"])
        batch.drop_constraint("fk_decision_body_id_body", type_="foreignkey")
        for key in TOLD:
            batch.drop_column(key)
        for key in VOTES:
            batch.add_column(sa.Column(key, sa.Integer(), nullable=True))
    op.create_index("ix_decision_meeting", "decision", ["society_id", "meeting_id"])


@contextmanager
def _unhung() -> Iterator[None]:
    """SQLite makes the table anew, which it refuses while offices refer to it."""
    if op.get_bind().dialect.name == "postgresql":
        yield
        return
    hung = "decision_id IS NOT NULL OR end_decision_id IS NOT NULL"
    op.execute(f"CREATE TEMP TABLE hung AS SELECT id, decision_id, end_decision_id FROM tenure WHERE {hung}")
    op.execute("CREATE UNIQUE INDEX hung_id ON hung (id)")
    op.execute("UPDATE tenure SET decision_id = NULL, end_decision_id = NULL")
    yield
    op.execute(
        "UPDATE tenure SET (decision_id, end_decision_id) ="
        " (SELECT h.decision_id, h.end_decision_id FROM hung h WHERE h.id = tenure.id)"
        " WHERE id IN (SELECT id FROM hung)"
    )
    op.execute("DROP TABLE hung")


def downgrade() -> None:
    """What the meetings knew goes back to their decisions; papers and votes are lost."""
    op.drop_index("ix_decision_meeting", "decision")
    with _unhung(), op.batch_alter_table("decision") as batch:
        batch.add_column(sa.Column("meeting", sa.String(120), nullable=False, server_default=""))
        batch.add_column(sa.Column("decided_on", sa.Date(), nullable=True))
        for key in ("entitled", "present"):
            batch.add_column(sa.Column(key, sa.Integer(), nullable=True))
        batch.add_column(sa.Column("body_id", KEY, nullable=True))
        batch.create_foreign_key("fk_decision_body_id_body", "body", ["body_id"], ["id"])
        for key in VOTES:
            batch.drop_column(key)
    for key, column in zip(TOLD, ("name", "held_on", "entitled", "present", "body_id"), strict=True):
        told = f"(SELECT m.{column} FROM meeting m WHERE m.id = decision.meeting_id)"
        op.execute(f"UPDATE decision SET {key} = {told}")
    with _unhung(), op.batch_alter_table("decision") as batch:
        batch.alter_column("decided_on", existing_type=sa.Date(), nullable=False)
        batch.drop_constraint("fk_decision_meeting_id_meeting", type_="foreignkey")
        batch.drop_column("meeting_id")
    op.create_index("ix_decision_society", "decision", ["society_id", "decided_on"])
    op.drop_table("meeting_paper")
    op.drop_table("meeting")
    for key in ("end_decision", "decision"):
        op.drop_index(f"ix_tenure_{key}", "tenure")
    op.drop_column("tenure", "approval")
