"""The run folder: canonical tables, manifest, evidence; complete or not there at all.

Knows files, hashes, permissions and renaming. Refuses to know what a decision means.
"""
