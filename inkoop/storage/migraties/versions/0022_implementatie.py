"""implementatiepunt, implementatieafronding."""

import sqlalchemy as sa
from alembic import op

from inkoop.storage.migraties.waardenlijst import change_waarden

revision = "0022_implementatie"
down_revision = "0021_contractwijziging"
branch_labels = None
depends_on = None

EERST = (
    *("stuk", "kwartaal", "plicht", "verlenging", "brief", "mandaat", "addendum", "aanhaak", "einde", "maatregel"),
    *("overgang", "archief"),
)
NU = (*EERST, "implementatie")


def upgrade() -> None:
    change_waarden("melding", "soort", op.f("ck_melding_soort_termsoort"), EERST, NU)
    op.create_table(
        "implementatiepunt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("overeenkomst_id", sa.Uuid(), nullable=False),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.Column("punt", sa.String(), nullable=False),
        sa.Column(
            "uitkomst",
            sa.Enum("ja", "nee", "nvt", name="puntuitkomst", native_enum=False, create_constraint=True, length=64),
            nullable=False,
        ),
        sa.Column("bewijs", sa.Text(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["overeenkomst_id"], ["overeenkomst.id"], name=op.f("fk_implementatiepunt_overeenkomst_id_overeenkomst")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_implementatiepunt")),
        sa.UniqueConstraint(
            "overeenkomst_id", "volgnummer", name=op.f("uq_implementatiepunt_overeenkomst_id_volgnummer")
        ),
    )
    with op.batch_alter_table("implementatiepunt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_implementatiepunt_overeenkomst_id"), ["overeenkomst_id"], unique=False)
    op.create_table(
        "implementatieafronding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ronde_id", sa.Uuid(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ronde_id"], ["ronde.id"], name=op.f("fk_implementatieafronding_ronde_id_ronde")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_implementatieafronding")),
        sa.UniqueConstraint("ronde_id", name=op.f("uq_implementatieafronding_ronde_id")),
    )


def downgrade() -> None:
    op.drop_table("implementatieafronding")
    with op.batch_alter_table("implementatiepunt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_implementatiepunt_overeenkomst_id"))
    op.drop_table("implementatiepunt")
    change_waarden("melding", "soort", op.f("ck_melding_soort_termsoort"), NU, EERST)
