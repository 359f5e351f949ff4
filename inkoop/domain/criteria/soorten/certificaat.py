"""Certificaat: a mark that is valid on each of the days asked for, "of gelijkwaardig".

| what is known | outcome |
|---|---|
| nothing handed in | herstelbaar |
| the norm asked for, valid on every day | voldoet |
| a norm on the published list, valid on every day | voldoet, gelijkwaardig |
| valid on the early days, ends before `ingang` or `looptijd` | voorwaardelijk, with what must still be shown |
| another norm; or a listed one that names other legal persons | two people |
| a listed norm of another body than the criterion names, or of a body without accreditation | two people |
| the two people say no | voldoet_niet: that closes what was handed in |
| not valid on an early day; suspended, withdrawn or expired in the register; scope falls short | voldoet_niet |
| a day without certificate between the early days, where they must join up (`aaneengesloten`) | voldoet_niet |
| names only other legal persons, where that does not count (`onbekende_entiteit`) | voldoet_niet |
| names locations, but not each one with the function asked (`locaties_functie`) | voldoet_niet |
| register status, scope, locations, issuing body or accreditation not known where it is asked | herstelbaar |
| no location with that function stated | herstelbaar |
| active, but the register was last seen too long ago (`registercontrole`) | te_beoordelen: look again |

The early days are indiening, sluiting and besluit; where the criterion names none of them, the
certificate must at least be valid on sluiting to be conditional. Several certificates may cover
the days together: the criterion asks for days, not for an unbroken row, unless `aaneengesloten` asks
that too. Register, scope, locations, body and accreditation are asked of the norm and the published
list only; of another norm the people judge them. Locations are each judged apart, so that certificates
of several members may name a location each; those are asked that are in use on one of the days.

Bron: S3 6.1 punt 3 and 5; B.3.7; B.3.8; E.5; F.0; H4 (entity); M2, M3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial

import msgspec

from inkoop.domain.criteria.bevinding import Voorwaarde
from inkoop.domain.criteria.criterium import Certificaattoets, Peilmoment, Vraag
from inkoop.domain.criteria.deeluitkomst import Beoordelingsvraag, Deeluitkomst
from inkoop.domain.criteria.dossier import Certificaatfeit, Locatiefeit
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.oordelen import Oordeelstand
from inkoop.domain.criteria.soorten import certificaattekst as tekst
from inkoop.domain.criteria.soorten.certificaatdekking import (
    LATERE_MOMENTEN,
    Dekking,
    choose_certificaten,
    find_dekking,
    list_days,
    list_early_days,
    list_gaten,
)
from inkoop.domain.criteria.soorten.certificaatgroepen import (
    Groepen,
    is_listed,
    is_other_instelling,
    names_others,
    sort_certificaten,
)
from inkoop.domain.criteria.soorten.combinaties import combine_laagste
from inkoop.domain.criteria.soorten.menselijk import write_oordeel
from inkoop.domain.criteria.soorten.registercontrole import find_controle_einde, list_momenten
from inkoop.domain.criteria.soorten.soort import Soort, register
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import (
    join_zinnen,
    write_datum,
    write_naam,
    write_peil,
)
from inkoop.domain.criteria.zicht import Zicht, cite, is_same_woord

VRAAG_ENTITEIT = Vraag(
    id="entiteit",
    tekst="Blijkt uit de stukken zelf, zonder twijfel, dat het certificaat ook voor de aanbieder geldt?",
)
VRAAG_ACCREDITATIE = Vraag(
    id="accreditatie",
    tekst="Is de instelling die het certificaat gaf onafhankelijk en deskundig, ook zonder accreditatie?",
)
VRAAG_INSTELLING = Vraag(
    id="instelling",
    tekst="Is de instelling die het certificaat gaf gelijkwaardig aan de instellingen die de eis noemt?",
)


@register(Certificaattoets)
class Certificaat(Soort[Certificaattoets]):
    """The aanbieder holds the norm or one that is equivalent, valid on each day asked for."""

    def list_peilmomenten(self, toets: Certificaattoets) -> tuple[Peilmoment, ...]:
        """The days asked for, the day of the register, and sluiting where only later days are asked."""
        dagen = (*toets.geldig_op, *list_momenten(toets.registercontrole))
        if LATERE_MOMENTEN.issuperset(toets.geldig_op):
            return (Peilmoment.SLUITING, *dagen)
        return dagen

    def assess(self, toets: Certificaattoets, zicht: Zicht) -> Deeluitkomst:
        """Take the best that the certificates give: by themselves, by judgement, or after an answer."""
        certificaten = zicht.select(Certificaatfeit)
        if not certificaten:
            return zicht.ask(
                Grond.GEEN_CERTIFICAAT,
                f"Van {zicht.wie} is geen certificaat {toets.norm} of een gelijkwaardig certificaat ontvangen.",
                gevraagd=tekst.write_gevraagd(toets),
                peildatums=list_days(toets, zicht),
            )
        if toets.locaties_functie is None:
            return self._assess_plaats(toets, zicht, certificaten, None)
        return self._assess_locaties(toets, zicht, certificaten, toets.locaties_functie)

    def _assess_locaties(
        self, toets: Certificaattoets, zicht: Zicht, certificaten: Sequence[Certificaatfeit], functie: str
    ) -> Deeluitkomst:
        """Judge each location that is in use on one of the days; the lowest counts."""
        dagen = list_days(toets, zicht)
        opgegeven = zicht.find(Locatiefeit, functie)
        in_gebruik = [f for f in opgegeven if any(_is_in_use(f, dag) for dag in dagen.values())]
        if not in_gebruik:
            return zicht.ask(
                Grond.CERTIFICAATLOCATIES_ONBEKEND,
                lambda: (
                    f"Van {zicht.wie} is geen locatie voor {write_naam(functie)} bekend die op de gevraagde dagen in"
                    " gebruik is. Daarom is niet te zien of het certificaat daarvoor geldt."
                ),
                gevraagd=f"een opgave van uw locaties voor {write_naam(functie)} en een certificaat met die locaties",
                peildatums=dagen,
                bewijs=[*certificaten, *opgegeven],
                gebonden=False,
            )
        einde = min((f.van - timedelta(days=1) for f in opgegeven if f.van > max(dagen.values())), default=None)
        delen = []
        for plaats in sorted({f.plaats for f in in_gebruik}):
            deel = self._assess_plaats(toets, zicht, certificaten, plaats)
            locaties = cite([f for f in in_gebruik if f.plaats == plaats])
            einden = [dag for dag in (deel.houdbaar_tot, einde) if dag is not None]
            delen.append(
                msgspec.structs.replace(
                    deel,
                    uitleg=_write_of_plaats(plaats, deel),
                    bewijs=tuple(sorted({*deel.bewijs, *locaties})),
                    houdbaar_tot=min(einden, default=None) if deel.houdbaar_tot is not None else None,
                )
            )
        return delen[0] if len(delen) == 1 else combine_laagste(delen)

    def _assess_plaats(
        self, toets: Certificaattoets, zicht: Zicht, certificaten: Sequence[Certificaatfeit], plaats: str | None
    ) -> Deeluitkomst:
        """The certificates, where asked for one location that must be named on them."""
        groepen = sort_certificaten(toets, zicht, certificaten, plaats)
        zelf = find_dekking(toets, zicht, groepen.erkend)
        if groepen.mensen and find_dekking(toets, zicht, groepen.erkend + groepen.mensen) > zelf:
            return self._judge(toets, zicht, groepen)
        return self._settle(toets, zicht, groepen, zelf)

    def _judge(self, toets: Certificaattoets, zicht: Zicht, groepen: Groepen) -> Deeluitkomst:
        """With people: yes = these certificates count, no = they do not, otherwise they must judge.

        They judge all certificates that need people together, so that the evidence of their judgement
        does not change with the days that are asked.
        """
        mensen = groepen.mensen
        bewijs = cite(mensen)
        weging = zicht.weigh(bewijs)
        vragen, grond = _questions(toets, zicht, mensen)
        beoordeling = Beoordelingsvraag(bewijs=bewijs, vragen=vragen, stand=weging.stand)

        def write_voorgelegd() -> list[str]:
            return tekst.write_voorgelegd(toets, zicht, mensen)

        if weging.stand is Oordeelstand.JA:
            met = self._settle(toets, zicht, msgspec.structs.replace(groepen, erkend=groepen.erkend + mensen))
            return msgspec.structs.replace(
                met,
                uitleg=lambda: join_zinnen([met.toelichting, *write_oordeel(weging, vragen)]),
                bewijs=tuple(sorted({*met.bewijs, *bewijs})),
                beoordeling=beoordeling,
            )
        if weging.stand is Oordeelstand.NEE:
            nee = Grond.NIET_GELIJKWAARDIG if grond is Grond.MOGELIJK_GELIJKWAARDIG else grond
            rest = tuple((c, nee) for c in mensen)
            uitkomst = self._settle(
                toets, zicht, msgspec.structs.replace(groepen, mensen=(), afgekeurd=rest + groepen.afgekeurd)
            )
            return msgspec.structs.replace(
                uitkomst,
                grond=nee if uitkomst.uitkomst is Uitkomst.VOLDOET_NIET else uitkomst.grond,
                uitleg=lambda: join_zinnen([*write_voorgelegd(), *write_oordeel(weging, vragen), uitkomst.toelichting]),
                bewijs=tuple(sorted({*uitkomst.bewijs, *bewijs})),
                beoordeling=beoordeling,
            )
        verschil = weging.stand is Oordeelstand.VERSCHIL
        return Deeluitkomst(
            uitkomst=Uitkomst.TE_BEOORDELEN,
            grond=Grond.OORDELEN_VERSCHILLEN if verschil else grond,
            uitleg=lambda: join_zinnen([*write_voorgelegd(), *write_oordeel(weging, vragen)]),
            peildatums=list_reported_days(toets, zicht),
            # The certificates that count by themselves may cover other days, so the outcome rests on them too.
            bewijs=tuple(sorted({*bewijs, *cite(groepen.erkend)})),
            beoordeling=beoordeling,
        )

    def _settle(
        self, toets: Certificaattoets, zicht: Zicht, groepen: Groepen, dekking: Dekking | None = None
    ) -> Deeluitkomst:
        """The outcome without people: what counts, else what could count after an answer, else why not.

        `dekking` is how far the certificates reach that count, where that is known already.
        """
        if dekking is None:
            dekking = find_dekking(toets, zicht, groepen.erkend)
        if dekking and not groepen.verouderd:
            return _accept(toets, zicht, groepen.erkend, dekking)
        dagen = list_reported_days(toets, zicht)
        kijk_opnieuw = groepen.erkend + groepen.mensen + groepen.verouderd
        if groepen.verouderd and find_dekking(toets, zicht, kijk_opnieuw) > dekking:
            return Deeluitkomst(
                uitkomst=Uitkomst.TE_BEOORDELEN,
                grond=Grond.REGISTER_OPNIEUW_BEKIJKEN,
                uitleg=join_zinnen(tekst.write_verouderd(toets, zicht, c) for c in groepen.verouderd),
                peildatums=dagen,
                bewijs=cite(kijk_opnieuw),
            )
        if dekking:
            return _accept(toets, zicht, groepen.erkend, dekking)
        onvolledig = [c for c, _ in groepen.onvolledig]
        bruikbaar = [*kijk_opnieuw, *onvolledig]
        if onvolledig and find_dekking(toets, zicht, bruikbaar):
            gronden = [grond for _, grond in groepen.onvolledig]
            return zicht.ask(
                gronden[0],
                join_zinnen(tekst.write_onvolledig(c, grond) for c, grond in groepen.onvolledig),
                gevraagd=tekst.write_antwoord(gronden),
                peildatums=dagen,
                bewijs=bruikbaar,
                gebonden=False,
            )
        return _reject(toets, zicht, groepen)


def _reject(toets: Certificaattoets, zicht: Zicht, groepen: Groepen) -> Deeluitkomst:
    """Nothing that was handed in covers the early days: say why, of every certificate."""
    basis = list_early_days(toets, zicht)
    ongeldig = [*groepen.erkend, *groepen.verouderd, *groepen.mensen, *(c for c, _ in groepen.onvolledig)]
    zinnen = [
        *(tekst.write_afgekeurd(toets, c, grond, zicht) for c, grond in groepen.afgekeurd),
        *(tekst.write_ongeldig(c, basis) for c in ongeldig),
    ]
    grond = Grond.NIET_GELDIG if ongeldig else groepen.afgekeurd[0][1]
    losse_dagen = msgspec.structs.replace(toets, aaneengesloten=False)
    if toets.aaneengesloten and ongeldig and find_dekking(losse_dagen, zicht, ongeldig):
        grond = Grond.NIET_AANEENGESLOTEN
        gaten = list_gaten(ongeldig, min(basis.values()), max(basis.values()))
        zinnen += [f"{tekst.write_gat(*gat).capitalize()} is er geen geldig certificaat." for gat in gaten]
    return Deeluitkomst(
        uitkomst=Uitkomst.VOLDOET_NIET,
        grond=grond,
        uitleg=join_zinnen(zinnen),
        peildatums=list_reported_days(toets, zicht),
        bewijs=cite([*ongeldig, *(c for c, _ in groepen.afgekeurd)]),
    )


def list_reported_days(toets: Certificaattoets, zicht: Zicht) -> dict[Peilmoment, date]:
    """Every day that matters for the outcome: those asked for and that of the register."""
    dagen = list_days(toets, zicht)
    momenten = list_momenten(toets.registercontrole)
    return dagen | {moment: zicht.peildatums[moment] for moment in momenten} if momenten else dagen


def _is_in_use(locatie: Locatiefeit, dag: date) -> bool:
    return locatie.van <= dag and (locatie.tot is None or dag <= locatie.tot)


def _accept(
    toets: Certificaattoets, zicht: Zicht, certificaten: Sequence[Certificaatfeit], dekking: Dekking
) -> Deeluitkomst:
    """Give voldoet or voorwaardelijk, citing for each day the certificate that covers it best."""
    dagen = list_days(toets, zicht)
    gevraagd = dagen if dekking is Dekking.ALLES else list_early_days(toets, zicht) | dagen
    gekozen = choose_certificaten(toets, gevraagd.values(), certificaten)
    gaten = _list_open(toets, zicht, certificaten) if dekking is Dekking.VOORWAARDELIJK else []
    uniek = list({c.id: c for c in gekozen.values()}.values())
    anders = [c for c in uniek if not is_same_woord(c.norm, toets.norm)]
    dagen = list_reported_days(toets, zicht)
    return Deeluitkomst(
        uitkomst=Uitkomst.VOORWAARDELIJK if gaten else Uitkomst.VOLDOET,
        grond=Grond.VERLOOPT_VOOR_INGANG if gaten else Grond.GELIJKWAARDIG if anders else Grond.VOLDOET,
        uitleg=partial(write_goed, toets, zicht, uniek, gaten),
        peildatums=dagen,
        bewijs=cite(uniek),
        houdbaar_tot=find_einde(toets, dagen, gekozen),
        voorwaarden=tuple([_make_voorwaarde(toets, begin, einde) for begin, einde in gaten]) if gaten else (),
    )


def _make_voorwaarde(toets: Certificaattoets, begin: date, einde: date) -> Voorwaarde:
    """What must still be shown: a certificate on a day, or over a period."""
    return Voorwaarde(
        tekst=f"Toon aan dat u {_write_wanneer(begin, einde)} een geldig certificaat {toets.norm} of een"
        " gelijkwaardig certificaat hebt.",
        geldig_op=einde,
    )


def write_goed(
    toets: Certificaattoets, zicht: Zicht, uniek: Sequence[Certificaatfeit], gaten: Sequence[tuple[date, date]]
) -> str:
    """Over which periods the certificates are valid, what counts as equivalent, and what is still open."""
    zinnen = tekst.write_geldigheid(uniek)
    if anders := sorted({c.norm for c in uniek if not is_same_woord(c.norm, toets.norm)}):
        zinnen.append(tekst.write_gelijkwaardig(toets, anders))
    if toets.aaneengesloten:
        zinnen += [f"Voor de dagen {tekst.write_gat(*gat)} is nog geen geldig certificaat ontvangen." for gat in gaten]
    else:
        open_ = {begin for begin, _ in gaten}
        zinnen += [
            f"Voor {write_peil(m, dag)} is nog geen geldig certificaat ontvangen."
            for m, dag in list_days(toets, zicht).items()
            if dag in open_
        ]
    return join_zinnen(zinnen)


def _write_of_plaats(plaats: str, deel: Deeluitkomst) -> Callable[[], str]:
    """The sentences of a part, said of one location."""
    return lambda: f"Locatie {plaats}: {deel.toelichting}"


def _list_open(
    toets: Certificaattoets, zicht: Zicht, certificaten: Sequence[Certificaatfeit]
) -> list[tuple[date, date]]:
    """What of the days asked is not covered: single days, or whole periods where the days must join up."""
    dagen = sorted(set(list_days(toets, zicht).values()))
    if toets.aaneengesloten:
        return list_gaten(certificaten, dagen[0], dagen[-1])
    return [(dag, dag) for dag in dagen if list_gaten(certificaten, dag, dag)]


def find_einde(toets: Certificaattoets, dagen: Mapping[Peilmoment, date], gekozen: dict[date, Certificaatfeit]) -> date:
    """The last day of the certificate that covers the last day, or until the register must be looked into again."""
    einde = gekozen[max(gekozen)].tot
    controle = toets.registercontrole
    if controle is None or controle.peilmoment is None:
        return einde
    laatste = max(dagen.values())
    if dagen[controle.peilmoment] == laatste:
        gezien = [find_controle_einde(controle, c.register_gezien_op) for c in gekozen.values() if is_listed(toets, c)]
        # What ends before the last day was only asked for an earlier one, so it cannot end the whole.
        einde = max(laatste, min([einde, *(dag for dag in gezien if dag is not None)]))
    return einde


def _write_wanneer(begin: date, einde: date) -> str:
    return f"op {write_datum(einde)}" if begin == einde else tekst.write_gat(begin, einde)


def _questions(
    toets: Certificaattoets, zicht: Zicht, mensen: Sequence[Certificaatfeit]
) -> tuple[tuple[Vraag, ...], Grond]:
    """What people are asked about these certificates, and on what ground."""
    anders = any(not is_listed(toets, c) for c in mensen)
    elders = any(names_others(zicht, c) for c in mensen)
    zonder = any(c.geaccrediteerd is False and is_listed(toets, c) for c in mensen)
    instelling = any(is_other_instelling(toets, c) and is_listed(toets, c) for c in mensen)
    vragen = (
        *(toets.gelijkwaardigheidsvragen if anders else ()),
        *((VRAAG_ENTITEIT,) if elders else ()),
        *((VRAAG_ACCREDITATIE,) if zonder else ()),
        *((VRAAG_INSTELLING,) if instelling else ()),
    )
    gronden = {
        Grond.MOGELIJK_GELIJKWAARDIG: anders,
        Grond.ANDERE_ENTITEIT: elders,
        Grond.INSTELLING_NIET_GEACCREDITEERD: zonder,
        Grond.ANDERE_INSTELLING: instelling,
    }
    return vragen, next(grond for grond, geldt in gronden.items() if geldt)
