"""Make tables as migrations need them: kept for good, or a case's own."""

import sqlalchemy as sa
from alembic import op

TIME = sa.DateTime(timezone=True)


def in_case(name: str, *columns: sa.schema.SchemaItem) -> None:
    """Make a table whose rows belong to a case."""
    kept(name, sa.Column("incident_id", sa.String(), nullable=False), *columns)
    index(name, "incident_id")


def kept(name: str, *columns: sa.schema.SchemaItem) -> None:
    """Make a table whose rows are kept for good, each with its place in the chain."""
    table(
        name,
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TIME, nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("seq"),
    )


def table(name: str, *columns: sa.schema.SchemaItem) -> None:
    """Make a table."""
    op.create_table(name, *columns)


def index(table: str, column: str) -> None:
    """Make an index on one column."""
    op.create_index(f"ix_{table}_{column}", table, [column])
