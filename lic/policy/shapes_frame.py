"""The shape of what stands around the facts: roster, column names, result, audit, cases; the files.

What the sections of a whole rule file are, and of a file of a layer above.
"""
# ruff: noqa: E501 -- one key stays on one line

from __future__ import annotations

from lic.model.shape import ANYTHING, DAY, FLAG, NUMBER, TEXT, TEXTS, Key, Keys, Many, Named, Text
from lic.policy import keys
from lic.policy.shapes import COMPUTED, LOCAL_PARAMETERS, UPPER

_ENTRY = Keys(
    {
        keys.NAME: Key(TEXT, "这一批人叫什么", required=True),
        keys.PERSONS: Key(TEXT, "人员在哪张表", required=True),
        keys.KEY: Key(TEXT, "户编号在哪一列", required=True),
        keys.HOUSEHOLD: Key(TEXT, "家庭在哪张表"),
        keys.PREFIX: Key(TEXT, "户编号前加什么"),
        keys.ONLY: Key(Text((keys.ONLY_FRESH,)), "只看前面没有的人"),
        keys.LONE: Key(FLAG, "没有户编号的，各自一户"),
        keys.WHEN: Key(TEXT, "哪些行才算"),
        keys.CATEGORY_COLUMN: Key(TEXT, "类别在哪一列"),
        keys.LONE_CATEGORY: Key(TEXT, "可以单人在册的类别"),
        keys.FILL: Key(Named(TEXT), "这一批人的列一律填什么"),
    }
)


def _words(required: dict[str, str], optional: dict[str, str], many: dict[str, str]) -> Keys:
    return Keys(
        {
            **{name: Key(TEXT, text, required=True) for name, text in required.items()},
            **{name: Key(TEXT, text) for name, text in optional.items()},
            **{name: Key(TEXTS, text) for name, text in many.items()},
        }
    )


_NAMES = _words(
    {
        keys.HEAD_NUMBER: "户主证件号码的列",
        keys.HEAD_NAME: "户主姓名的列",
        keys.PERSON_NAME: "姓名的列",
        keys.NUMBER: "证件号码的列",
        keys.RELATION: "与户主关系的列",
        keys.TOWN: "乡镇的列",
        keys.VILLAGE: "村的列",
        keys.HEAD: "关系列里表示户主的词",
        keys.SPOUSE: "关系列里表示配偶的词",
        keys.SIZE: "家庭人口的列",
    },
    {keys.ACCOUNT: "银行账户的列", keys.BIRTH: "出生日期的列"},
    {keys.TOGETHER: "要么都有、要么都没有的列", keys.DECLARED_ONLY: "只认申报表的列"},
)
_CORRECTION = Keys(
    {
        **_words(
            {
                keys.TABLE: "核实结果在哪张表",
                keys.HOUSEHOLD_KEY: "户编号的列",
                keys.NUMBER: "证件号码的列",
                keys.ITEM: "核实的事项在哪一列",
                keys.VALUE: "核实值的列",
                keys.DATE: "核实日期的列",
                keys.VERDICT: "结论的列",
                keys.FALSE_ALARM: "表示误报的词",
            },
            {keys.VERIFIED_BY: "核实人的列", keys.REFERENCE: "核实依据的列"},
            {},
        ).keys,
        keys.ACCEPTED: Key(TEXTS, "哪些结论采用核实值", required=True),
    }
)


def _output(counted: str, what: str) -> Keys:
    return Keys(
        {
            keys.DECISION: Key(TEXT, "用哪张认定表", required=True),
            keys.REGISTERED: Key(TEXT, "在册类别用哪张认定表", required=True),
            counted: Key(TEXT, what),
            keys.TAGS: Key(TEXT, "标识用哪个列表"),
            keys.COLUMN: Key(Many(TEXT), "结果里另列哪些事实"),
        }
    )


