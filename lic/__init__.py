"""lic: batch verification of low-income households for a county civil affairs bureau.

Commands parse (:mod:`lic.cli`), workflows compose (:mod:`lic.workflows`), stages compute
(:mod:`lic.sources`, :mod:`lic.linkage`, :mod:`lic.policy`, :mod:`lic.reports`,
:mod:`lic.runs`), the model is what stages say to each other, and policy is in ``rules/``.
"""

__version__ = "0.1.0"
