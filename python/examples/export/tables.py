"""Read finished sessions into data frames, a Parquet file and DuckDB.

Run it with `python tables.py`, after `pip install "hundredms[polars,pandas]" duckdb`. It starts a
sandbox with 500 sessions, and writes `sessions.parquet` into the current folder. Prints:

    500 sessions, created_at is Datetime(time_unit='us', time_zone='UTC')
    1000 peers
    user_id is string[pyarrow]
    wrote 500 rows
    DuckDB counts 500 sessions
    batches of 200, 200, 100
"""

from __future__ import annotations

# --8<-- [start:imports]
import asyncio

import duckdb

import hundredms

# --8<-- [end:imports]


def frames(client: hundredms.Client) -> None:
    """Read lists into data frames."""
    # --8<-- [start:frames]
    sessions = client.sessions.list(active=False)
    frame = sessions.to_polars()
    # One row for each peer, with the columns of its session.
    peers = sessions.to_polars(explode="peers")
    # --8<-- [end:frames]
    # --8<-- [start:secrets]
    rooms = client.rooms.list().to_arrow()
    rooms = rooms.drop_columns(["recording_info", "recording", "webhook"])  # pyarrow
    streams = client.external_streams.list().to_polars()
    streams = streams.drop("rtmp_urls", "meeting_url")  # polars
    # --8<-- [end:secrets]
    assert "webhook" not in rooms.column_names
    assert "rtmp_urls" not in streams.columns
    print(f"{len(frame)} sessions, created_at is {frame.schema['created_at']}")
    print(f"{len(peers)} peers")
    # --8<-- [start:pandas]
    people = client.sessions.list(active=False).to_pandas(explode="peers", limit=100)
    # --8<-- [end:pandas]
    print(f"user_id is {people.dtypes['peers_user_id']}")


def files(client: hundredms.Client) -> None:
    """Write a list to a file, and query one."""
    # --8<-- [start:parquet]
    rows = client.sessions.list(active=False).to_parquet("sessions.parquet")
    print(f"wrote {rows} rows")
    # --8<-- [end:parquet]

    # --8<-- [start:duckdb]
    reader = client.sessions.list(active=False).to_arrow_batches()
    # DuckDB finds the variable, and reads pages as it needs them.
    found = duckdb.sql("select count(*) from reader where len(peers) > 1")
    # --8<-- [end:duckdb]
    assert found is not None
    [(count,)] = found.fetchall()
    print(f"DuckDB counts {count} sessions")
    assert reader is not None


async def batches(client: hundredms.AsyncClient) -> None:
    """Read a list in batches."""
    sizes: list[str] = []
    # --8<-- [start:batches]
    async for batch in client.sessions.list(active=False).to_arrow_batches(batch_size=200):
        sizes.append(str(batch.num_rows))
    # --8<-- [end:batches]
    print("batches of", ", ".join(sizes))


async def in_a_loop(sandbox: hundredms.Sandbox) -> None:
    """Do it with the async client."""
    async with hundredms.AsyncClient(
        sandbox.access_key, sandbox.secret, base_url=sandbox.base_url
    ) as client:
        await batches(client)


def main() -> None:
    """Start a sandbox with sessions, and read them."""
    with hundredms.Sandbox() as sandbox, sandbox.client() as client:
        sandbox.seed(rooms=5)
        sandbox.seed(sessions=500, peers=2)
        frames(client)
        files(client)
        asyncio.run(in_a_loop(sandbox))


if __name__ == "__main__":
    main()
