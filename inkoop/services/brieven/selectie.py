"""Letters in a procedure with selection: who may go on, and to whom the assignment is meant to go.

Who was not chosen reads the names of who was, and in what they were better, besides its own scores.

Bron: C.16 (tender); B.2.3, B.2.4; F.3 J1, J2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from inkoop.documents.gegevens import Rangplaats, Scoregegevens, Selectiebriefgegevens
from inkoop.domain.besluit import Besluitsoort, Besluitvoorstel
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.rangschikking import Rangregel, Stadium, format_punten
from inkoop.services.brieven import blokken, motivering
from inkoop.services.brieven.aanmelding import brief
from inkoop.services.brieven.besluit import Besluitbasis
from inkoop.services.brieven.blokken import Zaak

GUNNING = frozenset({Besluitsoort.GUNNINGSVOORNEMEN, Besluitsoort.NIET_GEGUND})
GEKOZEN = frozenset({Besluitsoort.GESELECTEERD, Besluitsoort.GUNNINGSVOORNEMEN})

Anderen = Mapping[str, Sequence[tuple[str, Rangregel | None]]]
"""Per perceel who was chosen: name and place in the ranking."""


def name_stadium(voorstellen: Sequence[Besluitvoorstel]) -> str:
    """Whether these besluiten are about who may go on, or about the award."""
    return Stadium.GUNNING if any(voorstel.soort in GUNNING for voorstel in voorstellen) else Stadium.SELECTIE


def compose_selectiebrief(
    zaak: Zaak, basis: Besluitbasis, kenmerk: str, datum: date, gekozen: Anderen
) -> Selectiebriefgegevens:
    """The letter about every perceel of one candidate."""
    herstel = motivering.load_herstel(zaak)
    stadium = name_stadium(basis.voorstellen)
    return Selectiebriefgegevens(
        **{**brief(zaak, kenmerk, datum), "ondertekenaar": basis.ondertekenaar},
        besluit=basis.besluit,
        besluit_datum=basis.besluit_datum,
        ontvangen_op=zaak.rij.ontvangen_op,
        herstel_gevraagd_op=herstel.gevraagd_op,
        herstel_antwoord_op=herstel.antwoord_op,
        behandelaars=basis.behandelaars,
        percelen=motivering.perceelbesluiten(zaak, basis.voorstellen),
        rechtsbescherming=blokken.rechtsbescherming(zaak.definitie, datum, zaak.feestdagen),
        stadium=stadium,
        plaatsen=tuple(_describe_plaats(zaak, voorstel, gekozen) for voorstel in basis.voorstellen),
        redenen=motivering.redenen(zaak, basis.editie, basis.voorstellen),
        voldaan=motivering.voldaan(zaak, basis.editie, basis.voorstellen, basis.resultaat),
        ter_informatie=motivering.ter_informatie(basis.editie, basis.resultaat),
        vervolg=tuple(_list_vervolg(zaak, basis.voorstellen)),
    )


def _describe_plaats(zaak: Zaak, voorstel: Besluitvoorstel, gekozen: Anderen) -> Rangplaats:
    rang = voorstel.rang
    zinnen = [voorstel.aanleiding, rang.uitleg if rang is not None else ""]
    if voorstel.soort is Besluitsoort.AFGEWEZEN:
        zinnen = ["Uw aanmelding voldoet niet aan alle eisen en doet daarom niet mee aan de vergelijking."]
    anderen = [] if voorstel.soort in GEKOZEN else list(gekozen.get(voorstel.perceel, ()))
    return Rangplaats(
        perceel=voorstel.perceel,
        uitkomst=voorstel.soort,
        uitleg=" ".join(dict.fromkeys(zin for zin in zinnen if zin)),
        scores=tuple(
            Scoregegevens(
                criterium=score.criterium, naam=score.naam, weging=score.weging, score=score.score, reden=score.reden
            )
            for score in (rang.scores if rang is not None else ())
        ),
        begunstigden=tuple(naam for naam, _ in anderen if naam != zaak.rij.naam),
        voordelen=tuple(
            _compare(rang, naam, ander) for naam, ander in anderen if rang is not None and ander is not None
        ),
    )


def _compare(rang: Rangregel, naam: str, ander: Rangregel) -> str:
    """In what who was chosen was better, as facts: the scores beside each other and why they were given."""
    eigen = {score.criterium: score for score in rang.scores}
    delen = [
        f"{score.naam}: {format_punten(score.score)} tegenover {format_punten(eigen[score.criterium].score)}"
        + (f" ({score.reden})" if score.reden else "")
        for score in ander.scores
        if score.criterium in eigen
    ]
    if not delen:
        return f"{naam} is gekozen."
    return f"{naam} heeft {format_punten(ander.totaal)} punten, u {format_punten(rang.totaal)}. {'; '.join(delen)}."


def _list_vervolg(zaak: Zaak, voorstellen: Sequence[Besluitvoorstel]) -> list[str]:
    """What comes now, for who goes on and for who waits."""
    soorten = {voorstel.soort for voorstel in voorstellen}
    ronde, zinnen = zaak.ronde, []
    if Besluitsoort.GESELECTEERD in soorten:
        if ronde.dialoog_van is not None and ronde.dialoog_tot is not None:
            zinnen.append(
                f"De dialoog is van {format_dag(ronde.dialoog_van)} tot en met {format_dag(ronde.dialoog_tot)}. "
                "U krijgt per gesprek een uitnodiging met een agenda. Wat u vertelt, blijft vertrouwelijk."
            )
        if ronde.voorstel_tot is not None:
            tijd = f"{ronde.voorstel_tot.astimezone(zaak.ronde.sluiting.tzinfo):%H.%M}"
            zinnen.append(
                f"Uw definitieve voorstel moet uiterlijk op {format_dag(local_date(ronde.voorstel_tot))} "
                f"om {tijd} uur zijn ontvangen."
            )
    if Besluitsoort.RESERVE in soorten:
        zinnen.append("U staat op de reservelijst. Valt een gekozen kandidaat af, dan nodigen wij de volgende uit.")
    if Besluitsoort.GUNNINGSVOORNEMEN in soorten:
        zinnen.append(
            "Dit is een voornemen en nog geen aanvaarding. Het wordt definitief als de termijn hieronder voorbij is en "
            "geen kort geding loopt over dit perceel. Een overeenkomst is er pas als beide partijen haar tekenen."
        )
    if not zinnen:
        zinnen.append("Voor u eindigt de procedure hiermee, tenzij de rechter anders beslist.")
    return zinnen
