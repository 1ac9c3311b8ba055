"""Answering with a stored file; the front sends it, no thread waits."""

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from lantoa.files.models import StoredFile
from lantoa.files.storing import path_of
from lantoa.files.vocabulary import MediaType

# How the API describes an answer that is a file.
DESCRIBED: dict[str, Any] = {
    "responses": {
        200: {
            "description": "The file itself, of the type that it was stored as",
            "content": {
                kind: {"schema": {"type": "string", "format": "binary"}}
                for kind in MediaType.values
            },
        }
    }
}


def attachment(file: StoredFile) -> HttpResponse:
    """Return the answer that makes a browser save *file*, and never run it."""
    return HttpResponse(
        content_type=file.media_type,
        headers={
            "Content-Disposition": content_disposition_header(
                as_attachment=True, filename=file.name
            )
            or "attachment",
            "X-Sendfile": str(path_of(file.sha256)),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-cache",
            "ETag": f'"{file.sha256}"',
        },
    )
