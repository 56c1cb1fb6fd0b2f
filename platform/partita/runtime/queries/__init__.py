"""The one door for reading: lists, cards, links, counts, history, all through the same rights.

A field or a record that the reader may not see is absent: from columns, filters, order, counts, titles and errors.
"""
