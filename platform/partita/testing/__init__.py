"""Helpers for testing metadata, packs and the product itself; used by tests and by pack authors."""
