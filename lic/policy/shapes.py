"""The shape of what a pack computes: parameters, facts, conditions, decisions, checks.

Keys and what may stand under them; what the values mean is known to the readers, which are held
to these shapes (:mod:`lic.model.shape`).
"""
# ruff: noqa: E501 -- one key stays on one line

from __future__ import annotations

from lic.model.event import LinkEvent
from lic.model.finding import Direction, Severity
from lic.model.layer import Rank
from lic.model.shape import (
    DAY,
    FLAG,
    NUMBER,
    TEXT,
    TEXTS,
    Either,
    Key,
    Keys,
    Many,
    Named,
    Text,
    When,
    partial,
)
from lic.policy import keys
from lic.policy.terms import LEVELS, Level

PURPOSES = (keys.CHECKS, keys.ADJUSTMENT, keys.AUDIT, keys.MONITORING, keys.DEADLINE)
KINDS = (keys.TYPE_NUMBER, keys.TYPE_FLAG, keys.TYPE_DATE)
SEVERITIES = (Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.CLUE)
OF_FACTS = tuple(name for name, level in LEVELS.items() if level is not Level.ROW)

_REFERENCE = Key(TEXT, "文号和条款")
_NOTE = Key(TEXT, "给人看的说明")
_LEVEL = Key(Text(OF_FACTS), "属于谁：家庭，还是个人", required=True)
_SAID = {keys.REFERENCE: _REFERENCE, keys.NOTE: _NOTE}
_COMMON = {keys.LEVEL: _LEVEL, **_SAID}

# Parameters. 取值 by the key that 分 names, or 值.
VALUE = Either((NUMBER, FLAG, DAY))
ENTRY = Keys(
    {
        keys.FROM: Key(DAY, "从哪一天起用，如 2026-07-01", required=True),
        keys.VALUE: Key(VALUE, "数值；是否类写 是 或 否；日期类写日期"),
        keys.REFERENCE: Key(TEXT, "这个值的文号和条款"),
    },
    others=VALUE,
)
_VALUES = Key(Many(ENTRY), "历次取值：各从哪天起、是多少、依据什么")
_PARAMETER = {
    keys.TYPE: Key(Text(KINDS), "数（不写就是数）、是否、日期"),
    keys.UNIT: Key(TEXT, "单位，如 元/人·年、月、个、倍、比例"),
    keys.BY: Key(TEXT, "按什么分别取值：一个词类的字段名，或 类别"),
    keys.LOCAL: Key(FLAG, "是否由各县在 lic.yaml 里写明"),
    keys.PURPOSE: Key(TEXT, "不用来认定的，写明用途：核对、动态调整、抽查、监测、时限"),
    keys.NOTE: _NOTE,
    keys.VALUES: _VALUES,
}


def _parameter(*required: str) -> Keys:
    return Keys({name: Key(key.shape, key.help, name in required) for name, key in _PARAMETER.items()})


PARAMETER = When(
    keys.TYPE,
    When(keys.LOCAL, _parameter(), _parameter(keys.VALUES), (keys.YES,)),
    When(keys.LOCAL, _parameter(keys.UNIT), _parameter(keys.UNIT, keys.VALUES), (keys.YES,)),
    (keys.TYPE_FLAG, keys.TYPE_DATE),
)
LOCAL_PARAMETERS = Named(
    Keys({keys.VALUES: Key(Many(ENTRY), "历次取值：各从哪天起、是多少、依据什么", required=True)}), blank=True
)

# Facts.
_OWN = Keys(
    {
        **_COMMON,
        keys.SOURCE: Key(TEXT, "户册：取本人（本户）登记行里的列；否则写表名", required=True),
        keys.COLUMN: Key(TEXT, "列名；与字段同名的不必写"),
        keys.WITHOUT_COLUMN: Key(TEXT, "表里没有这一列时的值"),
    }
)
_OF_TABLE = Keys(
    {
        **_COMMON,
        keys.SOURCE: Key(TEXT, "哪张表；户册 指登记行", required=True),
        keys.TAKE: Key(TEXT, "怎样从表的各行算出来，如 合计(金额, 当 状态 = 正常)", required=True),
        keys.MEMBERS: Key(TEXT, "家庭的字段看哪些成员的行：一个个人条件"),
        keys.DOUBTFUL: Key(Text((keys.ONLY_MORE, keys.ANYTHING, keys.FROM_ZERO)), "有不能用的行时，结果只会增加、可大可小，还是从零起"),
        keys.FROM_ZERO_COLUMN: Key(TEXT, "从零：只对这一列不明的行"),
        keys.NOT_DELIVERED: Key(TEXT, "表没有报送时改用什么；不写就是不知道"),
        keys.OWN_ROW: Key(FLAG, "只看本人登记的那一行"),
        keys.PART: Key(TEXTS, "只看哪几册"),
    }
)  # fmt: skip
FIELD = When(keys.SOURCE, _OWN, _OF_TABLE, (keys.ROSTER,))
DERIVED = Keys(
    {
        **_COMMON,
        keys.FORMULA: Key(TEXT, "算式，如 家庭年收入 < 低保线", required=True),
        keys.UNIT: Key(TEXT, "结果的单位"),
    }
)
CONDITION = Keys(
    {
        **_COMMON,
        keys.FORMULA: Key(TEXT, "一个式子；式、全部、任一 三者写一个"),
        keys.ALL: Key(Many(TEXT), "每一条都成立才成立"),
        keys.ANY: Key(Many(TEXT), "有一条成立就成立"),
    },
    one_of=(keys.FORMULA, keys.ALL, keys.ANY),
)
TAG_LIST = Keys({**_COMMON, keys.ITEMS: Key(Named(TEXT), "每个词在什么情况下列入", required=True)})

