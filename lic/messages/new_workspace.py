"""The texts of a new workspace: its commented ``lic.yaml`` and the short guide beside it.

Knows wording only. What the pack's parameters are called comes from the pack.
"""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

CONFIG_HEAD = """\
# {county}的工作区设置。改完用 lic rules check 检查。
# 写法：冒号后面空一格；行首的 # 表示这一行暂不生效。

县: {county_value}
# 镇名要与各部门表中的写法一致；表里出现别的镇名会提示。
镇: {towns}
{rules}
# 上级规则: 省级规则    # 省、市的规则放在这个文件夹，位阶高于规则包（写法见规则手册第 8 节）
# 本县不设的登记册，可写：{parts}
不设登记: {absent}

# 公示上印的监督电话和落款（lic notice 用）；各镇不同的写在 各镇 下。不写的在公示上留空待填。
# 公示: {{监督电话: , 落款: , 各镇: {{某镇: {{监督电话: , 落款: }}}}}}

# 本县自定的参数。每个取值写明从哪天起（自）、依据什么文件（依据）。
# 标准调整时不要改旧值，在后面加一项新的（自: 生效日），以前月份仍按以前的标准算。
# 前面有 # 的还没有取值：不会猜，用到它的条件算不出，相关的人列为待核实。
# 填上取值和依据，再删去行首的 # 和一个空格，就生效。
参数:
"""
RULES_OWN = "# 规则包：本工作区自己的一份，可以改。\n规则: {folder}"
RULES_SHIPPED = "# 规则: rules    # 要改规则时：lic init --copy-rules 会放一份在这里；不写就用 lic 自带的"
PARAMETER = "  # {note}{unit}{by}"
PARAMETER_UNIT = "（{unit}）"
PARAMETER_BY = "，按{by}分"
GUIDE_FILE = "使用说明.txt"
GUIDE = """\
{county} 低收入人口批量核查  使用说明

一、这个文件夹里有什么
  lic.yaml        本县的设置：县、镇、标准和依据。用记事本打开修改。
  {period}/        {period} 的数据：各部门交来的表原样放进去，文件名不限，按表头识别。
  runs/           运行后自动生成：每次的结果放在 runs/月份/序号 里。

二、每月怎么做
  1. 建一个以年月为名的文件夹（如 {period}），把各部门的表放进去。
  2. lic check {period}        看交齐没有、表里有什么问题。
  3. lic classify {period}     认定，结果在 runs/{period}/01。
  4. 打开 认定名册.xlsx、核对差异.xlsx、数据质量.xlsx。改了数据再运行，会写到 02。

三、还没有取值的参数
{unset}

四、各部门要交的表
{tables}

五、改标准
  打开 lic.yaml，在那个参数的取值后面加一项，例如：
  {example}
  改完运行 lic rules check。看规则全文：lic rules show。提示里的编号看不懂：lic help 编号。
"""
UNSET_NONE = "  没有：都有取值。"
UNSET_LINE = "  {name}{unit}：{note}"
TABLE_REQUIRED = "  {department}（必报）：{tables}"
TABLE_OPTIONAL = "  {department}（有就交）：{tables}"
SEPARATOR = "、"

NEW_WORKSPACE: Mapping[str, Message] = {
    "W160": Message(
        "已经是工作区",
        "“{folder}”里已有 lic.yaml，不会覆盖",
        "直接修改那里的 lic.yaml；要建另一个工作区，换一个文件夹",
    ),
    "W161": Message("没有县名", "没有给出县名", "加上 --county 县名（不在终端里运行时不提问）"),
    "W162": Message(
        "不是本县的参数",
        "“{name}”不是由本县填写的参数",
        "可以填的：{known}",
    ),
    "W163": Message(
        "不是本县的参数",
        "“{name}”不是由本县填写的参数，是不是“{suggestion}”？",
        "可以填的：{known}",
    ),
    "W164": Message(
        "取值写法不对",
        "“{text}”不是 名称=取值 的写法",
        "写成 名称=取值 或 名称.分=取值，后面可加 @生效日 和 #依据，如 {example}",
    ),
    "W165": Message(
        "没有写依据",
        "“{name}”的取值没有依据",
        "加上 --reference 文号，或写在取值后面：{name}=取值#文号",
    ),
    "W166": Message(
        "不能这样分",
        "参数“{name}”不能取“{key}”；可以是：{known}",
        "改正这一项",
    ),
    "W167": Message("写不进去", "不能在“{folder}”里写文件：{reason}", "检查文件夹名称、磁盘空间和权限"),
}
