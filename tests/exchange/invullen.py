"""Fill in the form of a round as an applicant does, from the values of an aanmeldingsbestand."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl

from inkoop.exchange.formuliervorm import ALLE


def fill_in(leeg: bytes, waarde: dict[str, Any]) -> bytes:
    """The filled form. Days become real days, as Excel makes them of what people type."""
    boek = openpyxl.load_workbook(io.BytesIO(leeg))
    _add(boek["Aanmelding"], {k: v for k, v in waarde.items() if isinstance(v, str)})
    _choose(boek["Percelen"], waarde["percelen"], waarde.get("producten", []))
    for lid in waarde["leden"]:
        teken = {f"tekenbevoegde {naam}": deel for naam, deel in lid["tekenbevoegde"].items()}
        _add(boek["Leden"], {**{k: v for k, v in lid.items() if k != "tekenbevoegde"}, **teken})
    for stuk in waarde.get("bewijsstukken", []):
        _add(boek["Bewijsstukken"], {k: v for k, v in stuk.items() if k != "feiten"})
        for feit in stuk["feiten"]:
            _add_feit(boek, stuk["bestand"], feit)
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def _add_feit(boek: Any, bestand: str, feit: dict[str, Any]) -> None:
    soort = feit["soort"]
    plat = {k: v for k, v in feit.items() if k != "soort" and not _is_eigen_blad(v)}
    _add(boek[soort], {"bestand": bestand, **plat})
    sleutel = {"bestand": bestand, **({soort: feit[soort]} if soort in feit else {})}
    for naam, deel in feit.items():
        if isinstance(deel, dict):
            for gegeven, waarde in deel.items():
                _add(boek[f"{soort} {naam}"], {**sleutel, "gegeven": gegeven, "waarde": waarde})
        elif _is_eigen_blad(deel):
            for rij in deel:
                _add(boek[f"{soort} {naam}"], {**sleutel, **rij})


def _is_eigen_blad(waarde: Any) -> bool:
    return isinstance(waarde, dict) or (isinstance(waarde, list) and any(isinstance(deel, dict) for deel in waarde))


def _add(blad: Any, waarden: dict[str, Any]) -> None:
    koppen = {cel.value: cel.column for cel in blad[1] if cel.value}
    rij = max((r for r in range(3, blad.max_row + 1) if any(c.value is not None for c in blad[r])), default=2) + 1
    for naam, waarde in waarden.items():
        tekst = "; ".join(str(deel) for deel in waarde) if isinstance(waarde, list) else waarde
        blad.cell(rij, koppen[naam]).value = _to_dag(tekst)


def _to_dag(waarde: Any) -> Any:
    try:
        return date.fromisoformat(waarde) if isinstance(waarde, str) and len(waarde) == 10 else waarde
    except ValueError:
        return waarde


def _choose(blad: Any, percelen: list[str], producten: list[str]) -> None:
    koppen = {cel.value: cel.column for cel in blad[1] if cel.value}
    for rij in range(3, blad.max_row + 1):
        perceel = blad.cell(rij, koppen["perceel"]).value
        product = blad.cell(rij, koppen["product"]).value
        if perceel in percelen and (product in producten if producten else product == ALLE):
            blad.cell(rij, koppen["aanmelden"]).value = "ja"
