"""What a person reads after ``lic rules test``: totals, failures, coverage, the table to sign."""

from __future__ import annotations

TITLE = "规则测试"
PACK = "规则包 {pack}"
PASSED = "测试 {count} 个，全部符合"
FAILED = "测试 {count} 个，{failed} 个不符合"
RESULT = "结果"
UPPER = "上级规则"
UPPER_PASSED = "{names}"
UPPER_FAILED = "{names}；规则包的测试因它而不再符合的，在上级规则的 cases 里写同名的测试取代"
COVERED = "覆盖"
COVERED_ALL = "条件和认定行 {count} 项，成立、不成立、未知都见过（100%）"
COVERED_SOME = "条件和认定行 {count} 项，{full} 项三种都见过（{percent}%），缺的如下"
NOT_COVERED = "没有见过的"
NOT_COVERED_HEADINGS = ("规则", "名称", "行", "没见过")
ROW = "第 {row} 行 {category}"
FAILURE = "不符合：{name}"
FAILURE_HEADINGS = ("看什么", "应为", "实际")
PLACE = "{file}:{line}"
TREE = "由来：{name}"
BOUNDARY = "界线：恰在线上和上下一档（须由规则负责人逐行核对签字）"
BOUNDARY_HEADINGS = ("条件", "比较", "参数", "线", "低一档", "恰在线上", "高一档")
BOUNDARY_NOTE = (
    "每行只改动基准家庭的一项事实，其余照旧；“→”后是这个比较成立与否，括号里是整个条件与它不同时的结果，"
    "最后是基准家庭的认定。"
)
POINT = "{value} → {truth}{whole}，{category}"
WHOLE = "（条件{truth}）"
NO_POINT = "不会出现"
BY_RULE = "规则写定"
SIGN = "核对人：　　　　　　　　审核人：　　　　　　　　日期：　　　　　　"
EMPTY = "－"
