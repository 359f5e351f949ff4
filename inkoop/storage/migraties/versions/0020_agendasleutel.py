"""agendasleutel."""

import sqlalchemy as sa
from alembic import op

revision = "0020_agendasleutel"
down_revision = "0019_hergebruik"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agendasleutel",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("gemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ingetrokken_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["persoon"], ["persoon.id"], name=op.f("fk_agendasleutel_persoon_persoon")),
        sa.PrimaryKeyConstraint("persoon", name=op.f("pk_agendasleutel")),
        sa.UniqueConstraint("hash", name=op.f("uq_agendasleutel_hash")),
    )


def downgrade() -> None:
    op.drop_table("agendasleutel")
