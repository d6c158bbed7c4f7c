"""Prints the ids of the sessions in a folder that an engine wrote, one per line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pyarrow.parquet as pq

for path in Path(sys.argv[1]).iterdir():
    if path.name.startswith(("_", ".")):
        continue
    if path.suffix == ".parquet":
        print(*pq.ParquetFile(path).read(["id"])["id"].to_pylist(), sep="\n")
    elif path.suffix == ".ndjson":
        print(*(json.loads(line)["id"] for line in path.read_text().splitlines()), sep="\n")
