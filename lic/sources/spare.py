"""What a process of lic need not load."""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder


class _Absent(MetaPathFinder):
    """Says that pandas is not there."""

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> None:
        """None for every other module: the next finder is asked."""
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname, name=fullname)


def spare_pandas() -> None:
    """Keep pyarrow from importing pandas when it makes its first array: a quarter of a second.

    For processes that are lic and nothing else; whoever uses lic as a library keeps pandas.
    """
    if "pandas" not in sys.modules:
        sys.meta_path.insert(0, _Absent())
