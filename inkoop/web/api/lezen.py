"""Reading through the API: procedures, rounds, applications, receipts, besluiten, agreements, tasks.

Nothing of an aanmelding is given before its round has closed and two people opened it (FE-8), except to its
own aanbieder that it was received.

Bron: ontwerp 8, 9; domein D.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import Response
from sqlmodel import Session

from inkoop.domain.criteria.bevinding import Toetsresultaat
from inkoop.domain.persoon import Rol
from inkoop.domain.planning import Planregel, plan
from inkoop.domain.toegang import GeenToegangError, Handeling
from inkoop.services import (
    aanmeldingen,
    bewijzen,
    loopvormen,
    overeenkomsten,
    overzicht,
    procedures,
    rondes,
    takenlijst,
    toetsen,
    verzegeling,
    vormen,
    werklijst,
)
from inkoop.services.ontvangstenlijst import Ontvangstbewijs, list_besluiten, list_ontvangsten
from inkoop.services.rondes import lees
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.web.api.antwoord import Aantal, Bladzijde, Na, answer, cut_bladzijde, gives, read_cursor, refuses, select_na
from inkoop.web.api.toegang import IEDER, lezen
from inkoop.web.kern import Bezoek, NietTeVindenError

router = APIRouter(prefix="/api/v1", tags=["Lezen"], responses=refuses(401, 403, 422, 429, 503))

Procedure = Annotated[str, Path(description="De naam van de procedure.", max_length=200)]
Ronde = Annotated[str, Path(description="Het kenmerk van de ronde, bijvoorbeeld M-2020-2.", max_length=200)]
Aanmelding = Annotated[str, Path(description="Het kenmerk van de aanmelding.", max_length=200)]
Nummer = Annotated[str, Path(description="Het contractnummer of het nummer van een addendum.", max_length=200)]

PLAN = Handeling.PROCEDURE_LEZEN


@router.get(
    "/ik",
    summary="Wie u bent",
    description="Namens wie en in welke rol dit token werkt, waarvoor, en tot wanneer.",
    responses=gives(loopvormen.Tokenvorm, "De houder van het token."),
)
def geef_ik(bezoek: Annotated[Bezoek, Depends(IEDER)]) -> Response:
    """Who holds the token."""
    return answer(bezoek, loopvormen.describe_token(bezoek.request.state.houder))


@router.get(
    "/procedures",
    summary="Procedures",
    description="Alle procedures op naam.",
    responses=gives(Bladzijde[vormen.Procedurevorm], "Een bladzijde procedures."),
)
def geef_procedures(
    bezoek: Annotated[Bezoek, Depends(lezen(Handeling.PROCEDURE_LEZEN))], aantal: Aantal = 50, na: Na = ""
) -> Response:
    """Every procedure in the store."""
    regels = [vormen.describe_procedure(regel) for regel in overzicht.list_regels(bezoek.huis, bezoek.door)]
    return answer(bezoek, select_na(regels, na, aantal, lambda regel: regel.naam))


@router.get(
    "/procedures/{procedure}",
    summary="Een procedure",
    description="Waar de procedure staat, en alles wat de volgende stap nog tegenhoudt.",
    responses=gives(vormen.Procedurestand, "De procedure.") | refuses(404),
)
def geef_procedure(
    bezoek: Annotated[Bezoek, Depends(lezen(Handeling.PROCEDURE_LEZEN))], procedure: Procedure
) -> Response:
    """One procedure."""
    with lees(bezoek.huis, bezoek.door, Handeling.PROCEDURE_LEZEN) as sessie:
        rij = procedures.find_procedure(sessie, procedure)
        beletselen = overzicht.list_beletselen(sessie, rij, bezoek.nu)
    return answer(bezoek, vormen.describe_procedurestand(rij, procedures.decode_definitie(rij), beletselen))


@router.get(
    "/procedures/{procedure}/plan",
    summary="Het plan van een procedure",
    description="Elke geplande dag, met waarom het die dag is en waar dat staat.",
    responses=gives(Bladzijde[Planregel], "De dagen, in volgorde.") | refuses(404),
)
def geef_plan(
    bezoek: Annotated[Bezoek, Depends(lezen(PLAN))], procedure: Procedure, aantal: Aantal = 200, na: Na = ""
) -> Response:
    """The planned days of a procedure."""
    with lees(bezoek.huis, bezoek.door, PLAN) as sessie:
        definitie = procedures.decode_definitie(procedures.find_procedure(sessie, procedure))
    dagen = plan(definitie, bezoek.huis.feestdagen)
    plaats = {id(regel): f"{nummer:06d}" for nummer, regel in enumerate(dagen)}
    return answer(bezoek, select_na(dagen, na, aantal, lambda regel: plaats[id(regel)]))


@router.get(
    "/procedures/{procedure}/rondes",
    summary="De rondes van een procedure",
    description="De rondes die bij de publicatie zijn gemaakt.",
    responses=gives(Bladzijde[vormen.Rondevorm], "Een bladzijde rondes.") | refuses(404),
)
def geef_rondes(
    bezoek: Annotated[Bezoek, Depends(lezen(Handeling.RONDE_LEZEN))],
    procedure: Procedure,
    aantal: Aantal = 50,
    na: Na = "",
) -> Response:
    """The rounds of a procedure."""
    with lees(bezoek.huis, bezoek.door, Handeling.RONDE_LEZEN) as sessie:
        procedures.find_procedure(sessie, procedure)
        regels = [vormen.describe_ronde(rij) for rij in rondes.list_rondes(sessie, procedure)]
    return answer(bezoek, select_na(regels, na, aantal, lambda regel: regel.ronde))


@router.get(
    "/rondes/{ronde}",
    summary="Een ronde",
    description="De fase en de dagen van een ronde. Hoeveel aanmeldingen er zijn, staat er pas na de sluiting.",
    responses=gives(vormen.Rondestand, "De ronde.") | refuses(404),
)
def geef_ronde(bezoek: Annotated[Bezoek, Depends(lezen(Handeling.RONDE_LEZEN))], ronde: Ronde) -> Response:
    """One round."""
    with lees(bezoek.huis, bezoek.door, Handeling.RONDE_LEZEN) as sessie:
        rij = rondes.find_ronde(sessie, ronde)
        datums = procedures.read_definitie(sessie, rij.procedure_id).find_ronde(ronde)
        stand = vormen.describe_rondestand(sessie, rij, datums, bezoek.nu)
    return answer(bezoek, stand)


@router.get(
    "/rondes/{ronde}/aanmeldingen",
    summary="De aanmeldingen van een ronde",
    description="Wie zich aanmeldde en waar elke aanmelding staat. Pas na de opening van de ronde door twee mensen.",
    responses=gives(Bladzijde[vormen.Aanmeldingvorm], "Een bladzijde aanmeldingen.") | refuses(404),
)
def geef_aanmeldingen(
    bezoek: Annotated[Bezoek, Depends(lezen(Handeling.AANMELDING_LEZEN))],
    ronde: Ronde,
    aantal: Aantal = 50,
    na: Na = "",
) -> Response:
    """The applications of a round, once it is opened."""
    begin = read_cursor(na)
    with lees(bezoek.huis, bezoek.door, Handeling.AANMELDING_LEZEN) as sessie:
        rij = rondes.find_ronde(sessie, ronde)
        rondes.require_leesbaar(rij, bezoek.door)
        rijen = werklijst.list_na(sessie, rij, begin, aantal + 1)
        regels = [vormen.describe_aanmelding(een) for een in rijen]
    return answer(bezoek, cut_bladzijde(regels, aantal, lambda regel: regel.kenmerk))


@router.get(
    "/aanmeldingen/{aanmelding}",
    summary="Een aanmelding",
    description=(
        "Wat is ingediend, met welk bewijs. Pas na de opening van de ronde. Een aanbieder ziet de eigen aanmelding;"
        " zolang die is verzegeld alleen dat zij is ontvangen."
    ),
    responses=gives(vormen.Aanmeldingstand, "De aanmelding.") | refuses(404),
)
def geef_aanmelding(
    bezoek: Annotated[Bezoek, Depends(lezen(Handeling.AANMELDING_LEZEN, Handeling.EIGEN_AANMELDING_LEZEN))],
    aanmelding: Aanmelding,
) -> Response:
    """One aanmelding; somebody else's does not exist for an aanbieder."""
    eigen = bezoek.door.rol is Rol.AANBIEDER
    with lees(
        bezoek.huis, bezoek.door, Handeling.EIGEN_AANMELDING_LEZEN if eigen else Handeling.AANMELDING_LEZEN
    ) as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, aanmelding)
        ronde = rondes.get_ronde(sessie, rij.ronde_id)
        if eigen:
            try:
                aanmeldingen.require_eigen(bezoek.huis, sessie, bezoek.door, rij)
            except GeenToegangError as fout:
                raise NietTeVindenError(NIET_EIGEN) from fout
        else:
            rondes.require_leesbaar(ronde, bezoek.door)
        zegel = verzegeling.find_verzegeling(sessie, rij) if verzegeling.is_verzegeld(rij) else None
        stand = vormen.Aanmeldingstand(
            kenmerk=rij.kenmerk,
            ronde=ronde.kenmerk,
            status=rij.status,
            ontvangen_op=rij.ontvangen_op,
            verzegeld=zegel is not None,
            ontvangsthash=None if zegel is None else zegel.ontvangsthash,
            opgave=None if zegel is not None else aanmeldingen.read_opgave(rij),
            bewijsstukken=()
            if zegel is not None
            else vormen.describe_bewijs(
                bewijzen.list_bewijsstukken(sessie, rij), bewijzen.list_hergebruik(sessie, rij)
            ),
        )
    return answer(bezoek, stand)


