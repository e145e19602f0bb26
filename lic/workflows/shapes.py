"""Every kind of declaration file with its shape, and the shapes as JSON Schema for editors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lic.declare import near_miss
from lic.errors import RunFolderError, UsageError
from lic.messages.kinds import KINDS
from lic.model.export_shape import EXPORT
from lic.model.schema import document_schema
from lic.model.shape import Named, Shape
from lic.model.workspace_shape import workspace_shape
from lic.policy.shapes import LOCAL_PARAMETERS
from lic.policy.shapes_frame import PACK_FILE, UPPER_FILE
from lic.sources.shapes import COMMON, EXPECTED, OWN, READING, TABLE, WORD_LISTS

WORKSPACE = workspace_shape(LOCAL_PARAMETERS, Named(EXPECTED))
SHAPES: Mapping[str, Shape] = {
    "rules": PACK_FILE,
    "source": TABLE,
    "source-own": OWN,
    "source-common": COMMON,
    "source-words": WORD_LISTS,
    "source-reading": READING,
    "workspace": WORKSPACE,
    "superior": UPPER_FILE,
    "export": EXPORT,
}
SETTINGS = "settings.json"


@dataclass(frozen=True, slots=True)
class WrittenSchemas:
    """Where the schemas were written; ``settings`` is for an editor's own folder."""

    folder: Path
    files: tuple[str, ...]
    settings: str

    def to_json(self) -> dict[str, Any]:
        """For programs."""
        return {"folder": self.folder.as_posix(), "files": list(self.files), "settings": self.settings}


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of one kind of file. Raises UsageError for an unknown kind."""
    if kind not in SHAPES:
        hint = near_miss(kind, SHAPES)
        raise UsageError("W190", kind=kind, known="、".join([hint] if hint else SHAPES))
    text = KINDS[kind]
    return document_schema(SHAPES[kind], text.title, text.about)


def all_schemas() -> dict[str, dict[str, Any]]:
    """The schemas of all kinds, by kind."""
    return {kind: schema_of(kind) for kind in SHAPES}


def write_schemas(folder: Path) -> WrittenSchemas:
    """Write every schema, and the settings that tell an editor which file is of which kind."""
    files = {f"{kind}.schema.json": made for kind, made in all_schemas().items()}
    where = {f"./{folder.name}/{kind}.schema.json": list(KINDS[kind].files) for kind in SHAPES}
    files[SETTINGS] = {"yaml.schemas": where}
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, content in files.items():
            path = folder / name
            path.write_text(json_text(content), encoding="utf-8", newline="\n")
            path.chmod(0o600)
    except OSError as error:
        raise RunFolderError("W003", folder=folder, reason=error.strerror or type(error).__name__) from error
    return WrittenSchemas(folder, tuple(sorted(files)), SETTINGS)


def json_text(content: Mapping[str, Any]) -> str:
    """JSON as people read it, the same every time."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
