"""What a declared source looks like from outside: column types, units, vocabularies.

Sources declare it, policy checks names and units against it, linkage joins by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import pyarrow as pa


class ColumnType(StrEnum):
    """The declared types of columns (类型)."""

    ID = "身份证号"
    NAME = "姓名"
    TEXT = "文本"
    CODE = "编号"
    WORD = "词"
    FLAG = "是否"
    MONEY = "金额"
    INTEGER = "整数"
    DECIMAL = "小数"
    DATE = "日期"
    MONTH = "年月"
    SCHOOL_YEAR = "学年"
    LIST = "列表"


# How a staged column of each type is kept (see lic.model.staging).
ARROW_TYPES: Mapping[ColumnType, pa.DataType] = {
    ColumnType.ID: pa.string(),
    ColumnType.NAME: pa.string(),
    ColumnType.TEXT: pa.string(),
    ColumnType.CODE: pa.string(),
    ColumnType.WORD: pa.string(),
    ColumnType.FLAG: pa.bool_(),
    ColumnType.MONEY: pa.int64(),
    ColumnType.INTEGER: pa.int64(),
    ColumnType.DECIMAL: pa.decimal128(18, 4),
    ColumnType.DATE: pa.date32(),
    ColumnType.MONTH: pa.date32(),
    ColumnType.SCHOOL_YEAR: pa.date32(),
    ColumnType.LIST: pa.list_(pa.string()),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One declared column. ``words`` is the vocabulary of a WORD column, in order.

    ``unsure``: its declaration is wrong and was reported; nothing is concluded from its type.
    """

    name: str
    type: ColumnType
    unit: str | None = None
    words: tuple[str, ...] = ()
    negative_allowed: bool = False
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One declared table as other stages see it."""

    name: str
    code: str
    department: str
    required: bool
    columns: Mapping[str, Column]
    many_rows: bool  # ¹ of POLICY §0
    number_column: str | None = None
    name_column: str | None = None
    month_column: str | None = None  # 按月: newest delivery of each month
    month_lag: int = 0
    indispensable: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    part_fill: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
