"""onderdeelinhoud."""

import sqlalchemy as sa
from alembic import op

revision = "0026_onderdeelinhoud"
down_revision = "0025_stopsignaal"
branch_labels = None
depends_on = None


def _lijst(naam: str, *waarden: str) -> sa.Enum:
    return sa.Enum(*waarden, name=naam, native_enum=False, create_constraint=True, length=64)


def upgrade() -> None:
    op.create_table(
        "onderdeelinhoud",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("contractnummer", sa.String(), nullable=False),
        sa.Column("soort", _lijst("onderdeelsoort", "samenwerking", "gegevens", "dienstverlening"), nullable=False),
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.Column("vastgesteld_door", sa.String(), nullable=False),
        sa.Column("vastgesteld_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["procedure.id"], name=op.f("fk_onderdeelinhoud_procedure_id_procedure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_onderdeelinhoud")),
        sa.UniqueConstraint(
            "procedure_id",
            "contractnummer",
            "soort",
            "nummer",
            name=op.f("uq_onderdeelinhoud_procedure_id_contractnummer_soort_nummer"),
        ),
    )
    with op.batch_alter_table("onderdeelinhoud", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_onderdeelinhoud_contractnummer"), ["contractnummer"], unique=False)
        batch_op.create_index(batch_op.f("ix_onderdeelinhoud_procedure_id"), ["procedure_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("onderdeelinhoud", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_onderdeelinhoud_procedure_id"))
        batch_op.drop_index(batch_op.f("ix_onderdeelinhoud_contractnummer"))
    op.drop_table("onderdeelinhoud")
