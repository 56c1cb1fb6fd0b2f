"""The body of a request: texts in their order, and files."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.requests import Request

MOST_FIELDS = 5000
LONGEST_FIELD = 2 * 2**20


@dataclass(frozen=True, slots=True)
class Body:
    """`pairs`: name and text as they came; `files`: name of the input and the upload, only chosen files."""

    pairs: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, UploadFile], ...] = field(default=())

    def first(self, name: str, otherwise: str = "") -> str:
        return next((value for key, value in self.pairs if key == name), otherwise)

    def last(self, name: str) -> str:
        """The last value that says something: a pressed button comes after the input of the same name."""
        return next((value for key, value in reversed(self.pairs) if key == name and value), "")

    def has(self, *names: str) -> bool:
        return any(key in names for key, _ in self.pairs)

    def under(self, prefix: str) -> tuple[tuple[str, str], ...]:
        """The pairs whose names start with `prefix`, without it."""
        return tuple((key[len(prefix) :], value) for key, value in self.pairs if key.startswith(prefix))

    def number(self, name: str) -> int:
        text = self.first(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


async def read_body(request: Request) -> Body:
    if request.method != "POST":
        return Body()
    data = await request.form(max_files=200, max_fields=MOST_FIELDS, max_part_size=LONGEST_FIELD)
    items = list(data.multi_items())
    texts = tuple((name, value) for name, value in items if isinstance(value, str))
    files = tuple((name, value) for name, value in items if isinstance(value, UploadFile) and value.filename)
    return Body(texts, files)


def chunks(upload: UploadFile, size: int = 2**18) -> Iterator[bytes]:
    """The file from its beginning: a replayed request reads it again."""
    upload.file.seek(0)
    while block := upload.file.read(size):
        yield block
