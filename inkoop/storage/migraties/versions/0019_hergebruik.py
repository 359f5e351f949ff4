"""hergebruik."""

import sqlalchemy as sa
from alembic import op

revision = "0019_hergebruik"
down_revision = "0018_archief"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("bewijsstuk", schema=None) as batch_op:
        batch_op.add_column(sa.Column("eerder", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("bewijsstuk", schema=None) as batch_op:
        batch_op.drop_column("eerder")
