"""The order in which households are drawn: SHA-256 of seed and household number.

The order of two households depends on nothing but the seed and their two numbers: adding a
household never reshuffles the others, and anyone can compute it with a hash function.
"""

from __future__ import annotations

import hashlib


def order_key(seed: str, household_no: str) -> str:
    """SHA-256 of the seed, a newline and the household number (UTF-8), as lower-case hex."""
    return hashlib.sha256(f"{seed}\n{household_no}".encode()).hexdigest()
