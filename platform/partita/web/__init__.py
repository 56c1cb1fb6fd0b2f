"""HTTP and HTML: routes, decoding of forms, widgets, templates, sessions, streams and REST.

The only home of Starlette, Jinja and MarkupSafe. It never sees storage or the compiler.
"""
