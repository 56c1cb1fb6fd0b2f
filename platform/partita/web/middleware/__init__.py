"""Pure ASGI middleware: what every answer and every request pass, whatever the page.

No `BaseHTTPMiddleware`: it costs more than the pages themselves and breaks streaming.
"""
