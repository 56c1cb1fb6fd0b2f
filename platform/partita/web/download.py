"""File names in headers."""


def disposition(name: str) -> str:
    """Always an attachment: what people upload is never rendered as a page. The name by RFC 6266."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
    quoted = "".join(
        chr(b) if b < 128 and (chr(b).isalnum() or chr(b) in "-_.") else f"%{b:02X}" for b in name.encode()
    )
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quoted}"
