"""The first schema."""

import sqlalchemy as sa
from alembic import op

from breachdesk.store.migrations.making import TIME, in_case, index, kept, table
from breachdesk.store.search import DEFINITION

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    _chain()
    _desk()
    _register()
    _cases()
    _notes()
    _papers()
    _tasks()
    _letters()
    _keeping()
    _outside()


def _chain() -> None:
    table(
        "auditentry",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("record_version", sa.Integer(), nullable=False),
        sa.Column("incident", sa.String(), nullable=True),
        sa.Column("case_seq", sa.Integer(), nullable=True),
        sa.Column("payload_digest", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("case_previous", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    index("auditentry", "incident")
    index("auditentry", "subject")
    table(
        "auditsalt",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )


def _desk() -> None:
    kept(
        "formtext",
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.UniqueConstraint("digest"),
    )
    table(
        "halftyped",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("saved_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("actor", "place", "field"),
    )
    kept(
        "organisation",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
    )
    kept("person", sa.Column("name", sa.String(), nullable=False))
    index("person", "name")


def _register() -> None:
    table(
        "register_row",
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("is_drill", sa.Boolean(), nullable=False),
        sa.Column("became_aware_at", TIME, nullable=True),
        sa.Column("first_sign_at", TIME, nullable=True),
        sa.Column("deadline", TIME, nullable=True),
        sa.Column("worst_case_deadline", TIME, nullable=True),
        sa.Column("settled", sa.String(), nullable=False),
        sa.Column("presses_at", TIME, nullable=True),
        sa.Column("risk", sa.String(), nullable=True),
        sa.Column("open_duties", sa.String(), nullable=False),
        sa.Column("tasks_open", sa.Integer(), nullable=False),
        sa.Column("task_due", TIME, nullable=True),
        sa.Column("closed_at", TIME, nullable=True),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.Column("others_run", sa.Boolean(), nullable=False),
        sa.Column("next_step", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("incident_id"),
        sa.UniqueConstraint("ref"),
        sa.UniqueConstraint("seq"),
    )
    op.create_index(
        "ix_register_row_order", "register_row", ["rank", "presses_at", "year", "number", "seq"]
    )
    index("register_row", "year")
    for statement in DEFINITION:
        op.execute(statement)


def _cases() -> None:
    in_case(
        "answer",
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("form_digest", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("is_unknown", sa.Boolean(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("due", TIME, nullable=True),
        sa.Column("is_cleared", sa.Boolean(), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.Column("replaces", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
    )
    index("answer", "question")
    kept(
        "incident",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_drill", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("year", "number"),
    )
    index("incident", "number")
    in_case(
        "incidentfacts",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("regime", sa.String(), nullable=False),
        sa.Column("nature", sa.JSON(), nullable=False),
        sa.Column("processing", sa.JSON(), nullable=False),
        sa.Column("occurred_from", TIME, nullable=True),
        sa.Column("occurred_to", TIME, nullable=True),
        sa.Column("detected_at", TIME, nullable=True),
        sa.Column("became_aware_at", TIME, nullable=True),
        sa.Column("awareness_reason", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("forms", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
    )


def _notes() -> None:
    in_case(
        "peoplegroup",
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("forms", sa.JSON(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
    )
    index("peoplegroup", "group_id")
    in_case(
        "note",
        sa.Column("occurred_at", TIME, nullable=False),
        sa.Column("fidelity", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
    )


def _papers() -> None:
    in_case(
        "assessment",
        sa.Column("pack", sa.String(), nullable=False),
        sa.Column("forms", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("risk", sa.String(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
    )
    in_case(
        "decision",
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=True),
        sa.Column("rationale", sa.String(), nullable=False),
        sa.Column("advice", sa.JSON(), nullable=True),
        sa.Column("assessment_id", sa.String(), nullable=True),
        sa.Column("is_against_advice", sa.Boolean(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=True),
    )
    in_case(
        "dispatch",
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=True),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("sent_at", TIME, nullable=True),
        sa.Column("corrects", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=True),
    )
    in_case(
        "document",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=True),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("audit_head", sa.String(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("allowed_numbers", sa.JSON(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=True),
    )


def _tasks() -> None:
    in_case(
        "attachment",
        sa.Column("dispatch_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    in_case(
        "task",
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("cites", sa.JSON(), nullable=False),
        sa.Column("playbook", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("owner_words", sa.JSON(), nullable=False),
        sa.Column("due", TIME, nullable=True),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("done_at", TIME, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
    )
    index("task", "task")


def _letters() -> None:
    in_case(
        "delivery",
        sa.Column("mailing_id", sa.String(), nullable=False),
        sa.Column("results_sha256", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("delivered", sa.String(), nullable=False),
        sa.Column("returned", sa.String(), nullable=False),
        sa.Column("delivered_count", sa.Integer(), nullable=False),
        sa.Column("returned_count", sa.Integer(), nullable=False),
    )
    in_case(
        "mailing",
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("recipients_sha256", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("lettered", sa.String(), nullable=False),
        sa.Column("kept_back", sa.String(), nullable=False),
        sa.Column("print_sha256", sa.String(), nullable=False),
        sa.Column("single_files", sa.Integer(), nullable=False),
    )


def _keeping() -> None:
    kept(
        "backup",
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("key_check", sa.String(), nullable=False),
        sa.Column("known_seq", sa.Integer(), nullable=True),
        sa.Column("known_head", sa.String(), nullable=True),
    )
    in_case(
        "erasure",
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("erased", sa.JSON(), nullable=False),
        sa.Column("beyond", sa.JSON(), nullable=False),
    )
    in_case(
        "evidence",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("keeping", sa.String(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("collector", sa.String(), nullable=False),
        sa.Column("collected_at", TIME, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
    )
    in_case(
        "evidenceuse",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("evidence_id", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
    )
    in_case(
        "imported",
        sa.Column("original_ref", sa.String(), nullable=False),
        sa.Column("original_desk", sa.String(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
    )
    kept(
        "keychange",
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
    )


def _outside() -> None:
    in_case(
        "casepack",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("manifest_sha256", sa.String(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
    )
    kept(
        "headstamp",
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("stamped_at", TIME, nullable=False),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
    )
    in_case(
        "hold",
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
    )
    kept(
        "signingkey",
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("private_key", sa.LargeBinary(), nullable=False),
    )
