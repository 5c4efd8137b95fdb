"""Linking on Apache Spark, so that no machine needs all reports.

Two reports are worth comparing where they share a word, name or street that few hold: each of these is a block, and its
list of reports is the work of whichever machine has it. What is counted over all reports is counted there too. The pairs
that come of it are scored, links are followed, and in a last step for all, which holds two numbers a report, reports are
divided into parts that no link leaves; the groups of each part are the incidents. What reports tell in passing goes the
same way again, with all reports. The incidents are those of one machine: the steps are the same, and exact
(``crates/reconciler/src/link/spread``).

It costs more than linking in one task does, for whatever is shared must travel: it is for more reports than one machine
holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy
import pyarrow
from pyspark.sql import Window
from pyspark.sql import functions as F

from . import _core

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Batches = Iterable[pyarrow.RecordBatch]

# A day or month that is not known.
UNKNOWN = -(2**63)
# What rows of asks and lists are of: the three kinds that are counted are below it.
COMPARED = 9

KEY = ("ord", "report", "text", "passage")
RECORDS = (
    "uid string, report string, text string, passage string, ord long, copy long, leasts array<long>, runs binary, "
    "day long, record binary"
)
ASKS = "kind int, hash long, rank int, day long, counted int"
FOUND = "what int, rank int, a long, b long, c long"
PAIRS = "a int, b int"
EDGES = "a int, b int, score long"


class Kept:
    """Tables in between, each written to a folder: what was made is not made again, whoever is lost, and plans stay
    small."""

    def __init__(self, session: SparkSession, folder: str) -> None:
        self._session = session
        self._folder = folder
        self._count = 0

    def __call__(self, table: DataFrame) -> DataFrame:
        """Writes a table and gives it back."""
        self._count += 1
        path = f"{self._folder}/{self._count}"
        table.write.mode("overwrite").parquet(path)
        return self._session.read.schema(table.schema).parquet(path)


def link(readings: DataFrame, folder: str) -> DataFrame:
    """The incidents of readings (``record`` is what is needed of each, each once): incident, report, account. Tables in
    between are left in ``folder``."""
    keep = Kept(readings.sparkSession, folder)
    records = keep(readings.select("record").mapInArrow(_records, RECORDS))
    mains = _Pool(records.where("passage = ''"), keep)
    found = mains.groups(mains.links(mains.pairs), None)
    about = mains.members.join(found, "rank").select("report", "text", F.col("group").alias("incident"))
    told = records.where("passage <> ''")
    if told.isEmpty():
        rows = about.withColumn("account", F.lit(None).cast("string"))
    else:
        rows = about.withColumn("account", F.lit(None).cast("string")).unionByName(_in_passing(records, about, mains.size, keep))
    # A report that is about an incident tells of it in no other way; of several passages the first counts.
    order = Window.partitionBy("incident", "report").orderBy(F.col("account").isNotNull(), "text", "account")
    first = rows.withColumn("place", F.row_number().over(order)).where("place = 1")
    return first.select(F.col("incident").cast("long").alias("incident"), "report", "account")


def _in_passing(records: DataFrame, about: DataFrame, known: int, keep: Kept) -> DataFrame:
    """The incidents of what reports tell in passing: those that reports are about, or new ones, numbered from ``known``."""
    _, _, _, _, fellows, copies = _core.block_limits()
    pool = _Pool(records, keep)
    own = pool.members.where("passage = ''").join(about, ["report", "text"])
    held = keep(own.groupBy("rank").agg(F.min("incident").alias("held")))
    of_a, of_b = (held.select(F.col("rank").alias(name), F.col("held").alias(f"of_{name}")) for name in ("a", "b"))

    def with_passage(pairs: DataFrame) -> DataFrame:
        joined = pairs.join(of_a, "a", "left").join(of_b, "b", "left")
        return joined.where("of_a IS NULL OR of_b IS NULL")

    pairs = keep(with_passage(pool.pairs))
    # A passage is to be like an incident, and not like one report: it is compared with the first reports of each.
    place = Window.partitionBy("held").orderBy("rank")
    first = held.withColumn("place", F.row_number().over(place)).where(F.col("place") <= fellows)
    first = first.select(F.col("held").alias("incident"), F.col("rank").alias("fellow"))
    sides = [
        pairs.where(f"of_{passage} IS NULL AND of_{other} IS NOT NULL").select(
            F.col(passage).alias("of"), F.col(f"of_{other}").alias("incident")
        )
        for passage, other in (("a", "b"), ("b", "a"))
    ]
    with_fellows = sides[0].union(sides[1]).distinct().join(first, "incident")
    more = with_fellows.select(F.least("of", "fellow").alias("a"), F.greatest("of", "fellow").alias("b"))
    wanted = keep(pairs.select("a", "b").union(more).distinct())
    links = with_passage(pool.links(wanted)).select("a", "b", "score")
    # A passage is like the report that it stands in, which says nothing.
    place = Window.partitionBy("rank").orderBy("rep_key", *KEY)
    texts = pool.members.withColumn("place", F.row_number().over(place)).where(F.col("place") <= copies)
    one, other = (texts.select(F.col("rank").alias(name), "report", "text") for name in ("a", "b"))
    same = one.join(other, ["report", "text"]).where("a < b").select("a", "b").distinct()
    found = pool.groups(links.join(same, ["a", "b"], "left_anti"), held)
    least = found.join(held, "rank").groupBy("group").agg(F.min("held").alias("incident"))
    number = F.coalesce(F.col("incident"), F.col("group") + F.lit(known))
    placed = found.join(least, "group", "left").select("rank", number.alias("incident"))
    told = pool.members.where("passage <> ''").join(placed, "rank")
    return told.select("report", "text", "incident", F.col("passage").alias("account"))


class _Pool:
    """Records weighed against each other: ``members`` (of which rank each is), ``pairs`` worth comparing, ``nodes``."""

    def __init__(self, records: DataFrame, keep: Kept) -> None:
        self._keep = keep
        session = records.sparkSession
        many, reports, months, self._sure, _, _ = _core.block_limits()
        self.members, ranked = _ranked(records, many, keep)
        self.size = ranked.count()
        size = self.size
        sentences = ranked.mapInArrow(_sentences, "hash long, month long").groupBy("hash")
        of_months = F.countDistinct(F.when(F.col("month") != UNKNOWN, F.col("month")))
        seen = sentences.agg(F.count("*").alias("reports"), of_months.alias("months"))
        rows = seen.where((F.col("reports") >= reports) & (F.col("months") >= months)).select("hash").collect()
        hashes = numpy.array([row.hash for row in rows], "<i8").tobytes()
        furniture = session.sparkContext.broadcast(hashes)

        def asks(batches: Batches) -> Batches:
            known = _core.Furniture(furniture.value)
            for batch in batches:
                made = known.asks(_ints(batch, "rank"), _longs(batch, "day"), batch.column("record").to_pylist())
                yield _columns(ASKS, made)

        asked = keep(ranked.mapInArrow(asks, ASKS))
        dated = asked.where((F.col("kind") == COMPARED) & (F.col("day") != UNKNOWN))
        weeks = dated.select(F.floor(F.col("day") / 7)).distinct().count()

        def lists(batches: Batches) -> Batches:
            made = _core.Lists(size, weeks)
            for batch in batches:
                made.feed(
                    _ints(batch, "kind"),
                    _longs(batch, "hash"),
                    _ints(batch, "rank"),
                    _longs(batch, "day"),
                    _ints(batch, "counted"),
                )
                given = made.drain(False)
                if given is not None:
                    yield _columns(FOUND, given)
            given = made.drain(True)
            if given is not None:
                yield _columns(FOUND, given)

        blocks = asked.where(F.col("kind") < COMPARED).repartition("kind", "hash")
        found = keep(blocks.sortWithinPartitions("kind", "hash", "rank").mapInArrow(lists, FOUND))

        def best(batches: Batches) -> Batches:
            made = _core.Best()
            for batch in batches:
                made.feed(_ints(batch, "what"), _ints(batch, "rank"), _longs(batch, "a"), _longs(batch, "b"))
                yield _columns(PAIRS, made.drain(False))
            yield _columns(PAIRS, made.drain(True))

        scored = found.where(F.col("what") > COMPARED).repartition("rank").sortWithinPartitions("what", "rank")
        self.pairs = keep(scored.mapInArrow(best, PAIRS).distinct())

        def weighed(batches: Batches) -> Batches:
            known = _core.Furniture(furniture.value)
            for batch in batches:
                made = known.weighed(_longs(batch, "day"), batch.column("record").to_pylist(), _lists(batch), size)
                yield pyarrow.RecordBatch.from_arrays(
                    [batch.column("rank"), pyarrow.array(made, pyarrow.binary())], ["rank", "node"]
                )

        counted = found.where(F.col("what") < COMPARED).groupBy("rank")
        counts = counted.agg(F.collect_list(F.struct("what", "a", "b", "c")).alias("counts"))
        nodes = ranked.join(counts, "rank").select("rank", "day", "record", "counts")
        self.nodes = keep(nodes.mapInArrow(weighed, "rank int, node binary"))

    def _scored(self, pairs: DataFrame) -> DataFrame:
        of_a, of_b = (self.nodes.select(F.col("rank").alias(name), F.col("node").alias(f"of_{name}")) for name in ("a", "b"))
        joined = pairs.join(of_b, "b").join(of_a, "a").select("a", "b", "of_a", "of_b")
        return joined.sortWithinPartitions("a").mapInArrow(_scores, EDGES)

    def links(self, pairs: DataFrame) -> DataFrame:
        """The links of pairs, and of the far ends of sure ones: a, b, score."""
        links = self._keep(self._scored(pairs))
        sure = links.where(F.col("score") >= self._sure)
        turned = (-F.col("score")).alias("score")
        both = sure.select(F.col("a").alias("of"), turned, F.col("b").alias("other"))
        both = both.union(sure.select(F.col("b").alias("of"), turned, F.col("a").alias("other")))
        ends = both.repartition("of").sortWithinPartitions("of", "score", "other").mapInArrow(_far_ends, PAIRS)
        more = self._scored(ends.distinct().join(pairs, ["a", "b"], "left_anti"))
        return self._keep(links.union(more))

    def groups(self, links: DataFrame, held: DataFrame | None) -> DataFrame:
        """The group of each report: rank, group. ``held`` are reports that are of an incident already."""
        size, passages = self.size, held is not None

        def parts(batches: Batches) -> Batches:
            made = _core.Parts(size, passages)
            for batch in batches:
                a, b, score = _ints(batch, "a"), _ints(batch, "b"), _longs(batch, "score")
                of = numpy.frombuffer(b, "<i4") < 0
                kept = numpy.frombuffer(a, "<i4")[of]
                numbers = numpy.frombuffer(score, "<i8")[of]
                made.hold(kept.astype("<i4").tobytes(), numbers.astype("<i4").tobytes())
                made.feed(
                    numpy.frombuffer(a, "<i4")[~of].tobytes(),
                    numpy.frombuffer(b, "<i4")[~of].tobytes(),
                    numpy.frombuffer(score, "<i8")[~of].tobytes(),
                )
            firsts = numpy.frombuffer(made.firsts(), "<i4")
            for start in range(0, size, 100_000):
                some = firsts[start : start + 100_000]
                own = numpy.arange(start, start + len(some), dtype="<i4")
                yield pyarrow.RecordBatch.from_arrays([pyarrow.array(own), pyarrow.array(some)], ["rank", "part"])

        rows = links.select("a", "b", "score")
        if held is not None:
            settled = held.select(F.col("rank").alias("a"), F.lit(-1).alias("b"), F.col("held").cast("long").alias("score"))
            rows = rows.union(settled)
        part = self._keep(rows.repartition(1).mapInArrow(parts, "rank int, part int"))
        of_a = part.select(F.col("rank").alias("a"), "part")
        of_b = part.select(F.col("rank").alias("b"), F.col("part").alias("other"))
        within = rows.join(of_a, "a").join(of_b, "b", "left").where("b < 0 OR part = other")
        within = within.select("part", "a", "b", "score").repartition("part").sortWithinPartitions("part", "a", "b")

        def groups(batches: Batches) -> Batches:
            made = _core.Groups(passages)
            for batch in batches:
                made.feed(_ints(batch, "part"), _ints(batch, "a"), _ints(batch, "b"), _longs(batch, "score"))
                yield _columns(PAIRS, made.drain(False))
            yield _columns(PAIRS, made.drain(True))

        made = within.mapInArrow(groups, PAIRS).select(F.col("a").alias("rank"), F.col("b").alias("own"))
        # What nothing links is a group of its own.
        alone = F.coalesce(F.col("own"), F.col("rank")).alias("group")
        return self._keep(part.join(made, "rank", "left").select("rank", alone))


def _ranked(records: DataFrame, many: int, keep: Kept) -> tuple[DataFrame, DataFrame]:
    """Of which rank each record is, copies being one; and the first record of each rank, with its first day."""
    # Those in the same words are one, and go by the first.
    words = Window.partitionBy(F.coalesce(F.col("copy").cast("string"), F.col("uid"))).orderBy(*KEY)
    own = records.withColumn("rep", F.first("uid").over(words))
    own = keep(own.withColumn("rep_key", F.first(F.struct(*KEY)).over(words)))
    firsts = own.where("uid = rep")
    # Near copies are looked for where many share a sketch.
    sketches = firsts.select("uid", F.posexplode("leasts").alias("seed", "least"))
    shared = sketches.groupBy("seed", "least").count().where(F.col("count") >= many)
    looked = sketches.join(shared, ["seed", "least"]).select("uid").distinct()
    near = firsts.join(looked, "uid").select("uid", "runs", *KEY)
    roots = near.repartition(1).sortWithinPartitions(*KEY).mapInArrow(_near_copies, "rep string, root string")
    own = own.join(roots, "rep", "left").withColumn("node", F.coalesce("root", "rep"))
    days = own.groupBy("node").agg(F.min(F.when(F.col("day") != UNKNOWN, F.col("day"))).alias("first_day"))
    nodes = own.where("uid = node").join(days, "node")
    # Ranks need one order of all, of the keys alone.
    keys = nodes.select("node", *KEY).withColumn("rank", F.row_number().over(Window.orderBy(*KEY)) - 1)
    keys = keep(keys.select("node", F.col("rank").cast("int").alias("rank")))
    members = keep(own.join(keys, "node").select("rank", "rep_key", *KEY))
    day = F.coalesce(F.col("first_day"), F.lit(UNKNOWN)).alias("day")
    ranked = keep(nodes.join(keys, "node").select("rank", day, "record"))
    return members, ranked


def _records(batches: Batches) -> Batches:
    names, kinds = zip(*(column.split() for column in RECORDS.split(", ")))
    types = {
        "string": pyarrow.string(),
        "long": pyarrow.int64(),
        "binary": pyarrow.binary(),
        "array<long>": pyarrow.list_(pyarrow.int64()),
    }
    for batch in batches:
        rows = []
        for report, text, account, order, copy, leasts, runs, day, record in _core.block_records(
            batch.column("record").to_pylist()
        ):
            passage = account or ""
            uid = f"{report} {text} {passage}"
            rows.append((uid, report, text, passage, order, copy, leasts, runs, day, record))
        columns = zip(*rows) if rows else [()] * len(names)
        arrays = [pyarrow.array(column, types[kind]) for column, kind in zip(columns, kinds)]
        yield pyarrow.RecordBatch.from_arrays(arrays, list(names))


def _near_copies(batches: Batches) -> Batches:
    uids: list[str] = []
    runs: list[bytes] = []
    for batch in batches:
        uids += batch.column("uid").to_pylist()
        runs += batch.column("runs").to_pylist()
    roots = [uids[first] for first in _core.block_near_copies(runs)]
    columns = [pyarrow.array(uids, pyarrow.string()), pyarrow.array(roots, pyarrow.string())]
    yield pyarrow.RecordBatch.from_arrays(columns, ["rep", "root"])


def _sentences(batches: Batches) -> Batches:
    for batch in batches:
        yield _columns("hash long, month long", _core.block_sentences(batch.column("record").to_pylist()))


def _scores(batches: Batches) -> Batches:
    for batch in batches:
        scores = _core.block_scores(batch.column("of_a").to_pylist(), batch.column("of_b").to_pylist())
        score = pyarrow.array(numpy.frombuffer(scores, "<i8"))
        yield pyarrow.RecordBatch.from_arrays([batch.column("a"), batch.column("b"), score], ["a", "b", "score"])


def _far_ends(batches: Batches) -> Batches:
    made = _core.FarEnds()
    for batch in batches:
        made.feed(_ints(batch, "of"), _longs(batch, "score"), _ints(batch, "other"))
        yield _columns(PAIRS, made.drain(False))
    yield _columns(PAIRS, made.drain(True))


def _numbers(batch: pyarrow.RecordBatch, name: str, kind: str) -> bytes:
    values: bytes = batch.column(name).to_numpy(zero_copy_only=False).astype(kind).tobytes()
    return values


def _ints(batch: pyarrow.RecordBatch, name: str) -> bytes:
    return _numbers(batch, name, "<i4")


def _longs(batch: pyarrow.RecordBatch, name: str) -> bytes:
    return _numbers(batch, name, "<i8")


def _columns(schema: str, columns: Iterable[bytes]) -> pyarrow.RecordBatch:
    """Columns of numbers as the parts in Rust give them."""
    kinds: dict[str, Callable[[bytes], Any]] = {
        "int": lambda column: numpy.frombuffer(column, "<i4"),
        "long": lambda column: numpy.frombuffer(column, "<i8"),
    }
    pairs = [column.split() for column in schema.split(", ")]
    arrays = [pyarrow.array(kinds[kind](column)) for (_, kind), column in zip(pairs, columns)]
    return pyarrow.RecordBatch.from_arrays(arrays, [name for name, _ in pairs])


def _lists(batch: pyarrow.RecordBatch) -> list[tuple[bytes, bytes, bytes, bytes]]:
    """The counts of each row: kinds, hashes, how many hold each, in all and without bursts."""
    out = []
    for counts in batch.column("counts"):
        rows = pyarrow.RecordBatch.from_struct_array(counts.values)
        out.append((_ints(rows, "what"), _longs(rows, "a"), _longs(rows, "b"), _longs(rows, "c")))
    return out
