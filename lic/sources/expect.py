"""Reads 预期: what a source, every source or the county's own ``lic.yaml`` expects of a table."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from lic.declare import Map, Node, Scalar, Seq, near_miss, read_flag, read_map, read_number, read_texts
from lic.model.expectation import Expectations, Level, Limit, TownDuty
from lic.sources import keys
from lic.sources.spec import SourceSet


def read_expectations(
    node: Map | None, base: Expectations, columns: Collection[str] | None, *, towns: bool = False
) -> Expectations:
    """``base`` with what ``node`` says instead.

    ``columns`` None: no column may be named here. ``towns``: rows of the table name a town.
    """
    if node is None:
        return base
    general = _level(node, None, (Level.WARN, Level.BLOCK))
    rows = node.map(keys.ROW_COUNT)
    least, most = base.least_rows, base.most_rows
    if rows is not None:
        level = _level(rows, general or Level.BLOCK, (Level.WARN, Level.BLOCK)) or Level.BLOCK
        least = _limit(rows.take(keys.LEAST), level) or least
        most = _limit(rows.take(keys.MOST), level) or most
        rows.finish()
    change, drop = _against_last_month(node, base, general)
    result = Expectations(
        least_rows=least,
        most_rows=most,
        fills=_fills(node, base, general, columns),
        match=_rate(node, keys.MATCH_RATE, keys.LEAST, base.match, general or Level.REFUSE),
        change=change,
        fill_drop=drop,
        towns=_towns(node, base, general),
    )
    if result.towns is not None and not towns:
        node.keys[keys.TOWNS_DUE].fail("R036")
    node.finish()
    return result


def _level(node: Map, default: Level | None, allowed: Collection[Level] = tuple(Level)) -> Level | None:
    text = node.text(keys.LEVEL)
    if text is None:
        return default
    if text not in set(allowed):
        known = [item.value for item in allowed]
        node.keys[keys.LEVEL].fail("R032", word=text, suggestion=near_miss(text, known))
        return default
    return Level(text)


def _limit(node: Node | None, level: Level) -> Limit | None:
    value = read_number(node)
    if node is not None and value is not None and value < 0:
        node.fail("R033", word=node.value if isinstance(node, Scalar) else "")
        return None
    return None if value is None else Limit(value, level)


def _share(node: Node | None, level: Level) -> Limit | None:
    limit = _limit(node, level)
    if node is not None and limit is not None and limit.value > 1:
        node.fail("R034", word=node.value if isinstance(node, Scalar) else "")
        return None
    return limit


def _rate(node: Map, key: str, inner: str, base: Limit | None, level: Level) -> Limit | None:
    """A share, written plainly or as a map with a level of its own."""
    found = node.take(key)
    if found is None:
        return base
    if isinstance(found, Map):
        level = _level(found, level) or level
        limit = _share(found.require(inner), level)
        found.finish()
        return limit or base
    return _share(found, level) or base


def _fills(
    node: Map, base: Expectations, general: Level | None, columns: Collection[str] | None
) -> tuple[tuple[str, Limit], ...]:
    declared = node.map(keys.FILL_RATES)
    limits = dict(base.fills)
    if declared is None:
        return base.fills
    level = _level(declared, general or Level.BLOCK, (Level.WARN, Level.BLOCK)) or Level.BLOCK
    for name, value in declared.pairs():
        if name.value == keys.LEVEL:
            continue
        if columns is None or name.value not in columns:
            name.fail("R023", suggestion=near_miss(name.value, columns or ()), word=name.value)
            continue
        limit = _share(value, level)
        if limit is not None:
            limits[name.value] = limit
    return tuple(limits.items())


def _against_last_month(
    node: Map, base: Expectations, general: Level | None
) -> tuple[Limit | None, Limit | None]:
    found = node.take(keys.LAST_MONTH)
    level = general or Level.WARN
    if not isinstance(found, Map):
        return _limit(found, level) or base.change, base.fill_drop
    level = _level(found, level, (Level.WARN, Level.BLOCK)) or level
    change = _limit(found.take(keys.CHANGE), level) or base.change
    drop = _share(found.take(keys.FILL_DROP), level) or base.fill_drop
    found.finish()
    return change, drop


def _towns(node: Map, base: Expectations, general: Level | None) -> TownDuty | None:
    found = node.take(keys.TOWNS_DUE)
    level = general or Level.BLOCK
    if found is None:
        return base.towns
    if isinstance(found, Map):
        level = _level(found, level, (Level.WARN, Level.BLOCK)) or level
        inner = found.require(keys.TOWN_NAMES)
        found.finish()
    else:
        inner = found
    if isinstance(inner, Seq):
        return TownDuty(read_texts(inner), level)
    wanted = read_flag(inner)
    return TownDuty((), level) if wanted else None


def with_county(sources: SourceSet, declared: Map | None) -> SourceSet:
    """``sources`` with what the county's own file expects of their tables, by name."""
    named = {source.name: source for source in sources.sources}
    for name, node in declared.pairs() if declared is not None else ():
        source = named.get(name.value)
        found = read_map(node)
        if source is None:
            name.fail("R035", suggestion=near_miss(name.value, named), word=name.value)
        elif found is not None:
            columns = {column.name for column in source.columns}
            towns = any(column.town for column in source.columns)
            expected = read_expectations(found, source.expected, columns, towns=towns)
            named[name.value] = replace(source, expected=expected)
    return replace(sources, sources=tuple(named[source.name] for source in sources.sources))
