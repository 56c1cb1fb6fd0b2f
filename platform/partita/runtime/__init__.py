"""Commands and queries on records: the one pipeline for writes and the one builder for reads.

Knows the Model, formulas and storage; never the compiler, the sources, or HTML.
"""
