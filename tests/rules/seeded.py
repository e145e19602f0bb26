"""Seeded mistakes: one small wrong edit of the shipped pack or of the sample ``lic.yaml`` each.

Each says which code names it and, by a word of the new text, on which line; ``most`` is how many
messages it may cause in all. A mistake without ``old`` is a file of its own.
"""
# ruff: noqa: E501, RUF001 -- the files' own lines

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

CONFIG = "lic.yaml"
ROSTER, WORDS = "rules/roster.yaml", "rules/sources/_words.yaml"
PLAN, LOCAL = "rules/parameters/plan.yaml", "rules/parameters/local.yaml"
INCOME, MEMBERS, PROPERTY = "rules/facts/income.yaml", "rules/facts/members.yaml", "rules/facts/property.yaml"
SPENDING, REGISTERS, DISABILITY, RURAL = (
    f"rules/facts/{name}.yaml" for name in ("spending", "registers", "disability", "rural")
)
HOUSEHOLD, PERSON, REGISTERED = (
    f"rules/decisions/{name}.yaml" for name in ("household", "person", "registered")
)
CHECKS, WELFARE, EVENTS = (f"rules/checks/{name}.yaml" for name in ("income", "welfare", "members"))
PENSIONS, DEATHS, JOBS, VEHICLES = (
    f"rules/sources/{name}.yaml" for name in ("pensions", "deaths", "jobs", "vehicles")
)


@dataclass(frozen=True)
class Mistake:
    """``code`` at the line of ``at`` (default: of ``new``) after ``old`` became ``new`` in ``file``."""

    file: str
    old: str
    new: str
    code: str
    at: str = ""
    most: int = 1
    encoding: str = ""
    alone: bool = False  # what it rests on must be right
    place: str = ""  # where the message stands, when not in the file that was edited

    def apply(self, root: Path) -> int:
        """Make the mistake; the line that must be named."""
        path = root / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        if self.encoding:
            path.write_bytes(path.read_text(encoding="utf-8").encode(self.encoding))
            return 1
        text = path.read_text(encoding="utf-8") if self.old else ""
        assert self.old in text, (self.file, self.old)
        where = text.find(self.old) if self.old else 0
        shift = self.new.find(self.at) if self.at else _first_difference(self.old, self.new)
        assert shift >= 0, self.at
        text = text[:where] + self.new + text[where + len(self.old) :]
        path.write_text(text, encoding="utf-8", newline="\n")
        return text[: where + shift].count("\n") + 1


def _first_difference(old: str, new: str) -> int:
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    return same


def check(
    number: int, when: str, *, level: str = "家庭", more: str = "", say: str = "试"
) -> tuple[str, str, str]:
    """A file with one check."""
    text = f'核对:\n  新{number}:\n    编号: K{number}\n    层级: {level}\n    方向: 应退未退\n    级别: 低\n    当: "{when}"\n    说明: "{say}"\n{more}'
    return f"rules/checks/new{number}.yaml", "", text


