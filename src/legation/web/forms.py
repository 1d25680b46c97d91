"""A list in other forms: CSV, JSON Lines, Parquet, Arrow, Atom. Streams never hold it whole."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from starlette.responses import Response, StreamingResponse

from legation import tables
from legation.errors import StoreError
from legation.store import KeptEvent, KeptHappening, Result
from legation.tables import Table

if TYPE_CHECKING:
    import polars as pl

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "arrow": "application/vnd.apache.arrow.stream",
    "atom": "application/atom+xml",
}
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CHUNK = 64 * 1024


def stream(result: Result[Any], form: str, name: str) -> Response:
    """All items of a result as a download in this form."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    make: dict[str, Callable[[Result[Any]], Iterator[Any]]] = {
        "csv": csv_lines, "jsonl": json_lines, "parquet": parquet, "arrow": arrow,
    }  # fmt: skip
    return StreamingResponse(make[form](result), 200, headers, MEDIA[form])


def table(frame: pl.DataFrame, form: str, name: str) -> Response:
    """A frame of a study as CSV, JSON Lines or Parquet."""
    kinds = {"Int64": "int", "Float64": "real", "Boolean": "bool", "List(String)": "texts"}
    columns = tuple((column, kinds.get(str(kind), "text")) for column, kind in frame.schema.items())
    return rows(frame.iter_rows(named=True), columns, form, name)


def rows(found: Iterable[Mapping[str, Any]], columns: Table, form: str, name: str) -> Response:
    """Rows of a short table as CSV, JSON Lines or Parquet."""
    out = io.BytesIO()
    tables.write(found, columns, form, out)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(out.getvalue(), 200, headers, MEDIA[form])


def csv_lines(result: Result[Any]) -> Iterator[str]:
    """A header and a line an item; a cell that a spreadsheet would run becomes plain text."""
    names = [name for name, _ in result.table]
    yield _line(names)
    for row in result.rows():
        yield _line([_cell(row[name]) for name in names])


def json_lines(result: Result[Any]) -> Iterator[str]:
    """A JSON object a line."""
    for row in result.rows():
        yield json.dumps(row, ensure_ascii=False) + "\n"


def arrow(result: Result[Any]) -> Iterator[bytes]:
    """An Arrow IPC stream, batch by batch; StoreError without pyarrow."""
    pyarrow = needs_pyarrow()
    sink = io.BytesIO()
    writer = None
    for batch in result.batches():
        writer = writer or pyarrow.ipc.new_stream(sink, batch.schema)
        writer.write_batch(batch)
        yield _taken(sink)
    if writer is None:
        table = result.to_arrow()
        writer = pyarrow.ipc.new_stream(sink, table.schema)
    writer.close()
    yield _taken(sink)


def parquet(result: Result[Any]) -> Iterator[bytes]:
    """A Parquet file, made on disk a row group at a time; StoreError without pyarrow."""
    needs_pyarrow()
    import pyarrow.parquet as pq

    with tempfile.TemporaryFile() as file:
        writer = None
        for batch in result.batches():
            writer = writer or pq.ParquetWriter(file, batch.schema, compression="zstd")
            writer.write_batch(batch)
        if writer is None:
            pq.write_table(result.to_arrow(), file)
        else:
            writer.close()
        file.seek(0)
        while part := file.read(CHUNK):
            yield part


def atom(title: str, address: str, page: str, updated: str, entries: Iterable[str]) -> Response:
    """An Atom feed (RFC 4287); `address` is its own URL, `page` that of the list for people."""
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>{_xml(address)}</id><title>{_xml(title)}</title><updated>{_xml(updated)}</updated>"
        f'<link rel="self" href={quoteattr(address)}/><link href={quoteattr(page)}/>'
        "<author><name>Legation</name></author>\n"
    )
    body = head + "\n".join(entries) + "\n</feed>\n"
    return Response(body.encode("utf-8"), media_type=MEDIA["atom"])


def event_entry(kept: KeptEvent, title: str, root: str) -> str:
    """An event as an Atom entry: what was done, the sentence, the outlet."""
    return _entry(
        f"urn:legation:event:{kept.id}", title, kept.coded,
        f"{root}/stories/{kept.story}#e-{kept.id}", f"{kept.sentence} ({kept.outlet})",
    )  # fmt: skip


def happening_entry(kept: KeptHappening, title: str, root: str) -> str:
    """A happening as an Atom entry."""
    act = kept.happening
    said = f"{len(act.reports)} reports, {act.independent} independent: {', '.join(act.outlets)}"
    return _entry(
        f"urn:legation:happening:{kept.id}", title, kept.changed,
        f"{root}/happenings/{kept.id}", said,
    )  # fmt: skip


def entry(id: str, title: str, updated: str, link: str, summary: str) -> str:
    """Any other Atom entry."""
    return _entry(id, title, updated, link, summary)


def _entry(id: str, title: str, updated: str, link: str, summary: str) -> str:
    return (
        f"<entry><id>{_xml(id)}</id><title>{_xml(title)}</title><updated>{_xml(updated)}</updated>"
        f"<link href={quoteattr(_NO_XML.sub('', link))}/><summary>{_xml(summary)}</summary></entry>"
    )


def _xml(text: str) -> str:
    return escape(_NO_XML.sub("", text))


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return value
    text = (
        "; ".join(str(item) for item in value) if isinstance(value, (list, tuple)) else str(value)
    )
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _line(cells: Iterable[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def _taken(sink: io.BytesIO) -> bytes:
    made = sink.getvalue()
    sink.seek(0)
    sink.truncate()
    return made


def needs_pyarrow() -> Any:
    """The module pyarrow, or StoreError that says how to get it."""
    try:
        import pyarrow
    except ImportError as error:
        raise StoreError("pyarrow is not installed: pip install 'legation[arrow]'") from error
    return pyarrow
