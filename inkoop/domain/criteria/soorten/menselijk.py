"""What a leaf yields where people judge: waiting, differing, yes or no.

Shared by the kinds that hand something to two people (certificaat, personeel, uitsluiting, beoordeling).

Bron: ontwerp 4; F.0 `beoordelaars`; RBNNE 2023:315 (the reasons stand in the first letter).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from inkoop.domain.criteria.criterium import Peilmoment, Vraag
from inkoop.domain.criteria.deeluitkomst import Beoordelingsvraag, Deeluitkomst, Uitleg
from inkoop.domain.criteria.dossier import Feit
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.oordelen import Oordeelstand, Weging
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import join_zinnen, write_zin
from inkoop.domain.criteria.zicht import Zicht, cite


def ask_people(
    zicht: Zicht,
    feiten: Sequence[Feit],
    vragen: Sequence[Vraag],
    *,
    onderwerp: Uitleg,
    wacht: Grond,
    ja: Grond,
    nee: Grond,
    peildatums: dict[Peilmoment, date],
    product: str | None = None,
    houdbaar_tot: date | None = None,
) -> Deeluitkomst:
    """The outcome of a leaf that people judge on exactly the evidence of these facts.

    `onderwerp` is a sentence (or writes one) that says what lies before them; `wacht`, `ja` and `nee` are the grounds;
    `houdbaar_tot` is the last peildatum on which this same evidence would lie before them.
    """
    bewijs = cite(feiten)
    weging = zicht.weigh(bewijs, product=product)
    uitkomst, grond = Uitkomst.TE_BEOORDELEN, wacht
    if weging.stand is Oordeelstand.VERSCHIL:
        grond = Grond.OORDELEN_VERSCHILLEN
    elif weging.stand is Oordeelstand.JA:
        uitkomst, grond = Uitkomst.VOLDOET, ja
    elif weging.stand is Oordeelstand.NEE:
        uitkomst, grond = Uitkomst.VOLDOET_NIET, nee
    return Deeluitkomst(
        uitkomst=uitkomst,
        grond=grond,
        uitleg=partial(write_beoordeeld, onderwerp, weging, vragen),
        peildatums=peildatums,
        bewijs=bewijs,
        beoordeling=Beoordelingsvraag(bewijs=bewijs, vragen=tuple(vragen), stand=weging.stand),
        product=product,
        houdbaar_tot=houdbaar_tot if uitkomst is Uitkomst.VOLDOET else None,
    )


def write_beoordeeld(onderwerp: Uitleg, weging: Weging, vragen: Sequence[Vraag]) -> str:
    """What lies before the people, and how they judged it."""
    zin = onderwerp if isinstance(onderwerp, str) else onderwerp()
    return join_zinnen([zin, *write_oordeel(weging, vragen)])


def write_oordeel(weging: Weging, vragen: Sequence[Vraag]) -> list[str]:
    """The sentences about the judgement: what is still awaited, or the result with its reasons."""
    if weging.stand is Oordeelstand.WACHT:
        return ["Twee beoordelaars moeten dit nog beoordelen."]
    if weging.stand is Oordeelstand.VERSCHIL:
        return ["De twee beoordelaars oordelen verschillend. Een jurist moet nog beslissen."]
    wie = (
        "De twee beoordelaars oordeelden verschillend. Een jurist heeft beslist"
        if weging.door_jurist
        else "Twee beoordelaars hebben dit beoordeeld"
    )
    oordeel = "positief" if weging.stand is Oordeelstand.JA else "negatief"
    zinnen = [f"{wie}. Het oordeel is {oordeel}."]
    if weging.neen:
        teksten = {vraag.id: vraag.tekst for vraag in vragen}
        zinnen += [f"Op de vraag '{teksten[vraag]}' is het antwoord nee." for vraag in weging.neen if vraag in teksten]
    if weging.redenen:
        zinnen.append(_write_redenen(weging.redenen))
    return zinnen


def _write_redenen(redenen: Sequence[str]) -> str:
    """The reasons under one word, each as its own sentence."""
    if len(redenen) == 1:
        return f"Reden: {write_zin(redenen[0])}"
    return f"Redenen: {' '.join([write_zin(reden) for reden in redenen])}"
