"""The words of the interface in every language: one key, one text; plural forms by `|`.

Words of records, fields and decisions come from metadata and never stand here.
"""
