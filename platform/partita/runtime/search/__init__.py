"""Finding records by words, numbers, phones: what is written into the index, and how a question is read.

Answers go through the readers' door like every list: what may not be read is not found.
"""
