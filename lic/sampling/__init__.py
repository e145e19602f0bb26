"""The audit sample: order, draw, proof, error bounds (POLICY §8).

Pure functions over values: no file, no clock, no random number generator. Refuses to know
what a household is beyond its number, town, category and size.
"""
