"""Department exports become staged tables: find, open safely, find the heading, clean, cache.

Knows files, sheets, headings and the declarations in ``rules/sources/``. Refuses to know what
a table is for.
"""

from lic.sources.declare import load_sources
from lic.sources.folder import Passwords, stage_folder
from lic.sources.spec import SourceSet

__all__ = ["Passwords", "SourceSet", "load_sources", "stage_folder"]
