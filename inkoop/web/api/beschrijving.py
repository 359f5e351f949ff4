"""The description of the API (OpenAPI 3.1), made from the routes, the policy and the types: nothing in it can go stale.

Bron: project default.
"""

from __future__ import annotations

from typing import Annotated, Any, cast

import msgspec
from fastapi import APIRouter, Depends, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response

from inkoop.domain.toegang import MATRIX
from inkoop.web.api import documenten, flows, lezen
from inkoop.web.api.antwoord import VORMEN, answer
from inkoop.web.api.toegang import Tokeneis
from inkoop.web.kern import Bezoek
from inkoop.web.toegang import OPENBAAR, list_eisen

router = APIRouter(prefix="/api/v1", tags=["Beschrijving"])

ROUTERS = (lezen.router, documenten.router, flows.router, router)
"""Every router of the API."""

UITLEG = (
    "Gegevens van procedures, rondes, aanmeldingen, besluiten, documenten en overeenkomsten, en het starten van flows."
    " Stuur een token mee: `Authorization: Bearer inkoop_...`. Een token mag nooit meer dan de persoon en de rol"
    " waarvoor het is uitgegeven. Fouten zijn `application/problem+json`. Lijsten hebben bladzijden: stuur `volgende`"
    " mee als `na`."
)

ZELF: dict[str, Any] = {"application/json": {"schema": {"type": "object"}}}


@router.get(
    "/openapi.json",
    summary="Deze beschrijving",
    description="De beschrijving van de API (OpenAPI 3.1), zonder token te lezen.",
    responses={
        200: {"description": "De beschrijving.", "content": {"application/json": {"schema": {"type": "object"}}}}
    },
)
def geef_beschrijving(bezoek: Annotated[Bezoek, Depends(OPENBAAR)]) -> Response:
    """The description; made once."""
    app = cast(FastAPI, bezoek.request.app)
    if not hasattr(app.state, "beschrijving"):
        app.state.beschrijving = make_beschrijving(app)
    return answer(bezoek, app.state.beschrijving)


def make_beschrijving(app: FastAPI) -> dict[str, Any]:
    """The description of the routes of the API that this application has."""
    routes = [route for een in ROUTERS for route in een.routes]
    # The number of this contract, not of the program: it changes when what a program relies on changes.
    geheel = get_openapi(title="inkoop", version="1.0", openapi_version="3.1.0", description=UITLEG, routes=routes)
    for methode, pad, eis in list_eisen(app):
        if pad in geheel["paths"] and methode.lower() in geheel["paths"][pad]:
            _describe_eis(geheel["paths"][pad][methode.lower()], eis)
    _, schemas = msgspec.json.schema_components(VORMEN.values(), ref_template="#/components/schemas/{name}")
    geheel["components"] = {
        "schemas": {naam: _drop_docstring(schema) for naam, schema in sorted(schemas.items())},
        "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer", "description": "Een token van de beheerder."}
        },
    }
    return geheel


def _describe_eis(werking: dict[str, Any], eis: object) -> None:
    """Say who may call a route, as the policy has it; what anybody may needs no token."""
    if not isinstance(eis, Tokeneis):
        werking["security"] = []
        return
    werking["security"] = [{"token": []}]
    rollen = sorted({str(rol) for handeling in eis.handelingen for rol in MATRIX[handeling].rollen} - {"systeem"})
    wie = f"Rollen: {', '.join(rollen)}." if rollen else "Elke rol."
    werking["description"] = f"{werking['description']}\n\n{wie} Bereik: {' of '.join(eis.bereik)}."


def _drop_docstring(schema: dict[str, Any]) -> dict[str, Any]:
    """A type without its docstring, which is for who reads the code; its fields say in Dutch what they are."""
    return {naam: waarde for naam, waarde in schema.items() if naam != "description"}
