"""hergebruik."""

import sqlalchemy as sa
from alembic import op

revision = "0019_hergebruik"
down_revision = "0018_archief"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Written anew as a whole, so that it reads like a table that was made with the column.
    with op.batch_alter_table("bewijsstuk", schema=None, recreate="always") as batch_op:
        batch_op.add_column(sa.Column("eerder", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("bewijsstuk", schema=None) as batch_op:
        batch_op.drop_column("eerder")
