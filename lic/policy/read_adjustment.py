"""The section 动态调整 of a pack: where exits are listed, and whether a payment fades out.

Knows how it is written; hands the comparison of months its words as a value.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lic.declare import Map, near_miss
from lic.model.adjustment import AdjustmentRules
from lic.model.table import TableSchema
from lic.policy import keys
from lic.policy.parameters import Parameter


def read_adjustment(
    body: Map,
    categories: Collection[str],
    schemas: Mapping[str, TableSchema],
    parameters: Mapping[str, Parameter],
) -> AdjustmentRules:
    """The section, with every name in it checked."""
    table = body.text(keys.EXIT_LIST, required=True) or ""
    _known(body, keys.EXIT_LIST, table, schemas, "R043")
    day = body.text(keys.DATE, required=True) or ""
    if table in schemas:
        _known(body, keys.DATE, day, schemas[table].columns, "R012")
    fading = body.text(keys.FADING)
    if fading is not None:
        _known(body, keys.FADING, fading, parameters, "R045")
    fades = body.texts(keys.FADING_CATEGORIES)
    for name in fades:
        _known(body, keys.FADING_CATEGORIES, name, categories, "R012")
    body.finish()
    return AdjustmentRules(table, day, fading, fades)


def _known(body: Map, key: str, name: str, known: Collection[str], code: str) -> None:
    if name and name not in known:
        body.entries[key].fail(code, name=name, suggestion=near_miss(name, known))
