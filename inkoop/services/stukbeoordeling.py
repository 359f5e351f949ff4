"""What a file that came back is: the offered text, a signed copy of it, paper, or something else.

Nothing is recorded here (services/getekendestukken does that).

Bron: issue contract years (PAdES, paper, hostile files; refused with the difference shown); B.6.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.ondertekening import Handtekeningbewijs, names_person
from inkoop.domain.toegang import Handeling, require_toegang
from inkoop.exchange.padescontrole import Zegel, check_pades, load_vertrouwd
from inkoop.exchange.pdfbasis import compare_basis
from inkoop.services import aanmeldingen
from inkoop.services.huis import Huis, Optreden
from inkoop.services.ondertekeningen import load_dossier
from inkoop.services.tekstverschil import describe_verschil
from inkoop.storage.bestandsbron import Bestandsbron
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.winkel import Winkelsoort


class Bevinding(msgspec.Struct, frozen=True, kw_only=True):
    """What a file proves; with `beletselen` nothing, with `twijfel` only once a second person says so."""

    soort: Handtekeningbewijs
    zegel: Zegel | None
    beletselen: tuple[Beletsel, ...]
    twijfel: tuple[str, ...]


def judge_papier() -> Bevinding:
    """A scan proves nothing by itself: a second person lays it beside the text."""
    return Bevinding(
        soort=Handtekeningbewijs.PAPIER,
        zegel=None,
        beletselen=(),
        twijfel=("Leg de scan naast de aangeboden tekst: is elke bladzijde gelijk, zonder streep of bijschrift?",),
    )


def judge(
    huis: Huis,
    door: Optreden,
    document: DocumentRow,
    bestand: Bestandsbron,
    *,
    naam: str,
    veld: str | None,
    getekend_op: date | None,
    gebruikt: Collection[str | None],
) -> Bevinding:
    """What a file is: the text that was offered, a signed copy of it, or something else.

    `naam` is who is said to have signed, `gebruikt` are the signatures that were recorded before.
    """
    bestandsnaam, inhoud = bestand.naam, bestand.read()
    aangeboden = huis.winkel.documenten.read(document.pdf_sha256 or "")
    if inhoud == aangeboden or inhoud == huis.winkel.documenten.read(document.docx_sha256 or ""):
        return Bevinding(soort=Handtekeningbewijs.VERKLARING, zegel=None, beletselen=(), twijfel=())
    if not inhoud.startswith(b"%PDF-") or b"/ByteRange" not in inhoud:
        return _refuse(_explain_ander(huis, document, bestandsnaam, inhoud))
    verslag = check_pades(inhoud, load_vertrouwd(huis.vertrouwd), door.nu)
    beletselen = list(verslag.beletselen)
    if not verslag.zegels:
        return _refuse(beletselen)
    basis = compare_basis(inhoud, aangeboden)
    beletselen += basis.beletselen
    if not basis.letterlijk or basis.beletselen:
        verschillen = describe_verschil(huis, document, inhoud, word=False)
        beletselen += [Beletsel("andere-tekst", f"De tekst is gewijzigd: {een}.") for een in verschillen]
    zegel, redenen = _choose_zegel(verslag.zegels, veld, gebruikt)
    beletselen += redenen
    if zegel is None:
        return _refuse(beletselen)
    twijfel = list(basis.twijfel)
    if zegel.proef and huis.winkel.soort is not Winkelsoort.SIMULATIE and not huis.proefondertekening:
        tekst = "Dit is een proefondertekening. Die telt alleen in een winkel van de soort simulatie."
        beletselen.append(Beletsel("proef", tekst))
    if zegel.vertrouwd is None and not zegel.proef:
        twijfel.append(
            "Uw lijst van vertrouwde certificaten is niet ingesteld. "
            f"Is '{zegel.uitgever}' een uitgever die u vertrouwt?"
        )
    if not names_person(zegel.houder, naam):
        twijfel.append(f"Het certificaat staat op naam van '{zegel.houder}'. Is dat {naam}?")
    if zegel.moment is None:
        twijfel.append("De handtekening zegt niet wanneer is getekend. Klopt de dag die is opgegeven?")
    elif getekend_op is not None and getekend_op != local_date(zegel.moment):
        dag = format_dag(local_date(zegel.moment))
        tekst = f"Volgens de handtekening is getekend op {dag}, niet op {format_dag(getekend_op)}."
        beletselen.append(Beletsel("datum-anders", tekst))
    soort = Handtekeningbewijs.PROEF if zegel.proef else Handtekeningbewijs.PADES
    return Bevinding(soort=soort, zegel=zegel, beletselen=tuple(dict.fromkeys(beletselen)), twijfel=tuple(twijfel))


def _refuse(beletselen: list[Beletsel]) -> Bevinding:
    return Bevinding(
        soort=Handtekeningbewijs.PADES, zegel=None, beletselen=tuple(dict.fromkeys(beletselen)), twijfel=()
    )


def _explain_ander(huis: Huis, document: DocumentRow, bestandsnaam: str, inhoud: bytes) -> list[Beletsel]:
    """Why a file that carries no signature is not the offered text; its differences are shown."""
    word = inhoud.startswith(b"PK")
    if not word and not inhoud.startswith(b"%PDF-"):
        tekst = (
            f"{bestandsnaam} is geen PDF en geen Word-bestand. Is het een scan van papier, geef dan aan dat er op"
            " papier is getekend."
        )
        return [Beletsel("ander-bestand", tekst)]
    verschillen = describe_verschil(huis, document, inhoud, word=word)
    if verschillen:
        kop = (
            "De getekende tekst is niet de tekst die is aangeboden. Teken een nieuw exemplaar, of leg de wijziging "
            "eerst vast in een nieuwe versie. De verschillen:"
        )
        return [Beletsel("andere-tekst", kop), *(Beletsel("andere-tekst", f"{een}.") for een in verschillen)]
    tekst = (
        "De tekst is gelijk, maar dit is niet het bestand dat is aangeboden, en er zit geen elektronische handtekening "
        "in. Geef het aangeboden bestand of de elektronisch getekende PDF. Is het een scan van papier, geef dan "
        "aan dat er op papier is getekend."
    )
    return [Beletsel("andere-tekst", tekst)]


def _choose_zegel(
    zegels: tuple[Zegel, ...], veld: str | None, gebruikt: Collection[str | None]
) -> tuple[Zegel | None, list[Beletsel]]:
    """The signature that is meant: the named one, else the only one that was not recorded before."""
    namen = ", ".join(f"'{een.veld}' ({een.houder})" for een in zegels)
    if veld is not None:
        gevonden = next((een for een in zegels if een.veld == veld), None)
        if gevonden is None:
            return None, [Beletsel("veld", f"Handtekening '{veld}' staat niet in de PDF. Wel: {namen}.")]
        zegels = (gevonden,)
    nieuw = [een for een in zegels if een.kenmerk not in gebruikt]
    if len(nieuw) == 1:
        return nieuw[0], []
    if not nieuw:
        return None, [Beletsel("zegel-gebruikt", f"Deze handtekening is al vastgelegd ({namen}).")]
    return None, [Beletsel("veld", f"Er zitten meer handtekeningen in de PDF. Noem welke u bedoelt: {namen}.")]


class Bekeken(msgspec.Struct, frozen=True, kw_only=True):
    """What a signed PDF holds, without recording anything; without `beletselen` each signature can be recorded."""

    zegels: tuple[Zegel, ...]
    beletselen: tuple[Beletsel, ...]
    twijfel: tuple[str, ...]


def inspect(huis: Huis, door: Optreden, nummer: str, inhoud: bytes) -> Bekeken:
    """Look into a signed PDF of an agreement or addendum: who signed, when, and whether it is the offered text."""
    require_toegang(door.persoon, door.rol, Handeling.ONDERTEKENING_REGISTREREN)
    with huis.winkel.lezen() as sessie:
        dossier = load_dossier(huis, sessie, nummer)
        aanmeldingen.require_namens(sessie, door, dossier.zaak.rij)
        document = dossier.document
    verslag = check_pades(inhoud, load_vertrouwd(huis.vertrouwd), door.nu)
    basis = compare_basis(inhoud, huis.winkel.documenten.read(document.pdf_sha256 or ""))
    beletselen = [*verslag.beletselen, *(basis.beletselen if verslag.zegels else ())]
    if verslag.zegels and (not basis.letterlijk or basis.beletselen):
        beletselen += [
            Beletsel("andere-tekst", f"De tekst is gewijzigd: {een}.")
            for een in describe_verschil(huis, document, inhoud, word=False)
        ]
    return Bekeken(
        zegels=verslag.zegels,
        beletselen=tuple(dict.fromkeys(beletselen)),
        twijfel=basis.twijfel if verslag.zegels else (),
    )
