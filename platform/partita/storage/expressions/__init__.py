"""Typed trees of formulas as SQL expressions: the same answers as in Python, on SQLite and on PostgreSQL.

What is exact in Python is a function of `storage.functions`; comparisons keep the plain forms that indexes serve.
"""
