"""A bare endpoint to compare with: FastAPI reads rows from SQLite by their key, and that is all.

No sign-in, no roles, no hubs, no seal, no journal, no limits, no log. The rows are what the hub
answered to the same questions, so that both read and send as much.
"""

import json
import socket
import sqlite3
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI

FILE = "bare.db"


def keep_rows(folder: Path, rows: Mapping[str, bytes]) -> Path:
    """Write rows, JSON by path, into a new database of a folder."""
    path = folder / FILE
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE rows (path TEXT PRIMARY KEY, content TEXT NOT NULL)")
        connection.executemany(
            "INSERT INTO rows VALUES (?, ?)",
            [(name, content.decode()) for name, content in rows.items()],
        )
    connection.close()
    return path


def bare_app(database: Path) -> FastAPI:
    """One route that answers the row of a path."""
    app = FastAPI()
    own = threading.local()

    @app.get("/rows/{path:path}")
    def row(path: str) -> Any:
        if not hasattr(own, "connection"):
            own.connection = sqlite3.connect(database)
        found = own.connection.execute("SELECT content FROM rows WHERE path = ?", (path,))
        return json.loads(found.fetchone()[0])

    return app


def serve(database: Path) -> None:
    """Serve the rows of a database on any free port of this machine; says which."""
    config = uvicorn.Config(
        bare_app(database), log_level="warning", access_log=False, lifespan="off"
    )
    # Said to be of TCP: else asyncio leaves Nagle's algorithm on, and every answer waits 40 ms.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        sys.stderr.write(f"listening on http://127.0.0.1:{listener.getsockname()[1]}\n")
        sys.stderr.flush()
        uvicorn.Server(config).run([listener])
