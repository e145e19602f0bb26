"""What the kinds of YAML files are called, for editors and for the help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class KindText(NamedTuple):
    """A kind of file: its title, a sentence, and which files are of it."""

    title: str
    about: str
    files: tuple[str, ...]


KINDS: Mapping[str, KindText] = {
    "rules": KindText(
        "lic 规则包文件",
        "规则包里的一个文件：户册、参数、字段、推算、条件、认定、核对、抽查、测试等各节，写在哪个文件里都可以。",
        ("rules/*.yaml", "rules/{parameters,facts,decisions,checks,cases}/*.yaml"),
    ),
    "source": KindText(
        "lic 一张表的说明",
        "各部门导出的一张表：怎样认出来，有哪些列，各是什么。",
        ("rules/sources/[!_]*.yaml",),
    ),
    "source-own": KindText(
        "lic 本县的表",
        "工作区 sources 里的一个文件：给已有的表补充列名、写法，或者（写了 特征 的）声明一张新表。",
        ("sources/*.yaml",),
    ),
    "source-common": KindText(
        "lic 公共列", "各表都可能用的列，和都可以不管的列。", ("rules/sources/_common.yaml",)
    ),
    "source-words": KindText("lic 词表", "各表共用的词和等同的写法。", ("rules/sources/_words.yaml",)),
    "source-reading": KindText(
        "lic 读表用语", "读表时认的固定用语和一般预期。", ("rules/sources/_reading.yaml",)
    ),
    "workspace": KindText("lic 工作区配置", "一个县的 lic.yaml。", ("lic.yaml",)),
    "export": KindText(
        "lic 平台录入表", "别的平台的录入表：有哪些列、按什么次序、各填什么。", ("**/exports/*.yaml",)
    ),
    "superior": KindText(
        "lic 上级规则",
        "上级规则的一个文件：只写要改写的项目和依据，没有写的照规则包。",
        ("*上级规则*/**/*.yaml", "*省级规则*/**/*.yaml"),
    ),
}
