"""storing."""

import sqlalchemy as sa
from alembic import op

revision = "0010_storing"
down_revision = "0009_platformontvangst"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "storing",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ronde_id", sa.Uuid(), nullable=False),
        sa.Column("kenmerk", sa.String(), nullable=False),
        sa.Column("van", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("melding", sa.Text(), nullable=False),
        sa.Column("bewijs", sa.Text(), nullable=False),
        sa.Column("geregistreerd_door", sa.String(), nullable=False),
        sa.Column("geregistreerd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erkend", sa.Boolean(), nullable=True),
        sa.Column("bevinding", sa.Text(), nullable=False),
        sa.Column("gelijk_tot", sa.DateTime(timezone=True), nullable=True),
        sa.Column("besloten_door", sa.String(), nullable=True),
        sa.Column("besloten_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ronde_id"], ["ronde.id"], name=op.f("fk_storing_ronde_id_ronde")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_storing")),
        sa.UniqueConstraint("kenmerk", name=op.f("uq_storing_kenmerk")),
    )
    with op.batch_alter_table("storing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_storing_ronde_id"), ["ronde_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("storing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_storing_ronde_id"))

    op.drop_table("storing")
