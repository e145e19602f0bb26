"""The screen of ``lic check``: one table of what came, then every problem, worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from pathlib import PurePosixPath

from rich.table import Table
from rich.text import Text

from lic.cli.console import Console
from lic.messages import CATALOGUE
from lic.model.finding import Severity
from lic.model.staging import Delivery
from lic.workflows.check import CheckResult, DeliveryLine
from lic.workflows.examine import percent
from lic.workflows.problems import Problem
from lic.workflows.recall import Change, Since

_WIDE = 120  # narrower consoles get lines instead of a table
_HEADINGS = (
    "表",
    "报送",
    "文件、工作表",
    "表头",
    "读取",
    "接受",
    "拒收",
    "空白",
    "页脚",
    "匹配",
    "填写率",
    "上月",
)
_WIDTHS = (18, 6, 0, 4, 7, 7, 5, 5, 5, 6, 14, 7)  # 0: what is left
_FILE_WIDTH = 24
_FIRST_NUMBER = 3
_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_FULL = Fraction(1)
_LINES = 3  # places that are named when a problem was found on many sheets


def show_check(console: Console, result: CheckResult) -> None:
    """Print the result to stdout."""
    _line(console, f"{result.county}  {result.period}  报送检查（只检查数据，不做认定）", "bold")
    if result.before is not None:
        _line(console, f"与 {result.before} 比较")
    console.out.print()
    if console.out.width >= _WIDE:
        _show_tables(console, result.lines)
    else:
        for line in _listed(result.lines):
            _line(console, line)
    console.out.print()
    _totals(console, result)
    if result.since is not None:
        _since(console, result.since)
    _problems(console, result)
    if result.receipts:
        _line(console, f"已写出  {'、'.join(result.receipts)}", "bold")


def _line(console: Console, text: str, style: str = "") -> None:
    console.out.print(Text(console.safe(text), style=style), soft_wrap=True)


def _show_tables(console: Console, lines: Sequence[DeliveryLine]) -> None:
    """One heading, then the sheets of each department under its name, all columns aligned."""
    spare = max(console.out.width - sum(_WIDTHS) - len(_HEADINGS) + 1, _FILE_WIDTH)
    head = _grid(spare)
    head.add_row(*(Text(heading, style="bold") for heading in _HEADINGS))
    console.out.print(head)
    for department, group in groupby(lines, key=lambda line: line.department):
        _line(console, department, "bold")
        table = _grid(spare)
        for line in group:
            cells = [_name(line), line.result.value, _where(line), *_counts(line), _match(line), _fill(line)]
            style = _style(line)
            table.add_row(*(Text(console.safe(cell), style=style) for cell in [*cells, _then(line)]))
        console.out.print(table)


def _grid(spare: int) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), show_header=False)
    for index, width in enumerate(_WIDTHS):
        table.add_column(
            justify="right" if index >= _FIRST_NUMBER else "left",
            overflow="fold",
            width=width or spare,
        )
    return table


def _listed(lines: Sequence[DeliveryLine]) -> Iterator[str]:
    department = None
    for line in lines:
        if line.department != department:
            department = line.department
            yield department
        yield f"  {_name(line)}  {line.result.value}"
        if line.file is None:
            continue
        yield f"    {_where(line)}"
        if line.accepted is None:
            continue
        header, read, accepted, rejected, blank, footer = _counts(line)
        yield (
            f"    表头第 {header} 行，读取 {read} ＝ 接受 {accepted} ＋ 拒收 {rejected}"
            f" ＋ 空白 {blank} ＋ 页脚 {footer}"
        )
        said = [
            f"匹配 {_match(line)}" if line.match is not None else "",
            f"填写率 {_fill(line)}" if _fill(line) else "",
            f"上月 {_then(line)}" if line.rows_before is not None else "",
        ]
        if any(said):
            yield "    " + "  ".join(text for text in said if text)


def _style(line: DeliveryLine) -> str:
    if line.result is Delivery.DELIVERED:
        return ""
    return "red" if line.required or line.result is Delivery.REFUSED else "dim"


def _name(line: DeliveryLine) -> str:
    name = line.table if line.part is None else f"{line.table}（{line.part}）"
    return f"  {name}" if line.required else f"  {name}（选报）"


def _where(line: DeliveryLine) -> str:
    if line.file is None:
        return ""
    name = PurePosixPath(line.file).name
    return f"{name}  {line.sheet}" if line.sheet else name


def _counts(line: DeliveryLine) -> tuple[str, ...]:
    values = (line.header_row, line.rows_read, line.accepted, line.rejected, line.blank, line.footer)
    return tuple("" if value is None else f"{value:,}" for value in values)


def _match(line: DeliveryLine) -> str:
    return "" if line.match is None else percent(Fraction(line.match.known, line.match.of))


def _fill(line: DeliveryLine) -> str:
    """The lowest fill rate, with its column when cells are missing."""
    if not line.accepted or not line.fills:
        return ""
    worst = min(line.fills, key=lambda fill: fill.rate)
    if worst.rate == _FULL:
        return "100%"
    shown = percent(worst.rate)
    return f"{worst.column} {'<100%' if shown == '100%' else shown}"


def _then(line: DeliveryLine) -> str:
    return "" if line.rows_before is None else f"{line.rows_before:,}"


def _totals(console: Console, result: CheckResult) -> None:
    counted = [line for line in result.lines if line.accepted is not None]
    came = [line for line in counted if line.result is Delivery.DELIVERED]
    sums = [sum(getattr(line, name) or 0 for line in counted) for name in
            ("rows_read", "accepted", "rejected", "blank", "footer")]  # fmt: skip
    read, accepted, rejected, blank, footer = (f"{value:,}" for value in sums)
    _line(
        console,
        f"已报送 {len(came)} 张表，读取 {read} 行 ＝ 接受 {accepted} ＋ 拒收 {rejected}"
        f" ＋ 空白 {blank} ＋ 页脚 {footer}",
    )
    missing = [_name(line).strip() for line in result.missing()]
    if missing:
        _line(console, f"应报未报 {len(missing)} 张  {'、'.join(missing)}", "bold red")
    if result.unread:
        _line(console, f"认不出的文件  {'、'.join(result.unread)}", "yellow")
    if result.skipped:
        _line(console, f"跳过的文件和子文件夹  {'、'.join(result.skipped)}")


def _since(console: Console, since: Since) -> None:
    """What became of the problems of the last check of this month."""
    solved, left, new = (
        sum(item.count for item in items) for items in (since.solved, since.remaining, since.new)
    )
    _line(console, f"与上次检查相比  已解决 {solved:,}，仍有 {left:,}，新出现 {new:,}", "bold")
    for title, items, style in (("已解决", since.solved, "green"), ("新出现", since.new, "red")):
        for item in items:
            _line(console, f"  {title}  {_change(item)}", style)


def _change(item: Change) -> str:
    if not item.code:
        return f"{item.table}（{item.column}）未报送" if item.column else f"{item.table}未报送"
    column = f"“{item.column}”" if item.column else ""
    count = f"，{item.count:,} 处" if item.count > 1 else ""
    return f"{item.code} {CATALOGUE[item.code].title}  {item.table}{column}{count}"


def _problems(console: Console, result: CheckResult) -> None:
    counts = Counter(item.severity for item in result.problems)
    if not counts:
        if result.missing():
            _line(console, "报来的表里没有发现问题；还缺的见上面", "yellow")
        else:
            _line(console, "没有发现问题", "green")
        return
    said = "，".join(f"{severity.value} {counts[severity]:,}" for severity in Severity if counts[severity])
    _line(console, f"问题  {said}", "bold")
    for groups in _of_one_kind(folded(result.problems)):
        if len(groups) > _LINES:
            _many(console, groups)
        else:
            for group in groups:
                _one(console, group)
    if result.blocking:
        _line(console, f"其中 {result.blocking} 项预期没有达到，lic classify 会停下来，不写名册", "bold red")


def _one(console: Console, group: Sequence[Problem]) -> None:
    first = group[0]
    text = f"{first.severity.value} {first.code}  {_place(group)}：{first.message}"
    _line(console, text, _STYLES.get(first.severity, ""))
    found = [
        f"现有  {first.actual}" if first.actual else "",
        f"应为  {first.expected}" if first.expected else "",
    ]
    if any(found):
        _line(console, "     " + "    ".join(text for text in found if text))
    if first.people:
        more = "…" if first.count > len(first.people) else ""
        _line(console, f"     涉及  {'；'.join(first.people)}{more}")
    if first.severity is not Severity.NOTE:
        _line(console, f"     处理  {first.suggestion}")


def _many(console: Console, groups: Sequence[Sequence[Problem]]) -> None:
    """The same thing about many files: said once, then the places; what to do where all do the same."""
    first = groups[0][0]
    style = _STYLES.get(first.severity, "")
    _line(console, f"{first.severity.value} {first.code}  {first.title}，{len(groups)} 处：", style)
    for group in groups:
        _line(console, f"     {_place(group)}：{group[0].message}", style)
    if first.severity is not Severity.NOTE:
        for text in dict.fromkeys(group[0].suggestion for group in groups):
            _line(console, f"     处理  {text}")


def _of_one_kind(groups: Sequence[list[Problem]]) -> Iterator[list[list[Problem]]]:
    """Groups of one code and severity together, where the first of them stands."""
    kinds: dict[tuple[Severity, str], list[list[Problem]]] = {}
    for group in groups:
        kinds.setdefault((group[0].severity, group[0].code), []).append(group)
    yield from kinds.values()


def folded(problems: Sequence[Problem]) -> list[list[Problem]]:
    """Equal problems of several sheets of one file together, where the first of them stands."""
    groups: dict[tuple[str | None, ...], list[Problem]] = {}
    for item in problems:
        groups.setdefault((item.code, item.file, item.column, item.message), []).append(item)
    return list(groups.values())


def _place(group: Sequence[Problem]) -> str:
    first = group[0]
    parts = [first.file or first.table or ""]
    if len(group) > 1:
        sheets = "、".join(item.sheet or "" for item in group[:_LINES])
        more = f"等 {len(group)} 张" if len(group) > _LINES else ""
        parts.append(f"工作表“{sheets}”{more}，共 {sum(item.count for item in group):,} 处")
        return "，".join(parts)
    if first.sheet:
        parts.append(f"工作表“{first.sheet}”")
    if first.count > 1:
        parts.append(f"第 {first.rows} 行，共 {first.count:,} 处" if first.rows else f"共 {first.count:,} 处")
    elif first.cell:
        parts.append(f"单元格 {first.cell}")
    elif first.row is not None:
        parts.append(f"第 {first.row} 行")
    return "，".join(part for part in parts if part)
