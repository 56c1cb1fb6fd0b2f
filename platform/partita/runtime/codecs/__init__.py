"""The values of each field type: read from inputs and files, normalised, shown to people, written as JSON.

One codec per field type, found by name in `registry.CODECS`. No rights, no database, no HTML.
"""
