"""Messages about gates (G), run folders (W001 on), sample data (W090 on), the command line (W101 on)."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

RUN: Mapping[str, Message] = {
    "W101": Message("文件夹不存在", "文件夹“{folder}”不存在", "检查路径是否写对"),
    "W102": Message(
        "看不出是哪个月",
        "文件夹名“{name}”不是年月，看不出是哪个月的数据",
        "把文件夹改名为 YYYY-MM（如 2026-10），或加上 --period 2026-10",
    ),
    "W103": Message("日期写法不对", "“{value}”不是日期", "写成 YYYY-MM-DD，如 2026-10-31"),
    "W104": Message("月份写法不对", "“{value}”不是月份", "写成 YYYY-MM，如 2026-10"),
    "W105": Message(
        "找不到工作区",
        "从“{folder}”往上找不到 lic.yaml",
        "工作区是放着 lic.yaml 的文件夹，月份文件夹放在它里面；新工作区可照 sample_data/lic.yaml 填写",
    ),
    "W106": Message(
        "没有这个编号", "没有编号“{asked}”的说明", "编号在提示或工作簿的“编号”一栏，如 S203、K022"
    ),
    "W107": Message("规则包不存在", "规则包文件夹“{folder}”不存在", "检查 --rules 或 lic.yaml 中的“规则”"),
    "W110": Message(
        "没有这张表", "没有“{table}”这张表；有：{known}", "改正表名；所有的表见 lic sources list"
    ),
    "W109": Message("输出文件夹不为空", "“{folder}”里已有文件，不能写入", "换一个新的或空的文件夹"),
    "G001": Message(
        "没有登记册也没有申请",
        "{period} 的文件夹里既没有可用的在册登记册，也没有申请名册，无法认定任何家庭",
        "把民政系统导出的家庭、人员名册放进文件夹后重新运行；被拒收的文件见提示",
    ),
    "G002": Message(
        "没有可读的文件",
        "{period} 的文件夹里没有任何可以使用的表",
        "检查文件夹是否放对；被拒收的文件见提示",
    ),
    "G003": Message(
        "数目对不上",
        "处理各步的数目对不上（{steps}），没有写出名册",
        "这是程序的问题，请把本次的 run.log 和提示发给维护人员",
    ),
    "G004": Message("不认识的登记册", "“不设登记”里的“{name}”不是规则包中的登记册", "改正名称，或删去"),
    "W001": Message(
        "输出文件夹不能用", "“{folder}”不是空文件夹，也不是 lic 的运行结果", "换一个新的或空的文件夹"
    ),
    "W002": Message("已有运行结果", "“{folder}”里已有一次运行的结果", "换一个文件夹；确要覆盖，加上 --force"),
    "W003": Message("写不进去", "不能写入“{folder}”：{reason}", "检查磁盘空间和权限，关闭正打开的文件"),
    "W004": Message("不能写进月份文件夹", "“{folder}”在月份文件夹里；lic 从不改动报送的数据", "换一个文件夹"),
    "W005": Message("不是运行结果", "“{folder}”不是 lic 的运行结果", "给出 runs/<月份>/<序号> 这样的文件夹"),
    "W006": Message(
        "运行结果被改动过",
        "“{folder}”里的“{file}”缺失或被改动过，与清单 manifest.json 不符",
        "用没有改动过的运行结果，或重新运行 lic classify",
    ),
    "W007": Message(
        "文件夹里有别的文件",
        "“{folder}”里有不是 lic 写的文件，回执不能写进去",
        "换一个新的或空的文件夹；上次的回执可以直接覆盖",
    ),
    "W090": Message("示例数据太多", "要的人数超出了示例号码能编的范围", "减少 --households"),
    "W091": Message("示例数据的选项不对", "示例数据的选项不能用：{reason}", "户数和月数至少为 1"),
    "W092": Message("文件夹不为空", "“{folder}”里已有文件，示例数据不能写进去", "换一个新的或空的文件夹"),
    "W070": Message(
        "程序出错",
        "lic 遇到没有预料到的情况（{error}），没有写出结果",
        "请把文件 {file} 发给维护人员；其中不含身份证号",
    ),
}

# How folded findings and places are said.
COUNT_ROWS = "{message}（第 {first} 至 {last} 行，共 {count} 处）"
COUNT_ONLY = "{message}（共 {count} 处）"
IN_SHEET = "工作表“{sheet}”"
IN_ROWS = "第 {rows} 行"
IN_CELL = "单元格 {cell}"
PLACE_SEPARATOR = "，"
NEAR_MISS = "是不是“{suggestion}”？"
FINISHED = "完成"
SEPARATOR = "、"
BLOCKED = "阻断"  # also the name of the folder that keeps the account of a stopped run