_RATIO = Keys(
    {
        keys.NUMERATOR: Key(TEXT, "分子", required=True),
        keys.DENOMINATOR: Key(TEXT, "分母", required=True),
        keys.NOTE: Key(TEXT, "说明"),
        keys.CATEGORIES: Key(TEXTS, "只列哪几类人的"),
    }
)
_RESULT = Keys(
    {
        keys.PERSON: Key(_output(keys.COUNTED, "是否计入的条件"), "个人的结果", required=True),
        keys.HOUSEHOLD: Key(_output(keys.COUNTED_NUMBER, "计入人数的字段"), "家庭的结果", required=True),
        keys.ROSTER_COLUMNS: Key(Named(_RATIO), "名册里另列的比例"),
    }
)
_AUDIT = Keys(
    {
        keys.RATE: Key(TEXT, "抽查比例是哪个参数", required=True),
        keys.LEDGER: Key(TEXT, "办理台账是哪张表", required=True),
        keys.KEY: Key(TEXT, "台账的编号列", required=True),
        keys.NUMBER: Key(TEXT, "台账的证件号码列", required=True),
        keys.LEDGER_ENTRY: Key(TEXT, "台账的户是户册的哪一批", required=True),
        keys.LEDGER_RESULT: Key(TEXT, "台账的结果列", required=True),
        keys.CONFIRMED: Key(TEXTS, "哪些结果是确认", required=True),
        keys.DATE: Key(TEXT, "确认日期列", required=True),
        keys.CATEGORY: Key(TEXT, "认定类别列", required=True),
        keys.ON_REGISTER: Key(TEXT, "没有台账时，户册的哪一批算在册", required=True),
        keys.MUST_VISIT: Key(
            Keys(
                {
                    keys.SEVERITY: Key(TEXTS, "有哪些级别的疑点必查"),
                    keys.TABLE: Key(TEXTS, "有成员在哪些表里必查"),
                }
            ),
            "必查的家庭",
        ),
        keys.VISIT_FORM: Key(
            Keys(
                {
                    keys.DECLARED_HOUSEHOLD: Key(TEXTS, "印哪些家庭的申报列"),
                    keys.DECLARED_PERSON: Key(TEXTS, "印哪些个人的申报列"),
                    keys.FOUND_HOUSEHOLD: Key(TEXTS, "印哪些家庭的核对结果"),
                    keys.FOUND_PERSON: Key(TEXTS, "印哪些个人的核对结果"),
                    keys.TO_SEE: Key(TEXTS, "请入户人员看什么"),
                }
            ),
            "入户核查表印什么",
        ),
    }
)
_ADJUSTMENT = Keys(
    {
        keys.EXIT_LIST: Key(TEXT, "谁退出过，记在哪张表", required=True),
        keys.DATE: Key(TEXT, "退出日期是哪一列", required=True),
        keys.FADING: Key(TEXT, "退出后再发几个月，是哪个参数"),
        keys.FADING_CATEGORIES: Key(TEXTS, "哪些类别渐退"),
    }
)
_YEAR = Keys(
    {
        keys.OFF: Key(Many(TEXT), "放假的日子，如 2026-01-01 至 2026-01-03", required=True),
        keys.WORKED: Key(Many(TEXT), "周六、周日里要上班的日子", required=True),
        keys.WORKING_DAYS: Key(NUMBER, "全年几个工作日，用来查录入有没有错", required=True),
        keys.REFERENCE: Key(TEXT, "放假通知的文号", required=True),
    }
)
_NOTICE = Keys(
    {
        keys.NOTICE_DAYS: Key(NUMBER, "公示几天", required=True),
        keys.NOTICE_AGE: Key(TEXT, "年龄是人员结果里的哪一列", required=True),
        keys.ADULT: Key(NUMBER, "不满几岁的不写全名", required=True),
        keys.REFERENCE: Key(TEXT, "文号和条款", required=True),
    }
)
_CONSENT = Keys(
    {
        keys.TABLE: Key(TEXT, "载有核对授权的表", required=True),
        keys.DATE: Key(TEXT, "授权日期是哪一列", required=True),
        keys.CONSENT_UNTIL: Key(TEXT, "授权有效期止是哪一列"),
    }
)
_ECONOMY = Keys(
    {
        keys.CONSENT: Key(_CONSENT, "授权日期从哪里来"),
        keys.DECLARED_HOUSEHOLD: Key(TEXTS, "印哪些家庭的申报项"),
        keys.DECLARED_PERSON: Key(TEXTS, "印哪些成员的申报项"),
        keys.FOUND_HOUSEHOLD: Key(TEXTS, "印哪些家庭的结果"),
        keys.FOUND_PERSON: Key(TEXTS, "印哪些成员的结果"),
        keys.COMPARED: Key(Named(TEXTS), "每张表印哪些列；空的只印条数", required=True),
    }
)
_TOGETHER = Keys(
    {
        keys.TABLE: Key(TEXT, "哪张表也按户登记", required=True),
        keys.ELSEWHERE_KEY: Key(TEXT, "户号在哪一列", required=True),
        keys.RELATION: Key(TEXT, "与户主关系在哪一列"),
        keys.EXCEPT: Key(Named(TEXTS), "各列写了哪些词的行不算"),
        keys.KIN: Key(
            Named(
                Keys({keys.SPOUSE: Key(TEXTS, "哪些关系是配偶"), keys.CHILDREN: Key(TEXTS, "哪些关系是子女")})
            ),
            "本户户主在那张表里是什么关系，谁就是他的配偶和子女",
        ),
        keys.OF_AGE: Key(NUMBER, "满几岁的子女不必在成员中"),
        keys.AT_MOST: Key(NUMBER, "超过几人共用一个户号就不是一家"),
    }
)
_FACTS = Named(ANYTHING)
BASE = Keys(
    {
        keys.HOUSEHOLD: Key(_FACTS, "家庭各事实的平常值"),
        keys.EACH: Key(_FACTS, "每个成员各事实的平常值"),
        keys.MEMBERS: Key(Many(_FACTS), "各成员与 每人 不同的"),
    }
)
CASE = Keys(
    {
        keys.NAME: Key(TEXT, "这个测试叫什么", required=True),
        keys.DATE: Key(DAY, "基准日", required=True),
        keys.BASE: Key(TEXT, "用哪个基准家庭；不写用第一个"),
        keys.PARAMETERS: Key(_FACTS, "本测试里参数取什么值"),
        keys.DELIVERIES: Key(Named(FLAG), "哪些表没有报送"),
        keys.HOUSEHOLD: Key(_FACTS, "家庭的事实"),
        keys.MEMBERS: Key(Many(_FACTS), "各成员的事实；来源 下写各表的行"),
        keys.GOT: Key(TEXT, "家庭应得的类别，或 待核实、不符合"),
        keys.MEMBERS_GOT: Key(Many(TEXT), "各成员应得的类别"),
        keys.MEMBERS_BASIS: Key(Many(ANYTHING), "各成员据户还是据人"),
        keys.POSSIBLE: Key(Many(TEXT), "家庭可能的类别"),
        keys.MEMBERS_POSSIBLE: Key(Many(ANYTHING), "各成员可能的类别"),
        keys.MISSING: Key(Many(TEXT), "家庭缺什么"),
        keys.MEMBERS_MISSING: Key(Many(ANYTHING), "各成员缺什么"),
        keys.FACTS: Key(_FACTS, "家庭的事实应算出什么"),
        keys.MEMBER_FACTS: Key(Many(_FACTS), "各成员的事实应算出什么"),
        keys.CHECKS: Key(TEXTS, "应提示的核对编号"),
        keys.NO_CHECKS: Key(TEXTS, "不应提示的核对编号"),
    }
)
_CASES: dict[str, Key] = {
    keys.BASES: Key(Named(BASE), "基准家庭：测试没有写到的事实都取这里的值"),
    keys.CASE_PARAMETERS: Key(LOCAL_PARAMETERS, "测试时本地参数取什么值"),
    keys.CASES: Key(Many(CASE), "测试：写明情形和应得的结果"),
}
_FRAME: dict[str, Key] = {
    keys.ROSTER: Key(Many(_ENTRY), "户册：看哪些人，按什么先后，一人只在一户"),
    keys.COLUMN_NAMES: Key(_NAMES, "登记表里各类列的名称"),
    keys.CATEGORIES: Key(TEXTS, "全部类别，按先后"),
    keys.CORRECTION: Key(_CORRECTION, "核实结果的表怎样读"),
    keys.WINDOW: Key(Keys({keys.LAST_MONTH: Key(TEXT, "十二个月的最后一个月", required=True)}), "核算的十二个月"),
    keys.NO_NUMBER: Key(Keys({keys.COUNTS_AS_ABSENT: Key(TEXT, "视同各部门查无的条件", required=True)}), "没有证件号码的成员"),
    keys.ELSEWHERE: Key(Many(_TOGETHER), "别的部门也按户登记：同一户号下还有谁"),
    keys.RESULT: Key(_RESULT, "结果里列什么"),
    keys.CALENDAR: Key(Named(_YEAR), "工作日历：逐年写放假和调休上班的日子"),
    keys.NOTICE: Key(_NOTICE, "公示几天，未成年的怎样写"),
    keys.AUDIT: Key(_AUDIT, "抽查核实怎样抽、印什么"),
    keys.ECONOMY: Key(_ECONOMY, "家庭经济核对报告上印什么"),
    keys.MEETING: Key(TEXTS, "审核确认会议表上印哪些家庭的结果"),
    keys.ADJUSTMENT: Key(_ADJUSTMENT, "动态调整：谁退出过，退出后还发几个月"),
}  # fmt: skip
PACK_FILE = Keys({**_FRAME, **COMPUTED, **_CASES})
UPPER_FILE = Keys({**UPPER, **_CASES})
# Cases are judged when they are run: a mistake in one keeps nobody from deciding a month.
WITHOUT_CASES = Keys({**PACK_FILE.keys, **{name: Key(ANYTHING, key.help) for name, key in _CASES.items()}})
