"""Plugins and packs: discovery, verification and the registries frozen at start.

No product feature lives here, only the means to add one.
"""
