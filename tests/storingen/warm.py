"""What every process of the suite needs, read once by the process that the others are forked from."""

from inkoop import bootstrap
from inkoop.settings import CHECKOUT
from tests.services.proefspel import PROCEDURE
from tests.storingen import loper, ronde

_BESTAND = CHECKOUT / "procedures" / f"{PROCEDURE}.yaml"

ronde.read_voorbeeld()
bootstrap._load_procedure(_BESTAND, bootstrap._stempel(_BESTAND))

__all__ = ["loper"]
