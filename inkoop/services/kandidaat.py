"""What a candidate in a selection sees of itself: for which percelen it goes on, its talks, its final proposal.

Bron: E.3; F.3 J4; B.1.7 (nobody sees another candidate's talks or proposal).
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from inkoop.domain.toegang import Handeling
from inkoop.services import besluiten, dialogen, eigen, gunningen, procedures, rondes, selecties, terugtrekkingen
from inkoop.services.huis import Huis, NietGevondenError, Optreden
from inkoop.services.rondes import lees
from inkoop.services.scores import chooses
from inkoop.storage.bestandsbron import Bestandsbron
from inkoop.storage.tabellen.selectie import DialoogRow, VoorstelRow


class Kandidaatzicht(msgspec.Struct, frozen=True, kw_only=True):
    """One's own candidature. `percelen` are those it goes on for now; empty when it does not (yet).

    `telt` is the proposal that counts; `terugtrekbaar`: it can still withdraw, before an award is final.
    """

    kenmerk: str
    procedure: str
    ronde: str
    percelen: tuple[str, ...]
    gesprekken: tuple[DialoogRow, ...]
    voorstel_tot: datetime | None
    voorstellen: tuple[VoorstelRow, ...]
    telt: VoorstelRow | None
    terugtrekbaar: bool


def find_kandidaat(huis: Huis, door: Optreden, kenmerk: str) -> Kandidaatzicht | None:
    """One's own candidature; None when this is not one's own, nothing is compared, or nothing was decided yet."""
    with lees(huis, door, Handeling.EIGEN_AANMELDING_LEZEN) as sessie:
        rij = eigen.find_rij(huis, sessie, door, kenmerk)
        if rij is None:
            return None
        ronde = rondes.get_ronde(sessie, rij.ronde_id)
        definitie = procedures.read_definitie(sessie, ronde.procedure_id)
        if not chooses(definitie) or ronde.geopend_op is None:
            return None
        staand = besluiten.list_geldig(sessie, rij)
        percelen = selecties.list_deelnemers(sessie, ronde).get(kenmerk, ())
        voorstellen = dialogen.list_voorstellen(sessie, rij)
        in_de_race = any(besluit.soort in terugtrekkingen.IN_DE_RACE for besluit in staand)
        gegund = any(gunningen.find_gunning(sessie, besluit) is not None for besluit in staand)
        if not (percelen or voorstellen or in_de_race):
            return None
        return Kandidaatzicht(
            kenmerk=kenmerk,
            procedure=definitie.titel,
            ronde=ronde.kenmerk,
            percelen=percelen,
            gesprekken=tuple(dialogen.list_gesprekken(sessie, rij)),
            voorstel_tot=definitie.find_ronde(ronde.kenmerk).voorstel_tot,
            voorstellen=tuple(voorstellen),
            telt=dialogen.find_voorstel(sessie, rij),
            terugtrekbaar=in_de_race and not gegund,
        )


def read_voorstelbestand(huis: Huis, door: Optreden, kenmerk: str, sha256: str) -> tuple[str, Bestandsbron]:
    """The media type and the file, of one's own proposal. Raises NietGevondenError."""
    zicht = find_kandidaat(huis, door, kenmerk)
    for voorstel in () if zicht is None else zicht.voorstellen:
        for naam, sha, mediatype in voorstel.bestanden:
            if sha == sha256:
                return mediatype, huis.winkel.bewijs.fetch(sha, naam)
    raise NietGevondenError("Bestand", sha256[:16])
