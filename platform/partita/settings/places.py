"""Where the folders that ship with the product lie: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_CHECKOUT = _PACKAGE.parent.parent


def in_checkout() -> bool:
    return (_CHECKOUT / "pyproject.toml").is_file() and (_CHECKOUT / "metadata").is_dir()


def shipped(name: str) -> Path:
    """The folder `metadata`, `themes`, `plugins` or `vertical_solutions` of this installation."""
    return (_CHECKOUT if in_checkout() else _PACKAGE / "_data") / name


def shipped_packs() -> dict[str, Path]:
    """The packs that come with the product by name: `base` is the metadata folder, the others are verticals."""
    verticals = shipped("vertical_solutions").glob("*/pack.yaml")
    return {"base": shipped("metadata"), **{path.parent.name: path.parent for path in sorted(verticals)}}
