"""The numbers of these rules: a receipt says with which it was made, and is replayed with the same.

Bron: ontwerp 2.3; docs/adr/0018.
"""

from __future__ import annotations

MOTOR = "inkoop-criteria/4"
"""The version of these rules; it changes when the same input may give another receipt."""

MOTOREN = ("inkoop-criteria/2", "inkoop-criteria/3", MOTOR)
"""The versions whose receipts these rules still make, byte for byte.

Number 3 differs from 2 in two things: a sentence that ends in a name with a full stop ("... van Wilgenpad B.V.")
no longer gets a second one, and a legal form is the same however it is spelled ("B.V." is bv). Number 4 differs from
3 in one thing: a kenmerk of a product counts for that product, and no longer for all that is offered beside it.
"""
