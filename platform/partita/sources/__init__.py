"""Text into documents: reading YAML with a place for every key and value, schema validation, overlays.

No names are resolved here and nothing about what a document means; YAML and JSON Schema stay on this floor and in the
compiler.
"""
