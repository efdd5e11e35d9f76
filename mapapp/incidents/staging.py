"""Staging database for one file being imported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from mapapp.errors import short_repr
from mapapp.incidents import rejects, validate
from mapapp.incidents.column_mapping import is_vague_id
from mapapp.incidents.countries import countries_by_name, country_shown
from mapapp.incidents.mapping_file import IncidentFileError
from mapapp.incidents.partitions import POINT, Rows, chunks_of
from mapapp.incidents.readers import csv_file
from mapapp.incidents.readers.any_file import copy_rows
from mapapp.incidents.spatial_join import within
from mapapp.incidents.store import PRIVATE
from mapapp.incidents.synthetic_formats import MARK
from mapapp.incidents.vocabulary import UCDP_WORDS, kind_words

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from numpy.typing import NDArray

    from mapapp.core.model import Atlas
    from mapapp.incidents.column_mapping import ColumnMapping
    from mapapp.incidents.readers.table import Table
    from mapapp.incidents.spatial_join import Areas
    from mapapp.incidents.store import Dataset, Store
    from mapapp.incidents.text_sort import SortedTexts

    Numbers = NDArray[np.int64]
    Truths = NDArray[np.bool_]

_MOST_UNMATCHED = 8  # words listed
_NEAR = 0.5  # degrees; rows may be this far outside their country's bounding box
_MOST, _HALF = 0.9, 0.5  # shares of the rows
_FEWEST_IDS = 2  # rows that show whether a column's values repeat


class Staging:
    """The steps of an import, in the order of the methods.

    ``replaced`` has the numbers of the stored rows that rows of the file replace, by dataset key; ``repeats``
    has the keys of the datasets because of which rows of the file were rejected as stored. ``row``,
    ``day`` (since 1970-01-01), ``lon`` and ``lat`` (degrees, WGS 84) are of the rows that are valid
    so far, in the file's order; ``total`` is the number of rows in the file.

    Parameters
    ----------
    connection
        A database of its own.
    name
        The file's name, safe to print.
    table
        The opened file, or the table unpacked from it.
    mapping
        Its columns.
    areas
        The areas rows are assigned to.
    texts
        Where the texts of the rows are kept.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what is read, and where it goes
        self,
        connection: duckdb.DuckDBPyConnection,
        name: str,
        table: Table,
        mapping: ColumnMapping,
        areas: Areas,
        texts: SortedTexts,
    ) -> None:
        self.name = name
        self.notes = [*table.notes]
        self._connection, self._table, self._mapping, self._areas = connection, table, mapping, areas
        self._source = rejects.Source(table, "copied", {})
        self._texts = texts
        self._late: dict[str, Numbers] = {}
        self.examples: dict[str, str] = {}
        self.replaced: dict[str, NDArray[np.int32]] = {}
        self.repeats: list[str] = []
        self.row: Numbers = np.empty(0, np.int64)
        self.day: NDArray[np.int32] = np.empty(0, np.int32)
        self.lon: NDArray[np.float64] = np.empty(0)
        self.lat: NDArray[np.float64] = np.empty(0)

    def read(self, temporary: Path, today: date, progress: Callable[[str, float | None], None]) -> None:
        """Read the rows, and check each by itself.

        Parameters
        ----------
        temporary
            A folder for converted copies of the file.
        today
            The last day an incident may have.
        progress
            Called with the step and the share done.
        """
        progress("reading", None)
        if self._table.form != "csv":
            copy_rows(self._table, self._connection)
            self._check(today)
        else:
            self._check_csv(temporary, today)
        self._drop_false_id(today)
        self._note_skipped()
        found = self._connection.execute(
            "SELECT rowid AS row, first, lon, lat FROM raw WHERE bad IS NULL"  # DuckDB keeps the file's order
        ).fetchnumpy()
        if ahead := self._one("SELECT count(*) FROM raw WHERE ahead AND bad IS NULL"):
            are = "1 row was" if ahead == 1 else f"{ahead:,} rows were"
            self.notes.append(
                f"by the column {short_repr(self._mapping.columns['published'])}, {are} last changed in the "
                "future; that time is ignored"
            )
        self.row = np.asarray(found["row"], np.int64)
        self.day = np.asarray(found["first"], "datetime64[D]").astype(np.int32)
        self.lon, self.lat = (np.asarray(found[axis], np.float64) for axis in ("lon", "lat"))

    def _check_csv(self, temporary: Path, today: date) -> None:
        self._check_csv_once(temporary, today)
        odd = self._one("SELECT count(*) FROM reject_errors WHERE error_type = 'INVALID ENCODING'")
        if odd and self._table.encoding == "utf-8" and not csv_file.has_utf8(self._table.path):
            self._table = replace(self._table, encoding="cp1252")
            self.notes.append(
                "most lines beyond ASCII are not UTF-8; read as Windows-1252. If names look wrong, set "
                "the encoding in a mapping file (--mapping)"
            )
            self._connection.execute("DROP TABLE raw; DROP TABLE reject_errors; DROP TABLE reject_scans")
            self._check_csv_once(temporary, today)
        self._refuse_if_mostly_broken()

    def _check_csv_once(self, temporary: Path, today: date) -> None:
        """Check the file, or a converted copy if it is not UTF-8 or its line ends differ."""
        utf8 = self._table.encoding.casefold() in {"utf-8", "utf8"}
        path = self._table.path if utf8 else csv_file.recoded(self._table, temporary)
        sql = csv_file.csv_source(self._table)
        self._source = rejects.Source(self._table, sql, {"file": str(path)})
        try:
            self._check(today)
        except duckdb.InvalidInputException:
            converted = csv_file.with_plain_ends(path, temporary)
            self._source = rejects.Source(self._table, sql, {"file": str(converted)})
            self._check(today)

    def _check(self, today: date) -> None:
        source = self._source
        try:
            notes = validate.check_rows(
                self._connection, source.sql, source.parameters, self._mapping, today, self._texts
            )
        except IncidentFileError as error:
            raise IncidentFileError(f"{self.name}: {error}") from None
        # a file is checked twice if it had to be converted
        self.notes += [note for note in notes if note not in self.notes]

    def _drop_false_id(self, today: date) -> None:
        """Check a plain table again without its ids if most of them are missing or occur more than once."""
        name = self._mapping.columns.get("id", "")
        if self._mapping.format != "csv" or not is_vague_id(name) or "id" in self._mapping.settings.columns:
            return
        rows, ids = self._connection.execute(
            "SELECT count(*), count(DISTINCT id) FROM raw WHERE (bad IS NULL OR bad = 'the id is missing')"
        ).fetchall()[0]
        if rows < _FEWEST_IDS or ids > rows * _HALF:
            return
        self.notes.append(
            f"the column {short_repr(name)} is no id, as most of its values are missing "
            "or occur more than once; the rows are numbered instead"
        )
        self._mapping = self._mapping.without("id")
        self._connection.execute("DROP TABLE raw")
        self._check(today)

    def _note_skipped(self) -> None:
        for what, number in self._connection.execute(
            "SELECT bad, count(*) FROM raw WHERE list_contains($skipped, bad) GROUP BY bad ORDER BY bad",
            {"skipped": [*validate.SKIPPED]},
        ).fetchall():
            one, many = validate.COUNTED[what]
            self.notes.append(f"1 {one} was skipped" if number == 1 else f"{number:,} {many} were skipped")

    def _refuse_if_mostly_broken(self) -> None:
        """Refuse a file with more broken lines than rows: not a table, or with a wrong delimiter."""
        broken = self._one("SELECT count(DISTINCT line) FROM reject_errors")
        if broken < csv_file.MOST_BROKEN and (broken <= 1 or broken <= self._one("SELECT count(*) FROM raw")):
            return
        line = self._one("SELECT min(line) FROM reject_errors")
        raise IncidentFileError(
            f"{self.name}: {broken:,} of its lines do not have {len(self._table.header)} columns (the first "
            f"is line {line}); check the file and its delimiter"
        )

    def _one(self, query: str) -> int:
        return int(self._connection.execute(query).fetchall()[0][0])  # leaves no unfinished result

    def compare(self, atlas: Atlas, store: Store, others: Sequence[Dataset], *, keep_old: bool) -> None:
        """Check rows against others: for swapped coordinates, and for ids that occur twice or are stored.

        Parameters
        ----------
        store, others
            The store, and the datasets in it that the file does not replace as a whole.
        keep_old
            Whether stored rows stay where the file has newer versions of them.
        """
        if not self._mapping.settings.keep_swapped and self.row.size:
            self._find_swapped(atlas)
        if "id" not in self._mapping.index:
            return
        # in plain tables, rows with the same id are the same incident only if day and point are the same
        same = "id, first, lon, lat" if self._mapping.format == "csv" else "id"
        twice = self._found(
            f"""
            SELECT row, best IS DISTINCT FROM published AS older
            FROM (SELECT row, published, row_number() OVER latest AS time,
                         first_value(published) OVER latest AS best
                  FROM good WHERE id IN (SELECT id FROM good GROUP BY id HAVING count(*) > 1)
                  WINDOW latest AS (PARTITION BY {same} ORDER BY published DESC NULLS LAST, row))
            WHERE time > 1
            """  # noqa: S608 - no text from files
        )
        older = twice["older"].astype(bool)
        self._reject_later("a newer version of the id is in the file, and kept", twice["row"][older])
        self._reject_later("the id occurs earlier in the file; the first row is kept", twice["row"][~older])
        if self._mapping.format == "csv":
            self._note_shared_ids()
        self._compare_stored(store, others, keep_old=keep_old)

    def _note_shared_ids(self) -> None:
        """Note how many rows of a plain table have the id of another row, but another day or point."""
        alike = self._found(
            "SELECT row FROM good WHERE id IN (SELECT id FROM good GROUP BY id HAVING count(*) > 1)"
        )["row"].size
        if alike:
            self.notes.append(
                f"{alike:,} rows share their id with another row, but not its day or point; all are kept"
            )

    def _compare_stored(self, store: Store, others: Sequence[Dataset], *, keep_old: bool) -> None:
        """Find rows whose ids are stored: newer ones replace stored rows, the others are rejected."""
        alike = [one for one in others if one.format == self._mapping.format and one.rows]
        found = {one.key: self._stored_rows(store, one) for one in alike}
        for key, pairs in found.items():
            age, why = pairs["age"], f"version of the id is stored, in the dataset {key}"
            before = self.row.size
            self._reject_later(f"a newer {why}", pairs["row"][age < 0])
            self._reject_later(f"the id is already stored, in the dataset {key}", pairs["row"][age == 0])
            if keep_old:
                self._reject_later(
                    f"an older {why}, and kept as you asked (--keep-old)", pairs["row"][age > 0]
                )
            if self.row.size < before:
                self.repeats.append(key)
        for key, pairs in found.items():  # only now are all rejected rows known
            replaced = pairs["n"][np.isin(pairs["row"], self.row)]
            if replaced.size:
                self.replaced[key] = replaced.astype(np.int32)

    def _found(self, query: str) -> dict[str, Any]:
        """Return what a query finds in ``good``: row, id, first day and publication of rows valid so far."""
        good = "WITH good AS (SELECT rowid AS row, id, first, lon, lat, published FROM raw "
        good += f"WHERE {self._valid()}) "
        found: dict[str, Any] = self._connection.execute(good + query).fetchnumpy()
        return found

    def _valid(self) -> str:
        """Return the SQL condition for the rows of ``raw`` that are valid so far."""
        if not self._late:
            return "bad IS NULL"
        late = np.concatenate(list(self._late.values()))
        self._connection.register("late", pa.table({"row": late}))
        return "bad IS NULL AND rowid NOT IN (SELECT row FROM late)"

    def _reject_later(self, why: str, rows: Numbers) -> None:
        rows = np.unique(rows[np.isin(rows, self.row)]).astype(np.int64)
        if rows.size:
            self._late[why] = rows
            left = ~np.isin(self.row, rows)
            self.row, self.day = self.row[left], self.day[left]
            self.lon, self.lat = self.lon[left], self.lat[left]

    def _find_swapped(self, atlas: Atlas) -> None:
        """Find rows that are in their country only with latitude and longitude swapped.

        Countries are compared by bounding box. In a file without a country column, the country is the one
        that the map mostly opens on, if nine in ten rows are in it, or if more than half would be if swapped.
        """
        west, south, east, north = self._boxes(atlas)
        lon, lat = self.lon, self.lat
        inside = (
            (lon >= west - _NEAR) & (lon <= east + _NEAR) & (lat >= south - _NEAR) & (lat <= north + _NEAR)
        )
        looks = ~inside & (lat >= west) & (lat <= east) & (lon >= south) & (lon <= north)
        if looks.mean() > _HALF:
            columns = self._mapping.columns
            read = [short_repr(columns[what]) for what in ("lat", "lon", "point") if what in columns]
            raise IncidentFileError(
                f"{self.name}: latitude and longitude look swapped in {int(looks.sum()):,} of {looks.size:,} "
                f"rows (read from {' and '.join(read)}); swap lat "
                "and lon in a mapping file (--mapping), or if they are right, set swapped: keep"
            )
        if "country" in self._mapping.index or inside.mean() >= _MOST:
            self._reject_later("latitude and longitude look swapped", self.row[looks])

    def _boxes(self, atlas: Atlas) -> NDArray[np.float64]:
        """Return west, south, east and north of where each valid row should be; NaN where that is unknown."""
        unknown = (np.nan,) * 4
        if "country" not in self._mapping.index:
            home = country_shown(atlas)
            return np.array(home.geometry.bounds if home else unknown)[:, None]
        boxes = {name: place.geometry.bounds for name, place in countries_by_name(atlas).items()}
        self._connection.register(
            "countries", pa.table({"name": list(boxes), "nth": list(range(len(boxes)))})
        )
        # a file has few distinct countries, so only those are looked up
        column = self._connection.sql("SELECT country FROM raw WHERE bad IS NULL").to_arrow_table()[0]
        words = column.combine_chunks().dictionary_encode("encode")
        self._connection.register("words", pa.table({"word": words.dictionary}))
        query = "SELECT word, nth FROM words JOIN countries ON lower(trim(word)) = name"
        nth_of: dict[str, int] = dict(self._connection.execute(query).fetchall())
        nth = np.array([nth_of.get(word, -1) for word in words.dictionary.to_pylist()], np.int64)
        edges = np.array([*boxes.values(), unknown], np.float64)[nth]
        of_rows: NDArray[np.float64] = np.take(edges.T, words.indices.to_numpy(), axis=1)
        return of_rows

    def _stored_rows(self, store: Store, dataset: Dataset) -> dict[str, Any]:
        """Return the rows a dataset has already: by id, in plain tables also by first day and point.

        Returns
        -------
        dict
            ``row`` in the file, ``n`` in the dataset, and ``age``: 1 if the row is newer than the stored
            one, -1 if it is older, 0 if they are of the same time or it is not known.
        """
        files, held = store.files(dataset), "read_parquet($files, hive_partitioning = false)"
        known = "published" in pq.read_schema(files[0]).names  # earlier versions did not store it
        point = "first, geometry" if self._mapping.format == "csv" else "NULL"
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE held AS SELECT n, id, {point}, "  # noqa: S608 - no text from files
            f"{'published' if known else 'NULL::TIMESTAMP_S'} AS stored FROM {held}",
            {"files": files},
        )
        pairs = """
            SELECT row, n,
                   coalesce(CAST(published > stored AS INT) - CAST(published < stored AS INT), 0) AS age
            FROM good JOIN held
        """
        if self._mapping.format != "csv":
            return self._found(f"{pairs} USING (id)")
        points = np.empty(self.row.size, POINT)
        points["order"], points["type"], points["x"], points["y"] = 1, 1, self.lon, self.lat
        mine = pa.FixedSizeBinaryArray.from_buffers(
            pa.binary(POINT.itemsize), points.size, [None, pa.py_buffer(points.tobytes())]
        )
        self._connection.register("points", pa.table({"row": self.row, "geometry": mine}))
        return self._found(f"{pairs} USING (id, first) JOIN points USING (row, geometry)")

    def reject(self, temporary: Path, file: Path) -> Counter[str]:
        """Write the rejected rows to a file, and count them by reason; remove the file if there are none."""
        self._find_examples()
        counted = rejects.write(temporary / "rejects.csv", self._connection, self._source, self._late)
        file.parent.mkdir(PRIVATE, exist_ok=True)
        if counted:
            (temporary / "rejects.csv").replace(file)
        else:
            file.unlink(missing_ok=True)
        return counted

    def _find_examples(self) -> None:
        """Keep a cell that shows each reason in ``examples``."""
        for why, cells in self._connection.execute(
            "SELECT bad, first(cells ORDER BY rowid) FROM raw WHERE bad IS NOT NULL GROUP BY bad"
        ).fetchall():
            at = self._mapping.shown(validate.ABOUT.get(why, ""))
            found = " ".join(cells[one] or "" for one in at).strip()
            if found:
                self.examples[why] = found

    def rows(self) -> tuple[Rows, date]:
        """Assign areas to the valid rows, sort them for storage, and return them with their last day."""
        self._match_kinds()
        order = np.lexsort((self.row, self.day))
        lon, lat = self.lon[order], self.lat[order]
        area, sets = within(self._areas, lon, lat)
        nowhere = [at for at, held in enumerate(sets) if not held]
        if outside := int(np.isin(area, nowhere).sum()):
            are = "1 row is" if outside == 1 else f"{outside:,} rows are"
            self.notes.append(f"{are} outside all countries of this map")
        query = f"SELECT max(last) FROM raw WHERE {self._valid()}"  # noqa: S608 - no text from files
        last = self._connection.execute(query).fetchall()[0][0]
        return Rows(self.row[order], self.day[order], lon, lat, area, sets), last

    def exported(self) -> date | None:
        """Return the latest day on which the publisher changed a valid row, UTC; ``None`` if unknown.

        Rows that are already stored count as well: they are part of the export.
        """
        found = self._connection.execute(
            "SELECT CAST(max(published) AS DATE) FROM raw WHERE bad IS NULL"
        ).fetchall()
        day: date | None = found[0][0]
        return day

    def arrange_texts(self, rows: Rows) -> None:
        """Say where the texts of the valid rows are stored."""
        kept = self._connection.execute("SELECT kept FROM raw").fetchnumpy()["kept"]
        ends = np.array([chunk.rows.stop for chunk in chunks_of(rows)])
        self._texts.arrange(np.asarray(kept, np.int32)[rows.row], ends)

    def _match_kinds(self) -> None:
        """Make the table ``kinds``: for each pair of words, its kind, the words to display, and its rows."""
        own = {
            " ".join(word.casefold().replace("_", " ").split()): kind
            for word, kind in self._mapping.settings.kinds.items()
        }
        known = kind_words(self._mapping.format, self._mapping.codes_of("kind")) | own
        spelled = UCDP_WORDS if self._mapping.codes_of("kind") == "ucdp" else {}
        for name, words in (("known", known), ("spelled", spelled)):
            columns = {"word": list(words), "meant": list(words.values())}
            schema = pa.schema([("word", pa.string()), ("meant", pa.string())])
            self._connection.register(name, pa.table(columns, schema))
        # codes may be written as 1.0, and old names as "Battle - No change of territory"
        number = r"regexp_replace({}, '^(\d+)\.0+$', '\1')"
        spaces = rf"regexp_replace({number}, '[\s_]+', ' ', 'g')"
        tidy = rf"lower(trim(regexp_replace({spaces}, ' ?- ?', '-', 'g')))"
        self._connection.execute(
            f"""
            CREATE TABLE kinds AS
            SELECT pairs.word, under, pairs.rows,
                   coalesce(finer.meant, wider.meant, if(pairs.word IS NULL, 'unstated', 'other')) AS kind,
                   finer.meant IS NULL AND wider.meant IS NULL AND pairs.word IS NOT NULL AS strange,
                   coalesce(pairs.word || ': ' || under, spelled.meant, pairs.word, under) AS label
            FROM (SELECT word, under, count(*) AS rows FROM raw WHERE {self._valid()}
                  GROUP BY word, under) AS pairs
                 LEFT JOIN known AS wider ON {tidy.format("pairs.word")} = wider.word
                 LEFT JOIN known AS finer ON {tidy.format("under")} = finer.word
                 LEFT JOIN spelled ON {tidy.format("pairs.word")} = spelled.word
            """  # noqa: S608 - no text from files
        )

    def kinds(self) -> tuple[tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]]:
        """Count the valid rows by kind, and by unknown word for a kind."""
        counted, ended = "CAST(sum(rows) AS BIGINT) FROM kinds", "GROUP BY 1 ORDER BY 2 DESC, 1"
        kinds = self._connection.execute(f"SELECT kind, {counted} {ended}").fetchall()
        strange = self._connection.execute(
            f"SELECT word, {counted} WHERE strange {ended} LIMIT {_MOST_UNMATCHED}"
        ).fetchall()
        return tuple(kinds), tuple(strange)

    def synthetic(self) -> bool:
        """Return whether any valid row is marked as synthetic."""
        query = "SELECT count(*) FROM raw WHERE bad IS NULL AND starts_with(id, $mark)"
        found: Any = self._connection.execute(query, {"mark": MARK}).fetchone()
        return bool(found[0])
