"""What one code means: of lic's own messages, or of a check of the shipped pack."""

from __future__ import annotations

from lic.errors import UsageError
from lic.messages import CATALOGUE


def code_help(code: str) -> tuple[str, ...]:
    """Title, sentence and remedy of ``code`` as lines; UsageError when nobody knows it."""
    wanted = code.strip().upper()
    message = CATALOGUE.get(wanted)
    if message is None:
        raise UsageError("W106", asked=code)
    return (f"{wanted}  {message.title}", message.text, message.remedy)
