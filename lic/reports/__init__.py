"""Tables for people: builders make :class:`ReportTable` values, writers make workbooks of them.

A builder knows no format, a writer decides nothing, and neither knows policy: categories,
checks and facts are data of the result.
"""
