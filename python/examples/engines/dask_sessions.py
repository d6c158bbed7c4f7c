"""Read the sessions of a range of time with the workers of Dask, into a folder of Parquet files.

Run it with `python dask_sessions.py AFTER BEFORE FOLDER`, with times such as
2026-01-01T00:00:00+00:00. It needs `dask[dataframe,distributed]` and pyarrow.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import dask.dataframe as dd
import pandas as pd
from dask.distributed import Client, LocalCluster
from session_tables import SCHEMA, read_window

import hundredms


# --8<-- [start:dask]
def read_frame(window: hundredms.SessionWindow) -> pd.DataFrame:
    """Return the sessions of a window as a part of the data frame."""
    return read_window(window).to_pandas()


def export(dask: Client, after: datetime, before: datetime, folder: str) -> None:
    """Write a Parquet file for each window."""
    dask.upload_file(str(Path(__file__).with_name("session_tables.py")))
    windows = hundredms.SessionWindow.split(after, before, 48)
    frame = dd.from_map(read_frame, windows, meta=SCHEMA.empty_table().to_pandas())
    frame.to_parquet(folder, schema=SCHEMA, write_index=False, overwrite=True)


# --8<-- [end:dask]


def main(after: str, before: str, folder: str) -> None:
    """Export with three processes of this machine."""
    ends = [datetime.fromisoformat(time) for time in (after, before)]
    with (
        LocalCluster(n_workers=3, threads_per_worker=1, dashboard_address="") as cluster,
        Client(cluster) as dask,
    ):
        export(dask, *ends, folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
