"""What the one-page summary for the leader says; wording only."""

from __future__ import annotations

FILE = "汇总.html"
TITLE = "{county}低收入人口核对汇总"
SUBTITLE = "{period}　基准日 {as_of}"
NOT_A_VERDICT = "本页由系统依据规则包计算，供领导了解进度和安排工作，不是认定结论；认定以镇、县审核确认为准。"
COUNTS_ONLY = "本页只有数字，没有任何人的信息，可以在会上传阅。"
SKIP = "跳到正文"

# First of all
ALL_CAME = "应报送的表全部报送"
MISSING = "有 {count} 张应报送的表没有报送或被拒收"
MISSING_HOW = "有关事实按“未知”处理，不按零计算；受影响的家庭列入待核实。"

# Key figures
KEY_FIGURES = "要点"
READ = "读取行数"
READ_NOTE = "{files} 个文件、{sheets} 张表"
ROSTER = "核对总人数"
ROSTER_NOTE = "共 {households} 户"
RECOGNISED = "建议认定"
RECOGNISED_NOTE = "{households} 户"
IN_DOUBT = "待核实"
IN_DOUBT_NOTE = "数据不全，暂不能定"
NOT_MET_NOTE = "按现有数据不符合"
DOUBTS = "疑点"
DOUBTS_NOTE = "须核实，不等于违规"
PERSONS_UNIT = "人"
ROWS_UNIT = "行"
ITEMS_UNIT = "条"
FUNNEL_ROWS = "读取 {read} 行 ＝ 接受 {accepted} ＋ 拒收 {rejected} ＋ 空白 {blank} ＋ 页脚 {footer}。"
FUNNEL_PEOPLE = "核对 {persons} 人 ＝ {parts}，逐一给出结果，无一遗漏。"
PART = "{group} {count}"
PLUS = " ＋ "
STATUS_CHART = "核对结果：{parts}"
STATUS_TITLE = "参加核对的人的结果"

# In doubt
WHY = "待核实：在等谁的数据"
WHY_NONE = "本期没有待核实的人。"
WHY_HOW = "同一户可能在等几个部门，各部门户数不能相加。补齐后重新运行即可定。"
WHY_CHART = "等各部门数据的家庭数"
OWNER = "部门"
WAITING_HOMES = "在等的户数"
WAITING_FOR = "要补什么"
WAITING_ITEMS = 8

# Categories
CATEGORIES = "各类别"
CATEGORY_CHART = "各类别建议认定的人数"
CATEGORY = "类别"
HOMES = "户数"
PERSONS = "人数"
PERSONS_OF = "{action}（人）"
CHANGE = "比上月（人）"
TOTAL = "合计"
HOW_COUNTED = "户数按家庭的类别、人数按个人的类别统计；以个人为依据认定的只计人数。"

# Towns
TOWNS = "各镇"
TOWN_CHART = "各镇建议认定的人数"
TOWN_CHART_HOW = "方格按县里的镇名顺序排列，不是地图位置；颜色越深人数越多，数字写在格内。"
TOWN = "镇"
TOWN_PERSONS = "合计人数"
TOWN_HOMES = "合计户数"
NO_TOWN = "（未填镇）"
TILE = "{town}：建议认定 {count} 人"
TILE_PERSONS = "{count} 人"
EMPTY_TILE = "无"

# Moves
MOVES = "与上月相比"
NO_LAST_MONTH = "本工作区没有上月的运行结果，无法比较。"
COMPARED = "与 {period} 的运行结果相比，同一个人上月与本月的结果。行是上月，列是本月；框起来的是没有变化的。"
COMPARED_WITH = "与 {period} 的运行结果相比。"
CHANGE_CHART = "各类别人数比上月的增减"
MOVES_HIDDEN = "有的类别不足 3 户，列出流向就能推算出来，因此本月不列。"
BEFORE = "上月到本月"
NOT_THERE_BEFORE = "上月不在册内"
NOT_THERE_NOW = "本月不在册内"
UNCHANGED = "{count}（没有变化）"

# Discrepancies
TOP = "疑点最多的核对"
TOP_NONE = "本期没有疑点。"
TOP_HOW = "疑点不等于违规：须经入户或函询核实后才能处理。逐条见 核对差异.xlsx。"
TOP_CHART = "疑点最多的核对：条数"
CHECK = "核对"
DIRECTION = "方向"
SEVERITY = "级别"
ITEMS = "条数"
REST = "其余 {count} 项核对"
DISABLED = "另有 {count} 项核对本期没有执行（缺数据或参数），没有结果不等于没有问题。"
SILENCED = "已核实为误报、不再提示的 {count} 条。"

# Departments
OWED = "各部门还欠什么"
OWED_NONE = "没有部门欠数据。"
OWED_HOW = "要改的行已写在回执里（报表/回执），可直接发给部门。"
TABLES_MISSING = "没有报送或被拒收的表"
ERRORS = "要改的错误"
WARNINGS = "要看的警告"
BUREAU = "本局（填写 lic.yaml 参数）"
UNKNOWN_DEPARTMENT = "（认不出部门）"

# Coverage
COVERAGE = "数据覆盖和日期"
COVERAGE_HOW = "“命中”是与参加核对的人关联上的行。数据日期早于基准日的，结论只到那一天为止。"
TABLE = "表"
DELIVERED = "报送"
FILES = "文件数"
ACCEPTED = "接受行数"
LINKED = "命中行数"
DATA_DATE = "数据日期"
DATE_UNKNOWN = "未标"
DATE_SPAN = "{first} 至 {last}"
LATE = "早于基准日 {days} 天"
REQUIRED = "应报"
OPTIONAL = "选报"
NOT_COMPARED = "未报送，未比对"

# Parameters
PARAMETERS = "参数与依据"
PARAMETER = "参数"
APPLIES = "适用"
VALUE = "取值"
SINCE = "自"
REFERENCE = "依据"
NOT_SET = "未设"
UNSET_HOW = "未设的参数按“未知”处理，有关的家庭列入待核实。"

# Small counts
SMALL = "<3户"
SMALL_HOMES = "<3"
WITHHELD = "＊"
SMALL_HOW = (
    "“<3户”“<3”：不足 3 户，为保护个人情况不列出；“＊”：列出它就能算出前者，因此也不列。"
    "准确数字见同一文件夹的工作簿。"
)
SMALL_SAID = "不足 3 户"
WITHHELD_SAID = "不列出"
SCROLL = "{title}（可左右滑动）"

# Foot
FOOT = "lic {version}　规则包 {rules}　本次运行 {question}"
MORE = "明细见同一文件夹：认定名册.xlsx、核对差异.xlsx、数据质量.xlsx。"
