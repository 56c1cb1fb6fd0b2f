"""Where the packs of the product and of the tests lie."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "metadata"
REQUESTS = ROOT / "vertical_solutions" / "requests"
BALTIMORE = ROOT / "tests" / "packs" / "baltimore"
BALTIMORE_IMPORT = ROOT / "tests" / "packs" / "baltimore_import"
