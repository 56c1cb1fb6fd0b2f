"""Partita: a low-code platform for enterprise automation. The floors are described in docs and held by import-linter."""
