"""Stored evidence for machines: kept by content, served only through rules."""

from datetime import datetime
from typing import IO, Any, cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import File, Query, Router, Schema
from ninja.files import UploadedFile

from lantoa.files import actions, queries, rules
from lantoa.files.models import StoredFile
from lantoa.files.serving import DESCRIBED, attachment
from lantoa.files.vocabulary import MediaType
from lantoa.kernel.exchange import ApiRequest, Asked, Listed, Made, acting, listed
from lantoa.kernel.rule import require_anywhere

router = Router(tags=["files"])


class FileShown(Schema):
    """A file as it was handed in; its digest proves that it is the same."""

    id: int
    name: str
    media_type: MediaType
    size: int
    sha256: str
    owner_id: int | None
    public: bool
    stored_at: datetime


@router.get("", response=Listed[FileShown], auth=None, summary="Files")
def list_(request: ApiRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Return the files that the actor may read, the newest first."""
    return listed(queries.readable_by(request.actor).order_by("-pk"), asked)


@router.post("", response=Made, summary="Store a file")
def store(request: ApiRequest, file: File[UploadedFile]) -> dict[str, Any]:
    """Keep a file for the actor's own body; its type is told by what it holds."""
    require_anywhere(request.actor, rules.STORE.capability)
    stored = actions.store_file(
        owner_id=request.actor.body_id,
        content=cast("IO[bytes]", file.file),
        name=file.name or "",
        **acting(request),
    )
    return {"id": stored.pk, "state": stored.sha256}


@router.get("/{int:file_id}", response=FileShown, auth=None, summary="A file")
def file_(request: ApiRequest, file_id: int) -> StoredFile:
    """Return what is known of a file that the actor may read."""
    return get_object_or_404(queries.readable_by(request.actor), pk=file_id)


@router.get(
    "/{int:file_id}/content",
    auth=None,
    summary="Content of a file",
    openapi_extra=DESCRIBED,
)
def content(request: ApiRequest, file_id: int) -> HttpResponse:
    """Hand out a file that the actor may read."""
    return attachment(get_object_or_404(queries.readable_by(request.actor), pk=file_id))
