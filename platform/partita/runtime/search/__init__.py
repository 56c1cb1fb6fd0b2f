"""Finding records by words, numbers, phones, and knowing who calls.

Answers go through the readers' door like every list: what may not be read is not found.
"""
