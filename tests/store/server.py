"""A private PostgreSQL server for tests: its own folder, a free loopback port, gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path


def binaries() -> Path | None:
    """The folder of `initdb` and `pg_ctl`: of the PATH, else where Debian puts them."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((f for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


class Server:
    """One server; the tests' own. PostgreSQL refuses to run as root, so root lends it a user."""

    def __init__(self, folder: Path, tools: Path) -> None:
        self.folder, self.tools = folder, tools
        self.user = "postgres" if os.geteuid() == 0 else None
        self.data = folder / "data"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        if self.user:
            shutil.chown(folder, self.user)
        self._run("initdb", "-D", str(self.data), "-U", "desk", "-A", "trust", "-E", "UTF8", "-N")
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-p {self.port} -h 127.0.0.1 -k {self.folder} -c fsync=off"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.data), "-w", "-l", log, "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        """Stop it: "fast" ends connections, "immediate" is a crash."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-m", how, "stop")

    def url(self, name: str) -> str:
        """The address of a new, empty schema: much quicker to make than a database."""
        import psycopg

        address = f"postgresql://desk@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"{address}?options=-csearch_path%3D{name}"

    def _run(self, tool: str, *options: str) -> None:
        command: Sequence[str] = (str(self.tools / tool), *options)
        subprocess.run(
            command, check=True, user=self.user, cwd=self.folder, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, env={**os.environ, "LC_ALL": "C"},
        )  # fmt: skip
