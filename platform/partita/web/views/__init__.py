"""One module per screen, one class per address. A view reads the request, asks `screens` for a view model or `runtime`
for a deed, and answers with a template. Views do not import each other.
"""
