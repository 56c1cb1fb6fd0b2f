"""The shape of every kind as a JSON Schema, built from small pieces, with words for the manual and for editors.

What a value means to other documents is not decided here: names are resolved by `link`, meaning is checked by `build`.
"""
