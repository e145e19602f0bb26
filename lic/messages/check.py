"""Messages of the check of a month: S401 on, expectations and comparisons; G010 on, its gates."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

CHECK: Mapping[str, Message] = {
    "S401": Message(
        "行数太少",
        "“{table}”只有 {rows} 行，预期至少 {limit} 行",
        "请{department}核对是否导全；确属正常，把“预期”中的“最少”改小",
    ),
    "S402": Message(
        "行数太多",
        "“{table}”有 {rows} 行，预期至多 {limit} 行",
        "请{department}核对导出条件；确属正常，把“预期”中的“最多”改大",
    ),
    "S403": Message(
        "填写率太低",
        "“{table}”的“{column}”填写率只有 {rate}（{filled}/{total}），预期至少 {limit}",
        "请{department}补全“{column}”后重新导出",
    ),
    "S404": Message(
        "与名册对不上",
        "“{table}”的号码与名册只对上 {known} 个，占较小一方（{of} 个）的 {rate}，预期至少 {limit}，"
        "整张表没有使用",
        "核对是不是本县、本月的数据，号码列有没有导错；确属正常，在“预期”中写明较低的“匹配率”",
    ),
    "S405": Message(
        "与名册对上的少",
        "“{table}”的号码与名册只对上 {known} 个，占较小一方（{of} 个）的 {rate}，预期至少 {limit}",
        "核对是不是本县、本月的数据，号码列有没有导错",
    ),
    "S406": Message(
        "行数与上月相差大",
        "“{table}”本月 {rows} 行，{month} 是 {before} 行，增减 {rate}（预期不超过 {limit}）",
        "请{department}核对是否导全、是否放错月份；确属正常可不处理",
    ),
    "S407": Message(
        "填写率比上月低",
        "“{table}”的“{column}”填写率 {rate}，{month} 是 {before}",
        "请{department}核对这一列是否导全",
    ),
    "S408": Message(
        "有的镇不见了",
        "“{table}”在 {month} 有 {towns}，本月一行也没有",
        "请{department}核对是否漏了这些镇",
    ),
    "S409": Message(
        "缺必报的镇", "“{table}”里没有这些镇的行：{towns}", "请{department}补报这些镇；镇名以 lic.yaml 为准"
    ),
    "S410": Message(
        "与上月的文件相同",
        "内容与“{other}”完全相同",
        "核对是不是误放了上月的文件；数据确实没有变化的，可不处理",
    ),
    "G010": Message(
        "没有达到预期",
        "有 {count} 项预期没有达到，按规定不写名册：{tables}",
        "按提示更正数据后重新运行；预期写在 lic.yaml 或 rules/sources 的“预期”里。问题和数据质量见 {folder}",
    ),
    "G011": Message(
        "有问题", "检查发现 {count} 个问题（--strict）", "按提示更正后再查；只想看清单，去掉 --strict"
    ),
}
