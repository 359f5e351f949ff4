"""platformontvangst."""

import sqlalchemy as sa
from alembic import op

revision = "0009_platformontvangst"
down_revision = "0008_web"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "platformontvangst",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("aanmelding_id", sa.Uuid(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("referentie", sa.String(), nullable=False),
        sa.Column("inhoudhash", sa.String(), nullable=False),
        sa.Column("exporthash", sa.String(), nullable=False),
        sa.Column("ontvangen_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["aanmelding_id"], ["aanmelding.id"], name=op.f("fk_platformontvangst_aanmelding_id_aanmelding")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platformontvangst")),
        sa.UniqueConstraint("aanmelding_id", name=op.f("uq_platformontvangst_aanmelding_id")),
        sa.UniqueConstraint(
            "platform", "referentie", "inhoudhash", name=op.f("uq_platformontvangst_platform_referentie_inhoudhash")
        ),
    )


def downgrade() -> None:
    op.drop_table("platformontvangst")
