"""Print the table of routes and roles as the policy has it now: `python -m tests.web.maak_matrix`.

Read each new row against domein D before it goes into matrix.csv; the test compares what the pages do.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from inkoop.domain.persoon import Persoon, Rol
from inkoop.domain.toegang import check_toegang
from inkoop.settings import CHECKOUT, read_instellingen
from inkoop.storage.winkel import Winkel, Winkelsoort
from inkoop.web.app import create_app
from inkoop.web.toegang import list_eisen
from tests.services.proefspel import build_huis


def main() -> None:
    """Write the rows to standard output."""
    rollen = [rol for rol in Rol if rol is not Rol.SYSTEEM]
    sys.stdout.write(";".join(["methode", "pad", "niemand", *rollen]) + "\n")
    with tempfile.TemporaryDirectory() as map_:
        huis = build_huis(Winkel.create(Path(map_) / "winkel", Winkelsoort.SIMULATIE))
        for methode, pad, eis in list_eisen(create_app(huis, read_instellingen({}, CHECKOUT))):
            cellen = []
            for rol in rollen:
                persoon = Persoon(id="p", naam="p", functie="p", rollen=frozenset({rol}))
                mag = any(not check_toegang(persoon, rol, h) for h in eis.handelingen)
                mag = (mag or not eis.handelingen) and all(not check_toegang(persoon, rol, h) for h in eis.en)
                cellen.append(mag)
            namen = ["ja" if mag else "nee" for mag in (eis.openbaar, *cellen)]
            sys.stdout.write(";".join([methode, pad, *namen]) + "\n")


if __name__ == "__main__":
    main()
