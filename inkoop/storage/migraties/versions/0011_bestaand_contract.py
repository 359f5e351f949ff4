"""bestaand contract."""

import sqlalchemy as sa
from alembic import op

revision = "0011_bestaand_contract"
down_revision = "0010_storing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contractnummer",
        sa.Column("nummer", sa.String(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inhoudhash", sa.String(), nullable=True),
        sa.Column("exporthash", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["procedure.id"], name=op.f("fk_contractnummer_procedure_id_procedure")
        ),
        sa.PrimaryKeyConstraint("nummer", name=op.f("pk_contractnummer")),
    )
    with op.batch_alter_table("contractnummer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contractnummer_procedure_id"), ["procedure_id"], unique=False)

    op.create_table(
        "ouder_contract",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("contractnummer", sa.String(), nullable=False),
        sa.Column("voorganger", sa.String(), nullable=False),
        sa.Column("naam", sa.String(), nullable=False),
        sa.Column("kvk", sa.String(), nullable=False),
        sa.Column("ingang", sa.Date(), nullable=False),
        sa.Column("einddatum", sa.Date(), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["procedure.id"], name=op.f("fk_ouder_contract_procedure_id_procedure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ouder_contract")),
        sa.UniqueConstraint("contractnummer", name=op.f("uq_ouder_contract_contractnummer")),
    )
    with op.batch_alter_table("ouder_contract", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ouder_contract_kvk"), ["kvk"], unique=False)
        batch_op.create_index(batch_op.f("ix_ouder_contract_procedure_id"), ["procedure_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("ouder_contract", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ouder_contract_procedure_id"))
        batch_op.drop_index(batch_op.f("ix_ouder_contract_kvk"))

    op.drop_table("ouder_contract")
    with op.batch_alter_table("contractnummer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contractnummer_procedure_id"))

    op.drop_table("contractnummer")
