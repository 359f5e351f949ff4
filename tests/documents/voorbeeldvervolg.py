"""Samples of what is decided after the first besluit of a round."""

from __future__ import annotations

from datetime import date

import msgspec

from inkoop.documents import gegevens as g
from tests.documents.voorbeeldblokken import (
    BEHANDELAARS,
    ORGANISATIE,
    PROCEDURE,
    RECHTSBESCHERMING,
    RONDE,
    WETHOUDER,
    make_perceelbesluit,
)

INTREKKINGSGROND = g.Intrekkingsgrondgegevens(
    aanleiding="een verklaring in de aanmelding is niet juist",
    bevinding="In de eigen verklaring staat dat alle belastingen zijn betaald. Dat is niet zo.",
    regel="Blijkt een verklaring onjuist, dan wordt de toelating ingetrokken.",
    bron="leidraad 4.7",
    bewijs="de brief van de Belastingdienst van 18 mei 2020",
    zienswijze_gevraagd_op=date(2020, 5, 20),
    zienswijze="Het was een vergissing van onze boekhouder.",
)


def make_vervolgbesluit(eerste: g.Toelatingsbesluitgegevens) -> g.Vervolgbesluitgegevens:
    """A condition that was not met, an admission that is withdrawn, a besluit that was looked at again."""
    toegelaten, voorwaarde, afgewezen, *_ = eerste.aanmeldingen
    vorige = g.Vervangenbesluit(besluit="B-M-2020-2", datum=date(2020, 5, 15), aanleiding="perceel 1A: toegelaten")
    return g.Vervolgbesluitgegevens(
        kenmerk="B-M-2020-2-3",
        datum=date(2020, 6, 8),
        organisatie=ORGANISATIE,
        procedure=PROCEDURE,
        ronde=RONDE,
        criteriaset="meierij-wmo",
        editie="2020-2",
        editie_hash="5e" * 32,
        behandelaars=BEHANDELAARS,
        ondertekenaar=WETHOUDER,
        regels=(
            g.Vervolgregel(
                besluit=msgspec.structs.replace(
                    toegelaten, percelen=(make_perceelbesluit("1A", "toelating_ingetrokken"),), voldaan=()
                ),
                vervangt=(vorige,),
                gronden=(INTREKKINGSGROND,),
            ),
            g.Vervolgregel(
                besluit=msgspec.structs.replace(
                    voorwaarde, percelen=(make_perceelbesluit("1A", "toegelaten"),), voorwaarden=()
                ),
                vervangt=(vorige,),
            ),
            g.Vervolgregel(
                besluit=afgewezen,
                vervangt=(vorige,),
                aanleiding="Uit het register bleek dat een stuk pas na de sluiting is vastgesteld.",
            ),
        ),
        rechtsbescherming=msgspec.structs.replace(RECHTSBESCHERMING, einde=date(2020, 6, 29)),
        audit=eerste.audit,
    )
