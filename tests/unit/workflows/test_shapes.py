"""The schemas that editors are given and the readers accept and refuse the same files.

Every shipped file is tried, and every key of every shape that a shipped file shows is spoiled
once: dropped where it is required, given something of the wrong kind, or joined by a key that
nobody knows.
"""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from lic.declare import Map, read_document
from lic.errors import ProblemLog, UsageError
from lic.model.shape import judge
from lic.policy import keys
from lic.policy.layers import base_layer
from lic.policy.pack import Pack, load_pack
from lic.policy.parameters import filled_locally, read_parameter
from lic.policy.read import Reader, named, read_files
from lic.policy.read_audit import read_audit
from lic.policy.read_pack import read_frame
from lic.policy.shapes_frame import BASE, CASE
from lic.reports.export_declared import read_exports
from lic.sources.declare import load_sources
from lic.sources.expect import with_county
from lic.sources.spec import SourceSet
from lic.workflows.exports import nameable_of
from lic.workflows.shapes import SHAPES, all_schemas, schema_of, write_schemas
from lic.workflows.workspace import local_parameters, read_workspace
from tests.unit.workflows.spoiled import changes

ROOT = Path(__file__).parents[3]
RULES = ROOT / "rules"
NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$")
SHARED = {"_common.yaml": "source-common", "_words.yaml": "source-words", "_reading.yaml": "source-reading"}


def files() -> list[tuple[str, Path]]:
    """Every shipped declaration file with its kind."""
    found = [("rules", path) for path in sorted(RULES.glob("*.yaml"))]
    for folder in ("parameters", "facts", "decisions", "checks", "cases"):
        found += [("rules", path) for path in sorted((RULES / folder).glob("*.yaml"))]
    found += [(SHARED.get(path.name, "source"), path) for path in sorted((RULES / "sources").glob("*.yaml"))]
    found += [("export", path) for path in sorted((RULES / "exports").glob("*.yaml"))]
    return [*found, ("workspace", ROOT / "sample_data" / "lic.yaml")]


