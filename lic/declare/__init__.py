"""YAML declarations as trees with places: nodes and their readers, and the files they come from."""

from lic.declare.document import any_encoding, read_document
from lic.declare.nodes import (
    Map,
    Node,
    Scalar,
    Seq,
    Source,
    alike,
    near_miss,
    read_date,
    read_flag,
    read_map,
    read_number,
    read_seq,
    read_text,
    read_texts,
    scalars,
    wrong_kind,
)

__all__ = [
    "Map",
    "Node",
    "Scalar",
    "Seq",
    "Source",
    "alike",
    "any_encoding",
    "near_miss",
    "read_date",
    "read_document",
    "read_flag",
    "read_map",
    "read_number",
    "read_seq",
    "read_text",
    "read_texts",
    "scalars",
    "wrong_kind",
]
