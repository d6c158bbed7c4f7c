"""Read the sessions of a range of time with the workers of Spark, into a folder of Parquet files.

Run it with `python spark_sessions.py AFTER BEFORE FOLDER`, with times such as
2026-01-01T00:00:00+00:00. It needs pyspark, pyarrow, and Java 17.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec
import pyarrow as pa
from pyspark.sql import SparkSession
from session_tables import read_window

import hundredms


# --8<-- [start:spark]
def read_batches(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Return the sessions of the windows in some batches."""
    for batch in batches:
        for window in msgspec.convert(batch.to_pylist(), list[hundredms.SessionWindow]):
            yield from read_window(window).to_batches()


def export(spark: SparkSession, after: datetime, before: datetime, folder: str) -> None:
    """Write a Parquet file for each window."""
    spark.sparkContext.addPyFile(str(Path(__file__).with_name("session_tables.py")))
    windows = hundredms.SessionWindow.split(after, before, 48)
    rows = spark.sparkContext.parallelize(msgspec.to_builtins(windows), len(windows))
    frame = spark.createDataFrame(rows, "after string, before string")
    columns = "id string, room_id string, created_at timestamp, updated_at timestamp"
    sessions = frame.mapInArrow(read_batches, columns)
    sessions.write.mode("overwrite").parquet(folder)


# --8<-- [end:spark]


def main(after: str, before: str, folder: str) -> None:
    """Export with two executors of this machine."""
    ends = [datetime.fromisoformat(time) for time in (after, before)]
    builder = SparkSession.builder.master(os.environ.get("SPARK_MASTER", "local-cluster[2,1,1024]"))
    spark = builder.config("spark.ui.enabled", "false").getOrCreate()
    export(spark, *ends, str(Path(folder).resolve()))
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
