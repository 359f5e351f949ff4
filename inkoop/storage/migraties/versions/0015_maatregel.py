"""maatregel."""

import sqlalchemy as sa
from alembic import op

from inkoop.storage.migraties.waardenlijst import change_waarden

revision = "0015_maatregel"
down_revision = "0014_mutatie_en_samenloop"
branch_labels = None
depends_on = None

EERST = ("stuk", "kwartaal", "plicht", "verlenging", "brief", "mandaat", "addendum", "aanhaak", "einde")
NU = (*EERST, "maatregel")


def upgrade() -> None:
    change_waarden("melding", "soort", op.f("ck_melding_soort_termsoort"), EERST, NU)
    op.create_table(
        "maatregel",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kenmerk", sa.String(), nullable=False),
        sa.Column("overeenkomst_id", sa.Uuid(), nullable=False),
        sa.Column("contractnummer", sa.String(), nullable=False),
        sa.Column("stap", sa.Integer(), nullable=False),
        sa.Column("naam", sa.String(), nullable=False),
        sa.Column(
            "stand",
            sa.Enum(
                "voorgenomen",
                "besloten",
                "ingetrokken",
                name="maatregelstand",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column(
            "gevolg",
            sa.Enum(
                "geen",
                "clientenstop",
                "beeindiging",
                name="maatregelgevolg",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("afspraak", sa.Text(), nullable=False),
        sa.Column("bevinding", sa.Text(), nullable=False),
        sa.Column("bewijs", sa.Text(), nullable=False),
        sa.Column("maatregel", sa.Text(), nullable=False),
        sa.Column("evenredigheid", sa.Text(), nullable=False),
        sa.Column("sprong", sa.Text(), nullable=False),
        sa.Column("ingang", sa.Date(), nullable=False),
        sa.Column("einde", sa.Date(), nullable=True),
        sa.Column("clienten", sa.Text(), nullable=False),
        sa.Column("overdracht_op", sa.Date(), nullable=True),
        sa.Column("opgesteld_door", sa.String(), nullable=False),
        sa.Column("voorgenomen_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zienswijze_tot", sa.Date(), nullable=False),
        sa.Column("zienswijze_op", sa.Date(), nullable=True),
        sa.Column("zienswijze", sa.Text(), nullable=False),
        sa.Column("weging", sa.Text(), nullable=False),
        sa.Column("besloten_door", sa.String(), nullable=True),
        sa.Column("besloten_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["overeenkomst_id"], ["overeenkomst.id"], name=op.f("fk_maatregel_overeenkomst_id_overeenkomst")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maatregel")),
        sa.UniqueConstraint("kenmerk", name=op.f("uq_maatregel_kenmerk")),
    )
    with op.batch_alter_table("maatregel", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_maatregel_contractnummer"), ["contractnummer"], unique=False)
        batch_op.create_index(batch_op.f("ix_maatregel_overeenkomst_id"), ["overeenkomst_id"], unique=False)


def downgrade() -> None:
    change_waarden("melding", "soort", op.f("ck_melding_soort_termsoort"), NU, EERST)
    with op.batch_alter_table("maatregel", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_maatregel_overeenkomst_id"))
        batch_op.drop_index(batch_op.f("ix_maatregel_contractnummer"))

    op.drop_table("maatregel")
