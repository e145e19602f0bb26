"""The shipped pack as a document: names, who uses what, what is off and why."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from lic.errors import UsageError
from lic.model.rulebook import ItemKind, Rulebook
from lic.reports.rules_page import rules_page
from lic.workflows.classify import ClassifyOptions, classify_month
from lic.workflows.rulebook import book_json, direct_users, find_items, rulebook, where_used, write_page
from tests.unit.workflows.county import remove, silent

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return rulebook(ROOT / "sample_data", "2026-10-31")


def test_everything_declared_is_in_the_document(book: Rulebook) -> None:
    kinds = {kind: len(list(book.of(kind))) for kind in ItemKind}
    assert all(kinds.values())
    assert kinds[ItemKind.TABLE] == len(list((ROOT / "rules" / "sources").glob("[!_]*.yaml")))
    assert all(item.line("内容") for item in book.of(ItemKind.CONDITION))
    assert all(item.line("来源") for item in book.of(ItemKind.FIELD))
    assert book.county == "示例县"


def test_where_used_ends_in_decisions_and_checks(book: Rulebook) -> None:
    found = where_used(book, "低保标准")
    ends = {user.item.title for user in found.users if user.item.kind in (ItemKind.DECISION, ItemKind.CHECK)}
    assert {"家庭认定", "个人认定", "K027 低保收入不低于标准"} <= ends
    assert "低保线" in found.results
    for user in found.users:
        assert user.path[0] == "低保标准"
        for used, using in zip(user.path, user.path[1:], strict=False):
            assert used in {ref.name for item in book.named(using.split(" ")[-1]) for ref in item.uses}


def test_where_used_of_a_column_and_of_nothing(book: Rulebook) -> None:
    users = {user.item.name for user in where_used(book, "医保结算.医疗费总额").users}
    assert {"医疗净自付", "刚性支出", "家庭认定"} <= users
    assert where_used(book, "K022").users == ()


def test_near_misses_are_offered(book: Rulebook) -> None:
    with pytest.raises(UsageError) as close:
        find_items(book, "低保标淮")
    assert (close.value.code, close.value.params["suggestion"]) == ("W142", "低保标准")
    with pytest.raises(UsageError) as column:
        find_items(book, "养老待遇.月待遇金")
    assert column.value.params["suggestion"] == "养老待遇.月待遇金额"
    with pytest.raises(UsageError) as nothing:
        find_items(book, "qqqq")
    assert nothing.value.code == "W141"
    assert [item.name for item in find_items(book, "k022")] == ["职工养老金少报"]


def test_the_day_chooses_and_unset_is_said() -> None:
    early = rulebook(ROOT / "sample_data", "2026-03-31")
    assert "低保标准" in early.unset
    alone = rulebook(ROOT / "rules", "2026-10-31")
    assert "过渡期截止" in alone.unset
    off = {item.code: item.off for item in alone.of(ItemKind.CHECK)}
    assert "收入差异容差" in off["K022"]
    with pytest.raises(UsageError):
        rulebook(ROOT / "sample_data", "2026-13-01")


def test_checks_without_their_table_are_off_by_the_newest_run(month: Path) -> None:
    remove(month, "养老保险*")
    classify_month(month, ClassifyOptions(), progress=silent)
    book = rulebook(month.parent, None)
    assert (book.delivery, book.as_of) == ("2026-10/01", "2026-10-31")
    off = {item.code: item.off for item in book.of(ItemKind.CHECK)}
    assert off["K022"] == "未报送：养老待遇"
    kept = rulebook(month.parent / "runs" / "2026-10" / "01", None)
    assert {item.code: item.off for item in kept.of(ItemKind.CHECK)} == off


def test_overrides_are_listed(book: Rulebook) -> None:
    assert ("低保标准", "农村 7200、城镇 9600") in {(item.name, item.text) for item in book.overrides}


def test_what_is_no_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as empty:
        rulebook(tmp_path, None)
    assert empty.value.code == "W140"
    with pytest.raises(UsageError) as gone:
        rulebook(tmp_path / "no", None)
    assert gone.value.code == "W107"


def test_used_by_is_the_reverse_of_uses(book: Rulebook) -> None:
    item = find_items(book, "家庭年收入")[0]
    assert "收入低于低保标准" in direct_users(book, item)
    assert len(book_json(book)["items"]) == len(book.items)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [value for value in [found.get("id")] if value]
        self.links += [value for name in ("href", "src") if (value := found.get(name))]
        if tag not in ("meta", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_alone(book: Rulebook, tmp_path: Path) -> None:
    text = write_page(book, tmp_path / "规则.html").read_text(encoding="utf-8")
    page = _Page()
    page.feed(text)
    assert page.open == []
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    for item in book.items:
        assert item.name in text, item.title
    for wanted in ("审核", "批准", book.digest, "@page", "A4"):
        assert wanted in text
    assert "http" not in text
    assert rules_page(book) == text


def test_a_page_that_cannot_be_written(book: Rulebook, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        write_page(book, tmp_path / "no" / "规则.html")
    assert caught.value.code == "W143"


def test_markup_in_rules_is_text(book: Rulebook) -> None:
    from dataclasses import replace

    evil = replace(book, county="<script>alert(1)</script>")
    assert "<script>" not in rules_page(evil)
