"""The pack on the terminal: the whole document, single items, who uses what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lic.cli.console import Console
from lic.model.rulebook import ColumnCard, Item, ItemKind, Line, RowCard, Rulebook
from lic.workflows.rulebook import WhereUsed, direct_users

_LIST = "、"
_NO_MATTER = "－"
_DESCRIBED = (ItemKind.CONDITION, ItemKind.DERIVED, ItemKind.LIST, ItemKind.FIELD)


def show_book(console: Console, book: Rulebook) -> None:
    """The whole document."""
    _head(console, book)
    _section(console, "户册：看哪些人，按什么先后（一人只在一户）")
    for item in book.of(ItemKind.ROSTER):
        _item(console, item)
    _section(console, "认定")
    for item in book.of(ItemKind.DECISION):
        _item(console, item)
    for kind in _DESCRIBED:
        items = list(book.of(kind))
        if items:
            _section(console, f"{kind.value}（{len(items)} 项）")
        for item in items:
            _item(console, item)
    _section(console, "参数")
    for item in book.of(ItemKind.PARAMETER):
        _item(console, item, also=_unset_note(book, item))
    _overrides(console, book)
    _checks(console, book)
    _section(console, "各部门的表")
    _tables(console, list(book.of(ItemKind.TABLE)))
    for item in book.of(ItemKind.READING):
        _item(console, item)
    _line(console, "看某一项：lic rules show 名称；谁用到它：lic rules show --where-used 名称", "dim")


def show_items(console: Console, book: Rulebook, items: Sequence[Item]) -> None:
    """Everything about one name."""
    _line(console, _subtitle(book), "dim")
    for item in items:
        _item(console, item, whole=True, also=_unset_note(book, item))
        users = direct_users(book, item)
        if users:
            _grid(console, [Line("用到它的", _LIST.join(users))])


def show_where_used(console: Console, book: Rulebook, found: WhereUsed) -> None:
    """Who uses a name: direct users, what follows from them, where it ends."""
    _line(console, f"{found.name} 用在哪里", "bold")
    _line(console, _subtitle(book), "dim")
    if not found.users and not found.mentioned:
        _line(console, "没有别的规则用到它。")
        return
    direct = [user for user in found.users if user.direct]
    _section(console, f"直接用到它的（{len(direct)} 项）")
    for user in direct:
        _line(console, f"  {user.item.kind.value}  {user.item.title}{_off(user.item)}")
    others = [user for user in found.users if not user.direct and user.item.kind not in _ENDS]
    if others:
        _section(console, f"间接受影响的（{len(others)} 项）")
    for user in others:
        _indented(console, f"{user.item.kind.value}  {' → '.join(user.path[1:])}")
    ends = [user for user in found.users if user.item.kind in _ENDS]
    _section(console, f"最后影响的认定和核对（{len(ends)} 项）")
    for user in ends:
        _indented(console, f"{user.item.kind.value}  {user.item.title}{_off(user.item)}")
        if not user.direct:
            _indented(console, f"经过：{' → '.join(user.path)}", 4)
        if len(user.through) > 1:
            _indented(console, f"其中受影响的：{_LIST.join(user.through)}", 4)
    if found.results:
        _section(console, "名册和结果中会变的列")
        _indented(console, _LIST.join(found.results))
    if found.mentioned:
        _section(console, "只在理由或说明的文字里提到它的")
        _indented(console, _LIST.join(item.title for item in found.mentioned))


_ENDS = (ItemKind.DECISION, ItemKind.CHECK)


def _off(item: Item) -> str:
    return f"（未启用：{item.off}）" if item.off else ""


def _head(console: Console, book: Rulebook) -> None:
    _line(console, f"{book.county}低收入人口认定规则" if book.county else "低收入人口认定规则", "bold")
    _line(console, _subtitle(book))
    _line(console, f"类别（按此先后）  {_LIST.join(book.categories)}")
    if book.delivery:
        _line(console, f"哪些核对未启用，按最近一次运行 {book.delivery} 的报送情况")
    if book.unset:
        _line(console, f"还没有取值的参数（按不知道处理）  {_LIST.join(book.unset)}", "bold red")


def _subtitle(book: Rulebook) -> str:
    return f"规则包 {book.pack}  指纹 {book.digest[:12]}  基准日 {book.as_of}"


def _unset_note(book: Rulebook, item: Item) -> str:
    unset = item.kind is ItemKind.PARAMETER and item.name in book.unset
    return f"{book.as_of} 没有取值：用到它的条件都不知道" if unset else ""


def _overrides(console: Console, book: Rulebook) -> None:
    if not book.overrides:
        return
    _section(console, "规则包以外的层写明或替换的")
    grid = _table("层", "项目", "原来", "现行", "依据")
    for item in book.overrides:
        name = " ".join(filter(None, (item.kind, item.name, item.what)))
        old = f"{item.old}（{item.replaced}）" if item.replaced else "－"
        since = f"{item.since} 起" if item.since else ""
        grid.add_row(item.layer, name, old, f"{item.text} {since}".rstrip(), item.reference)
    console.out.print(grid)


def _checks(console: Console, book: Rulebook) -> None:
    checks = list(book.of(ItemKind.CHECK))
    on, off = [item for item in checks if not item.off], [item for item in checks if item.off]
    _section(console, f"核对：启用 {len(on)} 项")
    for item in on:
        _item(console, item)
    _section(console, f"核对：未启用 {len(off)} 项，以及原因")
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for item in off:
        grid.add_row(item.code, f"{item.name}：{item.off}")
    console.out.print(Padding(grid, (0, 0, 0, 2), expand=False))


def _tables(console: Console, items: Sequence[Item]) -> None:
    grid = _table("表", "部门", "必报", "列")
    for item in items:
        names = _LIST.join(cell.name for cell in item.cells)
        grid.add_row(f"{item.name}\n{item.code}", item.line("部门"), item.line("必需"), names)
    console.out.print(grid)


def _item(console: Console, item: Item, *, whole: bool = False, also: str = "") -> None:
    marks = [item.level, item.layer, "未启用" if item.off else ""]
    tail = _LIST.join(mark for mark in marks if mark)
    name = f"{item.kind.value}  {item.title}" if whole else item.title
    _line(console, f"{name}{f'（{tail}）' if tail else ''}", "bold")
    lines = [line for line in item.lines if whole or line.label not in _DETAIL]
    if item.off:
        lines.insert(0, Line("未启用", item.off))
    if also:
        lines.append(Line("注意", also))
    if whole and item.written:
        lines.append(Line("写法", item.written))
    if whole and item.place:
        lines.append(Line("写在", item.place))
    _grid(console, lines)
    part = ""
    for row in item.rows:
        if row.part != part and row.part in _PARTS:
            _indented(console, _PARTS[row.part])
        part = row.part
        _row(console, item, row)
    _values(console, item)
    if whole:
        _columns(console, item)


_DETAIL = ("证据", "所需", "忽略")


def _grid(console: Console, lines: Iterable[Line], left: int = 2) -> None:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for line in lines:
        grid.add_row(line.label, Text(line.text))
    if grid.row_count:
        console.out.print(Padding(grid, (0, 0, 0, left), expand=False))


def row_condition(item: Item, row: RowCard) -> str:
    """What a row of a decision asks for, in words."""
    if row.condition:
        return row.condition
    asked = [
        f"{name} {'成立' if cell == '是' else '不成立'}"
        for name, cell in zip(item.columns, row.cells, strict=False)
        if cell != _NO_MATTER
    ]
    return "，且 ".join(asked)


_PARTS = {
    "其后": "其后：以上各行都不成立时，看成员的认定",
    "否则": "否则：都不成立时写的理由，取第一个适用的",
}


def _row(console: Console, item: Item, row: RowCard) -> None:
    basis = f"（据{row.basis}）" if row.basis else ""
    head = f"{row.number}  {row.category}{basis}" if row.category else f"第 {row.number} 条"
    _indented(console, head)
    condition = row_condition(item, row)
    lines = [Line("当", condition)] if condition else []
    if row.reason:
        lines.append(Line("理由", row.reason))
    _grid(console, lines, left=6)


def _values(console: Console, item: Item) -> None:
    if not item.values:
        return
    keyed = any(value.key for value in item.values)
    grid = _table("自", *(["分"] if keyed else []), "取值", "依据", "")
    for value in item.values:
        key = [value.key] if keyed else []
        mark = "现行" if value.current else ""
        reference = f"{value.reference}（{value.layer}）" if value.layer else value.reference
        grid.add_row(value.since, *key, value.text, reference, mark, style="" if mark else "dim")
    console.out.print(Padding(grid, (0, 0, 0, 2), expand=False))


def _columns(console: Console, item: Item) -> None:
    for cell in item.cells:
        _indented(console, cell.name)
        _grid_of(console, cell)


def _grid_of(console: Console, cell: ColumnCard) -> None:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for line in (Line("认得的列名", _LIST.join(cell.headings)), *cell.lines):
        grid.add_row(line.label, Text(line.text))
    console.out.print(Padding(grid, (0, 0, 0, 6), expand=False))


def _table(*titles: str) -> Table:
    grid = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, collapse_padding=True)
    for title in titles:
        grid.add_column(title, overflow="fold", no_wrap=title == "自")
    return grid


def _section(console: Console, text: str) -> None:
    console.out.print()
    _line(console, text, "bold underline")


def _indented(console: Console, text: str, left: int = 2) -> None:
    console.out.print(Padding(Text(text, overflow="fold"), (0, 0, 0, left), expand=False))


def _line(console: Console, text: str, style: str = "") -> None:
    console.out.print(Text(text, style=style, overflow="fold"))
