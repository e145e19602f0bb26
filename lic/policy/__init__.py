"""The rule language: read, check, compile, evaluate.

Knows one grammar, three-valued truth and exact interval arithmetic over whole arrays; every
name of a table, category or condition comes from the pack. Sees no workbook and no department.
Read :mod:`lic.policy.pack` first (loading), then :mod:`lic.policy.evaluate`; an expression goes
from :mod:`lic.policy.grammar` through :mod:`lic.policy.compiler` to a term that runs over a
:class:`lic.policy.batch.Batch`.
"""
