"""Scenarios: tests written as tables in YAML, performed step by step through the pipeline of all writes, on a virtual
clock. What lives here only builds commands and compares; it never writes past the pipeline."""
