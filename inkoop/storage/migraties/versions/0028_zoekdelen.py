"""The ends of names, numbers and titles, so that a word anywhere in them is looked up in an index."""

import sqlalchemy as sa
from alembic import op

revision = "0028_zoekdelen"
down_revision = "0027_bladzijden_vlot"
branch_labels = None
depends_on = None

# What an existing store holds: kind, text, key; each name once.
TEKSTEN = (
    "SELECT DISTINCT 'n', naam, naam FROM aanmelding",
    "SELECT 'a', kenmerk, kenmerk FROM aanmelding",
    "SELECT 'o', contractnummer, contractnummer FROM overeenkomst",
    "SELECT 'd', titel, kenmerk FROM document UNION ALL SELECT 'd', kenmerk, kenmerk FROM document",
    "SELECT DISTINCT 'c', aanbieder, aanbieder FROM catalogus",
)


def upgrade() -> None:
    bytes_ = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        "zoekdeel",
        sa.Column("soort", sa.String(), nullable=False),
        sa.Column("deel", bytes_, nullable=False),
        sa.Column("sleutel", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("soort", "deel", "sleutel", name=op.f("pk_zoekdeel")),
        sqlite_with_rowid=False,
    )
    for teksten in TEKSTEN:
        # In the order of the table, so that a large store is written from front to back.
        op.execute(f"""
            INSERT INTO zoekdeel (soort, deel, sleutel)
            WITH RECURSIVE tekst(soort, tekst, sleutel) AS ({teksten}), einde(soort, rest, sleutel) AS (
                SELECT CAST(soort AS VARCHAR), lower(tekst), sleutel FROM tekst
                UNION ALL SELECT soort, substr(rest, 2), sleutel FROM einde WHERE length(rest) > 1
            )
            SELECT DISTINCT soort, substr(rest, 1, 100), sleutel FROM einde WHERE rest <> '' ORDER BY 1, 2, 3
        """)  # noqa: S608 - our own text
    with op.batch_alter_table("aanmelding", schema=None) as batch_op:
        batch_op.create_index("ix_aanmelding_naam", ["naam", "kvk", "ronde_id", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("aanmelding", schema=None) as batch_op:
        batch_op.drop_index("ix_aanmelding_naam")
    op.drop_table("zoekdeel")