# Decisions.
_ROW = {
    keys.CATEGORY: Key(TEXT, "认定为哪一类", required=True),
    keys.BASIS: Key(Text(keys.BASES_OF_DECISION), "据户认定还是据人认定"),
    keys.WHEN: Key(Either((Many(TEXT), TEXT)), "按 列 逐格写 是、否、－；或一个式子", required=True),
    keys.REASON: Key(TEXT, "理由；{名称} 换成数值"),
}
ROW = Keys(_ROW)
_OTHERWISE = Keys({keys.WHEN: Key(TEXT, "什么情况下用这个理由"), keys.REASON: Key(TEXT, "理由")})
DECISION = Keys(
    {
        **_COMMON,
        keys.HIT: Key(Text((keys.HIT_FIRST,)), "各行从上到下，取第一个成立的", required=True),
        keys.COLUMN: Key(Many(TEXT), "各行的格子依次问哪些条件"),
        keys.ROW: Key(Many(ROW), "各行，先后有别", required=True),
        keys.MEMBERS: Key(TEXT, "家庭各行都不成立时，看成员的哪张认定表"),
        keys.AFTERWARDS: Key(Many(ROW), "各行都不成立、成员也没有待定时才看的行"),
        keys.OTHERWISE: Key(Many(_OTHERWISE), "都不成立时的理由"),
    }
)

# Checks.
_CHECK = {
    keys.KEY: Key(TEXT, "K 编号，不重复使用", required=True),
    keys.EVENT: Key(Text(tuple(LinkEvent)), "关联时发现的身份问题"),
    keys.LEVEL: Key(Text(tuple(LEVELS)), "核对谁：家庭、个人，或表的一行", required=True),
    keys.DIRECTION: Key(Text(tuple(Direction)), "应退未退、应保未保、信息不一致、数据问题", required=True),
    keys.SEVERITY: Key(Text(SEVERITIES), "高、中、低、线索", required=True),
    keys.WHEN: Key(TEXT, "什么情况下提示", required=True),
    keys.SOURCE: Key(TEXT, "行 一级的核对：哪张表", required=True),
    keys.NOTE: Key(TEXT, "提示的话；{名称} 换成数值", required=True),
    keys.DECLARED: Key(TEXT, "申报的数"),
    keys.FOUND: Key(TEXT, "查到的数"),
    keys.SAME_ITEM: Key(TEXT, "与哪一条核对同一个编号"),
    keys.EVIDENCE: Key(TEXT, "证据在哪张表"),
    keys.COLUMN: Key(TEXT, "证据在哪一列"),
    keys.NEEDS: Key(TEXTS, "缺了就不启用的表，或 参数:名称"),
    keys.REFERENCE: _REFERENCE,
    keys.SUGGESTION: Key(TEXT, "建议怎样处理"),
}


def _check(*optional: str) -> Keys:
    return Keys(
        {
            name: Key(key.shape, key.help, key.required and name not in optional)
            for name, key in _CHECK.items()
        }
    )


CHECK = When(
    keys.EVENT,
    _check(keys.WHEN, keys.LEVEL, keys.SOURCE),
    When(keys.LEVEL, _check(), _check(keys.SOURCE), (keys.ROW,)),
)
DISABLED = Keys(
    {
        keys.KEY: Key(TEXT, "K 编号", required=True),
        keys.NAME: Key(TEXT, "名称", required=True),
        keys.WHY: Key(TEXT, "为什么没有启用", required=True),
    }
)
LAYER = Keys(
    {
        keys.NAME: Key(TEXT, "这些规则出自哪个文件", required=True),
        keys.RANK: Key(Text(tuple(Rank)), "发文机关的位阶：国家、省、市、县", required=True),
    }
)
COMPUTED: dict[str, Key] = {
    keys.PARAMETERS: Key(Named(PARAMETER), "参数：随日期变化的数值，每个值有起始日期和依据"),
    keys.FIELDS: Key(Named(FIELD), "字段：从登记行或各部门的表里取的事实"),
    keys.DERIVED: Key(Named(DERIVED), "推算：由事实算出的事实"),
    keys.CONDITIONS: Key(Named(CONDITION), "条件：成立、不成立或不知道"),
    keys.LISTS: Key(Named(TAG_LIST), "列表：符合的词都列出"),
    keys.DECISIONS: Key(Named(DECISION), "认定表"),
    keys.CHECKS: Key(Named(CHECK), "核对：提示疑点"),
    keys.DISABLED: Key(Many(DISABLED), "列明而不启用的核对，以及原因"),
    keys.LAYER: Key(LAYER, "这一层规则的名称和位阶"),
}

# A layer above states only what it replaces, on what grounds.
_UPPER: dict[str, Key] = {
    keys.REFERENCE: Key(TEXT, "改写的依据：文号和条款"),
    keys.NEW: Key(FLAG, "规则包里没有的，写 是"),
}
_ROWS = Key(Many(partial(ROW, _UPPER)), "要改的行，以 类别 和 据 指明")
_UPPER_DECISION = partial(DECISION, {**_UPPER, keys.ROW: _ROWS})
_UPPER_SECTIONS = (
    keys.PARAMETERS, keys.FIELDS, keys.DERIVED, keys.CONDITIONS, keys.LISTS, keys.CHECKS,
)  # fmt: skip
UPPER: dict[str, Key] = {
    **{name: Key(partial(COMPUTED[name].shape, _UPPER), COMPUTED[name].help) for name in _UPPER_SECTIONS},
    keys.DECISIONS: Key(Named(_UPPER_DECISION), COMPUTED[keys.DECISIONS].help),
    keys.LAYER: COMPUTED[keys.LAYER],
}
