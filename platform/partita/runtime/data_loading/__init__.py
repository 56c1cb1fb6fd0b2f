"""Rows that come with packs, taken in through the pipeline as the system: once, again when they change, in any order.

Reference rows are loaded with every apply; demonstration rows only when asked, and can be taken away again.
"""
