"""An exercise signature on an agreement, in a store for exercises; it has no legal effect and says so.

Bron: issue contract years (a local signer for tests and demo, refused outside demo and test stores).
"""

from __future__ import annotations

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.toegang import Handeling, require_toegang
from inkoop.exchange.padescontrole import check_pades
from inkoop.exchange.proefondertekening import sign_proef
from inkoop.services import aanmeldingen
from inkoop.services.huis import Huis, Optreden
from inkoop.services.ondertekeningen import load_dossier
from inkoop.storage.winkel import Winkelsoort


def sign(huis: Huis, door: Optreden, nummer: str, naam: str, basis: bytes | None = None) -> bytes:
    """The offered PDF (or `basis`, a copy of it with signatures) with one exercise signature added.

    Nothing is recorded: the file is handed in like one of any service. Refused in a store of a real organisation.
    """
    require_toegang(door.persoon, door.rol, Handeling.ONDERTEKENING_REGISTREREN)
    beletselen = []
    if huis.winkel.soort is not Winkelsoort.SIMULATIE and not huis.proefondertekening:
        tekst = "Een proefondertekening kan alleen in een winkel van de soort simulatie. Zij heeft geen rechtsgevolg."
        beletselen.append(Beletsel("proef", tekst))
    if not naam.strip():
        beletselen.append(Beletsel("naam", "Noem wie er tekent."))
    with huis.winkel.lezen() as sessie:
        dossier = load_dossier(huis, sessie, nummer)
        aanmeldingen.require_namens(sessie, door, dossier.zaak.rij)
    veld = 1
    if basis is not None:
        verslag = check_pades(basis, None, door.nu)
        beletselen += verslag.beletselen
        veld += len(verslag.zegels)
    if beletselen:
        raise BeletselenError("De proefondertekening is niet gezet.", beletselen)
    inhoud = huis.winkel.documenten.read(dossier.document.pdf_sha256 or "") if basis is None else basis
    return sign_proef(inhoud, naam.strip(), door.nu, f"Handtekening{veld}")
