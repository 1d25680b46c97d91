"""Results as tables: documented columns for polars, pandas and Arrow, a batch at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Generic, TypeVar

from legation.errors import StoreError
from legation.store.kept import KeptEvent, Page
from legation.story import Party

T = TypeVar("T")
Table = tuple[tuple[str, str], ...]  # (column, kind): text, texts, int, real, bool

EVENTS: Table = (
    ("id", "text"), ("story", "text"), ("happening", "text"), ("type", "text"), ("mode", "text"),
    ("status", "text"), ("contexts", "texts"), ("start", "text"), ("end", "text"),
    ("day", "text"), ("days", "int"), ("date_basis", "text"), ("actors", "texts"),
    ("actor_countries", "texts"), ("actor_sectors", "texts"), ("recipients", "texts"),
    ("recipient_countries", "texts"), ("recipient_sectors", "texts"), ("sources", "texts"),
    ("source_countries", "texts"), ("place", "text"), ("place_country", "text"), ("lat", "real"),
    ("lon", "real"), ("geoname", "int"), ("confidence", "real"), ("sentence", "text"),
    ("published", "text"), ("outlet", "text"), ("title", "text"), ("url", "text"),
    ("given", "text"), ("copy_of", "text"), ("first_seen", "text"), ("coded", "text"),
    ("superseded", "text"), ("reviewed", "bool"), ("version", "text"),
)  # fmt: skip
"""Columns of an event; docs/2-keep-a-desk.md says what each means."""


def event_row(kept: KeptEvent) -> dict[str, Any]:
    """One event as a flat row of `EVENTS`; unknown is None, nobody is an empty list."""
    event, at, date = kept.event, kept.event.place, kept.event.date
    return {
        "id": event.id, "story": kept.story, "happening": kept.happening or None,
        "type": str(event.type), "mode": event.mode, "status": str(event.status),
        "contexts": list(event.contexts),
        "start": date.start if date else None, "end": date.end if date else None,
        "day": kept.day or None, "days": kept.days, "date_basis": date.basis if date else None,
        "actors": names(event.actors), "actor_countries": _codes(event.actors),
        "actor_sectors": [party.sector for party in event.actors],
        "recipients": names(event.recipients), "recipient_countries": _codes(event.recipients),
        "recipient_sectors": [party.sector for party in event.recipients],
        "sources": names(event.source), "source_countries": _codes(event.source),
        "place": at.name if at else None, "place_country": at.country if at else None,
        "lat": at.lat if at else None, "lon": at.lon if at else None,
        "geoname": (at.geoname or None) if at else None,
        "confidence": event.confidence, "sentence": kept.sentence,
        "published": kept.published or None, "outlet": kept.outlet or None,
        "title": kept.title or None, "url": kept.url or None, "given": kept.given or None,
        "copy_of": kept.copy_of or None, "first_seen": kept.first_seen, "coded": kept.coded,
        "superseded": kept.superseded or None, "reviewed": kept.reviewed, "version": kept.version,
    }  # fmt: skip


def names(parties: Iterable[Party]) -> list[str]:
    """Name, else words, of each party."""
    return [party.name or party.text for party in parties]


def _codes(parties: Iterable[Party]) -> list[str]:
    return [party.country or "" for party in parties]


class Result(Generic[T]):
    """What was asked for, fetched only when looked at: iterate it, page it, count it, or take it
    as rows, polars, pandas or Arrow. Iterating holds one page at a time, whatever the size."""

    def __init__(
        self,
        stream: Callable[[], Iterator[T]],
        page: Callable[[int, str], Page[T]],
        count: Callable[[], int],
        row: Callable[[T], dict[str, Any]],
        table: Table,
    ) -> None:
        self._stream, self._page, self._count = stream, page, count
        self.row = row
        self.table = table

    def __iter__(self) -> Iterator[T]:
        return self._stream()

    def page(self, limit: int = 50, cursor: str = "") -> Page[T]:
        """At most `limit` items after the cursor, which is `next` of the page before."""
        return self._page(limit, cursor)

    def first(self) -> T | None:
        """The first item, or None."""
        return next(iter(self._page(1, "").items), None)

    def count(self) -> int:
        """How many there are, counted in the database."""
        return self._count()

    def rows(self) -> Iterator[dict[str, Any]]:
        """Flat rows with the columns of `table`."""
        return (self.row(item) for item in self)

    def batches(self, size: int = 20_000) -> Iterator[Any]:
        """Arrow record batches (extra `arrow`)."""
        arrow = _needed("pyarrow", "arrow")
        schema = self._schema(arrow)
        rows = self.rows()
        while part := list(islice(rows, size)):
            yield arrow.RecordBatch.from_pylist(part, schema=schema)

    def to_arrow(self) -> Any:
        """A pyarrow Table (extra `arrow`)."""
        arrow = _needed("pyarrow", "arrow")
        return arrow.Table.from_batches(self.batches(), schema=self._schema(arrow))

    def to_polars(self) -> Any:
        """A polars DataFrame."""
        import polars

        kinds: dict[str, Any] = {
            "text": polars.String, "texts": polars.List(polars.String), "int": polars.Int64,
            "real": polars.Float64, "bool": polars.Boolean,
        }  # fmt: skip
        schema = {name: kinds[kind] for name, kind in self.table}
        rows = self.rows()
        parts = [polars.DataFrame([], schema=schema)]
        while part := list(islice(rows, 20_000)):
            columns = {name: [row[name] for row in part] for name in schema}
            parts.append(polars.DataFrame(columns, schema=schema))
        return polars.concat(parts)

    def to_pandas(self) -> Any:
        """A pandas DataFrame (extra `pandas`)."""
        pandas = _needed("pandas", "pandas")
        columns = [name for name, _ in self.table]
        return pandas.DataFrame(list(self.rows()), columns=columns)

    def _schema(self, arrow: Any) -> Any:
        kinds = {
            "text": arrow.string(), "texts": arrow.list_(arrow.string()), "int": arrow.int64(),
            "real": arrow.float64(), "bool": arrow.bool_(),
        }  # fmt: skip
        return arrow.schema([(name, kinds[kind]) for name, kind in self.table])


def _needed(module: str, extra: str) -> Any:
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise StoreError(f"{module} is not installed: pip install 'legation[{extra}]'") from error
