"""What is said when something could not be put where it belongs, and went beside it."""

from __future__ import annotations

from dataclasses import dataclass

from lic.messages import remedy, say


@dataclass(frozen=True, slots=True)
class Beside:
    """A file or folder that was held open: where the new one went instead."""

    wanted: str
    written: str

    @property
    def message(self) -> str:
        """What happened and what to do."""
        params = {"wanted": self.wanted, "written": self.written}
        return f"{say('W201', params)}；{remedy('W201', params)}"
