"""Whether a register was looked into recently enough, and until when that look counts.

Shared by the kinds that read a register (certificaat, register).

Bron: B.3.7 (status with check date), B.3.12.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from inkoop.domain.criteria.criterium import Peilmoment, Registercontrole
from inkoop.domain.criteria.verwoording import write_datum
from inkoop.domain.criteria.zicht import Zicht


def find_grens(controle: Registercontrole | None, peildatums: Mapping[Peilmoment, date]) -> date | None:
    """The first day on which the look counts; None = any look counts."""
    if controle is None:
        return None
    grenzen = [controle.vanaf] if controle.vanaf is not None else []
    if controle.peilmoment is not None and controle.maximaal_dagen is not None:
        grenzen.append(peildatums[controle.peilmoment] - timedelta(days=controle.maximaal_dagen))
    return max(grenzen, default=None)


def is_recent(controle: Registercontrole | None, peildatums: Mapping[Peilmoment, date], gezien: date | None) -> bool:
    """Whether a look on this day is recent enough; the first day counts, and a later look always does."""
    grens = find_grens(controle, peildatums)
    return grens is None or (gezien is not None and gezien >= grens)


def list_momenten(controle: Registercontrole | None) -> tuple[Peilmoment, ...]:
    """The reference moment from which days are counted back, if there is one."""
    return (controle.peilmoment,) if controle is not None and controle.peilmoment is not None else ()


def find_controle_einde(controle: Registercontrole | None, gezien: date | None) -> date | None:
    """The last peildatum for which this look is recent enough; None where days are not counted."""
    if controle is None or controle.peilmoment is None or controle.maximaal_dagen is None or gezien is None:
        return None
    return gezien + min(timedelta(days=controle.maximaal_dagen), date.max - gezien)


def write_verouderd(controle: Registercontrole | None, zicht: Zicht, gezien: date | None) -> str:
    """When the register was last looked into, and that it must be done again."""
    grens = find_grens(controle, zicht.peildatums)
    wanneer = f"Het register is voor het laatst bekeken op {write_datum(gezien)}." if gezien else ""
    wanneer = wanneer or "Het is niet bekend wanneer het register is bekeken."
    vanaf = f" Dat moet op of na {write_datum(grens)} zijn gedaan." if grens else ""
    return f"{wanneer}{vanaf} Een beoordelaar kijkt opnieuw in het register."
