"""Attachments leave as attachments: nothing that people upload is rendered as a page of this server."""

from starlette.responses import Response, StreamingResponse

from partita.runtime.files import attachments
from partita.web.ask import Ask
from partita.web.download import disposition
from partita.web.endpoint import Endpoint

SANDBOX = "sandbox; default-src 'none'"


class Download(Endpoint):
    def get(self, ask: Ask) -> Response:
        opened = attachments.open_attachment(ask.ctx, int(ask.request.path_params["attachment"]))
        file = opened.attachment
        headers = {
            "Content-Disposition": disposition(file.name),
            "Content-Length": str(file.size),
            "Content-Security-Policy": SANDBOX,
            "Cache-Control": "private, no-cache",
            "ETag": f'"{file.sha256}"',
        }
        return StreamingResponse(opened.chunks, media_type=file.media_type, headers=headers)
