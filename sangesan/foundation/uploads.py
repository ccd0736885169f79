"""Uploads (上传) stay in memory: what was sent never touches the disk in its original form."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

LARGEST = 50 * 2**20
"""Bytes of all files of one request (一次上传上限)."""
PIECE = 64 * 1024


def let_finish(request: HttpRequest) -> None:
    """Read what is still being sent of a sending that is refused (读完余下的内容), keeping none of it.

    Whoever is still sending when we hang up loses the answer that says why.
    """
    left = 2 * LARGEST
    with suppress(OSError, RequestDataTooBig):
        while left > 0 and (piece := request.read(PIECE)):
            left -= len(piece)


class InMemory(FileUploadHandler):
    """Keep the files of a request in memory, at most LARGEST bytes; more is a 413."""

    def __init__(self, request=None) -> None:
        super().__init__(request)
        self._taken = 0
        self._file = BytesIO()

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        """Refuse by the announced length (看长度) before anything is read."""
        if content_length > LARGEST:
            raise RequestDataTooBig

    def new_file(self, *args, **kwargs) -> None:
        super().new_file(*args, **kwargs)
        self._file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._taken += len(raw_data)
        if self._taken > LARGEST:
            raise RequestDataTooBig
        self._file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._file.seek(0)
        return InMemoryUploadedFile(self._file, self.field_name, self.file_name, self.content_type, file_size,
                                    self.charset, self.content_type_extra)
