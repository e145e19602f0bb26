"""The few fixed marks that linkage itself writes into keys and household numbers."""

from __future__ import annotations

from typing import Final

UNNUMBERED: Final = "N-"  # stands before the digest that numbers a household without 户编号
DIGEST_LENGTH: Final = 7  # short of the 15 digits that pass as an ID number
NUMBER_SPACE: Final = "lic/household-number/1"  # namespace of the digests: never change it

# Parts of a household key: register part, kind of key, value.
SEPARATOR: Final = "\x1f"
BY_NUMBER: Final = "#"
BY_HEAD: Final = "@"
BY_ROW: Final = "~"
