"""The columns of every table: kind, other headings, words (domain.md §4; names as in POLICY §0)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    """A canonical column: what its cells hold and how its heading and words may be written."""

    name: str
    kind: str
    aliases: tuple[str, ...]
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)


# Word lists that several columns share: `word=alias/alias`.
_SHARED = """
# 类别
特困人员=特困/五保/特困供养/特困分散供养
最低生活保障对象=低保/低保户/低保家庭/低保对象/农村低保/城市低保/城镇低保
最低生活保障边缘家庭成员=低保边缘/低边/低保边缘家庭
刚性支出困难家庭成员=刚性支出/刚性支出困难家庭/支出型困难家庭 其他困难人员=其他低收入/其他困难家庭
# 关系
户主=本人/本人或户主 配偶=妻/之夫 之子=子/长子 之女=女/长女 之父=父亲 之母=母亲 其他=非亲属
# 状态
正常 义务兵 服刑 强制隔离戒毒 失踪满两年 宣告失踪 宗教教职满三年 外嫁未迁户口 死亡 军官士官 在校学生
外出务工 新生儿 社区矫正 刑满释放
# 残疾
视力=视力残疾 听力=听力残疾 言语=言语残疾 肢体=肢体残疾 智力=智力残疾 精神=精神残疾 多重=多重残疾
# 车型
小型轿车=K33 小型普通客车=K31 小型越野客车=K32 摩托车=M21/M22 三轮车=M11/N11 电动车 残疾人代步车
农用车=T/J
"""

# Columns of each table: `name:kind:alias/alias:word=alias/alias|word`, `@` names a shared list.
_COLUMNS = """
# 救助家庭
户编号:key:家庭编号/低保证号/救助证号 救助类别:word:救助类型/对象类别:@类别
户籍类型:word:城乡类别/户口性质:城镇=城市/非农业|农村=农业 户主姓名:name:
户主身份证号:id:户主身份证号码/户主证件号码 镇:text:乡镇/乡(镇)/镇(街道) 村:text:行政村/村(社区)
家庭人口:count:家庭人口数 保障人口:count:保障人口数/保障人数 金融资产总额:money:存款
拥有产权住房套数:count:住房套数 机动车数量:count:车辆数/机动车辆数
经营主体数量:count:工商登记数/市场主体数
# 救助人员
户编号:key:家庭编号 户主身份证号:id:户主身份证号码/户主证件号码 姓名:name:人员姓名/成员姓名
身份证号:id:身份证号码/公民身份号码/证件号码 出生日期:birth:出生时间 与户主关系:word:家庭关系:@关系
人员状态:word:共同生活情况/不计入原因:@状态 是否保障对象:bool:是否享受/是否施保
工资性收入:money:工资收入 经营净收入:money:经营性收入/经营性净收入 财产净收入:money:财产性收入
转移净收入:money:转移性收入 其他收入:money:其他应计收入 年收入:money:个人年收入 月收入:money:个人月收入
照护人:bool:是否照护人/是否重病重残照护人 年老体弱且生活遇困:bool:是否年老体弱生活遇困
实际赡养收入:money:赡养费(元)/实得赡养费(元) 法定义务人状况:word:义务人情况:无|无履行能力|有
患重特大疾病:bool:是否患重特大疾病 教育支出:money:因学支出(元) 残疾支出:money:因残支出(元)
意外支出:money:因意外支出(元)
# 申请家庭
申请编号:key:受理编号/申请单号 申请日期:date: 申请类别:word::@类别 申请渠道:text:
户编号:key:家庭编号/低保证号/救助证号 救助类别:word:救助类型/对象类别:@类别
户籍类型:word:城乡类别/户口性质:城镇=城市/非农业|农村=农业 户主姓名:name:
户主身份证号:id:户主身份证号码/户主证件号码 镇:text:乡镇/乡(镇)/镇(街道) 村:text:行政村/村(社区)
家庭人口:count:家庭人口数 保障人口:count:保障人口数/保障人数 金融资产总额:money:存款
拥有产权住房套数:count:住房套数 机动车数量:count:车辆数/机动车辆数
经营主体数量:count:工商登记数/市场主体数
# 申请人员
申请编号:key:受理编号/申请单号 户编号:key:家庭编号 户主身份证号:id:户主身份证号码/户主证件号码
姓名:name:人员姓名/成员姓名 身份证号:id:身份证号码/公民身份号码/证件号码 出生日期:birth:出生时间
与户主关系:word:家庭关系:@关系 人员状态:word:共同生活情况/不计入原因:@状态
是否保障对象:bool:是否享受/是否施保 工资性收入:money:工资收入 经营净收入:money:经营性收入/经营性净收入
财产净收入:money:财产性收入 转移净收入:money:转移性收入 其他收入:money:其他应计收入
年收入:money:个人年收入 月收入:money:个人月收入 照护人:bool:是否照护人/是否重病重残照护人
年老体弱且生活遇困:bool:是否年老体弱生活遇困 实际赡养收入:money:赡养费(元)/实得赡养费(元)
法定义务人状况:word:义务人情况:无|无履行能力|有 患重特大疾病:bool:是否患重特大疾病
教育支出:money:因学支出(元) 残疾支出:money:因残支出(元) 意外支出:money:因意外支出(元)
# 停保
户编号:key: 姓名:name:人员姓名/成员姓名 身份证号:id:身份证号码/公民身份号码/证件号码
镇:text:乡镇/乡(镇)/镇(街道) 村:text:行政村/村(社区) 原类别:word::@类别 停保日期:date:退出日期/停发日期
退出原因:word::死亡|收入超标|财产超标|户籍迁出|服刑|自愿|弄虚作假|其他
# 儿童福利
姓名:name:人员姓名/成员姓名 身份证号:id:身份证号码/公民身份号码/证件号码
儿童类别:word:困境类型:孤儿|事实无人抚养儿童
# 其他困难人员
户编号:key: 姓名:name:人员姓名/成员姓名 身份证号:id:身份证号码/公民身份号码/证件号码
镇:text:乡镇/乡(镇)/镇(街道) 村:text:行政村/村(社区) 认定日期:date: 有效期至:date: 认定依据:text:
# 核实结果
户编号:key: 身份证号:id:身份证号码 事项:text: 核实值:text: 结论:word::属实|误报|已处置|已更正
核实日期:date: 核实人:text: 依据:text:
# 防返贫监测
户编号:key: 户主身份证号:id:户主身份证号码 姓名:name: 身份证号:id:证件号码/证件号码(残疾人证)/身份证号码
与户主关系:word::@关系 镇:text:乡镇/乡(镇)/镇(街道) 村:text:行政村/村(社区)
户类型:word:脱贫属性:脱贫户|一般农户
监测对象类别:word:监测对象类型:脱贫不稳定户|边缘易致贫户|突发严重困难户 风险是否已消除:bool:风险是否消除
识别监测时间:month:首次识别时间/风险识别时间 人均纯收入:money:家庭人均纯收入(元)
# 养老待遇
姓名:name:参保人姓名 身份证号:id:社会保障号码/社会保障号
险种类型:word:参保群体/养老险种:城乡居民养老|企业职工|机关事业
待遇发放状态:word:发放状态:正常|补发|暂停|终止 发放年月:month: 待遇享受开始年月:month:领取起始年月
月待遇金额:money:月养老金(元)/待遇合计 基础养老金:money:中央基础性养老金(元)/中央基础养老金
高龄补贴:money:
# 就业登记
姓名:name:人员姓名/成员姓名 身份证号:id:身份证号码/公民身份号码/证件号码 单位名称:text:
就业登记状态:word:就业状态:就业|灵活就业|失业|未登记 合同开始:date:劳动合同起始日期
合同终止:date:劳动合同终止日期 月工资:money:应发工资
# 参保缴费
姓名:name: 身份证号:id:社会保障号码 险种类型:word::城乡居民养老|企业职工|机关事业
参保状态:word::正常参保|暂停参保|终止参保 参保单位:text: 缴费基数:money:
# 公益性岗位
姓名:name:人员姓名/成员姓名 身份证号:id:身份证号码/公民身份号码/证件号码
月补贴:money:岗位补贴(元)/公岗补贴(元) 上岗日期:date:上岗时间 离岗日期:date:离岗时间
# 失业保险
姓名:name:人员姓名/成员姓名 身份证号:id:身份证号码/公民身份号码/证件号码
失业保险金:money:失业金(元)/月失业保险金(元) 领取起:month:领取开始年月 领取止:month:领取终止年月
# 学籍
姓名:name:学生姓名 身份证号:id:身份证件号 学校名称:text:学校 学段:text: 学籍状态:text:学生状态
# 学费资助
姓名:name:学生姓名 身份证号:id:身份证件号 学年:school_year:资助学年 学费:money:学费(元/年)
住宿费:money:住宿费(元/年) 资助金额:money:资助合计(元)/补助金额(元)
# 医保参保
姓名:name:参保人姓名 身份证号:id:证件号码 险种类型:text: 参保状态:word::正常参保|暂停参保|终止参保
参保身份:text:资助身份
# 医保结算
姓名:name:患者姓名 身份证号:id:证件号码 结算编号:key:结算信息ID 结算日期:past:结算时间
有效标志:word::1|0 医疗费总额:money:医疗总费用/总费用 基金支付总额:money:总报销金额
医院负担:money:医院垫付 统筹支付:money:统筹基金 大病支付:money:大病基金
大额支付:money:大额医疗补助基金支出 医疗救助支付:money:医疗救助基金支出 公务员补助:money:
补充保险:money: 二次补助:money: 其他基金支付:money:
# 不动产
权利人:names:所有权人 证件号码:ids: 不动产单元号:key:
用途:word:规划用途:住宅=成套住宅/城镇住宅/宅基地住房|商业=商业用房/商服/商铺|办公|车位|储藏|其他
权属状态:word::现势|历史 登记日期:date:
# 农村危房
户主姓名:name:户主 户主身份证号:id:户主身份证号码 房屋鉴定等级:word:危房等级/鉴定等级:A|B|C|D
竣工日期:date:
# 残疾人证
姓名:name:残疾人姓名 身份证号:id:证件号码 残疾人证号:key:残疾证号 残疾类别:word:残疾类型:@残疾
残疾等级:word:等级:1=一级|2=二级|3=三级|4=四级 状态:word:证件状态:有效=正常|冻结|注销|过期|迁出|死亡
# 残疾人补贴
姓名:name:人员姓名/成员姓名 身份证号:id:身份证号码/公民身份号码/证件号码
补贴类型:word::困难残疾人生活补贴|重度残疾人护理补贴 状态:word:发放状态:在发|停发|暂停
# 机动车
机动车所有人:name: 身份证明号码:id: 号牌号码:text: 车辆类型:word::@车型
机动车状态:word::正常=A|转出=B|停驶=D|注销=E|强制注销=M|报废=P|逾期未检验=Q
# 市场主体
企业名称:text:字号名称 统一社会信用代码:key: 法定代表人:name:负责人 证件号码:id:
职务:word::法定代表人|经营者|股东|监事|高管|合作社成员
登记状态:word::存续=在业|歇业|吊销未注销|注销|迁出
# 死亡
姓名:name: 身份证号:id: 死亡日期:past: 数据来源:text:
# 监所
姓名:name: 身份证号:id: 类别:word::在押服刑|强制隔离戒毒|社区矫正|监外执行|保外就医|刑满释放
开始日期:date: 结束日期:date:
# 财政供养
姓名:name: 身份证号:id: 单位名称:text: 应发工资:money: 发放月份:month:
"""


def _sections(text: str) -> dict[str, list[str]]:
    """`# name` and what stands below it, split at blanks."""
    result: dict[str, list[str]] = {}
    for part in text.strip().split("# ")[1:]:
        name, *items = part.split()
        result[name] = items
    return result


_WORD_LISTS = {name: "|".join(words) for name, words in _sections(_SHARED).items()}


def _words(spec: str) -> dict[str, tuple[str, ...]]:
    """`城镇=城市/非农业|农村=农业` to each word with its aliases."""
    result = {}
    for part in (_WORD_LISTS[spec[1:]] if spec.startswith("@") else spec).split("|"):
        word, _, aliases = part.partition("=")
        result[word] = tuple(alias for alias in aliases.split("/") if alias)
    return result


def _column(spec: str) -> Column:
    name, kind, aliases, *words = spec.split(":")
    others = [alias for alias in re.split(r"/(?!年\))", aliases) if alias]
    if kind == "money":
        others.append(f"{name}(元)")
    return Column(name, kind, tuple(others), _words(words[0]) if words else {})


TABLES: dict[str, dict[str, Column]] = {
    table: {column.name: column for column in map(_column, columns)}
    for table, columns in _sections(_COLUMNS).items()
}


def clean_heading(heading: str) -> str:
    """Domain.md §4: NFKC, no blanks, no leading `*`, no `(必填)`."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", heading))
    return text.lstrip("*").removesuffix("(必填)")


def find_column(table: str, heading: str) -> Column | None:
    """The canonical column behind a heading."""
    cleaned = clean_heading(heading)
    for column in TABLES[table].values():
        if cleaned == column.name or cleaned in column.aliases:
            return column
    return None
