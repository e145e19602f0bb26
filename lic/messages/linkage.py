"""Messages of the linkage codes: L001 and on, what was seen while tables were joined."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

LINKAGE: Mapping[str, Message] = {
    "L001": Message(
        "重复行",
        "有 {count} 行与“{file}”工作表“{sheet}”第 {row} 行起的行完全相同，只用了一行",
        "核对是否重复导出；如确是两笔，请补上能区分它们的列",
    ),
    "L002": Message(
        "核实值互相矛盾",
        "同一天对“{item}”有 {count} 个不同的核实值，按未知处理",
        "确认哪个值正确，删去另一行，或补一条日期更近的核实结果",
    ),
    "L003": Message("核实值为空", "“{item}”的核实值为空，这一行未采用", "补填核实值"),
    "L004": Message(
        "核实值读不懂", "“{item}”的核实值“{value}”不符合这一列的写法，按未知处理", "按该列的写法改正核实值"
    ),
    "L005": Message(
        "核实结果对不上",
        "事项“{item}”不是可以更正的列，或缺少身份证号、户编号，这一行未采用",
        "事项须写列名；个人事项填身份证号，家庭事项填名册上的户编号",
    ),
    "L006": Message(
        "不知属于哪一册",
        "有 {count} 行人员看不出属于哪一册，未使用",
        "在文件名中写明册名，或补全户编号、户主身份证号",
    ),
    "L007": Message("核实日期为空", "“{item}”的核实日期看不出，这一行未采用", "补填核实日期"),
    "L090": Message(
        "内部错误", "连接“{join}”时有 {count} 个键不唯一", "请把运行日志发给维护人员，这是程序的错误"
    ),
    "L091": Message(
        "内部错误", "列“{column}”在两张名册表中的类型不同", "请统一 rules/sources 中这一列的类型"
    ),
}
