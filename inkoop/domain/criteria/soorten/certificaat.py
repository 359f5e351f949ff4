"""Certificaat: a mark that is valid on each of the days asked for, "of gelijkwaardig".

| what is known | outcome |
|---|---|
| nothing handed in | herstelbaar |
| the norm asked for, valid on every day | voldoet |
| a norm on the published list, valid on every day | voldoet, gelijkwaardig |
| valid on the early days, ends before `ingang` or `looptijd` | voorwaardelijk, with what must still be shown |
| another norm; or a listed one that names other legal persons, or of a body without accreditation | two people |
| the two people say no | voldoet_niet: that closes what was handed in |
| not valid on an early day; suspended, withdrawn or expired in the register; scope falls short | voldoet_niet |
| register status or scope not known where it is asked | herstelbaar |

The early days are indiening, sluiting and besluit; where the criterion names none of them, the
certificate must at least be valid on sluiting to be conditional. Several certificates may cover
the days together: the criterion asks for days, not for an unbroken row. Register status and scope
are asked of the norm and the published list only; of another norm the people judge them.

Bron: S3 6.1 punt 3 and 5; B.3.7; B.3.8; E.5; F.0; H4 (entity); M2, M3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import IntEnum

import msgspec

from inkoop.domain.criteria.bevinding import Voorwaarde
from inkoop.domain.criteria.criterium import Certificaattoets, Peilmoment, Vraag
from inkoop.domain.criteria.deeluitkomst import Beoordelingsvraag, Deeluitkomst
from inkoop.domain.criteria.dossier import Certificaatfeit
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.oordelen import Oordeelstand
from inkoop.domain.criteria.soorten import certificaattekst as tekst
from inkoop.domain.criteria.soorten.certificaatgroepen import Groepen, is_listed, names_others, sort_certificaten
from inkoop.domain.criteria.soorten.menselijk import write_oordeel
from inkoop.domain.criteria.soorten.soort import Soort, register
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import join_zinnen, write_datum, write_norm, write_opsomming, write_peil
from inkoop.domain.criteria.zicht import Zicht, cite, is_same_woord

LATERE_MOMENTEN = frozenset({Peilmoment.INGANG, Peilmoment.LOOPTIJD})
"""Moments after the decision: what misses only there is a condition, not a shortcoming (E.5)."""

VRAAG_ENTITEIT = Vraag(
    id="entiteit",
    tekst="Blijkt uit de stukken zelf, zonder twijfel, dat het certificaat ook voor de aanbieder geldt?",
)
VRAAG_ACCREDITATIE = Vraag(
    id="accreditatie",
    tekst="Is de instelling die het certificaat gaf onafhankelijk en deskundig, ook zonder accreditatie?",
)


class Dekking(IntEnum):
    """Which of the days asked for a set of certificates covers."""

    GEEN = 0
    VOORWAARDELIJK = 1
    ALLES = 2


@register(Certificaattoets)
class Certificaat(Soort[Certificaattoets]):
    """The aanbieder holds the norm or one that is equivalent, valid on each day asked for."""

    def list_peilmomenten(self, toets: Certificaattoets) -> tuple[Peilmoment, ...]:
        """The days asked for, and sluiting where only later days are asked."""
        if LATERE_MOMENTEN.issuperset(toets.geldig_op):
            return (Peilmoment.SLUITING, *toets.geldig_op)
        return toets.geldig_op

    def assess(self, toets: Certificaattoets, zicht: Zicht) -> Deeluitkomst:
        """Take the best that the certificates give: by themselves, by judgement, or after an answer."""
        dagen = _days(toets, zicht)
        certificaten = zicht.select(Certificaatfeit)
        if not certificaten:
            return zicht.ask(
                Grond.GEEN_CERTIFICAAT,
                f"Van {zicht.wie} is geen certificaat {toets.norm} of een gelijkwaardig certificaat ontvangen.",
                gevraagd=tekst.write_gevraagd(toets),
                peildatums=dagen,
            )
        groepen = sort_certificaten(toets, zicht, certificaten)
        basis = _early_days(toets, zicht)
        zelf = find_dekking(dagen, basis, groepen.erkend)
        if find_dekking(dagen, basis, groepen.erkend + groepen.mensen) > zelf:
            return self._judge(toets, zicht, groepen)
        return self._settle(toets, zicht, groepen)

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
        voorgelegd = tekst.write_voorgelegd(toets, zicht, mensen)
        if weging.stand is Oordeelstand.JA:
            uitkomst = self._settle(toets, zicht, msgspec.structs.replace(groepen, erkend=groepen.erkend + mensen))
            return msgspec.structs.replace(
                uitkomst,
                toelichting=join_zinnen([uitkomst.toelichting, *write_oordeel(weging, vragen)]),
                bewijs=tuple(sorted({*uitkomst.bewijs, *bewijs})),
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
                toelichting=join_zinnen([*voorgelegd, *write_oordeel(weging, vragen), uitkomst.toelichting]),
                bewijs=tuple(sorted({*uitkomst.bewijs, *bewijs})),
                beoordeling=beoordeling,
            )
        verschil = weging.stand is Oordeelstand.VERSCHIL
        return Deeluitkomst(
            uitkomst=Uitkomst.TE_BEOORDELEN,
            grond=Grond.OORDELEN_VERSCHILLEN if verschil else grond,
            toelichting=join_zinnen([*voorgelegd, *write_oordeel(weging, vragen)]),
            peildatums=_days(toets, zicht),
            # The certificates that count by themselves may cover other days, so the outcome rests on them too.
            bewijs=tuple(sorted({*bewijs, *cite(groepen.erkend)})),
            beoordeling=beoordeling,
        )

    def _settle(self, toets: Certificaattoets, zicht: Zicht, groepen: Groepen) -> Deeluitkomst:
        """The outcome without people: what counts, else what could count after an answer, else why not."""
        dagen, basis = _days(toets, zicht), _early_days(toets, zicht)
        if dekking := find_dekking(dagen, basis, groepen.erkend):
            return _accept(toets, zicht, groepen.erkend, dekking)
        onvolledig = [c for c, _ in groepen.onvolledig]
        if onvolledig and find_dekking(dagen, basis, [*groepen.erkend, *onvolledig]):
            gronden = [grond for _, grond in groepen.onvolledig]
            return zicht.ask(
                gronden[0],
                join_zinnen(tekst.write_onvolledig(c, grond) for c, grond in groepen.onvolledig),
                gevraagd=tekst.write_antwoord(gronden),
                peildatums=dagen,
                bewijs=[*groepen.erkend, *onvolledig],
                gebonden=False,
            )
        ongeldig = [*groepen.erkend, *groepen.mensen, *onvolledig]
        return Deeluitkomst(
            uitkomst=Uitkomst.VOLDOET_NIET,
            grond=Grond.NIET_GELDIG if ongeldig else groepen.afgekeurd[0][1],
            toelichting=join_zinnen(
                [
                    *(tekst.write_afgekeurd(c, grond, zicht) for c, grond in groepen.afgekeurd),
                    *(tekst.write_ongeldig(c, basis) for c in ongeldig),
                ]
            ),
            peildatums=dagen,
            bewijs=cite([*ongeldig, *(c for c, _ in groepen.afgekeurd)]),
        )


def covers(certificaat: Certificaatfeit, dag: date) -> bool:
    """Whether a certificate is valid on a day; the first and the last day count."""
    return certificaat.van <= dag <= certificaat.tot


def find_dekking(
    dagen: Mapping[Peilmoment, date], basis: Mapping[Peilmoment, date], certificaten: Iterable[Certificaatfeit]
) -> Dekking:
    """How far these certificates reach together."""
    lijst = list(certificaten)
    if all(any(covers(c, dag) for c in lijst) for dag in dagen.values()):
        return Dekking.ALLES
    if all(any(covers(c, dag) for c in lijst) for dag in basis.values()):
        return Dekking.VOORWAARDELIJK
    return Dekking.GEEN


def _days(toets: Certificaattoets, zicht: Zicht) -> dict[Peilmoment, date]:
    """The days on which the certificate must be valid."""
    return {moment: zicht.peil(moment) for moment in toets.geldig_op}


def _early_days(toets: Certificaattoets, zicht: Zicht) -> dict[Peilmoment, date]:
    """The days without which there is nothing to admit on."""
    vroeg = {moment: dag for moment, dag in _days(toets, zicht).items() if moment not in LATERE_MOMENTEN}
    return vroeg or {Peilmoment.SLUITING: zicht.peil(Peilmoment.SLUITING)}


def _accept(
    toets: Certificaattoets, zicht: Zicht, certificaten: Sequence[Certificaatfeit], dekking: Dekking
) -> Deeluitkomst:
    """Give voldoet or voorwaardelijk, citing for each day the certificate that covers it best."""
    dagen = _days(toets, zicht)
    gevraagd = dagen if dekking is Dekking.ALLES else _early_days(toets, zicht) | dagen
    gekozen: dict[date, Certificaatfeit] = {}
    for dag in sorted(set(gevraagd.values())):
        if geldig := [c for c in certificaten if covers(c, dag)]:
            gekozen[dag] = max(geldig, key=lambda c: (is_same_woord(c.norm, toets.norm), c.tot, c.id))
    open_dagen = {moment: dag for moment, dag in dagen.items() if dag not in gekozen}
    uniek = list({c.id: c for c in gekozen.values()}.values())
    anders = sorted({c.norm for c in uniek if not is_same_woord(c.norm, toets.norm)})
    zinnen = tekst.write_geldigheid(uniek)
    if anders:
        geldt = "geldt" if len(anders) == 1 else "gelden"
        namen = write_opsomming(write_norm(norm) for norm in anders)
        zinnen.append(f"{namen} {geldt} hier als gelijkwaardig aan {write_norm(toets.norm)}.")
    zinnen += [f"Voor {write_peil(m, dag)} is nog geen geldig certificaat ontvangen." for m, dag in open_dagen.items()]
    grond = Grond.GELIJKWAARDIG if anders else Grond.VOLDOET
    return Deeluitkomst(
        uitkomst=Uitkomst.VOORWAARDELIJK if open_dagen else Uitkomst.VOLDOET,
        grond=Grond.VERLOOPT_VOOR_INGANG if open_dagen else grond,
        toelichting=join_zinnen(zinnen),
        peildatums=dagen,
        bewijs=cite(uniek),
        houdbaar_tot=gekozen[max(gekozen)].tot,
        voorwaarden=tuple(
            Voorwaarde(
                tekst=f"Toon aan dat u op {write_datum(dag)} een geldig certificaat {toets.norm} of een gelijkwaardig"
                " certificaat hebt.",
                geldig_op=dag,
            )
            for dag in sorted(set(open_dagen.values()))
        ),
    )


def _questions(
    toets: Certificaattoets, zicht: Zicht, mensen: Sequence[Certificaatfeit]
) -> tuple[tuple[Vraag, ...], Grond]:
    """What people are asked about these certificates, and on what ground."""
    anders = any(not is_listed(toets, c) for c in mensen)
    elders = any(names_others(zicht, c) for c in mensen)
    zonder = any(c.geaccrediteerd is False and is_listed(toets, c) for c in mensen)
    vragen = (
        *(toets.gelijkwaardigheidsvragen if anders else ()),
        *((VRAAG_ENTITEIT,) if elders else ()),
        *((VRAAG_ACCREDITATIE,) if zonder else ()),
    )
    if anders:
        return vragen, Grond.MOGELIJK_GELIJKWAARDIG
    return vragen, Grond.ANDERE_ENTITEIT if elders else Grond.INSTELLING_NIET_GEACCREDITEERD
