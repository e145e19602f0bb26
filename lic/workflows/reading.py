"""How linkage reads texts: the reading functions of :mod:`lic.values` with the sources' own words."""

from __future__ import annotations

from datetime import date

from lic.linkage import Reading
from lic.model.table import Column, ColumnType
from lic.sources.spec import SourceSet
from lic.values.dates import read_date, read_month, read_school_year
from lic.values.idnumber import TOO_SHORT, check_digits_fit, read_id
from lic.values.money import read_money
from lic.values.text import FOLDED, comparable, fold_name
from lic.values.words import (
    Vocabulary,
    read_code,
    read_count,
    read_decimal,
    read_flag,
    read_list,
    read_name,
    read_text,
    read_word,
)


def reading_of(sources: SourceSet, last_day: date) -> Reading:
    """The functions that linkage needs; ``last_day`` is the period's."""
    placeholders, dashes = sources.reading.placeholders, sources.reading.dashes
    vocabularies = {
        column.schema: column.vocabulary
        for source in sources.sources
        for column in source.columns
        if column.vocabulary is not None
    }

    def folded(name: str) -> str | None:
        text = fold_name(name)
        return text if comparable(text) else None

    def parse(column: Column, text: str) -> object | None:
        match column.type:
            case ColumnType.ID:
                return read_id(text, last_day, placeholders).value
            case ColumnType.NAME:
                return read_name(text).value
            case ColumnType.TEXT:
                return read_text(text).value
            case ColumnType.CODE:
                return read_code(text).value
            case ColumnType.WORD:
                return read_word(text, vocabularies.get(column, Vocabulary({})), dashes=dashes).value
            case ColumnType.FLAG:
                return read_flag(text, dashes=dashes).value
            case ColumnType.LIST:
                return read_list(text).value
            case _:
                return _quantity(column, text, dashes)

    return Reading(
        parse=parse,
        fold_name=folded,
        same_name=lambda name: fold_name(name) or None,
        folded_name=FOLDED,
        id_number=lambda text: read_id(text, last_day, placeholders).value,
        no_id_number=TOO_SHORT,
        check_digits_hold=check_digits_fit,
    )


def _quantity(column: Column, text: str, dashes: frozenset[str]) -> object | None:
    match column.type:
        case ColumnType.MONEY:
            return read_money(text, dashes=dashes).value
        case ColumnType.INTEGER:
            return read_count(text, dashes=dashes).value
        case ColumnType.DECIMAL:
            return read_decimal(text, dashes=dashes).value
        case ColumnType.DATE:
            return read_date(text, dashes=dashes).value
        case ColumnType.MONTH:
            return read_month(text, dashes=dashes).value
        case ColumnType.SCHOOL_YEAR:
            return read_school_year(text, dashes=dashes).value
        case _:
            raise ValueError(column.type)
