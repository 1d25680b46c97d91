"""What went wrong, as RFC 9457 problem+json for programs and as a page for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import Response

MEDIA = "application/problem+json"


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """An answer of this status that says in `detail` what is wrong and what to do."""
    body = {"type": "about:blank", "title": _title(status), "status": status, "detail": detail}
    text = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    return Response(text, status, dict(headers or {}), MEDIA)


def _title(status: int) -> str:
    return HTTPStatus(status).phrase
