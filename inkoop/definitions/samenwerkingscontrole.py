"""Whether gemeenten can act together: arrangements, mandates that cover who decides and signs when, joining later.

Bron: H19-02..H19-08, H19-45; FE-4, FE-5; BP-13; B.9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from inkoop.definitions.modelpad import Loc
from inkoop.definitions.naamcontrole import Melding, check_bekend, check_bekende_lijst, check_uniek
from inkoop.domain.geografie import check_gebied
from inkoop.domain.kalender import format_dag
from inkoop.domain.mandaat import Onderwerp, list_gaten, list_verplichte_onderwerpen
from inkoop.domain.persoon import is_kvk
from inkoop.domain.procedure import Proceduredefinitie, Stapsoort

_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;.]+(\.[^\s@<>,;.]+)+")
_MAILVELDEN = ("melding_adres", "klachtadres")
"""Addresses that may be a postal address too; with an @ they are an e-mail address."""


def check_gemeenten(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """The centre is a participant, the area covers each participant, and nobody is both party and candidate."""
    namen = [gemeente.naam for gemeente in definitie.gemeenten]
    centrum = definitie.organisatie.centrumgemeente
    yield from check_bekend(("organisatie", "centrumgemeente"), centrum, namen, "gemeente")
    gebieden = sorted({gebied.gemeente for gebied in definitie.geografie.gebieden if gebied.gemeente})
    for i, gemeente in enumerate(definitie.gemeenten):
        if not is_kvk(gemeente.kvk):
            tekst = f"'{gemeente.kvk}' is geen KvK-nummer. Dat zijn acht cijfers, tussen aanhalingstekens."
            yield ("gemeenten", i, "kvk"), tekst
    for loc, adres in (
        (("organisatie", "email"), definitie.organisatie.email),
        *((("rechtsbescherming", naam), getattr(definitie.rechtsbescherming, naam)) for naam in _MAILVELDEN),
    ):
        verplicht = loc == ("organisatie", "email")
        if (verplicht or "@" in adres) and not _EMAIL.fullmatch(adres):
            yield loc, f"'{adres}' is geen e-mailadres. Schrijf bijvoorbeeld inkoop@voorbeeld.nl."
    for i, naam in enumerate(namen):
        if naam not in gebieden:
            yield ("gemeenten", i, "naam"), f"Gemeente '{naam}' staat niet onder 'geografie: gebieden'. Voeg die toe."
    yield from check_uniek((("gemeenten", i, "kvk"), g.kvk) for i, g in enumerate(definitie.gemeenten))
    yield from _check_later(definitie)
    for i, gebied in enumerate(definitie.geografie.gebieden):
        for beletsel in check_gebied(gebied):
            yield ("geografie", "gebieden", i), beletsel.tekst
    for i, kandidaat in enumerate(definitie.kandidaten):
        if kandidaat.naam in namen:
            yield ("kandidaten", i, "naam"), f"Gemeente '{kandidaat.naam}' doet al mee: ze staat onder 'gemeenten'."
    yield from check_uniek((("kandidaten", i, "naam"), k.naam) for i, k in enumerate(definitie.kandidaten))


def _check_later(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """Who joins later does so before everything ends, and belongs to the area from that day on (H19-45)."""
    for i, gemeente in enumerate(definitie.gemeenten):
        dag, loc = gemeente.vanaf, ("gemeenten", i, "vanaf")
        if dag is None:
            continue
        if dag > definitie.looptijd.max_einddatum:
            einde = format_dag(definitie.looptijd.max_einddatum)
            yield loc, f"Gemeente '{gemeente.naam}' doet mee vanaf {format_dag(dag)}, maar alles eindigt op {einde}."
        gebieden = [gebied for gebied in definitie.geografie.gebieden if gebied.gemeente == gemeente.naam]
        if gebieden and not any((g.van is None or g.van <= dag) and (g.tot is None or dag <= g.tot) for g in gebieden):
            tekst = (
                f"Gemeente '{gemeente.naam}' doet mee vanaf {format_dag(dag)}, maar hoort op die dag volgens "
                "'geografie: gebieden' niet bij het gebied. Maak de dagen gelijk."
            )
            yield loc, tekst


def check_regelingen(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """Arrangements name participants and hold together; joining rests on one of them (H19-05, H19-45)."""
    codes = [gemeente.code for gemeente in definitie.gemeenten]
    ids = [regeling.id for regeling in definitie.regelingen]
    yield from check_uniek((("regelingen", i, "id"), id_) for i, id_ in enumerate(ids))
    for i, regeling in enumerate(definitie.regelingen):
        yield from check_bekende_lijst(("regelingen", i, "partijen"), regeling.partijen, codes, "gemeente")
        if regeling.geldig_tot < regeling.geldig_van:
            yield ("regelingen", i, "geldig_tot"), "Deze regeling eindigt voordat ze begint."
        for j, onderwerp in enumerate(regeling.buiten_reikwijdte):
            if onderwerp in regeling.onderwerpen:
                tekst = f"'{onderwerp}' staat ook bij 'onderwerpen'. Kies één van beide."
                yield ("regelingen", i, "buiten_reikwijdte", j), tekst
    aanhaak = definitie.gemeente_aanhaak
    if aanhaak is not None:
        yield from check_bekend(("gemeente_aanhaak", "regeling"), aanhaak.regeling, ids, "regeling")
        for naam in ("voor", "ingang"):
            if not is_maanddag(getattr(aanhaak, naam)):
                yield ("gemeente_aanhaak", naam), "Schrijf maand en dag tussen aanhalingstekens: '05-01' is 1 mei."


def check_mandaten(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """Mandates name known gemeenten and subjects, rest on their arrangement, and leave no gap (FE-4, FE-5)."""
    codes = [gemeente.code for gemeente in definitie.gemeenten]
    regelingen = {regeling.id: regeling for regeling in definitie.regelingen}
    for i, mandaat in enumerate(definitie.mandaten):
        yield from check_bekende_lijst(("mandaten", i, "namens"), mandaat.namens, codes, "gemeente")
        loc: Loc = ("mandaten", i, "onderwerpen")
        yield from check_bekende_lijst(loc, mandaat.onderwerpen, [str(o) for o in Onderwerp], "onderwerp")
        if mandaat.geldig_tot < mandaat.geldig_van:
            yield ("mandaten", i, "geldig_tot"), "Dit mandaat eindigt voordat het begint."
        if mandaat.regeling is None:
            continue
        yield from check_bekend(("mandaten", i, "regeling"), mandaat.regeling, list(regelingen), "regeling")
        if (regeling := regelingen.get(mandaat.regeling)) and mandaat.geldig_tot > regeling.geldig_tot:
            tekst = (
                f"Dit mandaat loopt langer dan '{regeling.naam}', die eindigt op {format_dag(regeling.geldig_tot)}. "
                "Kort het in, of neem de opvolger van de regeling op."
            )
            yield ("mandaten", i, "geldig_tot"), tekst
    for onderwerp in list_verplichte_onderwerpen(definitie):
        for code in codes:
            if not any(onderwerp in m.onderwerpen and code in m.namens for m in definitie.mandaten):
                yield ("mandaten",), f"Niemand heeft een mandaat voor '{onderwerp}' namens {code}."
    rondes: Mapping[str, int] = {ronde.kenmerk: i for i, ronde in enumerate(definitie.instroom.rondes)}
    for gat in list_gaten(definitie):
        if gat.zeker:
            yield ("instroom", "rondes", rondes[gat.ronde], gat.dag), gat.tekst


def is_maanddag(tekst: str) -> bool:
    """Whether MM-DD is a day of every year (29 February is not)."""
    try:
        date.fromisoformat(f"2001-{tekst}")
    except ValueError:
        return False
    return True


def check_go_no_go(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """A GO or NO-GO comes before publication (BP-24)."""
    for i, stap in enumerate(definitie.stappen):
        if stap.soort is Stapsoort.GO_NO_GO and stap.fase not in ("voorbereiden", "publiceren"):
            tekst = "Over GO of NO-GO wordt besloten vóór de publicatie: in de fase 'voorbereiden' of 'publiceren'."
            yield ("stappen", i, "fase"), tekst
