"""Every title and heading of the printed rule pack. Knows wording only."""

from __future__ import annotations

TITLE = "低收入人口认定规则"
SUBTITLE = "规则包 {pack}    指纹 {digest}    基准日 {as_of}"
ABOUT = (
    "本文件由规则包生成，写的就是计算时用的规则：改了规则，指纹就不同。"
    "句子由算式逐字转写，写法见规则包文件；“不知道”的不当作“否”，相关的人列入待核实。"
)
DELIVERY = "哪些核对未启用，按最近一次运行 {run} 的报送情况。"
NO_DELIVERY = "还没有运行过：未启用的核对只看参数是否有值和规则包的说明，不看各表是否报送。"
UNSET = "以下参数在基准日没有取值，用到它们的条件都不知道：{names}"
CATEGORIES = "类别（按此先后）：{names}"
CONTENTS = "目录"
COUNT = "（{count} 项）"
LIST = "、"

ROSTER = "户册：看哪些人，按什么先后"
ROSTER_NOTE = "一人只在一户，列在前面的优先。"
DECISIONS = "认定表"
DECISIONS_NOTE = (
    "从上到下，第一个成立的行决定类别；它前面有不知道的行，就是待核实。“－”表示这一行不看这一列。"
)
CONDITIONS = "条件"
DERIVED = "推算"
LISTS = "列表"
FIELDS = "字段：每项事实来自哪个部门的哪张表、哪一列"
PARAMETERS = "参数、历次取值和依据"
OVERRIDES = "规则包以外的层写明或替换的"
CHECKS = "启用的核对"
CHECKS_NOTE = "疑点不等于违规，须经入户或函询核实。"
DISABLED = "未启用的核对和原因"
TABLES = "各部门的表和列"
SIGNATURES = "审签"

ROW_PARTS = {"行": "", "其后": "其后：上面都不成立时，看成员的认定", "否则": "否则：都不成立时的理由"}
HEAD_ITEM = ("名称", "层级", "内容", "依据和说明")
HEAD_FIELD = ("名称", "层级", "来源（部门）", "列和算法", "没有报送时")
HEAD_PARAMETER = ("参数", "自", "取值", "依据", "")
HEAD_OVERRIDE = ("层", "项目", "原来", "现行", "依据")
REPLACED = "{old}（{layer}）"
SINCE = "{day} 起"
HEAD_CHECK = ("编号", "名称", "级别", "条件", "处理和依据")
HEAD_DISABLED = ("编号", "名称", "原因")
HEAD_TABLE = ("列", "类型", "认得的列名", "其他")
ROW_NUMBER = "行"
CATEGORY = "类别"
CONDITION = "当"
REASON = "理由"
BASIS = "（据{basis}）"
CURRENT = "现行"
NO_VALUE = "基准日没有取值"
LOCAL = "本县在 lic.yaml 中写明"
REQUIRED = {"是": "必报", "否": "选报"}
TABLE_HEAD = "{name}（{code}，{department}，{required}）"
SIGNED_BY = ("起草", "审核", "批准")
SIGN_DATE = "日期"
SIGNED_NOTE = "审签人确认：上列规则与所列依据一致。指纹 {digest}"
PAGE = "低收入人口认定规则  {county}  指纹 {digest}"

# The labels that the described pack uses and that stand in a column of their own here.
NOTES = ("依据", "说明")
FROM_TABLE = "来源"
NO_DELIVERY_LABEL = "没有报送时"
DEPARTMENT = "部门"
REQUIRED_LABEL = "必需"
TYPE_LABEL = "类型"
UNIT_LABEL = "单位"
SEVERITY = "级别"
DIRECTION = "方向"
CHECK_SIDE = ("处理", "依据")
CHECK_HIDDEN = ("级别", "方向", "证据", "所需", "处理", "依据")
