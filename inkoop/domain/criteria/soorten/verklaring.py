"""Verklaring: a statement without reservation, filled in, signed by someone who may sign.

| what is known | outcome |
|---|---|
| nothing of this type handed in | herstelbaar |
| in time, filled in, without reservation, signed by someone who may sign | voldoet |
| a detail or answer that is asked is not filled in | herstelbaar |
| a detail or answer that is asked stood there beforehand and was not confirmed | herstelbaar: it is no statement yet |
| an answer that is asked is given, and is another one than asked | voldoet_niet |
| not signed, or not (known to be) signed by someone who may sign | herstelbaar, as the signature may be repaired |
| not signed on behalf of each party that is named (`ondertekend_door`) | as a signature that misses |
| dated after its day | voldoet_niet (free only in repair under `vrij`) |
| a reservation, where only clarification is allowed, and not yet asked | herstelbaar |
| a reservation that is confirmed, or where no clarification is allowed | voldoet_niet |

`datum` is the date of the statement itself: a signature may be put later under a statement that
already existed, but a statement of after its day is another statement (J6). A reservation counts
although another paper has none; only a clarification that has none takes it away (H5). Such a
clarification is by its nature of later than the statement; it says what was meant and does not
replace the statement, which must itself be in time, filled in and signed. An answer that falls short
counts in the same way: another paper with another answer does not take it away.

Under `ondertekend_door` the word `aanbieder` is the applicant, whose own signature is `ondertekend`.

Bron: B.3.1; B.2.7; F.0 U-01 (signature apart), M-12, D-01 (two parties); H5; J6.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import msgspec

from inkoop.domain.criteria.criterium import Criterium, Herstelbaarheid, Peilmoment, Verklaringtoets
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import Aanleiding, Handtekening, Verklaringfeit
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.soorten.soort import Soort, register
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import join_zinnen, write_datum, write_naam, write_opsomming, write_peil
from inkoop.domain.criteria.zicht import Zicht, cite, is_same_woord

AANBIEDER = "aanbieder"
"""The word in `ondertekend_door` for the applicant itself."""


@register(Verklaringtoets)
class Verklaring(Soort[Verklaringtoets]):
    """The statement was made, in time, whole and by someone who may make it."""

    def list_peilmomenten(self, toets: Verklaringtoets) -> tuple[Peilmoment, ...]:
        """The one day it is about."""
        return (toets.peilmoment,)

    def accepts_herstel(self, toets: Verklaringtoets, criterium: Criterium) -> bool:
        """Also where only the signature may be repaired."""
        apart = toets.ondertekening_herstelbaar
        return super().accepts_herstel(toets, criterium) or apart not in (None, Herstelbaarheid.NEE)

    def assess(self, toets: Verklaringtoets, zicht: Zicht) -> Deeluitkomst:
        """A reservation or an answer that falls short first; then the best of the statements."""
        peil = zicht.peildatums[toets.peilmoment]
        gevonden = zicht.find(Verklaringfeit, toets.verklaring)
        if not gevonden:
            return zicht.ask(
                Grond.ONTBREEKT,
                f"Van {zicht.wie} is de verklaring '{write_naam(toets.verklaring)}' niet ontvangen.",
                gevraagd=f"de verklaring '{write_naam(toets.verklaring)}', ingevuld en ondertekend",
                peildatums=zicht.dagen[toets.peilmoment],
            )
        voorbehouden = [f for f in gevonden if f.voorbehoud]
        verduidelijkt = self._list_verduidelijkingen(zicht, gevonden)
        if voorbehouden and (not verduidelijkt or any(f.voorbehoud for f in verduidelijkt)):
            return self._reserve(toets, zicht, gevonden, bevestigd=bool(verduidelijkt))
        if fout := [(f, vraag) for f in gevonden for vraag in toets.antwoorden if _is_wrong(toets, f, vraag)]:
            return self._reject_antwoorden(toets, zicht, fout)
        if len(gevonden) == 1:
            beste = self._assess_one(toets, zicht, gevonden[0], peil)
        else:
            beoordeeld = [
                (self._assess_one(toets, zicht, f, peil), f) for f in gevonden if not f.voorbehoud or verduidelijkt
            ]
            beste, _ = max(beoordeeld, key=lambda paar: (paar[0].uitkomst.rang, paar[1].datum, paar[1].id))
            if beste.uitkomst is not Uitkomst.VOLDOET:
                beste = _add_andere(beste, beoordeeld)
        if not voorbehouden:
            return beste
        bewijs = cite([*voorbehouden, *verduidelijkt])
        return Deeluitkomst(
            uitkomst=beste.uitkomst,
            grond=beste.grond,
            uitleg=f"{beste.toelichting} Het voorbehoud dat erin stond, is weggenomen.",
            peildatums=beste.peildatums,
            bewijs=tuple(sorted({*beste.bewijs, *bewijs})),
            herstelpunten=beste.herstelpunten,
        )

    def _list_verduidelijkingen(self, zicht: Zicht, gevonden: Sequence[Verklaringfeit]) -> list[Verklaringfeit]:
        """The answers to a request to clarify a statement that was handed in before."""
        if zicht.criterium.herstelbaar is not Herstelbaarheid.ALLEEN_VERDUIDELIJKING:
            return []
        antwoorden = [f for f in gevonden if f.aanleiding is Aanleiding.HERSTEL]
        return antwoorden if len(antwoorden) < len(gevonden) else []

    def _reserve(
        self, toets: Verklaringtoets, zicht: Zicht, feiten: Sequence[Verklaringfeit], *, bevestigd: bool
    ) -> Deeluitkomst:
        """A reservation stands: ask once what is meant where that is allowed, otherwise it falls short."""
        dagen = zicht.dagen[toets.peilmoment]
        naam = write_naam(toets.verklaring)
        zin = f"In de verklaring '{naam}' van {zicht.wie} staat een voorbehoud."
        if bevestigd:
            zin += " Na de vraag om verduidelijking is dat voorbehoud gebleven."
        if not bevestigd and zicht.criterium.herstelbaar is Herstelbaarheid.ALLEEN_VERDUIDELIJKING:
            return zicht.ask(
                Grond.VOORBEHOUD,
                zin,
                gevraagd=f"een verduidelijking van het voorbehoud in de verklaring '{naam}'",
                peildatums=dagen,
                bewijs=feiten,
                gebonden=False,
            )
        return Deeluitkomst(
            uitkomst=Uitkomst.VOLDOET_NIET,
            grond=Grond.VOORBEHOUD_BEVESTIGD if bevestigd else Grond.VOORBEHOUD,
            uitleg=zin,
            peildatums=dagen,
            bewijs=cite(feiten),
        )

    def _reject_antwoorden(
        self, toets: Verklaringtoets, zicht: Zicht, fout: Sequence[tuple[Verklaringfeit, str]]
    ) -> Deeluitkomst:
        """An answer that was given is not the one that is asked."""
        naam = write_naam(toets.verklaring)
        zinnen = [
            f"In de verklaring '{naam}' van {zicht.wie} is het antwoord op '{write_naam(vraag)}':"
            f" {find_antwoord(f, vraag)}. Gevraagd is: {write_opsomming(toets.antwoorden[vraag], slot='of')}."
            for f, vraag in fout
        ]
        return Deeluitkomst(
            uitkomst=Uitkomst.VOLDOET_NIET,
            grond=Grond.ANTWOORD_VOLDOET_NIET,
            uitleg=join_zinnen(zinnen),
            peildatums=zicht.dagen[toets.peilmoment],
            bewijs=cite([f for f, _ in fout]),
        )

    def _assess_one(self, toets: Verklaringtoets, zicht: Zicht, f: Verklaringfeit, peil: date) -> Deeluitkomst:
        """One statement on its own: date, then details, then signature."""
        dagen = zicht.dagen[toets.peilmoment]
        naam = write_naam(toets.verklaring)
        if not zicht.is_op_tijd(f, f.datum, peil):
            return Deeluitkomst(
                uitkomst=Uitkomst.VOLDOET_NIET,
                grond=Grond.GEDATEERD_NA_PEILDATUM,
                uitleg=partial(write_te_laat, toets, zicht.wie, f.datum, peil),
                peildatums=dagen,
                bewijs=cite([f]),
            )
        gevraagd = _list_gevraagd(toets)
        leeg = [veld for veld in gevraagd if not find_antwoord(f, veld)]
        if leeg:
            velden = write_opsomming(f"'{write_naam(veld)}'" for veld in leeg)
            return zicht.ask(
                Grond.GEGEVENS_ONTBREKEN,
                f"In de verklaring '{naam}' van {zicht.wie} is niet ingevuld: {velden}.",
                gevraagd=f"de verklaring '{naam}' met {velden} ingevuld",
                peildatums=dagen,
                bewijs=[f],
            )
        onbevestigd = [veld for veld in gevraagd if any(is_same_woord(veld, ander) for ander in f.vooringevuld)]
        if onbevestigd:
            velden = write_opsomming(f"'{write_naam(veld)}'" for veld in onbevestigd)
            return zicht.ask(
                Grond.GEGEVENS_NIET_BEVESTIGD,
                f"In de verklaring '{naam}' van {zicht.wie} stond vooraf al ingevuld: {velden}."
                f" {zicht.wie[:1].upper()}{zicht.wie[1:]} heeft dat niet bevestigd.",
                gevraagd=f"een bevestiging van {velden} in de verklaring '{naam}'",
                peildatums=dagen,
                bewijs=[f],
                gebonden=False,
            )
        if gebreken := _list_gebreken(toets, f):
            return zicht.ask(
                gebreken[0][0],
                join_zinnen(f"De verklaring '{naam}' van {zicht.wie} {zin}." for _, zin in gebreken),
                gevraagd=_write_handtekening_gevraagd(toets, naam),
                peildatums=dagen,
                bewijs=[f],
                herstelbaar=toets.ondertekening_herstelbaar,
            )
        return Deeluitkomst(
            uitkomst=Uitkomst.VOLDOET,
            grond=Grond.VOLDOET,
            uitleg=partial(write_goed, toets, zicht.wie, f.datum),
            peildatums=dagen,
            bewijs=cite([f]),
        )


def _add_andere(beste: Deeluitkomst, beoordeeld: Sequence[tuple[Deeluitkomst, Verklaringfeit]]) -> Deeluitkomst:
    """What is not enough, with why each other paper of the same statement is not enough either (J6).

    A letter says of everything that was handed in why it falls short (RBNNE 2023:315).
    """
    op_volgorde = [deel for deel, _ in sorted(beoordeeld, key=lambda paar: (paar[1].datum, paar[1].id))]
    redenen = dict.fromkeys([beste.toelichting, *(deel.toelichting for deel in op_volgorde)])
    return msgspec.structs.replace(
        beste,
        uitleg=join_zinnen(redenen),
        bewijs=tuple(sorted({bewijs for deel in op_volgorde for bewijs in deel.bewijs})),
    )


def write_goed(toets: Verklaringtoets, wie: str, datum: date) -> str:
    """Of when the statement is, and by whom it is signed."""
    bevoegd = " door iemand die mag tekenen" if toets.bevoegd_ondertekend else ""
    if toets.ondertekend_door:
        bevoegd = f" namens {write_opsomming(write_naam(partij) for partij in toets.ondertekend_door)}{bevoegd}"
    naam = write_naam(toets.verklaring)
    return f"De verklaring '{naam}' van {wie} is van {write_datum(datum)} en is ondertekend{bevoegd}."


def write_te_laat(toets: Verklaringtoets, wie: str, datum: date, peil: date) -> str:
    """That a statement is dated after its day."""
    na = f"Dat is na {write_peil(toets.peilmoment, peil)}."
    return f"De verklaring '{write_naam(toets.verklaring)}' van {wie} is van {write_datum(datum)}. {na}"


def _list_gevraagd(toets: Verklaringtoets) -> Sequence[str]:
    """The details and answers that must be filled in, each once."""
    if not toets.gegevens and not toets.antwoorden:
        return ()
    return tuple(dict.fromkeys((*toets.gegevens, *toets.antwoorden)))


def find_antwoord(f: Verklaringfeit, vraag: str) -> str:
    """The answer to a question, trimmed; empty where there is none."""
    return next((antwoord.strip() for naam, antwoord in f.gegevens.items() if is_same_woord(naam, vraag)), "")


def _is_wrong(toets: Verklaringtoets, f: Verklaringfeit, vraag: str) -> bool:
    """Whether an answer was given by the applicant itself, and is not one of those asked."""
    antwoord = find_antwoord(f, vraag)
    if not antwoord or any(is_same_woord(vraag, ander) for ander in f.vooringevuld):
        return False
    return not any(is_same_woord(antwoord, gevraagd) for gevraagd in toets.antwoorden[vraag])


def _list_gebreken(toets: Verklaringtoets, f: Verklaringfeit) -> list[tuple[Grond, str]]:
    """What is wrong with the signatures, for each party that must sign."""
    gebreken = [_find_gebrek(toets, f, partij) for partij in toets.ondertekend_door or (AANBIEDER,)]
    return [gebrek for gebrek in gebreken if gebrek is not None]


def _find_gebrek(toets: Verklaringtoets, f: Verklaringfeit, partij: str) -> tuple[Grond, str] | None:
    """What is wrong with the signature of one party, if anything; of several signatures the best counts."""
    handtekeningen = [h for h in f.handtekeningen if is_same_woord(h.namens, partij)]
    if is_same_woord(partij, AANBIEDER) and f.ondertekend:
        handtekeningen.append(Handtekening(namens=partij, ondertekenaar=f.ondertekenaar, bevoegd=f.bevoegd))
    namens = f" namens {write_naam(partij)}" if toets.ondertekend_door else ""
    if not handtekeningen:
        return Grond.NIET_ONDERTEKEND, f"is niet ondertekend{namens}"
    if not toets.bevoegd_ondertekend or any(h.bevoegd for h in handtekeningen):
        return None
    # A signature of which it is not known whether it counts may still turn out to be in order.
    beste = max(handtekeningen, key=lambda h: (h.bevoegd is None, h.ondertekenaar or ""))
    wie = f" door {beste.ondertekenaar}" if beste.ondertekenaar else ""
    if beste.bevoegd is None:
        return (
            Grond.BEVOEGDHEID_ONBEKEND,
            f"is ondertekend{namens}{wie}. Het is niet bekend of die persoon mag tekenen",
        )
    return (
        Grond.NIET_BEVOEGD_ONDERTEKEND,
        f"is ondertekend{namens}{wie}. Die persoon mag niet alleen tekenen of niet tekenen",
    )


def _write_handtekening_gevraagd(toets: Verklaringtoets, naam: str) -> str:
    """What to ask where a signature misses or may not count."""
    wat = f"dezelfde verklaring '{naam}', ondertekend"
    if toets.ondertekend_door:
        wat += f" namens {write_opsomming(write_naam(partij) for partij in toets.ondertekend_door)}"
    if toets.bevoegd_ondertekend or not toets.ondertekend_door:
        wat += " door iemand die mag tekenen, met een bewijs dat die persoon mag tekenen"
    return wat
