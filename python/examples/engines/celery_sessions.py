"""Read the sessions of a range of time with the workers of Celery, into a folder of Parquet files.

Start workers with `celery -A celery_sessions worker`, then `python celery_sessions.py AFTER BEFORE
FOLDER`, with times such as 2026-01-01T00:00:00+00:00. It needs `celery[redis]` and pyarrow.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pyarrow.parquet as pq
from celery import Celery, group
from session_tables import read_window

import hundredms

# --8<-- [start:celery]
REDIS = os.environ.get("REDIS_URL", "redis://localhost:6379")

app = Celery("celery_sessions", broker=REDIS, backend=REDIS)
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    # Longer than the longest task. When a whole machine is lost, its tasks run again after it.
    broker_transport_options={"visibility_timeout": float(os.environ.get("LONGEST_TASK", "3600"))},
)


@app.task(autoretry_for=(hundredms.HundredmsError,), retry_backoff=True, max_retries=5)
def write_window(number: int, after: datetime, before: datetime, folder: str) -> None:
    """Write the sessions of a window to a file, which appears when it is complete."""
    path = Path(folder, f"part-{number:05}.parquet")
    temporary = path.with_name(f".{path.name}.{uuid4().hex}")
    pq.write_table(read_window(hundredms.SessionWindow(after, before)), temporary)
    temporary.replace(path)


def export(after: datetime, before: datetime, folder: str) -> None:
    """Write a Parquet file for each window, and wait for them."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    windows = hundredms.SessionWindow.split(after, before, 48)
    tasks = (
        write_window.s(number, window.after, window.before, folder)
        for number, window in enumerate(windows)
    )
    group(tasks)().get()


# --8<-- [end:celery]


def main(after: str, before: str, folder: str) -> None:
    """Export with the workers that were started."""
    ends = [datetime.fromisoformat(time) for time in (after, before)]
    export(*ends, str(Path(folder).resolve()))


if __name__ == "__main__":
    main(*sys.argv[1:])
