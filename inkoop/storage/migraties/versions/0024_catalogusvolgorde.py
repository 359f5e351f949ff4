"""catalogus: the order of its page, and what is in force per product."""

from alembic import op

revision = "0024_catalogusvolgorde"
down_revision = "0023_ondertekening"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("catalogus", schema=None) as batch_op:
        batch_op.create_index("ix_catalogus_volgorde", ["aanbieder", "perceel", "product", "id"], unique=False)
        batch_op.create_index(
            "ix_catalogus_aanbod", ["perceel", "product", "van", "tot", "overeenkomst_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("catalogus", schema=None) as batch_op:
        batch_op.drop_index("ix_catalogus_aanbod")
        batch_op.drop_index("ix_catalogus_volgorde")