NIET_EIGEN = "Deze aanmelding is niet van u."


def _find_open(sessie: Session, bezoek: Bezoek, kenmerk: str) -> AanmeldingRow:
    rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
    rondes.require_leesbaar(rondes.get_ronde(sessie, rij.ronde_id), bezoek.door)
    return rij


@router.get(
    "/aanmeldingen/{aanmelding}/toetsen",
    summary="De toetsen van een aanmelding",
    description="Elke toets met zijn uitkomsten per perceel; de laatste telt.",
    responses=gives(Bladzijde[Ontvangstbewijs], "De toetsen, de oudste eerst.") | refuses(404),
)
def geef_toetsen(
    bezoek: Annotated[Bezoek, Depends(lezen(Handeling.AANMELDING_LEZEN))],
    aanmelding: Aanmelding,
    aantal: Aantal = 50,
    na: Na = "",
) -> Response:
    """The receipts of an aanmelding in short."""
    with lees(bezoek.huis, bezoek.door, Handeling.AANMELDING_LEZEN) as sessie:
        regels = list_ontvangsten(sessie, _find_open(sessie, bezoek, aanmelding))
    return answer(bezoek, select_na(regels, na, aantal, lambda regel: f"{regel.volgnummer:06d}"))


@router.get(
    "/aanmeldingen/{aanmelding}/toetsen/laatste",
    summary="De laatste toets, met al zijn bevindingen",
    description="Het bewijs van de toets zoals het is bewaard: wat erin ging (met hashes) en elke bevinding met bron.",
    responses=gives(Toetsresultaat, "Het bewijs van de laatste toets.") | refuses(404),
)
def geef_toets(
    bezoek: Annotated[Bezoek, Depends(lezen(Handeling.AANMELDING_LEZEN))], aanmelding: Aanmelding
) -> Response:
    """The last receipt, byte for byte as it is kept."""
    with lees(bezoek.huis, bezoek.door, Handeling.AANMELDING_LEZEN) as sessie:
        laatste = toetsen.find_laatste(sessie, _find_open(sessie, bezoek, aanmelding))
    if laatste is None:
        raise NietTeVindenError
    return answer(bezoek, laatste.resultaat.encode())


