"""A cell of a table as the value that would stand in an aanmeldingsbestand.

Bron: docs/handleiding/importeren.md.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from inkoop.exchange.formuliervorm import find_kern, is_lijst


def write_waarde(soort: Any, waarde: Any) -> Any:
    """A cell as it would stand in an aanmeldingsbestand, by the type of its key; what does not fit stays as it is."""
    kern = find_kern(soort)
    if is_lijst(soort):
        return [deel.strip() for deel in str(waarde).replace("\n", ";").split(";") if deel.strip()]
    if kern is date:
        return _write_dag(waarde)
    if kern is bool:
        return ("ja" if waarde else "nee") if isinstance(waarde, bool) else str(waarde).strip().lower()
    if kern in (int, Decimal):
        return _write_getal(waarde)
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, datetime):
        return waarde.date().isoformat() if waarde.time() == datetime.min.time() else waarde.isoformat()
    return waarde.isoformat() if isinstance(waarde, date) else str(waarde)


def _write_dag(waarde: Any) -> Any:
    """A day as jaar-maand-dag; a text like 31-3-2020 is read as people here mean it."""
    if isinstance(waarde, datetime):
        return waarde.date().isoformat()
    if isinstance(waarde, date):
        return waarde.isoformat()
    delen = str(waarde).replace("/", "-").split("-")
    if len(delen) == 3 and len(delen[2]) == 4 and all(deel.isdecimal() for deel in delen):
        return f"{delen[2]}-{delen[1]:0>2}-{delen[0]:0>2}"
    return str(waarde)


def _write_getal(waarde: Any) -> Any:
    if isinstance(waarde, str):
        kaal = waarde.replace(",", ".")
        try:
            getal = Decimal(kaal)
        except ArithmeticError:
            return waarde
        return int(getal) if getal == getal.to_integral_value() and "." not in kaal else getal
    return waarde
