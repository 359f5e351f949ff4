"""The pages, a router for each noun."""

from __future__ import annotations

from inkoop.web.paginas import (
    aanbieders,
    aanmelden,
    aanmeldingen,
    aanvullen,
    accounts,
    beoordelen,
    besluiten,
    bewaking,
    contracten,
    documenten,
    elders,
    inlichtingen,
    inloggen,
    logboek,
    maatregelen,
    monitoring,
    notas,
    openbaar,
    opgave,
    opgavebewijs,
    procedures,
    rondes,
    stappen,
    taken,
    voorvallen,
)

_PAGINAS = (
    openbaar,
    inloggen,
    elders,
    taken,
    procedures,
    stappen,
    rondes,
    inlichtingen,
    notas,
    voorvallen,
    beoordelen,
    besluiten,
    aanmeldingen,
    documenten,
    contracten,
    maatregelen,
    monitoring,
    bewaking,
    aanbieders,
    logboek,
    aanmelden,
    aanvullen,
    opgave,
    opgavebewijs,
    accounts,
)

ROUTERS = tuple(pagina.router for pagina in _PAGINAS)
"""Every router, in the order in which routes are tried."""
