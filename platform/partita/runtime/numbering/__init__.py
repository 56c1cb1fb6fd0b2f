"""Numbers of registered records: a template, a counter key, the next value taken in the registering transaction."""