MISTAKES: dict[str, Mistake] = {
    # lic.yaml
    "标准缺农村": Mistake(CONFIG, "城镇: 9600, 农村: 7200", "城镇: 9600", "R210"),
    "标准是负数": Mistake(CONFIG, "农村: 7200", "农村: -7200", "R209"),
    "标准没有依据": Mistake(CONFIG, "农村: 7200, 依据: 示例值", "农村: 7200", "R207"),
    "日期先后颠倒": Mistake(CONFIG, "{自: 2026-07-01, 城镇", "{自: 2027-07-01, 城镇: 1, 农村: 2, 依据: 文}, {自: 2026-07-01, 城镇", "R208"),
    "同一天两个值": Mistake(CONFIG, "{自: 2026-07-01, 城镇", "{自: 2026-07-01, 城镇: 1, 农村: 2, 依据: 文}, {自: 2026-07-01, 城镇", "R053"),
    "城乡写错": Mistake(CONFIG, "城镇: 9600", "城填: 9600", "R046"),
    "数字带单位": Mistake(CONFIG, "城镇: 9600", "城镇: 9600元", "R005"),
    "日期写法": Mistake(CONFIG, "自: 2026-07-01, 城镇", "自: 2026年7月1日, 城镇", "R005"),
    "没有这一天": Mistake(CONFIG, "自: 2026-07-01, 城镇", "自: 2026-06-31, 城镇", "R005"),
    "没有值": Mistake(CONFIG, "机动车上限: {取值: [{自: 2026-01-01, 值: 0,", "机动车上限: {取值: [{自: 2026-01-01,", "R003"),
    "没有起始日期": Mistake(CONFIG, "机动车上限: {取值: [{自: 2026-01-01, 值", "机动车上限: {取值: [{值", "R003"),
    "参数名写错": Mistake(CONFIG, "  低保标准:", "  低保标谁:", "R045"),
    "改方案的参数": Mistake(CONFIG, "参数:\n", "参数:\n  边缘倍数: {取值: [{自: 2026-01-01, 值: 2, 依据: 文}]}\n", "R019", at="边缘"),
    "比例写成整数": Mistake(CONFIG, "值: 10%", "值: 10", "R090"),
    "镇写在一起": Mistake(CONFIG, "镇: [示例城关镇, 示例饶峰镇,", "镇: [示例城关镇、示例饶峰镇,", "R092"),
    "键名写错": Mistake(CONFIG, "不设登记:", "不设登计:", "R004"),
    "全角逗号": Mistake(CONFIG, "城镇: 9600, 农村", "城镇: 9600，农村", "R091"),
    "括号没有配对": Mistake(CONFIG, "农村: 7200, 依据: 示例值}]}", "农村: 7200, 依据: 示例值}]", "R002"),
    "是否写错": Mistake(CONFIG, "值: 是,", "值: 对,", "R005"),
    "从以后才开始": Mistake(CONFIG, "住房套数上限: {取值: [{自: 2026-01-01", "住房套数上限: {取值: [{自: 2027-01-01", "R211"),
    "不设的登记册写错": Mistake(CONFIG, "不设登记: []", "不设登记: [城市低宝]", "G004"),
    "平台模板不在": Mistake(CONFIG, "参数:\n", "平台模板: {省平台: 没有.xlsx}\n参数:\n", "R180", at="平台模板"),
    "没有取值": Mistake(CONFIG, "  住房套数上限: {取值: [{自: 2026-01-01, 值: 1, 依据: 示例值}]}\n", "", "R212", place="lic.yaml:"),
    # 参数
    "单位写错": Mistake(PLAN, "单位: 倍\n", "单位: 陪\n", "R047"),
    "参数缺取值": Mistake(PLAN, "    取值: [{自: 2024-10-30, 值: 1.5, 依据: 石办函〔2024〕41号 附件2}]\n", "", "R003", place="rules/parameters/plan.yaml:4"),
    "比例超过一": Mistake(PLAN, "值: 60%", "值: 160%", "R090"),
    "分的名称写错": Mistake(LOCAL, "分: 户籍, 本地: 是, 说明: 认定刚性", "分: 户藉, 本地: 是, 说明: 认定刚性", "R012"),
    "没有用到的参数": Mistake(LOCAL, "参数:\n", "参数:\n  甲: {单位: 元, 本地: 是}\n", "R051", at="甲"),
    "参数多了一个键": Mistake(LOCAL, "{单位: 月, 分: 类别", "{单位: 月, 备注: 无, 分: 类别", "R004", at="备注"),
    # 字段、推算、条件
    "名称写错": Mistake(INCOME, "养老金额 + 失业保险额", "养老金客 + 失业保险额", "R012"),
    "运算词没有隔开": Mistake(HOUSEHOLD, "[申请或在册, 收入低于低保标准, 低保财产符合规定]", "[申请或在册, 收入低于低保标准且低保财产符合规定]", "R013", most=2),
    "绕回自己": Mistake(INCOME, "五项合计: {层级: 个人, 式: 工资性核查额", "五项合计: {层级: 个人, 式: 总收入 + 工资性核查额", "R014", most=2),
    "金额加人数": Mistake(INCOME, "式: 就业工资额 + 公岗补贴额", "式: 就业工资额 + 一人", "R016", most=2),
    "年比月": Mistake(*check(971, "医疗支出预警线 > 补差金额容差"), "R016", at="当"),
    "条件是个数": Mistake(HOUSEHOLD, "式: 家庭年收入 < 边缘线,", "式: 家庭年收入 - 边缘线,", "R015"),
    "词写错": Mistake(DISABILITY, "残疾类别 = 肢体", "残疾类别 = 支体", "R017"),
    "括号多了": Mistake(SPENDING, '"取大(0, 医疗净自付)"', '"取大(0, 医疗净自付))"', "R040"),
    "函数写错": Mistake(PROPERTY, "取大(申报住房套数", "最大值(申报住房套数", "R041"),
    "家庭用个人": Mistake(HOUSEHOLD, "式: 刚性支出 > 刚性支出比例", "式: 个人刚性支出 > 刚性支出比例", "R042"),
    "表名写错": Mistake(REGISTERS, "来源: 停保", "来源: 停宝", "R043", most=2),
    "名册没有这一列": Mistake("rules/facts/checks.yaml", "列: 残疾等级}", "列: 残疾等极}", "R044"),
    "除以名称": Mistake(HOUSEHOLD, "式: 家庭年收入 < 可支配收入线,", "式: 家庭年收入 / 人数 < 可支配收入线,", "R056", most=2),
    "少写一项": Mistake(INCOME, "月数(领取起, 领取止)", "月数(领取起)", "R057"),
    "年的又年化": Mistake(INCOME, "年化(月收入)", "年化(年收入)", "R059", most=2),
    "成员不是条件": Mistake(PROPERTY, "    成员: 计入共同生活\n    取: 计数(当 登记状态", "    成员: 人数\n    取: 计数(当 登记状态", "R062"),
    "两处定义": Mistake("rules/facts/new1.yaml", "", "推算:\n  人数: {层级: 家庭, 式: 计数(计入核算), 单位: 人}\n", "R011", at="人数"),
    "键写两遍": Mistake(INCOME, "  一人: {层级: 个人, 式: 1, 单位: 人}", "  一人: {层级: 个人, 式: 1, 单位: 人}\n  一人: {层级: 个人, 式: 2, 单位: 人}", "R010", at="式: 2"),
    "小节写两遍": Mistake(REGISTERS, "\n列表:\n", "\n条件:\n  过渡期以后: {层级: 家庭, 式: 非 过渡期内, 说明: 试}\n\n列表:\n", "R010", at="条件", most=2),
    "没有用到的词表": Mistake("rules/sources/_words.yaml", "词表:\n", "词表:\n  没人用的词:\n    甲: [乙]\n", "R051", at="没人用的词"),
    "没有用到": Mistake("rules/facts/new2.yaml", "", "推算:\n  两倍人数: {层级: 家庭, 式: 人数 * 2}\n", "R051", at="两倍"),
    "层级写错": Mistake(HOUSEHOLD, "  低保线: {层级: 家庭", "  低保线: {层级: 家廷", "R052"),
    "层级的键写错": Mistake(HOUSEHOLD, "  低保线: {层级: 家庭", "  低保线: {层次: 家庭", "R004"),
    "条件没有依据": Mistake(HOUSEHOLD, "家庭年收入 < 边缘线, 依据: 石办函〔2024〕41号 附件2 二（三）}", "家庭年收入 < 边缘线}", "R206"),
    "收入乘人数": Mistake(HOUSEHOLD, "式: 低保标准 * 人数, 说明", "式: 家庭年收入 * 人数, 说明", "R234"),
    "单位不符": Mistake(INCOME, "式: 低保标准 * 一人, 单位: 元/年", "式: 低保标准 * 一人, 单位: 元/月", "R016"),
    "数值过大": Mistake(PLAN, "值: 1.5, 依据", "值: 1.123456789, 依据", "R018", most=2, alone=True, place="rules/"),
    "式和全部都写": Mistake(PROPERTY, "    全部: [住房不超限,", "    式: 住房不超限\n    全部: [住房不超限,", "R064", most=1, place="rules/facts/property.yaml:5"),
    "分册写错": Mistake(REGISTERS, "分册: 低保边缘", "分册: 低保边沿", "R017"),
    # 永远成立、永远不成立
    "不会小于零": Mistake(*check(951, "年龄数 >= 0 且 重残", level="个人"), "R214", at="当"),
    "年龄上限": Mistake(*check(952, "年龄数 > 200", level="个人"), "R215", at="当"),
    "甲或非甲": Mistake(*check(953, "申请 或 非 申请"), "R214", at="当"),
    "互相矛盾": Mistake(*check(954, "人数 < 5 且 人数 > 10"), "R215", at="当"),
    "两个词": Mistake(*check(955, "户籍 = 城镇 且 户籍 = 农村"), "R215", at="当"),
    "全部的词": Mistake(*check(956, "户籍 属于 (城镇, 农村)"), "R214", at="当"),
    "两个定数": Mistake(*check(957, "边缘倍数 > 1"), "R214", at="当"),
    "本县的定数": Mistake(*check(958, "低保标准 < 100"), "R215", at="当"),
    "自己比自己": Mistake(*check(959, "家庭年收入 < 家庭年收入"), "R215", at="当"),
    "条件里的矛盾": Mistake(*check(960, "收入低于低保标准 且 家庭年收入 >= 低保线"), "R215", at="当"),
    "一项写两遍": Mistake(HOUSEHOLD, "全部: [申请或在册, 收入低于边缘线, 边缘财产符合规定]", "全部: [申请或在册, 收入低于边缘线, 收入低于边缘线]", "R216", most=2),
    "多余的一项": Mistake(*check(961, "年龄数 > 60 且 年龄数 >= 60", level="个人"), "R232", at="当"),
    "直接写是": Mistake(*check(962, "是"), "R214", at="当"),
    "成员里的": Mistake(*check(963, "有人(年龄数 < 0)"), "R215", at="当"),
    "参数要指明一项": Mistake(*check(972, "货币财产月数 > 3"), "R058", at="当"),
    "只能用于行": Mistake(*check(973, "期内月(申请日期)"), "R060", at="当"),
    "不是按月的表": Mistake("rules/facts/new12.yaml", "", "字段:\n  甲: {层级: 个人, 来源: 死亡, 取: 有(当 期内月(死亡日期))}\n推算:\n  乙: {层级: 个人, 式: 若 甲 则 1 否则 0}\n", "R061", at="甲", most=2),
    # 认定
    "格数不对": Mistake(PERSON, "当: [－, 是, －, －, －, －, 是, －]", "当: [－, 是, －, －, －, －, 是]", "R049"),
    "被前面挡住": Mistake(PERSON, "当: [－, 是, －, －, －, －, 是, －]", "当: [是, 是, －, －, －, －, 是, －]", "R050"),
    "被式子挡住": Mistake(REGISTERED, "当: 低保保障}", "当: 特困保障 且 低保保障}", "R050"),
    "类别写错": Mistake(PERSON, "类别: 刚性支出困难家庭成员", "类别: 刚性支出困难家庭", "R055"),
    "格子里的词": Mistake(HOUSEHOLD, "当: [是, －, －]", "当: [事, －, －]", "R052"),
    "据写错": Mistake(PERSON, "据: 人\n        当: [是", "据: 个\n        当: [是", "R052"),
    "列没有用": Mistake(PERSON, "当: [－, －, －, －, －, 是, －, 是]", "当: [－, －, －, －, －, 是, －, －]", "R217", place="rules/decisions/person.yaml:19"),
    "否则轮不到": Mistake(HOUSEHOLD, "      - {当: 非 申请或在册, 理由: 本户", "      - {理由: 其他}\n      - {当: 非 申请或在册, 理由: 本户", "R050", at="当: 非", most=3),
    "不是认定表": Mistake(HOUSEHOLD, "    认定: 家庭认定", "    认定: 低保线", "R063", most=2),
    "结果没有这一列": Mistake(HOUSEHOLD, "列: [家庭总收入,", "列: [家庭总收人,", "R012", most=2),
    "理由里的名称": Mistake(PERSON, "本人核定年收入 {核定年收入} 元", "本人核定年收入 {核定年收人} 元", "R012"),
    "名册列的名称": Mistake(HOUSEHOLD, "{分子: 家庭年收入, 分母", "{分子: 家庭年收人, 分母", "R012"),
    # 核对
    "编号重复": Mistake(*check(964, "人数 > 9", more="")[:2], check(964, "人数 > 9")[2].replace("K964", "K021"), "R201", at="编号"),
    "编号写法": Mistake(*check(965, "人数 > 9")[:2], check(965, "人数 > 9")[2].replace("K965", "k21"), "R202", at="编号"),
    "处理里的名称": Mistake(*check(966, "人数 > 9", more='    处理: "补 {差额} 元"\n'), "R203", at="处理"),
    "大括号不成对": Mistake(*check(967, "人数 > 9", say="收 {人数 人"), "R204", at="说明"),
    "说明里的名称": Mistake(*check(968, "人数 > 9", say="收 {人书} 人"), "R012", at="说明"),
    "事件的填空": Mistake(EVENTS, "家庭人口填 {期望}，", "家庭人口填 {希望}，", "R205"),
    "同项写错": Mistake(EVENTS, "编号: K012, 同项: 身份证校验码不对", "编号: K012, 同项: 身份证校验不对", "R233"),
    "证据没有这张表": Mistake(CHECKS, "证据: 财政供养", "证据: 财政共养", "R043"),
    "证据没有这一列": Mistake(CHECKS, "列: 应发工资", "列: 应发工次", "R044"),
    "所需没有这张表": Mistake(CHECKS, "所需: [财政供养, ", "所需: [财政共养, ", "R043"),
    "所需没有这个参数": Mistake(CHECKS, "所需: [财政供养, 参数:收入差异容差]", "所需: [财政供养, 参数:收入差异容查]", "R012"),
    "用途写错": Mistake(LOCAL, "用途: 动态调整", "用途: 动态调正", "R052"),
    "级别写错": Mistake(CHECKS, "级别: 高", "级别: 很高", "R052"),
    "方向写错": Mistake(WELFARE, "方向: 应保未保", "方向: 应保未报", "R052"),
    "核对没有说明": Mistake(CHECKS, "    说明: 财政供养应发 {财政供养月发} 元/月，申报 {申报工资对照} 元/年\n", "", "R003", place="rules/checks/income.yaml:4"),
    # 户册、类别
    "户册没有这张表": Mistake(ROSTER, "人员: 防返贫监测", "人员: 防返贫检测", "R043", most=2, place="rules/roster.yaml:"),
    "户册没有这一列": Mistake(ROSTER, "类别列: 救助类别", "类别列: 救助类型", "R044"),
    "列名写错": Mistake(ROSTER, "户主姓名: 户主姓名", "户主姓名: 户主名字", "R044"),
    "类别写两处": Mistake("rules/new3.yaml", "", "类别: [甲]\n", "R231", place="rules/"),
    # 来源
    "类型写错": Mistake(PENSIONS, "发放年月: {类型: 年月}", "发放年月: {类型: 年日}", "R022"),
    "金额类型写错": Mistake(PENSIONS, "类型: 金额", "类型: 金客", "R022"),
    "来源单位写错": Mistake(JOBS, "单位: 元/月", "单位: 元每月", "R024"),
    "没有这个词表": Mistake(DEATHS, "代码:", "代马:", "R004"),
    "号码列写错": Mistake(VEHICLES, "号码: 身份证明号码", "号码: 身份证明编码", "R023"),
    "别名写两遍": Mistake(PENSIONS, "别名: [月养老金,", "别名: [月养老金, 月养老金,", "R213"),
    "别名属于另一列": Mistake(PENSIONS, "别名: [月养老金,", "别名: [发放年月, 月养老金,", "R030", most=2),
    "两张表分不清": Mistake("rules/sources/new4.yaml", "", "表: 车辆二\n代码: JD-Z\n部门: 交警\n必需: 否\n号码: 身份证明号码\n姓名: 机动车所有人\n特征: {须有: [[机动车所有人], [车辆类型]], 不得有: []}\n列:\n  机动车所有人: {类型: 姓名, 必填: 是}\n  身份证明号码: {类型: 身份证号, 必填: 是}\n  车辆类型: {类型: 文本}\n  机动车状态: {类型: 文本}\n", "R029", most=4, place="sources/"),
    "表写两遍": Mistake("rules/sources/zz.yaml", "", "表: 死亡\n代码: X\n部门: 甲\n特征: {须有: [[死亡日期]], 不得有: []}\n列:\n  姓名: {必填: 是}\n  死亡日期: {类型: 日期}\n", "R021", most=2, place="sources/"),
    "负数的处理": Mistake("rules/sources/applied_households.yaml", "负数: 允许", "负数: 准许", "R025"),
    "词表写错": Mistake("rules/sources/_common.yaml", "取值: 与户主关系}", "取值: 与户主关糸}", "R026", most=12),
    "空白的含义": Mistake("rules/sources/benefits.yaml", "空白: {取: 不限,", "空白: {取: 无限,", "R027"),
    "一个词两个意思": Mistake(WORDS, "农村: [农业,", "农村: [城市, 农业,", "R028"),
    "既用又忽略": Mistake("rules/sources/applied_persons.yaml", "忽略:\n", "忽略:\n  - 姓名\n", "R031", at="姓名"),
    "隐藏行": Mistake("rules/sources/deaths.yaml", "代码:", "隐藏行: 看看\n代码:", "R038", place="sources/deaths.yaml:"),
    "读表上限": Mistake("rules/sources/exits.yaml", "代码:", "上限: {解压MB: 1.5}\n代码:", "R039", place="sources/exits.yaml:"),
    # 文件
    "文件太大": Mistake("rules/facts/new11.yaml", "", "# " + "很" * 1_400_000 + "\n", "R001", at="#"),
    "开头有 BOM": Mistake("rules/facts/spending.yaml", "", "", "R218", encoding="utf-8-sig"),
    "不是 UTF-8": Mistake("rules/facts/spending.yaml", "", "", "R006", encoding="gb18030"),
    "Tab 缩进": Mistake(RURAL, "  农系统特困: {", "\t农系统特困: {", "R007"),
    "全角冒号": Mistake(RURAL, "推算:\n", "推算：\n", "R008", place="rules/facts/rural.yaml:"),
    "冒号后没有空格": Mistake(RURAL, "  农系统特困: {", "  农系统特困:{", "R093"),
    "锚点": Mistake(MEMBERS, "无列: 正常", "无列: &a 正常", "R009"),
    "引用": Mistake("rules/checks/rural.yaml", "级别: 中", "级别: *a", "R009"),
    "引号没有配对": Mistake("rules/checks/platforms.yaml", "级别: ", '级别: "', "R002", place="rules/checks/platforms.yaml:"),
    "缩进不齐": Mistake("rules/checks/property.yaml", "    级别: ", "   级别: ", "R002", place="rules/checks/property.yaml:"),
    "扩展名": Mistake("rules/checks/new6.yml", "", "核对: {}\n", "R219"),
    "文件夹名": Mistake("rules/check/new7.yaml", "", "核对: {}\n", "R219"),
    # 测试
    "测试里的名称": Mistake("rules/cases/new8.yaml", "", "测试:\n  - 名: 试\n    日期: 2026-10-31\n    家庭: {家庭年收人: 5}\n    得: 最低生活保障对象\n", "R054", at="家庭年收人"),
    "测试里的类别": Mistake("rules/cases/new9.yaml", "", "测试:\n  - 名: 试\n    日期: 2026-10-31\n    得: 最低生活保障\n", "R055", at="得"),
    "测试里的编号": Mistake("rules/cases/new10.yaml", "", "测试:\n  - 名: 试\n    日期: 2026-10-31\n    核对: [K999]\n", "R054", at="K999"),
}  # fmt: skip
