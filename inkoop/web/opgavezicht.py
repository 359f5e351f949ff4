"""What the pages of an aanmelding in the making share: loading and keeping it, its list of tasks, what is missing.

Bron: issue web application, 6.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from inkoop.definitions.modelpad import Loc
from inkoop.definitions.tabelaanmelding import Celplaats
from inkoop.domain.criteria.bevinding import Bevinding, Toetsresultaat
from inkoop.domain.criteria.criterium import Criterium, Moment
from inkoop.domain.criteria.dossier import Dossier, Lidrol
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.services import aanvullingen, concepten
from inkoop.services.concepten import Conceptzicht
from inkoop.services.conceptwaarde import ZELF, Concept, Conceptstuk, check_lid, list_kolommen
from inkoop.services.huis import NietGevondenError
from inkoop.services.kladden import KladGewijzigdError
from inkoop.web.bewijsinvoer import list_leeg, read_fouten
from inkoop.web.bewijsvragen import Vraagblok, fits, has_woorden, list_vragen
from inkoop.web.bladzijde import quote_pad
from inkoop.web.formulier import Formulier
from inkoop.web.kern import Bezoek, NietTeVindenError

KLAAR, BEZIG, LEEG_STAND = "klaar", "bezig", "nog niet begonnen"


class Taakregel(NamedTuple):
    """A task of the list: what, where, how it stands, and for whom or why."""

    naam: str
    pad: str
    stand: str
    hint: str = ""


def open_zicht(bezoek: Bezoek, ronde: str) -> Conceptzicht:
    """The draft for a round; a page that is not there when there can be none."""
    try:
        return concepten.open_concept(bezoek.huis, bezoek.door, ronde)
    except NietGevondenError as fout:
        raise NietTeVindenError from fout


def open_bewijszicht(bezoek: Bezoek, onderwerp: str) -> Conceptzicht:
    """The draft for a round, or that of an answer about one's own aanmelding: both gather evidence."""
    try:
        return open_zicht(bezoek, onderwerp)
    except NietTeVindenError:
        try:
            return aanvullingen.open_aanvulling(bezoek.huis, bezoek.door, onderwerp)
        except NietGevondenError as fout:
            raise NietTeVindenError from fout


def bewaar(bezoek: Bezoek, zicht: Conceptzicht, ingevuld: Formulier) -> tuple[str, ...]:
    """Keep the draft; why not, when somebody else changed it since the page was made."""
    try:
        concepten.save(bezoek.huis, bezoek.door, zicht, read_versie(ingevuld))
    except KladGewijzigdError as fout:
        return (str(fout),)
    return ()


def read_versie(ingevuld: Formulier) -> int:
    """The version of the draft that a page was made from; one that never was, when the form does not say."""
    tekst = ingevuld["versie"]
    return int(tekst) if tekst.isascii() and tekst.isdecimal() and len(tekst) < 10 else -1


def name_pad(zicht: Conceptzicht, *delen: str) -> str:
    """The address of a page about this draft."""
    return "/".join(["/opgave", quote_pad(zicht.plek.onderwerp), *(quote_pad(deel) for deel in delen)])


def name_begin(zicht: Conceptzicht) -> str:
    """The address of the page from which one does everything about this draft."""
    if zicht.gevraagd is None:
        return name_pad(zicht)
    return f"/aanmelden/{quote_pad(zicht.plek.onderwerp)}/aanvullen"


def list_partijen(concept: Concept) -> list[tuple[str, str]]:
    """The parties by short name, as people read them."""
    rollen = {Lidrol.LID: "lid", Lidrol.ONDERAANNEMER: "onderaannemer", Lidrol.DERDE: "derde"}
    return [
        (lid["id"], f"{lid.get('naam') or 'Uw onderneming'}{_tussen(rollen.get(Lidrol(lid['rol']), ''))}")
        for lid in concept.leden
    ]


def _tussen(tekst: str) -> str:
    return f" ({tekst})" if tekst else ""


def check_onderneming(lid: Mapping[str, str], concept: Concept) -> dict[str, str]:
    """What is missing or wrong in the data of a party, by field."""
    kolommen = list_kolommen("Leden")
    plaatsen: dict[Loc, Celplaats] = {}
    for kolom in kolommen:
        deel = kolom.kop.removeprefix("tekenbevoegde ")
        loc: Loc = ("leden", 0, "tekenbevoegde", deel) if deel != kolom.kop else ("leden", 0, kolom.kop)
        plaatsen[loc] = (kolom.kop, 1, 1)
    leeg = {naam: tekst for naam, tekst in list_leeg(kolommen, lid).items() if naam not in {"id", "rol"}}
    fouten = read_fouten(lambda: check_lid(lid, concept, plaatsen), leeg)
    eigen = lid.get("kvk", "")
    if eigen and any(ander.get("kvk") == eigen and ander["id"] != lid["id"] for ander in concept.leden):
        fouten["kvk"] = f"Het KvK-nummer {eigen} is al van een andere partij in deze aanmelding."
    return {naam: tekst for naam, tekst in fouten.items() if naam and naam != "id"}


class Eis(NamedTuple):
    """A criterion of the round with what it asks, the files about it, and what would come of it today."""

    criterium: Criterium
    vragen: tuple[Vraagblok, ...]
    stukken: tuple[Conceptstuk, ...]
    bevindingen: tuple[Bevinding, ...]
    geldt: bool

    @property
    def stand(self) -> str:
        """How far it is filled in; says nothing about whether it satisfies."""
        if not self.vragen:
            return KLAAR
        if not self.stukken:
            return LEEG_STAND
        ingevuld = any(fits(feit, vraag) for stuk in self.stukken for feit in stuk.feiten for vraag in self.vragen)
        return KLAAR if ingevuld else BEZIG