def plain(node: yaml.Node | None) -> Any:
    """A tree as an editor's YAML 1.2 reads it: plain scalars may be numbers, truths or nothing."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    if node is None or not isinstance(node, yaml.ScalarNode):
        return None
    if node.style in ("'", '"', "|", ">"):
        return node.value
    if node.value in ("", "~", "null"):
        return None
    if node.value in ("true", "false"):
        return node.value == "true"
    return float(node.value) if NUMBER.match(node.value) else node.value


class Readers:
    """What lic says about one file of a kind, beside the shipped rest."""

    def __init__(self, folder: Path) -> None:
        log = ProblemLog()
        self.sources: SourceSet = load_sources(RULES / "sources", None, log)
        pack = load_pack(RULES, schemas=self.sources.schemas, local=None, log=log)
        assert pack is not None, log.problems
        self.pack: Pack = pack
        self.folder = folder
        self.validators = {
            kind: jsonschema.Draft202012Validator(
                made, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
            )
            for kind, made in all_schemas().items()
        }

    def problems(self, kind: str, name: str, text: str) -> set[tuple[str, ...]]:
        """Codes and parameters of everything that is said; places move with every change."""
        log = ProblemLog()
        for old in self.folder.rglob("*.yaml"):
            old.unlink()
        if kind == "rules":
            self._rules(text, log)
        elif kind == "source-own":
            (self.folder / "own.yaml").write_text(text, encoding="utf-8")
            load_sources(RULES / "sources", self.folder, log)
        elif kind == "workspace":
            self._workspace(text, log)
        elif kind == "export":
            (self.folder / "exports").mkdir(exist_ok=True)
            (self.folder / "exports" / name).write_text(text, encoding="utf-8")
            read_exports(self.folder, nameable_of(self.pack, self.sources.schemas), log)
        else:
            self._sources(name, text, log)
        return {(item.code, *(value for _, value in item.params)) for item in log.problems}

    def _rules(self, text: str, log: ProblemLog) -> None:
        (self.folder / "file.yaml").write_text(text, encoding="utf-8")
        sections = read_files(self.folder, log)
        base_layer(sections)
        reader = Reader(sections)
        reader.out.categories = self.pack.roster.categories
        read_frame(reader)
        reader.read_facts()
        reader.read_checks()
        for key, body in named(sections.get(keys.PARAMETERS, [])):
            read_parameter(key.value, key, body)
        program = self.pack.program
        for node in sections.get(keys.AUDIT, []):
            if isinstance(node, Map):
                read_audit(node, program.declarations, program.schemas, program.parameters)
        if isinstance(reader.out.case_parameters, Map):
            filled_locally(program.parameters, reader.out.case_parameters, bound=False)
        for case in reader.out.cases:
            judge(CASE, case)
        for base in reader.out.bases.values():
            judge(BASE, base)

    def _sources(self, name: str, text: str, log: ProblemLog) -> None:
        for shared in SHARED:
            (self.folder / shared).write_bytes((RULES / "sources" / shared).read_bytes())
        (self.folder / name).write_text(text, encoding="utf-8")
        load_sources(self.folder, None, log)

    def _workspace(self, text: str, log: ProblemLog) -> None:
        (self.folder / "lic.yaml").write_text(text, encoding="utf-8")
        _, config = read_workspace(self.folder, log)
        filled_locally(self.pack.program.parameters, local_parameters(config))
        with_county(self.sources, None if config is None else config.map("预期"))


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> Readers:
    return Readers(tmp_path_factory.mktemp("one"))


def errors(readers: Readers, kind: str, root: yaml.Node | None) -> list[str]:
    return [error.message[:200] for error in readers.validators[kind].iter_errors(plain(root))]


def load(path: Path) -> yaml.Node:
    node = yaml.compose(path.read_text(encoding="utf-8"))
    assert node is not None
    return node


@pytest.mark.parametrize(("kind", "path"), files(), ids=lambda value: getattr(value, "name", value))
def test_every_shipped_file_fits_its_schema(readers: Readers, kind: str, path: Path) -> None:
    assert errors(readers, kind, load(path)) == []


def test_the_schemas_are_schemas() -> None:
    for made in all_schemas().values():
        jsonschema.Draft202012Validator.check_schema(made)
    assert set(SHAPES) == set(all_schemas())


def test_the_schema_and_the_reader_refuse_the_same_files(readers: Readers) -> None:
    seen: set[tuple[object, ...]] = set()
    tried, differing = 0, []
    for kind, path in files():
        root = load(path)
        usual = readers.problems(kind, path.name, yaml.serialize(root, allow_unicode=True))
        for name, change in changes(kind, root, seen):
            tree = copy.deepcopy(root)
            change(tree)
            text = yaml.serialize(tree, allow_unicode=True)
            by_schema = bool(errors(readers, kind, yaml.compose(text)))
            by_reader = bool(readers.problems(kind, path.name, text) - usual)
            tried += 1
            if not (by_schema and by_reader):
                differing.append(f"{path.name} {name}: schema {by_schema}, reader {by_reader}")
    assert not differing, "\n".join(differing)
    assert tried > 200


@pytest.mark.parametrize(
    ("kind", "text", "good"),
    [
        ("rules", "条件:\n  甲: {层级: 个人, 式: 是, 全部: [是]}", False),
        ("rules", "条件:\n  甲: {层级: 个人}", False),
        ("rules", "条件:\n  甲: {层级: 个人, 任一: [是, 否]}", True),
        ("rules", "参数:\n  甲: {类型: 是否, 本地: 是}", True),
        ("rules", "参数:\n  甲: {单位: 元}", False),
        ("rules", "参数:\n  甲: {本地: 是}", False),
        ("rules", "规则层: {名: 某办法, 位阶: 乡}", False),
        ("source-own", "表: 养老待遇\n列: {月待遇金额: {别名: 新名}}\n忽略: [甲]", True),
        ("source-own", "表: 养老待遇\n列: {月待遇金额: {类型: 金额}}", False),
        ("source-own", "表: 养老待遇\n部门: 甲局", False),
        ("source-own", "列: {月待遇金额: {别名: 新名}}", False),
        ("workspace", "县: 某县\n参数:", True),
        ("workspace", "县: 某县\n上级规则: ../省级规则", True),
        ("workspace", "县: 某县\n上级规则: {省: 甲}", False),
        ("workspace", "镇: [甲镇]", False),
    ],
)
def test_what_no_shipped_file_shows(readers: Readers, kind: str, text: str, *, good: bool) -> None:
    assert (errors(readers, kind, yaml.compose(text)) == []) is good
    said = {item[0] for item in readers.problems(kind, "lic.yaml", text + "\n")} - {"R051", "R206"}
    assert (not said) is good


def test_the_files_for_an_editor(tmp_path: Path) -> None:
    made = write_schemas(tmp_path / "编辑器")
    assert len(made.files) == len(SHAPES) + 1
    settings = json.loads((made.folder / made.settings).read_text(encoding="utf-8"))
    for name in settings["yaml.schemas"]:
        assert (tmp_path / name).is_file()
    read = json.loads((made.folder / "rules.schema.json").read_text(encoding="utf-8"))
    assert (
        read["properties"]["条件"]["additionalProperties"]["properties"]["依据"]["description"]
        == "文号和条款"
    )
    with pytest.raises(UsageError):
        schema_of("rule")


def test_a_reader_cannot_ask_for_an_undeclared_key(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("县: 甲\n", encoding="utf-8")
    top = read_document(path, ProblemLog())
    assert top is not None
    judge(SHAPES["workspace"], top)
    with pytest.raises(KeyError):
        top.text("没有声明的键")
