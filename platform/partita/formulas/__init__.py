"""Formulas: text parsed into a closed typed tree, and its readings as Python and as words.

The only home of RestrictedPython. The author's text itself is never executed; SQL readings are made by storage.
"""