def list_eisen(zicht: Conceptzicht, dossier: Dossier | None, resultaat: Toetsresultaat | None) -> list[Eis]:
    """Every criterion that is tested at admission, in the order of the set."""
    per: dict[str, list[Bevinding]] = {}
    for bevinding in resultaat.bevindingen if resultaat else ():
        per.setdefault(bevinding.criterium, []).append(bevinding)
    eisen = []
    for criterium in zicht.editie.criteria:
        if Moment.TOELATING not in criterium.momenten:
            continue
        bevindingen = per.get(criterium.id, [])
        vragen = list_vragen(criterium, concepten.list_producten(zicht, criterium, dossier), zicht.concept.percelen)
        stukken = tuple(stuk for stuk in zicht.concept.stukken if is_over(stuk, criterium, vragen))
        geldt = resultaat is None or any(b.uitkomst is not Uitkomst.NVT for b in bevindingen)
        eisen.append(Eis(criterium, tuple(vragen), stukken, tuple(bevindingen), geldt))
    return eisen


def is_over(stuk: Conceptstuk, criterium: Criterium, vragen: Sequence[Vraagblok]) -> bool:
    """Whether a file was given for this criterion, or says what it asks (a certificate: one of its norms)."""
    gezegd = (fits(feit, vraag) and has_woorden(feit, vraag) for feit in stuk.feiten for vraag in vragen)
    return criterium.id in stuk.criteria or any(gezegd)


def list_taken(zicht: Conceptzicht, eisen: Sequence[Eis]) -> Iterator[tuple[str, list[Taakregel]]]:
    """The list of tasks in its groups."""
    concept = zicht.concept
    zelf = concept.leden[0]
    onvolledig = check_onderneming(zelf, concept)
    stand = KLAAR if not onvolledig else BEZIG if zelf.get("naam") else LEEG_STAND
    partijen = [lid for lid in concept.leden[1:] if check_onderneming(lid, concept)]
    yield (
        "Wie zich aanmeldt",
        [
            Taakregel("Uw onderneming", name_pad(zicht, "partij", ZELF), stand),
            Taakregel(
                "Met wie u samenwerkt",
                name_pad(zicht, "samenwerking"),
                BEZIG if partijen else KLAAR,
                _tel_partijen(len(concept.leden) - 1),
            ),
        ],
    )
    yield (
        "Waarvoor",
        [
            Taakregel(
                "Percelen en producten",
                name_pad(zicht, "aanbod"),
                KLAAR if concept.percelen else LEEG_STAND,
                ", ".join(concept.percelen),
            )
        ],
    )
    yield (
        "Bewijs per eis",
        [
            Taakregel(eis.criterium.titel, name_pad(zicht, "eis", eis.criterium.id), eis.stand, _tel(len(eis.stukken)))
            for eis in eisen
            if eis.geldt and eis.vragen
        ],
    )


def _tel(aantal: int) -> str:
    return "" if not aantal else "1 bestand" if aantal == 1 else f"{aantal} bestanden"


def _tel_partijen(aantal: int) -> str:
    return "alleen" if not aantal else "met 1 andere partij" if aantal == 1 else f"met {aantal} andere partijen"


class Tekort(NamedTuple):
    """What would still be missing for one criterion, in the words of the finding; `delen` says for what."""

    titel: str
    pad: str
    uitkomst: Uitkomst
    teksten: tuple[str, ...]


def list_tekorten(zicht: Conceptzicht, eisen: Sequence[Eis]) -> dict[Uitkomst, list[Tekort]]:
    """The criteria by what would come of them today, each with everything that is said about it."""
    gevonden: dict[Uitkomst, list[Tekort]] = {}
    for eis in eisen:
        tellend = [b for b in eis.bevindingen if b.uitkomst is not Uitkomst.NVT]
        if not tellend:
            continue
        laagste = min((b.uitkomst for b in tellend), key=lambda uitkomst: uitkomst.rang)
        teksten = dict.fromkeys(b.toelichting for b in tellend if b.uitkomst is laagste)
        tekort = Tekort(eis.criterium.titel, name_pad(zicht, "eis", eis.criterium.id), laagste, tuple(teksten))
        gevonden.setdefault(laagste, []).append(tekort)
    return gevonden


def list_onvolledig(zicht: Conceptzicht) -> list[tuple[str, str]]:
    """Why this cannot be handed in yet: the page and the sentence."""
    concept = zicht.concept
    redenen = []
    for lid in concept.leden:
        if fouten := check_onderneming(lid, concept):
            naam = lid.get("naam") or "uw onderneming"
            velden = "1 gegeven" if len(fouten) == 1 else f"{len(fouten)} gegevens"
            redenen.append((name_pad(zicht, "partij", lid["id"]), f"Bij {naam} klopt {velden} nog niet."))
    if not concept.percelen:
        redenen.append((name_pad(zicht, "aanbod"), "Kies ten minste één perceel."))
    if concept.eigen_rol is Lidrol.PENVOERDER and not concept.naam:
        redenen.append((name_pad(zicht, "samenwerking"), "Geef de combinatie een naam."))
    return redenen
