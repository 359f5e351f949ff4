"""hergebruik."""

import sqlalchemy as sa
from alembic import op

revision = "0019_hergebruik"
down_revision = "0018_archief"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hergebruik",
        sa.Column("bewijsstuk_id", sa.Uuid(), nullable=False),
        sa.Column("eerder", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bewijsstuk_id"], ["bewijsstuk.id"], name=op.f("fk_hergebruik_bewijsstuk_id_bewijsstuk")
        ),
        sa.PrimaryKeyConstraint("bewijsstuk_id", name=op.f("pk_hergebruik")),
    )


def downgrade() -> None:
    op.drop_table("hergebruik")
