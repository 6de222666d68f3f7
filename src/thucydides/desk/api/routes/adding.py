"""Reports are handed in, and what was set aside is tried again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from thucydides.desk.api.answers import adapter, answer
from thucydides.desk.api.fetching import MOST_BYTES, fetch
from thucydides.desk.api.jobs import Work, aside_line
from thucydides.desk.api.room import SAMPLE, Room
from thucydides.desk.api.routes.asking import FAULTS, InRoom
from thucydides.desk.api.shapes import AsideLine, Fault, Job
from thucydides.desk.gathering import MOST_MB, gather, open_up
from thucydides.errors import BadSetting
from thucydides.reports import Raw

MOST_FILES = 500
PIECE = 1 << 20
REFUSED: dict[int | str, dict[str, Any]] = {403: {"model": Fault, "description": "This server was not started with --allow-fetch."}}

router = APIRouter(prefix="/api", tags=["adding"], responses=FAULTS)


class Given(BaseModel):
    """A text pasted, or an address to fetch a report or a feed from."""

    text: str | None = Field(None, max_length=20_000_000)
    title: str | None = Field(None, max_length=2000)
    url_of_text: str | None = Field(None, max_length=4000, description="Where the text stands.")
    source: str | None = Field(None, max_length=500, description="Who publishes it.")
    published: str | None = Field(None, max_length=100)
    url: str | None = Field(None, max_length=4000, description="What is to be fetched.")


BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": Given.model_json_schema()},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                }
            },
        },
    }
}


async def handed_in(request: Request) -> list[tuple[str, Any]] | Given:
    """Files of a form, kept on disk by now, or what a JSON body tells. Read here, off the threads that answer."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    room: Room = request.app.state.room
    if kind == "multipart/form-data":
        async with request.form(max_files=MOST_FILES, max_fields=MOST_FILES) as form:
            return [await _kept(room, part) for part in form.getlist("files") if isinstance(part, UploadFile)]
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise BadSetting(f"the text has more than {MOST_BYTES / 1e6:g} MB", remedy="Upload it as a file.")
    try:
        return Given.model_validate_json(bytes(body))
    except ValidationError as error:
        first = error.errors()[0]
        what = f"{'.'.join(map(str, first['loc'])) or 'the body'}: {first['msg']}"
        raise BadSetting(what, remedy="Send files as a form, or JSON with 'text' or 'url'.") from error


async def _kept(room: Room, part: UploadFile) -> tuple[str, Path]:
    """The name of a file sent, and the file in which it waits: it has its place there only once it is whole."""
    name = (part.filename or "upload").replace("\\", "/").rpartition("/")[2]
    file = room.jobs.spooled(name)
    half = file.with_suffix(".part")
    with half.open("wb") as to:
        while piece := await part.read(PIECE):
            await run_in_threadpool(to.write, piece)
            if to.tell() > MOST_MB * 1_000_000:
                half.unlink(missing_ok=True)
                raise BadSetting(f"{name} has more than {MOST_MB} MB", remedy="Split it into smaller files.")
    half.replace(file)
    return name, file


@router.post("/reports", response_model=Job, status_code=202, responses=REFUSED, openapi_extra=BODY)
def add(room: InRoom, given: Annotated[Any, Depends(handed_in)]) -> Response:
    """Reads files, a text or what stands at an address; the job tells how far it is."""
    if isinstance(given, Given):
        return _accepted(room, _of_words(room, given)) if room.serving.may_fetch or not given.url else _may_not_fetch()
    if not given:
        raise BadSetting("no file was sent", remedy="Send files under the name 'files', or JSON with 'text' or 'url'.")
    return _accepted(room, room.jobs.add_files(given))


def _of_words(room: Room, given: Given) -> Work:
    if given.url:
        return room.jobs.add_address(given.url.strip(), partial(fetch, most_bytes=MOST_BYTES))
    if not given.text or not given.text.strip():
        raise BadSetting("no text was given", remedy="Paste the text of a report.")
    return room.jobs.add_text(
        {
            "text": given.text,
            "title": given.title,
            "url": given.url_of_text,
            "source": given.source,
            "published": given.published,
        }
    )


@router.get("/jobs/{id}", response_model=Job)
def job(room: InRoom, id: str) -> Response:
    """How far a job is, what came of it, and what was set aside."""
    return answer(room.jobs.told(id), Job)


@router.post("/sample", response_model=Job, status_code=202)
def sample(room: InRoom) -> Response:
    """Keeps the embedded sample reports in the archive."""

    def raws() -> Iterator[Raw]:
        return open_up(gather([str(SAMPLE)]))

    return _accepted(room, room.jobs.add(raws, 3))


@router.get("/aside", response_model=list[AsideLine])
def aside(room: InRoom) -> Response:
    """What could not be read and why, the oldest first."""
    return answer([aside_line(one) for one in room.aside()], list[AsideLine])


@router.post("/aside/{id}/retry", response_model=Job, status_code=202)
def retry(room: InRoom, id: int) -> Response:
    """Reads again what was set aside."""
    one = room.own_archive().recall_aside(id)
    if not one.raw:
        raise BadSetting(f"the bytes of {one.name} were not kept", remedy="Upload it again.")
    data = one.raw
    return _accepted(room, room.jobs.add(lambda: iter((Raw(one.name, data),)), 1))


def _accepted(room: Room, work: Work) -> Response:
    return Response(adapter(Job).dump_json(room.jobs.job(work)), 202, media_type="application/json")


def _may_not_fetch() -> Response:
    told = Fault(error="this server fetches nothing", remedy="Start it with --allow-fetch, or paste the text.")
    return answer(told, Fault, 403)
