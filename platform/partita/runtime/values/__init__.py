"""A record's values as formulas see them: its own, its rows, what is read over links; and as parameters of SQL.

One `Work` is one transaction (or one read): it holds the connection and remembers what it has read over links.
"""
