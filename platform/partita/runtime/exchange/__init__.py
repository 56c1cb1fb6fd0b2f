"""Files in and out: rows of a file become records through the pipeline, once each, and a run can be undone.

Reads and writes bytes; knows nothing of YAML (a mapping comes as plain data) and nothing of HTTP.
"""
