"""Read the sessions of a range of time with the workers of Ray, into a folder of Parquet files.

Run it with `python ray_sessions.py AFTER BEFORE FOLDER`, with times such as
2026-01-01T00:00:00+00:00. It needs `ray[data]`.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import msgspec
import pyarrow as pa
import ray
from session_tables import read_window

import hundredms


# --8<-- [start:ray]
def read_batch(batch: pa.Table) -> pa.Table:
    """Return the sessions of the window in a batch."""
    [row] = batch.to_pylist()
    return read_window(msgspec.convert(row, hundredms.SessionWindow))


def export(after: datetime, before: datetime, folder: str) -> None:
    """Write Parquet files with the sessions of all windows."""
    windows = hundredms.SessionWindow.split(after, before, 48)
    rows = ray.data.from_items(msgspec.to_builtins(windows), override_num_blocks=len(windows))
    sessions = rows.map_batches(read_batch, batch_size=1, batch_format="pyarrow")
    sessions.write_parquet(folder, mode=ray.data.SaveMode.OVERWRITE)


# --8<-- [end:ray]


def main(after: str, before: str, folder: str) -> None:
    """Export with two processes of this machine."""
    ends = [datetime.fromisoformat(time) for time in (after, before)]
    here = str(Path(__file__).parent)
    ray.init(num_cpus=2, include_dashboard=False, runtime_env={"working_dir": here})
    export(*ends, str(Path(folder).resolve()))


if __name__ == "__main__":
    main(*sys.argv[1:])
