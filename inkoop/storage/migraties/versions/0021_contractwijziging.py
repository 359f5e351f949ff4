"""contractwijziging, weigering."""

import sqlalchemy as sa
from alembic import op

revision = "0021_contractwijziging"
down_revision = "0020_agendasleutel"
branch_labels = None
depends_on = None


def _lijst(naam: str, *waarden: str) -> sa.Enum:
    return sa.Enum(*waarden, name=naam, native_enum=False, create_constraint=True, length=64)


def upgrade() -> None:
    op.create_table(
        "contractwijziging",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("kenmerk", sa.String(), nullable=False),
        sa.Column("soort", _lijst("wijzigingsoort", "wetswijziging", "standaardversie", "afspraak"), nullable=False),
        sa.Column("stand", _lijst("wijzigingstand", "voorgesteld", "vastgesteld", "ingetrokken"), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.Column("ingang", sa.Date(), nullable=False),
        sa.Column("tekenen_uiterlijk", sa.Date(), nullable=False),
        sa.Column("voorgesteld_door", sa.String(), nullable=False),
        sa.Column("voorgesteld_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("grond", sa.Text(), nullable=False),
        sa.Column("vastgesteld_door", sa.String(), nullable=True),
        sa.Column("vastgesteld_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bundel_sha256", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["procedure.id"], name=op.f("fk_contractwijziging_procedure_id_procedure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contractwijziging")),
        sa.UniqueConstraint("kenmerk", name=op.f("uq_contractwijziging_kenmerk")),
    )
    with op.batch_alter_table("contractwijziging", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contractwijziging_procedure_id"), ["procedure_id"], unique=False)
    op.create_table(
        "weigering",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("addendum_id", sa.Uuid(), nullable=False),
        sa.Column("soort", _lijst("weigeringsoort", "geweigerd", "niet_getekend"), nullable=False),
        sa.Column("partij", sa.String(), nullable=False),
        sa.Column("op", sa.Date(), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("bewijs", sa.Text(), nullable=False),
        sa.Column("vastgelegd_door", sa.String(), nullable=False),
        sa.Column("vastgelegd_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["addendum_id"], ["addendum.id"], name=op.f("fk_weigering_addendum_id_addendum")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weigering")),
        sa.UniqueConstraint("addendum_id", name=op.f("uq_weigering_addendum_id")),
    )


def downgrade() -> None:
    op.drop_table("weigering")
    with op.batch_alter_table("contractwijziging", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contractwijziging_procedure_id"))
    op.drop_table("contractwijziging")
