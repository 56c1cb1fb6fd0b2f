"""The Model: frozen dataclasses that say what the enterprise consists of, their dump, digest and comparison.

Pure data. No text of sources, no HTML, no SQL, no behaviour beyond looking a thing up.
"""
