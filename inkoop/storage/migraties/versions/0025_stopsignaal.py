"""stopsignaal."""

import sqlalchemy as sa
from alembic import op

from inkoop.storage.migraties.waardenlijst import change_waarden

revision = "0025_stopsignaal"
down_revision = "0024_catalogusvolgorde"
branch_labels = None
depends_on = None

EERST = (
    *("stuk", "kwartaal", "plicht", "verlenging", "brief", "mandaat", "addendum", "aanhaak", "einde", "maatregel"),
    *("overgang", "archief", "implementatie"),
)
NU = (*EERST, "stopsignaal")


def _lijst(naam: str, *waarden: str) -> sa.Enum:
    return sa.Enum(*waarden, name=naam, native_enum=False, create_constraint=True, length=64)


def upgrade() -> None:
    change_waarden("melding", "soort", op.f("ck_melding_soort_termsoort"), EERST, NU)
    op.create_table(
        "stopsignaal",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kenmerk", sa.String(), nullable=False),
        sa.Column("contractnummer", sa.String(), nullable=False),
        sa.Column("gemeente", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("toewijzingen", sa.Integer(), nullable=False),
        sa.Column("gesignaleerd_op", sa.Date(), nullable=False),
        sa.Column("bevinding", sa.Text(), nullable=False),
        sa.Column("vastgelegd_door", sa.String(), nullable=False),
        sa.Column("vastgelegd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uitkomst", _lijst("stopuitkomst", "doorgaan", "bijstellen", "stoppen"), nullable=True),
        sa.Column("besproken_op", sa.Date(), nullable=True),
        sa.Column("stopt_op", sa.Date(), nullable=True),
        sa.Column("toelichting", sa.Text(), nullable=False),
        sa.Column("afgerond_door", sa.String(), nullable=True),
        sa.Column("verwerkt_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verwerkt_door", sa.String(), nullable=True),
        sa.Column("verwerkt_bewijs", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stopsignaal")),
        sa.UniqueConstraint("kenmerk", name=op.f("uq_stopsignaal_kenmerk")),
    )
    with op.batch_alter_table("stopsignaal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stopsignaal_contractnummer"), ["contractnummer"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("stopsignaal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stopsignaal_contractnummer"))
    op.drop_table("stopsignaal")
    change_waarden("melding", "soort", op.f("ck_melding_soort_termsoort"), NU, EERST)
