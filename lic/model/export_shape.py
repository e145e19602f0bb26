"""The keys of an export declaration (``exports/*.yaml``) and the shape of the file."""

from __future__ import annotations

from lic.model.shape import FLAG, TEXT, TEXTS, Key, Keys, Many, Named

PLATFORM = "平台"
FILE = "文件"
LIST = "名单"
ENTERED = "已录"
SCOPE = "范围"
CATEGORIES = "类别"
TAGS = "标识"
REMOVES = "移出"
COLUMNS = "列"
TITLE = "列"
TAKE = "取"
NEEDED = "必填"
CODES = "代码"
COMPARED = "比"
BLANK = "空白"
TABLE = "凭"
SEPARATOR = "、"

_COLUMN = Keys(
    {
        TITLE: Key(TEXT, "录入表里的列名", required=True),
        TAKE: Key(TEXT, "填什么：结果的一项、标识、事实；不写由经办人补"),
        NEEDED: Key(FLAG, "平台没有它就不收"),
        CODES: Key(Named(TEXT), "平台怎样写我们的词"),
        COMPARED: Key(TEXT, "与平台名单的哪一列比"),
        BLANK: Key(TEXT, "平台名单里空白是什么意思"),
        TABLE: Key(TEXT, "没有这张表就说不出，不填也不比"),
    }
)
EXPORT = Keys(
    {
        PLATFORM: Key(TEXT, "平台的名称", required=True),
        FILE: Key(TEXT, "写出的工作簿叫什么；lic.yaml 的 平台模板 也用它", required=True),
        LIST: Key(TEXT, "平台自己导出的名单是哪一张表", required=True),
        ENTERED: Key(Named(TEXTS), "名单中哪些行算已录入"),
        SCOPE: Key(
            Keys({CATEGORIES: Key(TEXTS, "只录这些类别"), TAGS: Key(TEXTS, "只录有这些标识的人")}),
            "录哪些人；不写录全部类别",
        ),
        REMOVES: Key(FLAG, "不再符合的由我们移出；不写为是"),
        COLUMNS: Key(Many(_COLUMN), "各列，按录入表的次序", required=True),
    }
)
