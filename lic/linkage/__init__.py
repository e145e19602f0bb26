"""Staged tables to numbered households and persons, and every table's rows.

Knows joins, keys, multiplicities and the order in which a person's household is chosen.
Refuses to know what a column means: the roster says which columns are keys and names, the
pack says who is looked at, and amounts and words pass through untouched.
"""

from lic.linkage.link import LinkCounts, link
from lic.linkage.reading import Reading
from lic.linkage.repeats import repeated_rows

__all__ = ["LinkCounts", "Reading", "link", "repeated_rows"]