@router.get(
    "/rondes/{ronde}/besluiten",
    summary="De besluiten van een ronde",
    description="Elk besluit met waarop het rust; ook een besluit dat is vervangen.",
    responses=gives(Bladzijde[vormen.Besluitvorm], "Een bladzijde besluiten.") | refuses(404),
)
def geef_besluiten(
    bezoek: Annotated[Bezoek, Depends(lezen(Handeling.BESLUIT_LEZEN))],
    ronde: Ronde,
    aanmelding: Annotated[str, Query(max_length=200, description="Alleen over deze aanmelding.")] = "",
    aantal: Aantal = 50,
    na: Na = "",
) -> Response:
    """The besluiten of a round."""
    begin = read_cursor(na)
    with lees(bezoek.huis, bezoek.door, Handeling.BESLUIT_LEZEN) as sessie:
        rij = rondes.find_ronde(sessie, ronde)
        rondes.require_leesbaar(rij, bezoek.door)
        regels = list_besluiten(sessie, rij, aanmelding, begin, aantal + 1)
    bladzijde = cut_bladzijde(regels, aantal, lambda regel: regel[0])
    return answer(bezoek, Bladzijde(regels=[vorm for _, vorm in bladzijde.regels], volgende=bladzijde.volgende))


@router.get(
    "/rondes/{ronde}/overeenkomsten",
    summary="De overeenkomsten van een ronde",
    description="Elke overeenkomst en elk addendum, op nummer.",
    responses=gives(Bladzijde[vormen.Overeenkomstvorm], "Een bladzijde overeenkomsten.") | refuses(404),
)
def geef_overeenkomsten(
    bezoek: Annotated[Bezoek, Depends(lezen(Handeling.OVEREENKOMST_LEZEN))],
    ronde: Ronde,
    aantal: Aantal = 50,
    na: Na = "",
) -> Response:
    """The agreements of a round with their addenda."""
    with lees(bezoek.huis, bezoek.door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        regels = vormen.list_overeenkomsten(sessie, rondes.find_ronde(sessie, ronde))
    return answer(bezoek, select_na(regels, na, aantal, lambda regel: regel.nummer))


@router.get(
    "/overeenkomsten/{nummer}",
    summary="Een overeenkomst",
    description="Een overeenkomst of addendum.",
    responses=gives(vormen.Overeenkomstvorm, "De overeenkomst.") | refuses(404),
)
def geef_overeenkomst(
    bezoek: Annotated[Bezoek, Depends(lezen(Handeling.OVEREENKOMST_LEZEN))], nummer: Nummer
) -> Response:
    """One agreement or addendum."""
    with lees(bezoek.huis, bezoek.door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        rij = overeenkomsten.find_overeenkomst(sessie, nummer)
        vorm = vormen.describe_overeenkomst(sessie, overeenkomsten.find_aanmelding(sessie, rij), rij)
    return answer(bezoek, vorm)


@router.get(
    "/taken",
    summary="Uw taken",
    description="Wat op de rol van dit token wacht, het dringendste eerst.",
    responses=gives(Bladzijde[vormen.Taakvorm], "Een bladzijde taken."),
)
def geef_taken(
    bezoek: Annotated[Bezoek, Depends(lezen(Handeling.PROCEDURE_LEZEN))], aantal: Aantal = 50, na: Na = ""
) -> Response:
    """What waits for this role."""
    regels = [vormen.describe_taak(taak) for taak in takenlijst.list_taken(bezoek.huis, bezoek.door)]
    return answer(
        bezoek,
        select_na(regels, na, aantal, lambda r: f"{r.uiterlijk or '9999'}|{r.onderwerp}|{r.soort}|{r.deel}|{r.wat}"),
    )
