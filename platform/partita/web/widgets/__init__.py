"""How a field type looks in a form, on a card and in a list: the web facet of field types."""
