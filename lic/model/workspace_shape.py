"""The shape of ``lic.yaml``; what its parameters and expectations are is known to their stages."""

from __future__ import annotations

from lic.model import workspace as keys
from lic.model.shape import TEXT, TEXTS, Key, Keys, Named, Shape

_OFFICE = {
    keys.PHONE: Key(TEXT, "公示上印的监督电话"),
    keys.SIGNED: Key(TEXT, "公示上印的落款"),
}


def workspace_shape(parameters: Shape, expected: Shape) -> Keys:
    """The file's keys around the shapes of 参数 and of one table's 预期."""
    return Keys(
        {
            keys.COUNTY: Key(TEXT, "县（市、区）名", required=True),
            keys.TOWNS: Key(TEXTS, "各镇的名称，与导出里写的一样"),
            keys.RULES: Key(TEXT, "规则包的文件夹；不写就用 lic 自带的"),
            keys.SUPERIOR: Key(TEXTS, "上级规则的文件夹，位阶高于规则包；相对于本文件所在的文件夹"),
            keys.NO_REGISTER: Key(TEXTS, "本县没有的登记册，如 城市低保"),
            keys.CONTACT: Key(TEXT, "回执上印的联系人和电话"),
            keys.PASSWORDS: Key(
                TEXT, "写着加密工作簿打开密码的文件，一行一个，放在只有自己能读的地方；密码本身不要写在这里"
            ),
            keys.NOTICE: Key(
                Keys({**_OFFICE, keys.BY_TOWN: Key(Named(Keys(_OFFICE)), "各镇自己的电话和落款")}),
                "公示上印的电话和落款",
            ),
            keys.FORMS: Key(
                Named(TEXT), "平台的录入模板：录入表的文件名和模板文件；相对于本文件所在的文件夹"
            ),
            keys.PARAMETERS: Key(parameters, "本县自定的参数：取值、起始日期和依据"),
            keys.EXPECTED: Key(expected, "对各表的预期，写表名"),
        }
    )
