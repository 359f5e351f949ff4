"""The fingerprint of a dossier: the same facts give the same hash, in whatever order they came.

Every list in a dossier is a set in meaning (members, facts, parts, judgements), so all lists are
sorted before they are hashed, and instants are taken in UTC.

Bron: ontwerp 2.3, 4 (replay gives the same bytes).
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

import msgspec

from inkoop.domain.criteria.dossier import Dossier

_CODEC = msgspec.json.Encoder(order="deterministic")


def hash_dossier(dossier: Dossier) -> str:
    """The sha256 of the canonical bytes of a dossier, as hex."""
    # builtin_types keeps instants as they are, so that they can be brought to UTC.
    gewoon = msgspec.to_builtins(dossier, builtin_types=(datetime,), order="deterministic")
    return sha256(_CODEC.encode(_canonical(gewoon))).hexdigest()


def order_dossier(dossier: Dossier) -> Dossier:
    """The same dossier with its facts and judgements in a fixed order, so that nothing depends on arrival."""
    return msgspec.structs.replace(
        dossier,
        feiten=tuple(sorted(dossier.feiten, key=lambda feit: (feit.id, _CODEC.encode(feit)))),
        oordelen=tuple(sorted(dossier.oordelen, key=_CODEC.encode)),
    )


def _canonical(waarde: object) -> object:
    """Sort every list and bring every instant to UTC, from the inside out."""
    if isinstance(waarde, dict):
        return {sleutel: _canonical(deel) for sleutel, deel in waarde.items()}
    if isinstance(waarde, list | tuple):
        return sorted((_canonical(deel) for deel in waarde), key=_CODEC.encode)
    if isinstance(waarde, datetime):
        return waarde.astimezone(UTC).isoformat()
    return waarde
