"""The composition root: the only place that knows every floor and joins them into a running application."""
