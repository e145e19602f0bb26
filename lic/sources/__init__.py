"""Department exports become staged tables: find, open safely, find the heading, clean, cache.

Knows files, sheets, headings and the declarations in ``rules/sources/``. Refuses to know what
a table is for.
"""
