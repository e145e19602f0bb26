"""What a person reads in an explanation: titles, headings, and how a reason is put together."""

from __future__ import annotations

from lic.model.explanation import Kleene

SIGNS = {Kleene.TRUE: "√ 成立", Kleene.FALSE: "× 不成立", Kleene.UNKNOWN: "？未知"}
CAUTION = "疑点不等于违规；本页是核对的说明，不是决定，以专班核实和审核确认为准。"

PEOPLE = "{members} 人"
PEOPLE_COUNTED = "{members} 人，计入 {counted} 人"
NO_TOWN = "未填镇村"
HEAD = "户主 {name}（{number}）"
MEMBER = "{name}（{number}）"
NO_NUMBER = "没有能用的号码"
RESULT = "结论"
REASON = "理由"
REGISTERED = "在册 {category} → 建议 {action}"
NOT_REGISTERED = "未在册 → 建议 {action}"
POSSIBLE = "可能是 {names}"
TAGS = "标识 {names}"
OF_PERSON = "本人"
OF_HOUSEHOLD = "本户"

ROWS = "各类别依次看（{whom}）"
ROWS_HEADINGS = ("类别", "成立吗", "为什么")
DECIDES = "取这一类"
ALSO = "也符合，但前面一类已先成立"
AFTERWARDS = "各行都不成立时，才看成员"
LINES = "离各条线多远"
LINES_HEADINGS = ("条件", "本户（人）", "线", "相差", "成立吗")
MEMBERS = "成员"
MEMBERS_HEADINGS = ("姓名", "关系", "证件号码", "计入", "结论", "理由")
MISSING = "要补的数据"
MISSING_HEADINGS = ("部门", "数据", "谁", "缺在哪里", "影响的条件")
ALL_MISSING = "没有要补的数据。"
FINDINGS = "疑点（疑点不等于违规，须核实）"
FINDINGS_HEADINGS = ("编号", "级别", "谁", "说明", "处理")
PARAMETERS = "用到的参数"
PARAMETERS_HEADINGS = ("参数", "取值", "自", "依据", "来自")
OVERRIDES = "上级规则改写的"
OVERRIDES_HEADINGS = ("项目", "原来", "现在", "层", "依据")
REPLACED = "{old}（{layer}）"
ELSEWHERE = "计在别处的成员"
ELSEWHERE_HEADINGS = ("姓名", "证件号码", "计在哪一户")
INCOME = "由来（全部）"
TREE = "逐项由来"
CELLS = "用到的单元格"

WHOLE_TABLE = "{table}（整张表）"
NOT_DELIVERED = "没有报送"
PARAMETER_UNSET = "lic.yaml 没有写这个参数在基准日的值"
COUNTY = "本县（lic.yaml）"
PLACE = "{file} 第 {row} 行 {column}"
PLACE_WHY = "{place}：{why}"
RAW = "原文“{raw}”"
ASSUMED = "{file} 没有“{column}”一栏，按没有这一栏时的规定记"
FIXED = "按户册规定，不是表里填的"
VERIFIED = "按核实结果（{file} 第 {row} 行），原申报 {declared}"
BLANK = "空白"
SEE_TABLE = "见本表与他有关的行"
GAP = "{condition} {truth}：{left_name} {left}，{right_name} {right}，{gap}"
PLAIN_GROUND = "{condition} {truth}"
SAID = "（{sentence}）"
OF_WHOM = "{name}："
WAITS = "，等 {names}"
FROM_DAY = "{day} 起"
LATER = "…"
AND_MORE = "等 {count} 项"
ABOVE = "（见上）"
GIVEN = "（测试给定）"
TABLE_ABSENT = "（{table} 没有报送）"
COUNTS = {Kleene.TRUE: "计入", Kleene.FALSE: "不计", Kleene.UNKNOWN: "不知道计不计"}
ROW_OF = "{file} 第 {row} 行"
DOUBT = "存疑：{place}（{why}）"
REFERENCE = "（{reference}）"
PARAMETER_OF = "（{reference}，自 {since}，{layer}）"
RULE_AT = "规则 {place}"
EMPTY = "－"

SAME = "复算：按运行文件夹里的数据和规则重新计算，与当时的记录完全一致。"
DIFFERENT = "复算与记录不一致（共 {count} 处）：{items}。运行用的是 lic {then}，现在是 lic {now}。"
DIFFERENT_ITEM = "{whom} {column} 记录“{recorded}”，复算“{now}”"
BASIS = "基准日 {as_of}  {county} {period}  运行 {run}"
NOBODY = "不在本次运行的任何户册里"
SEEN = "见于"
SEEN_ROW = "{table}（{file} 第 {row} 行）"
TITLE = "认定说明"
TOWN_TITLE = "{town} 待核实：要补的数据"
TOWN_HEADINGS = ("户编号", "户主", "谁", "数据", "缺在哪里", "影响的条件")
TOWN_SUMMARY = "待核实 {households} 户、{persons} 人；补齐下列 {items} 项后重新运行 lic classify。"
TOWN_NONE = "{town} 没有待核实的家庭和人员。"
