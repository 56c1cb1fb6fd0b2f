"""Partita: a low-code platform for enterprise automation. Its floors and their rules stand in pyproject.toml."""
