"""The tables of the first version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SNAPSHOT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _sort_key(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    """Create them."""
    op.create_table(
        "account",
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("username", name="uq_account_username"),
    )
    op.create_table(
        "act",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", KEY, nullable=True),
        sa.Column("actor_name", sa.String(length=80), nullable=False),
        sa.Column("deed", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_act"),
    )
    op.create_index("ix_act_society", "act", ["society_id", "id"], unique=False)
    op.create_table(
        "chain",
        sa.Column("society_id", KEY, autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("acts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("society_id", name="pk_chain"),
    )
    op.create_table(
        "society",
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("short_name", sa.String(length=40), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=True),
        sa.Column("founded_on", sa.Date(), nullable=True),
        sa.Column("number_prefix", sa.String(length=8), nullable=False),
        sa.Column("charter", sa.JSON(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_society"),
        sa.UniqueConstraint("slug", name="uq_society_slug"),
    )
    op.create_table(
        "branch",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("host", sa.String(length=120), nullable=False),
        sa.Column("founding_decision", sa.Text(), nullable=False),
        sa.Column("ending_decision", sa.Text(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_branch_society_id_society"),
        sa.PrimaryKeyConstraint("id", name="pk_branch"),
        sa.UniqueConstraint("society_id", "code", name="uq_branch_society_id_code"),
    )
    op.create_index("ix_branch_society_name", "branch", ["society_id", "name"], unique=False)
    op.create_table(
        "category",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("elects", sa.Boolean(), nullable=False),
        sa.Column("eligible", sa.Boolean(), nullable=False),
        sa.Column("votes", sa.Boolean(), nullable=False),
        sa.Column("for_units", sa.Boolean(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_category_society_id_society"),
        sa.PrimaryKeyConstraint("id", name="pk_category"),
        sa.UniqueConstraint("society_id", "code", name="uq_category_society_id_code"),
    )
    op.create_table(
        "entry",
        sa.Column("act_id", KEY, nullable=False),
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("table_name", sa.String(length=40), nullable=False),
        sa.Column("row_id", KEY, nullable=True),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("before", SNAPSHOT, nullable=False),
        sa.Column("after", SNAPSHOT, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name="fk_entry_act_id_act"),
        sa.PrimaryKeyConstraint("id", name="pk_entry"),
    )
    op.create_index("ix_entry_act_id", "entry", ["act_id"], unique=False)
    op.create_index("ix_entry_person", "entry", ["society_id", "person_id", "id"], unique=False)
    op.create_index("ix_entry_row", "entry", ["society_id", "table_name", "row_id"], unique=False)
    op.create_table(
        "person",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_traditional", sa.String(length=120), nullable=False),
        sa.Column("name_pinyin", sa.String(length=200), nullable=False),
        sa.Column("name_latin", sa.String(length=200), nullable=False),
        sa.Column("former_names", sa.String(length=200), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=True),
        sa.Column("birth", sa.String(length=10), nullable=True),
        sa.Column("region", sa.String(length=2), nullable=True),
        sa.Column("nationality", sa.String(length=2), nullable=True),
        sa.Column("ethnic", sa.String(length=4), nullable=True),
        sa.Column("political", sa.String(length=4), nullable=True),
        sa.Column("employer", sa.String(length=200), nullable=False),
        sa.Column("position", sa.String(length=200), nullable=False),
        sa.Column("employer_kind", sa.String(length=20), nullable=True),
        sa.Column("grassroots", sa.Boolean(), nullable=True),
        sa.Column("grassroots_ground", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("title_level", sa.String(length=20), nullable=True),
        sa.Column("education", sa.String(length=20), nullable=True),
        sa.Column("degree", sa.String(length=20), nullable=True),
        sa.Column("disciplines", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("postcode", sa.String(length=20), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("sort_pinyin", _sort_key(200), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_person_society_id_society"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_index("ix_person_name", "person", ["society_id", "name"], unique=False)
    op.create_index("ix_person_phone", "person", ["society_id", "phone"], unique=False)
    op.create_table(
        "unit",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=True),
        sa.Column("region", sa.String(length=2), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_unit_society_id_society"),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
    )
    op.create_index("ix_unit_name", "unit", ["society_id", "name"], unique=False)
    op.create_table(
        "body",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("branch_id", KEY, nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_body_branch_id_branch"),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_body_society_id_society"),
        sa.PrimaryKeyConstraint("id", name="pk_body"),
    )
    op.create_index("ix_body_society", "body", ["society_id", "kind"], unique=False)
    op.create_table(
        "identity_document",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("last4", sa.String(length=4), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_identity_document_person_id_person"),
        sa.ForeignKeyConstraint(
            ["society_id"], ["society.id"], name="fk_identity_document_society_id_society"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_identity_document"),
    )
    op.create_index(
        "ix_identity_document_person", "identity_document", ["society_id", "person_id"], unique=False
    )
    op.create_index(
        "uq_identity_document_fingerprint", "identity_document", ["society_id", "fingerprint"], unique=True
    )
    op.create_table(
        "membership",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("unit_id", KEY, nullable=True),
        sa.Column("category_id", KEY, nullable=False),
        sa.Column("branch_id", KEY, nullable=True),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("sort_number", _sort_key(120), nullable=False),
        sa.Column("starts_known", sa.String(length=1), nullable=False),
        sa.Column("end_reason", sa.String(length=10), nullable=True),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("region", sa.String(length=2), nullable=True),
        sa.Column("sort_pinyin", _sort_key(200), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name="ck_membership_one_holder"),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ck_membership_ends_after_start"),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_membership_branch_id_branch"),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name="fk_membership_category_id_category"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_membership_person_id_person"),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_membership_society_id_society"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_membership_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_membership"),
    )
    op.create_index(
        "ix_membership_all_joined",
        "membership",
        ["society_id", "starts_on", "id"],
        unique=False,
        sqlite_where=sa.text("person_id IS NOT NULL"),
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_index(
        "ix_membership_all_number",
        "membership",
        ["society_id", "sort_number", "id", "starts_on", "ends_on"],
        unique=False,
        sqlite_where=sa.text("person_id IS NOT NULL"),
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_index(
        "ix_membership_all_pinyin",
        "membership",
        ["society_id", "sort_pinyin", "id"],
        unique=False,
        sqlite_where=sa.text("person_id IS NOT NULL"),
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_index(
        "ix_membership_branch_joined",
        "membership",
        ["society_id", "branch_id", "starts_on", "id"],
        unique=False,
        sqlite_where=sa.text("person_id IS NOT NULL"),
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_index(
        "ix_membership_branch_number",
        "membership",
        ["society_id", "branch_id", "sort_number", "id", "starts_on", "ends_on"],
        unique=False,
        sqlite_where=sa.text("person_id IS NOT NULL"),
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_index(
        "ix_membership_branch_pinyin",
        "membership",
        ["society_id", "branch_id", "sort_pinyin", "id"],
        unique=False,
        sqlite_where=sa.text("person_id IS NOT NULL"),
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_index(
        "ix_membership_category_joined",
        "membership",
        ["society_id", "category_id", "starts_on", "id"],
        unique=False,
        sqlite_where=sa.text("person_id IS NOT NULL"),
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_index(
        "ix_membership_category_number",
        "membership",
        ["society_id", "category_id", "sort_number", "id", "starts_on", "ends_on"],
        unique=False,
        sqlite_where=sa.text("person_id IS NOT NULL"),
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_index(
        "ix_membership_category_pinyin",
        "membership",
        ["society_id", "category_id", "sort_pinyin", "id"],
        unique=False,
        sqlite_where=sa.text("person_id IS NOT NULL"),
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_index(
        "ix_membership_ended_joined",
        "membership",
        ["society_id", "end_reason", "starts_on", "id"],
        unique=False,
        sqlite_where=sa.text("person_id IS NOT NULL AND end_reason IS NOT NULL"),
        postgresql_where=sa.text("person_id IS NOT NULL AND end_reason IS NOT NULL"),
    )
    op.create_index(
        "ix_membership_ended_number",
        "membership",
        ["society_id", "end_reason", "sort_number", "id"],
        unique=False,
        sqlite_where=sa.text("person_id IS NOT NULL AND end_reason IS NOT NULL"),
        postgresql_where=sa.text("person_id IS NOT NULL AND end_reason IS NOT NULL"),
    )
    op.create_index(
        "ix_membership_ended_pinyin",
        "membership",
        ["society_id", "end_reason", "sort_pinyin", "id"],
        unique=False,
        sqlite_where=sa.text("person_id IS NOT NULL AND end_reason IS NOT NULL"),
        postgresql_where=sa.text("person_id IS NOT NULL AND end_reason IS NOT NULL"),
    )
    op.create_index("ix_membership_number", "membership", ["society_id", "number"], unique=False)
    op.create_index(
        "ix_membership_open_person",
        "membership",
        ["society_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("ends_on IS NULL"),
        postgresql_where=sa.text("ends_on IS NULL"),
    )
    op.create_index(
        "ix_membership_open_unit",
        "membership",
        ["society_id", "unit_id"],
        unique=True,
        sqlite_where=sa.text("ends_on IS NULL"),
        postgresql_where=sa.text("ends_on IS NULL"),
    )
    op.create_index(
        "ix_membership_person", "membership", ["society_id", "person_id", "starts_on"], unique=False
    )
    op.create_index(
        "ix_membership_region_joined",
        "membership",
        ["society_id", "region", "starts_on", "id"],
        unique=False,
        sqlite_where=sa.text("person_id IS NOT NULL"),
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_index(
        "ix_membership_region_number",
        "membership",
        ["society_id", "region", "sort_number", "id", "starts_on", "ends_on"],
        unique=False,
        sqlite_where=sa.text("person_id IS NOT NULL"),
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_index(
        "ix_membership_region_pinyin",
        "membership",
        ["society_id", "region", "sort_pinyin", "id"],
        unique=False,
        sqlite_where=sa.text("person_id IS NOT NULL"),
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_index("ix_membership_unit", "membership", ["society_id", "unit_id"], unique=False)
    op.create_table(
        "representative",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_representative_person_id_person"),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_representative_society_id_society"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_representative_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_representative"),
    )
    op.create_index("ix_representative_unit", "representative", ["society_id", "unit_id"], unique=False)
    op.create_table(
        "role_grant",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("society_id", KEY, nullable=True),
        sa.Column("branch_id", KEY, nullable=True),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_role_grant_account_id_account"),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_role_grant_branch_id_branch"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_role_grant_person_id_person"),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_role_grant_society_id_society"),
        sa.PrimaryKeyConstraint("id", name="pk_role_grant"),
    )
    op.create_index("ix_role_grant_account_id", "role_grant", ["account_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("body_id", KEY, nullable=True),
        sa.Column("meeting", sa.String(length=120), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("annulled_on", sa.Date(), nullable=True),
        sa.Column("annulled_reason", sa.String(length=200), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name="fk_decision_body_id_body"),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_decision_society_id_society"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index("ix_decision_society", "decision", ["society_id", "decided_on"], unique=False)
    op.create_table(
        "post",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("body_id", KEY, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("principal", sa.Boolean(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name="fk_post_body_id_body"),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_post_society_id_society"),
        sa.PrimaryKeyConstraint("id", name="pk_post"),
        sa.UniqueConstraint("society_id", "body_id", "code", name="uq_post_society_id_body_id_code"),
    )
    op.create_table(
        "term",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("body_id", KEY, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("planned_end_on", sa.Date(), nullable=False),
        sa.Column("extended_until", sa.Date(), nullable=True),
        sa.Column("extension_approval", sa.String(length=120), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name="fk_term_body_id_body"),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_term_society_id_society"),
        sa.PrimaryKeyConstraint("id", name="pk_term"),
        sa.UniqueConstraint("society_id", "body_id", "ordinal", name="uq_term_society_id_body_id_ordinal"),
    )
    op.create_table(
        "tenure",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("post_id", KEY, nullable=False),
        sa.Column("term_id", KEY, nullable=False),
        sa.Column("planned_end_on", sa.Date(), nullable=True),
        sa.Column("begun_by", sa.String(length=10), nullable=False),
        sa.Column("ended_by", sa.String(length=10), nullable=True),
        sa.Column("full_time", sa.Boolean(), nullable=True),
        sa.Column("legal_representative", sa.Boolean(), nullable=False),
        sa.Column("nominated_by", sa.String(length=120), nullable=False),
        sa.Column("filing", sa.String(length=120), nullable=False),
        sa.Column("decision_id", KEY, nullable=True),
        sa.Column("end_decision_id", KEY, nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ck_tenure_ends_after_start"),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name="fk_tenure_decision_id_decision"),
        sa.ForeignKeyConstraint(
            ["end_decision_id"], ["decision.id"], name="fk_tenure_end_decision_id_decision"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_tenure_person_id_person"),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_tenure_post_id_post"),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_tenure_society_id_society"),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name="fk_tenure_term_id_term"),
        sa.PrimaryKeyConstraint("id", name="pk_tenure"),
    )
    op.create_index("ix_tenure_person", "tenure", ["society_id", "person_id", "starts_on"], unique=False)
    op.create_index("ix_tenure_post", "tenure", ["society_id", "post_id", "starts_on"], unique=False)
    op.create_index("ix_tenure_term", "tenure", ["society_id", "term_id"], unique=False)
