"""From template and data to a finished document in all its forms; the same input gives the same bytes.

    sjabloon + gegevens -> text with tokens -> clause tree -> gates -> html, pdf, docx, text

Order of refusals: the template's mistakes, then every missing field, then the gates. Nothing is
written when anything is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import msgspec

from inkoop.documents.afwijkingen import Rondes, apply_afwijkingen
from inkoop.documents.bewerken import mark_document
from inkoop.documents.boom import Document
from inkoop.documents.controles import check_document
from inkoop.documents.delen import Delenvoorraad
from inkoop.documents.docx import render_docx
from inkoop.documents.fouten import OntbrekendeVeldenError, OntbrekendVeld
from inkoop.documents.html import Opmaakkeuze, render_delen, render_html
from inkoop.documents.huisstijl import find_regio
from inkoop.documents.lezer import read_document
from inkoop.documents.metagegevens import Metagegevens, find_ontbrekend, read_metagegevens
from inkoop.documents.nummering import number_document
from inkoop.documents.opmaakmotor import Pdfgegevens, name_motor
from inkoop.documents.pdf import render_pdf
from inkoop.documents.schermstijl import make_schermstijl
from inkoop.documents.sjabloon import METAGEGEVENS, SJABLOON, Sjabloonbron
from inkoop.documents.tekst import render_tekst
from inkoop.documents.waarden import clean_tekst

TIJDZONE = ZoneInfo("Europe/Amsterdam")
DATUMVELDEN = ("datum", "besluit_datum", "ingang")
VASTE_DAG = date(2000, 1, 1)
"""The day that files carry when the data has no date of its own: never today, or no two runs are equal."""


class Gemaakt(msgspec.Struct, frozen=True, kw_only=True):
    """A finished document: its forms, and the fingerprints of what it was made from.

    `bundel` holds the template and house style (`Sjabloonbron.pack`), `motor` names what set the pages.
    """

    soort: str
    titel: str
    docx: bytes
    pdf: bytes
    html: str
    tekst: str
    sjabloon_hash: str
    gegevens_hash: str
    versie: str
    aantal_paginas: int
    bundel: bytes = b""
    motor: str = ""


def make_document(
    bron: Sjabloonbron,
    soort: str,
    gegevens: Mapping[str, object],
    *,
    kenmerk: str,
    afwijkingen: Rondes = (),
    voorraad: Delenvoorraad | None = None,
) -> Gemaakt:
    """Make one document, with the changes of its text that people took over.

    `gegevens` holds plain values: texts, whole numbers, Decimal, date, aware datetime, yes/no, lists
    and blocks of these. `kenmerk` stands at the foot of each page. `voorraad` saves setting parts that
    other documents have as well; it changes no byte.

    Raises SjabloonError, OntbrekendeVeldenError (every missing or empty field), ControleError (every
    gate), PangoOntbreektError; each says what to do.
    """
    metagegevens = read_metagegevens(bron, soort)
    document = build_document(bron, soort, gegevens, metagegevens, afwijkingen)
    keuze = choose_opmaak(bron, metagegevens, gegevens, kenmerk)
    tijdstip = find_tijdstip(gegevens)
    json_ = encode_gegevens({**gegevens, "_afwijkingen": afwijkingen} if afwijkingen else gegevens)
    pdfgegevens = Pdfgegevens(
        titel=document.titel,
        kenmerk=keuze.kenmerk,
        auteur=keuze.afzender,
        tijdstip=tijdstip,
        gegevens=json_,
        huisstijl=keuze.huisstijl,
    )
    pdf = render_pdf(render_delen(document, keuze), pdfgegevens, voorraad)
    return Gemaakt(
        soort=soort,
        titel=document.titel,
        docx=render_docx(document, keuze, tijdstip=tijdstip),
        pdf=pdf.inhoud,
        html=render_html(document, keuze, stijl=make_schermstijl(keuze.huisstijl)),
        tekst=render_tekst(document),
        sjabloon_hash=bron.hash_sjabloon(soort),
        gegevens_hash=hashlib.sha256(json_).hexdigest(),
        versie=metagegevens.versie,
        aantal_paginas=pdf.aantal_paginas,
        bundel=bron.pack(soort, find_regio(gegevens)),
        motor=name_motor(),
    )


def choose_opmaak(
    bron: Sjabloonbron, metagegevens: Metagegevens, gegevens: Mapping[str, object], kenmerk: str
) -> Opmaakkeuze:
    """What the forms of a document need besides its tree."""
    return Opmaakkeuze(
        vorm=metagegevens.soort,
        kenmerk=clean_tekst(f"{metagegevens.titel} · {kenmerk}" if kenmerk else metagegevens.titel),
        afzender=_find_afzender(gegevens),
        inhoudsopgave=bool(metagegevens.inhoudsopgave),
        huisstijl=bron.find_huisstijl(find_regio(gegevens)),
    )


def build_document(
    bron: Sjabloonbron,
    soort: str,
    gegevens: Mapping[str, object],
    metagegevens: Metagegevens,
    afwijkingen: Rondes = (),
) -> Document:
    """Make the clause tree, complete and past its gates, without writing any form of it."""
    gevuld = bron.fill(soort, gegevens)
    ontbrekend = {veld.pad: veld for veld in find_ontbrekend(metagegevens, gegevens)}
    for veld in gevuld.ontbrekend:
        ontbrekend[veld.pad] = _combine(ontbrekend.get(veld.pad), veld, metagegevens)
    if ontbrekend:
        raise OntbrekendeVeldenError(soort, ontbrekend.values())
    gelezen = mark_document(read_document(gevuld, genummerd=bool(metagegevens.genummerd)))
    document = number_document(apply_afwijkingen(gelezen, afwijkingen))
    check_document(document, soort, metagegevens, gegevens, str(bron.find_bestand(soort, METAGEGEVENS)))
    return document


def check_sjabloon(bron: Sjabloonbron, soort: str) -> Metagegevens:
    """Check what can be checked without data: the metagegevens and the template language."""
    metagegevens = read_metagegevens(bron, soort)
    bron.find_bestand(soort, SJABLOON)
    bron.compile(soort)
    return metagegevens


def _combine(verplicht: OntbrekendVeld | None, gebruikt: OntbrekendVeld, metagegevens: Metagegevens) -> OntbrekendVeld:
    """Name a field by its label where there is one, and by the line that uses it."""
    label = verplicht.label if verplicht else metagegevens.verplichte_velden.get(gebruikt.pad, gebruikt.label)
    return msgspec.structs.replace(gebruikt, label=label)


def encode_gegevens(gegevens: Mapping[str, object]) -> bytes:
    """The one JSON form of the data: sorted keys, dates and amounts as text."""
    kaal = msgspec.to_builtins(dict(gegevens), order="sorted", str_keys=True)
    return json.dumps(kaal, ensure_ascii=False, allow_nan=False, sort_keys=True, indent=1).encode()


def find_tijdstip(gegevens: Mapping[str, object]) -> datetime:
    """The instant that the files carry: noon in Amsterdam on the day of the document itself."""
    for veld in DATUMVELDEN:
        waarde = gegevens.get(veld)
        if isinstance(waarde, datetime):
            return waarde.astimezone(UTC)
        if isinstance(waarde, date):
            return datetime.combine(waarde, time(12), TIJDZONE).astimezone(UTC)
    return datetime.combine(VASTE_DAG, time(12), UTC)


def _find_afzender(gegevens: Mapping[str, object]) -> str:
    """The organisation that the document comes from, printed above it: the field `organisatie.naam`."""
    organisatie = gegevens.get("organisatie")
    naam = organisatie.get("naam") if isinstance(organisatie, Mapping) else None
    return clean_tekst(naam) if isinstance(naam, str) else ""
