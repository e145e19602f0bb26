"""What one value may look like: pure functions from a cell to a value.

Every reader answers with a :class:`Read`: the value, and the code of what was repaired or
refused. Knows formats that are the same in every county; refuses to know tables, columns,
files and anything a source declares.
"""

from lic.values.read import Cell, ErrorCell, Read

__all__ = ["Cell", "ErrorCell", "Read"]
