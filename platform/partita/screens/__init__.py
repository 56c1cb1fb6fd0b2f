"""View models of forms, lists, cards, reports and desks, free of HTML.

Sees the runtime and the Model only; what a screen looks like is decided by web and themes.
"""
