"""Synthetic department exports: households that never lived, in files shaped like real ones.

Knows how households are made up, how they change from month to month, and how a row is
written. Refuses to know what a file, a heading or a vocabulary is called, which places there
are and which cases are planted: that is data in ``rules/samples``. It judges nobody: which
category a household falls into is for the rule pack to say.
"""
