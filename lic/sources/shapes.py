"""The shape of the files in ``sources/``: one table, the shared columns and words, how files are read."""
# ruff: noqa: E501 -- one key stays on one line

from __future__ import annotations

from lic.model.expectation import Level
from lic.model.shape import FLAG, NUMBER, TEXT, TEXTS, Either, Key, Keys, Many, Named, Text, When
from lic.model.table import ColumnType
from lic.sources import keys

_SOFT = Key(Text((Level.WARN.value, Level.BLOCK.value)), "不合预期怎么办：警告，还是阻断（不出名册）")
_LEVEL = Key(Text(tuple(Level)), "不合预期怎么办：警告、拒收这张表，还是阻断")
EXPECTED = Keys(
    {
        keys.LEVEL: _SOFT,
        keys.ROW_COUNT: Key(Keys({keys.LEAST: Key(NUMBER, "最少几行"), keys.MOST: Key(NUMBER, "最多几行"), keys.LEVEL: _SOFT}), "行数"),
        keys.FILL_RATES: Key(Keys({keys.LEVEL: _SOFT}, others=NUMBER), "各列至少填写多少，如 99%"),
        keys.MATCH_RATE: Key(Either((NUMBER, Keys({keys.LEAST: Key(NUMBER, "至少多少", required=True), keys.LEVEL: _LEVEL}))), "号码与名册相同的至少占多少"),
        keys.LAST_MONTH: Key(Either((NUMBER, Keys({keys.CHANGE: Key(NUMBER, "行数增减多少以内"), keys.FILL_DROP: Key(NUMBER, "填写率下降多少以内"), keys.LEVEL: _SOFT}))), "与上月相比"),
        keys.TOWNS_DUE: Key(Either((FLAG, Many(TEXT), Keys({keys.TOWN_NAMES: Key(Either((FLAG, Many(TEXT))), "哪些镇", required=True), keys.LEVEL: _SOFT}))), "每个镇都要有数据：是，或列出镇"),
    }
)  # fmt: skip
_MEANING = Keys(
    {keys.MEANS: Key(TEXT, "取什么值", required=True), keys.REASON: Key(TEXT, "为什么", required=True)}
)
COLUMN = Keys(
    {
        keys.ALIASES: Key(TEXTS, "部门导出里的其他叫法"),
        keys.SAME_AS: Key(TEXT, "与哪个公共列相同"),
        keys.TYPE: Key(Text(tuple(ColumnType)), "类型；公共列里有的不必写"),
        keys.UNIT: Key(Text(keys.UNITS), "单位"),
        keys.NEEDED: Key(FLAG, "没有这一列就不能用这张表"),
        keys.WORDS: Key(Either((TEXT, Named(TEXTS))), "词的取值：词表的名称，或逐个写出并列出等同的写法"),
        keys.LETTERS: Key(FLAG, "代码可以连写，如 AB"),
        keys.NEGATIVE: Key(Text((keys.NEGATIVE_REFUSED, keys.NEGATIVE_ZERO, keys.NEGATIVE_ALLOWED)), "负数怎么办"),
        keys.BLANK: Key(_MEANING, "空白表示什么；不写就是不知道"),
        keys.ABSENT: Key(_MEANING, "没有这一列表示什么；不写就是不知道"),
        keys.NOT_AFTER_PERIOD: Key(FLAG, "日期不能晚于本期末"),
        keys.TOWN: Key(FLAG, "这一列是镇名"),
        keys.REPEATABLE: Key(FLAG, "可以有几列同名，逐列相加"),
    }
)  # fmt: skip
_PART = Keys(
    {
        keys.HINTS: Key(TEXTS, "文件名、工作表名里有什么字样就是这一册", required=True),
        keys.FILL: Key(Named(TEXTS), "这一册里某列空着时填什么"),
    }
)
TABLE = Keys(
    {
        keys.TABLE: Key(TEXT, "表名", required=True),
        keys.CODE: Key(TEXT, "代码", required=True),
        keys.DEPARTMENT: Key(TEXT, "哪个部门的", required=True),
        keys.REQUIRED: Key(FLAG, "是否必须报送"),
        keys.FILE_HINTS: Key(TEXTS, "文件名的样子，只作参考"),
        keys.SHEETS: Key(TEXTS, "只读这些工作表"),
        keys.HIDDEN_ROWS: Key(
            Text((keys.HIDDEN_READ, keys.HIDDEN_SKIPPED, keys.HIDDEN_REFUSED)), "隐藏的行怎么办"
        ),
        keys.LIMITS: Key(
            Keys({name: Key(NUMBER, "放宽到多少") for name in keys.LIMIT_NAMES.values()}),
            "放宽文件大小等限制",
        ),
        keys.SEVERAL_FILES: Key(FLAG, "可以分成几个文件"),
        keys.SEVERAL_ROWS: Key(FLAG, "一人可以有几行"),
        keys.MAY_BE_EMPTY: Key(FLAG, "空表也算已报送"),
        keys.NUMBER: Key(TEXT, "证件号码是哪一列"),
        keys.NAME: Key(TEXT, "姓名是哪一列"),
        keys.MONTHLY: Key(
            Keys(
                {
                    keys.MONTHLY_DATE: Key(TEXT, "按哪一列的日期分月"),
                    keys.MONTHLY_LAG: Key(TEXT, "数据滞后几个月"),
                }
            ),
            "逐月报送的表",
        ),
        keys.INDISPENSABLE: Key(TEXTS, "不可缺的列"),
        keys.ONE_OF: Key(TEXTS, "每行至少有一项的列"),
        keys.SPLIT: Key(TEXTS, "一格写几人、要拆成几行的列"),
        keys.FINGERPRINT: Key(
            Keys(
                {
                    keys.MUST_HAVE: Key(Many(TEXTS), "必须有的列；一项里写几个，有其一即可", required=True),
                    keys.MUST_NOT_HAVE: Key(TEXTS, "不能有的列"),
                }
            ),
            "凭哪些列认出这张表",
            required=True,
        ),
        keys.PARTS: Key(Named(_PART), "分几册报送"),
        keys.COLUMNS: Key(Named(COLUMN), "各列", required=True),
        keys.IGNORED: Key(TEXTS, "可以不管的列；没有列出的新列会提示"),
        keys.EXPECTED: Key(EXPECTED, "预期：行数、填写率等"),
        keys.NOT_OFFERED: Key(TEXTS, "填报模板里不列的列"),
    }
)
_ADDED = Keys(
    {
        keys.ALIASES: COLUMN.keys[keys.ALIASES],
        keys.WORDS: Key(Named(TEXTS), "已有的词还有哪些写法"),
    }
)
_ADDED_KEYS = (keys.FILE_HINTS, keys.IGNORED, keys.HIDDEN_ROWS, keys.SHEETS, keys.LIMITS)
# A county's own file about a known table adds to it; one with 特征 declares a table of its own.
ADDITIONS = Keys(
    {
        keys.TABLE: Key(TEXT, "给哪张表补充", required=True),
        keys.COLUMNS: Key(Named(_ADDED), "各列补充的叫法和写法"),
        **{name: TABLE.keys[name] for name in _ADDED_KEYS},
    }
)
OWN = When(keys.FINGERPRINT, TABLE, ADDITIONS)
COMMON = Keys(
    {
        keys.COLUMNS: Key(Named(COLUMN), "各表都可能用的列", required=True),
        keys.IGNORED: Key(TEXTS, "各表都可以不管的列"),
    }
)
WORD_LISTS = Keys({keys.WORD_LISTS: Key(Named(Named(TEXTS)), "各表共用的词表", required=True)})
READING = Keys(
    {
        keys.SKIPPED_FILES: Key(TEXTS, "不读的文件"),
        keys.OWNER_FILES: Key(TEXTS, "文件正被打开时留下的临时文件怎样开头"),
        keys.OWN_OUTPUT: Key(TEXTS, "lic 自己的输出叫什么"),
        keys.OWN_MARKS: Key(TEXTS, "lic 自己的输出里的标记"),
        keys.NOTE_SHEETS: Key(TEXTS, "不是数据的工作表"),
        keys.TOTAL_WORDS: Key(TEXTS, "合计行的用语"),
        keys.FOOTER_WORDS: Key(TEXTS, "表尾的用语"),
        keys.PLACEHOLDERS: Key(TEXTS, "占位而不是号码的写法", required=True),
        keys.DASHES: Key(TEXTS, "表示空白的横线", required=True),
        keys.DATA_DATE_COLUMNS: Key(TEXTS, "写数据日期的列", required=True),
        keys.MOJIBAKE: Key(TEXTS, "乱码里的字"),
        keys.EXPECTED: Key(EXPECTED, "对各表的一般预期"),
    }
)
SHARED = {"_common.yaml": COMMON, "_words.yaml": WORD_LISTS, "_reading.yaml": READING}
