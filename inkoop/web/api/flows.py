"""Starting a flow through the API and following its run: the same check and the same record as `inkoop flow start`.

Bron: ontwerp 2.1, 9; docs/adr/0025.
"""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response
from msgspec import Meta, Struct

from inkoop.services import aandrijving, flowstart, loopvormen
from inkoop.storage.winkelrij import Winkelsoort
from inkoop.web.api.antwoord import (
    VORMEN,
    Aantal,
    Bladzijde,
    Na,
    answer,
    cut_bladzijde,
    gives,
    make_verwijzing,
    read_cursor,
    refuses,
)
from inkoop.web.api.problemen import Regel, VraagFoutError
from inkoop.web.api.toegang import FLOWS, IEDER
from inkoop.web.kern import Bezoek, NietTeVindenError

router = APIRouter(prefix="/api/v1", tags=["Flows"], responses=refuses(401, 403, 422, 429, 503))

Starter = Annotated[Bezoek, Depends(FLOWS)]

MAX_VRAAG = 10_000
"""The longest request to start a flow, in bytes."""


class Startvraag(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a flow is started about: exactly one of the two, the one that goes with the flow."""

    procedure: Annotated[str | None, Meta(description="Bij voorbereiden en publiceren: welke procedure.")] = None
    ronde: Annotated[str | None, Meta(description="Bij de andere flows: het kenmerk van de ronde.")] = None


VORMEN.setdefault("Startvraag", Startvraag)


async def read_vraag(request: Request) -> Startvraag:
    """The body of the request; VraagFoutError when it is not one."""
    inhoud = b""
    async for deel in request.stream():
        inhoud += deel
        if len(inhoud) > MAX_VRAAG:
            raise VraagFoutError([Regel("vraag", "Deze vraag is te lang.")])
    try:
        return msgspec.json.decode(inhoud, type=Startvraag)
    except (msgspec.DecodeError, UnicodeDecodeError) as fout:
        tekst = 'Stuur JSON met alleen het veld procedure of ronde, bijvoorbeeld {"ronde": "M-2020-2"}.'
        raise VraagFoutError([Regel("vraag", tekst)]) from fout


INHOUD: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": make_verwijzing(Startvraag)}}}
}


@router.get(
    "/flows",
    summary="De flows",
    description="Welke flows er zijn, wat elk doet, en waarover elk gaat.",
    responses=gives(Bladzijde[loopvormen.Flowvorm], "De flows, in de volgorde van de fasen."),
)
def geef_flows(bezoek: Annotated[Bezoek, Depends(IEDER)]) -> Response:
    """The six flows."""
    return answer(bezoek, Bladzijde(regels=list(loopvormen.list_flows()), volgende=None))


@router.post(
    "/flows/{flow}/runs",
    summary="Een flow starten",
    description=(
        "Vraagt om een run; die begint zo, en doet alleen wat het systeem mag doen. Mag of kan het niet, dan krijgt u"
        " alle redenen en wordt de weigering vastgelegd. Wacht dezelfde run al, dan krijgt u die."
    ),
    status_code=202,
    responses=gives(loopvormen.Runvorm, "De run; volg hem op het adres in Location.", 202) | refuses(404, 409),
    openapi_extra=INHOUD,
)
def start_flow(
    bezoek: Starter,
    flow: Annotated[str, Path(description="De naam van de flow, bijvoorbeeld selecteren.", max_length=50)],
    vraag: Annotated[Startvraag, Depends(read_vraag)],
) -> Response:
    """Ask for a run. On a store for simulation no dispatcher runs, so there this process does the work."""
    tik = flowstart.request_start(bezoek.huis, bezoek.door, flow, vraag.procedure, vraag.ronde)
    if bezoek.huis.winkel.soort is Winkelsoort.SIMULATIE:
        bezoek.kern.bijwerker.loop(tik)
    return answer(bezoek, loopvormen.describe_run(tik), 202, location=f"/api/v1/runs/{tik.id}")


@router.get(
    "/runs",
    summary="Runs van flows",
    description="Wat er liep, loopt, wacht of is geweigerd; het nieuwste eerst.",
    responses=gives(Bladzijde[loopvormen.Runvorm], "Een bladzijde runs."),
)
def geef_runs(
    bezoek: Starter,
    over: Annotated[str, Query(max_length=200, description="Alleen over deze procedure of ronde.")] = "",
    aantal: Aantal = 50,
    na: Na = "",
) -> Response:
    """The runs, newest first."""
    begin = read_cursor(na)
    try:
        vanaf = UUID(begin) if begin else None
    except ValueError as fout:
        raise VraagFoutError([Regel("na", "na: deze waarde kwam niet uit een antwoord.")]) from fout
    runs = aandrijving.list_tikken(bezoek.huis, over or None, aantal + 1, na=vanaf)
    regels = [loopvormen.describe_run(tik) for tik in runs]
    return answer(bezoek, cut_bladzijde(regels, aantal, lambda regel: str(regel.run)))


@router.get(
    "/runs/{run}",
    summary="Een run",
    description="Waar een run staat: gevraagd, bezig, klaar, mislukt of geweigerd.",
    responses=gives(loopvormen.Runvorm, "De run.") | refuses(404),
)
def geef_run(bezoek: Starter, run: Annotated[UUID, Path(description="Het kenmerk van de run.")]) -> Response:
    """One run."""
    tik = aandrijving.find_run(bezoek.huis, run)
    if tik is None:
        raise NietTeVindenError
    return answer(bezoek, loopvormen.describe_run(tik))
