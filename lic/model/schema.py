"""A shape as JSON Schema 2020-12, so that editors complete keys and underline mistakes.

Plain YAML scalars reach an editor as texts, numbers or truths; a text may be any of them.
"""

from __future__ import annotations

from typing import Any

from lic.messages.words import NO, YES
from lic.model.shape import Anything, Day, Either, Flag, Key, Keys, Many, Named, Number, Shape, Text, When

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": ["string", "number", "boolean"]}
_NUMBER = {
    "anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?[0-9,]{1,19}(\.[0-9]{1,9})?[%％]?$"}]
}
_DAY = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "format": "date"}


def document_schema(shape: Shape, title: str, description: str) -> dict[str, Any]:
    """The schema of one kind of file."""
    return {"$schema": DIALECT, "title": title, "description": description, **schema(shape)}


def schema(shape: Shape) -> dict[str, Any]:
    """What may be written, in the terms of JSON Schema."""
    match shape:
        case Keys():
            return _keys(shape)
        case When():
            return _when(shape)
        case Many():
            items = schema(shape.item)
            listed = {"type": "array", "items": items}
            return {"anyOf": [items, listed]} if shape.alone else listed
        case Named():
            kind: Any = ["object", "null"] if shape.blank else "object"
            return {"type": kind, "additionalProperties": schema(shape.item)}
        case Either():
            return {"anyOf": [schema(option) for option in shape.options]}
        case _:
            return _plain(shape)


def _plain(shape: Text | Flag | Number | Day | Anything) -> dict[str, Any]:
    match shape:
        case Text():
            return {"enum": list(shape.words)} if shape.words else dict(_TEXT)
        case Flag():
            return {"enum": [YES, NO]}
        case Number():
            return dict(_NUMBER)
        case Day():
            return dict(_DAY)
        case Anything():
            return {}


def _keys(shape: Keys) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "object",
        "properties": {name: _described(key) for name, key in shape.keys.items()},
        "additionalProperties": False if shape.others is None else schema(shape.others),
    }
    required = [name for name, key in shape.keys.items() if key.required]
    if required:
        made["required"] = required
    if shape.one_of:
        made["oneOf"] = [{"required": [name]} for name in shape.one_of]
    return made


def _described(key: Key) -> dict[str, Any]:
    return {"description": key.help, **schema(key.shape)}


def _when(shape: When) -> dict[str, Any]:
    test: dict[str, Any] = {"required": [shape.key]}
    if shape.words:
        test["properties"] = {shape.key: {"enum": list(shape.words)}}
    return {"type": "object", "if": test, "then": schema(shape.then), "else": schema(shape.otherwise)}
