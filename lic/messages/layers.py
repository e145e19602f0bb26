"""Messages about layers of rules: a higher layer over the pack (R120 to R130)."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

LAYERS: Mapping[str, Message] = {
    "R120": Message(
        "改写没有依据",
        "上级规则改写“{name}”而没有写依据",
        "在这一项下写上 依据：文号和条款；没有依据的不能改写",
    ),
    "R121": Message(
        "改写的项目不存在",
        "下面的规则里，“{kind}”中没有“{name}”，无从改写",
        "改正名称（lic rules show 列出全部名称）；确实是新增的，在这一项下写 新增: 是",
    ),
    "R122": Message(
        "没有写明是谁的规则",
        "上级规则“{folder}”没有写 规则层（名、位阶）",
        "在文件夹里任一个 YAML 文件中写上 规则层，其下两行：名: 文件名称，位阶: 省；位阶可以是 {known}",
    ),
    "R123": Message(
        "位阶相同",
        "“{name}”在“{one}”和“{other}”里都有规定，两者位阶相同（{rank}），分不出先后",
        "删去其中一处；或按发文机关改正 规则层 的位阶",
    ),
    "R124": Message(
        "位阶低的不能改写位阶高的",
        "“{layer}”（{rank}）不能改写“{other}”（{other_rank}）规定的“{name}”",
        "从“{layer}”中删去这一项；或按发文机关改正 规则层 的位阶",
    ),
    "R125": Message(
        "上级已经规定的参数",
        "参数“{name}”自 {date} 起由上级规则“{layer}”规定，本县自 {own} 起的取值不能用",
        "从 lic.yaml 删去这一个取值；{date} 以前的取值可以保留，供以前的日期使用",
    ),
    "R126": Message(
        "上级规则里不能写的一节",
        "上级规则里不能写“{section}”，可以写：{known}",
        "删去这一节；户册、类别、结果等只能在规则包里改",
    ),
    "R127": Message(
        "认定表里没有这一行",
        "“{name}”里没有类别为“{category}”、据为“{basis}”的行（或不止一行），无从改写",
        "写明 类别 和 据；要增加、删除或移动行，把 列 和 行 整张写出",
    ),
    "R128": Message("新增的项目已经有了", "“{kind}”里已经有“{name}”，不能新增", "删去 新增；或换一个名称"),
    "W192": Message(
        "没有答完", "没有答完就停了，什么都没有写", "重新运行 lic init；不知道的直接回车，或用选项给出各项"
    ),
    "W191": Message(
        "上级规则不能单独用",
        "“{folder}”是上级规则，要和下面的规则包一起看",
        "在 lic.yaml 里写上 上级规则: 这个文件夹，再在工作区里运行 lic rules check",
    ),
    "W190": Message(
        "没有这种文件",
        "没有叫“{kind}”的一种文件；可以是：{known}",
        "不带 --kind 运行 lic rules schema，可得到全部",
    ),
    "R129": Message(
        "上级规则的文件夹不存在",
        "没有文件夹“{folder}”",
        "改正 lic.yaml 里 上级规则 的路径：相对于 lic.yaml 所在的文件夹，或写完整路径",
    ),
}
