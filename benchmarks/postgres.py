"""
A PostgreSQL server for the benchmarks: the one that TRAINYARD_TEST_POSTGRES names, or one of this machine's programs.
"""
import glob
import os
import shutil
import socket
import subprocess
from urllib.parse import unquote, urlsplit

from yard import HERE, WORK

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "512MB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "30min",
    "maintenance_work_mem": "512MB",
}


class Server:
    """Its databases and its password; it is stopped when the benchmarks end, if they started it."""

    def __init__(self, host, port, user, password, stop=lambda: None):
        self.host, self.port, self.user, self.password, self.stop = host, port, user, password, stop
        self.database = "bench"

    @property
    def uri(self):
        return f"postgresql://{self.user}@{self.host}:{self.port}/{self.database}"

    def command(self, *arguments, database=None):
        return [
            "psql",
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            self.host,
            "-p",
            str(self.port),
            "-U",
            self.user,
            "-d",
            database or self.database,
            *arguments,
        ]

    @property
    def env(self):
        return os.environ | {
            "PGPASSWORD": self.password,
            "PGHOST": self.host,
            "PGPORT": str(self.port),
            "PGUSER": self.user,
            "PGDATABASE": self.database,
            "PGTZ": "UTC",
        }

    def execute(self, *arguments, database=None):
        return subprocess.run(
            self.command(*arguments, database=database), env=self.env, check=True, capture_output=True, text=True
        ).stdout.strip()

    def fill(self):
        """Makes the rows, unless they are there."""
        if self.execute("-tAc", "SELECT 1 FROM pg_database WHERE datname = 'bench'", database="postgres") != "1":
            self.execute("-c", "CREATE DATABASE bench", database="postgres")
        if self.execute("-tAc", "SELECT count(*) FROM pg_class WHERE relname = 'bench_rows_pkey'") != "1":
            self.execute(
                "-c",
                "DROP TABLE IF EXISTS bench_rows; DROP FUNCTION IF EXISTS u",
                "-f",
                os.path.join(HERE, "functions.sql"),
                "-f",
                os.path.join(HERE, "rows.sql"),
            )


def start():
    """Returns a server, or the reason why there is none."""
    if not shutil.which("psql"):
        return "psql is not installed"
    if named := os.environ.get("TRAINYARD_TEST_POSTGRES"):
        uri = urlsplit(named)
        return Server(uri.hostname, uri.port or 5432, unquote(uri.username or "postgres"), unquote(uri.password or ""))
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/postgres"))
    if not found:
        return (
            "no PostgreSQL: set TRAINYARD_TEST_POSTGRES=postgresql://superuser:password@host:port, or install"
            " postgresql"
        )
    return start_local(os.path.dirname(found[-1]))


def start_local(programs):
    data, port, password = os.path.join(WORK, "postgres"), free_port(), "bench"
    # PostgreSQL refuses to run as root.
    who = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if not os.path.exists(os.path.join(data, "PG_VERSION")):
        os.makedirs(data, exist_ok=True)
        secret = os.path.join(WORK, "postgres-password")
        with open(secret, "w", encoding="utf-8") as file:
            file.write(password)
        if who:
            shutil.chown(data, "postgres")
            shutil.chown(secret, "postgres")
        subprocess.run(
            [*who, f"{programs}/initdb", "-D", data, "-U", "postgres", "--auth=scram-sha-256", f"--pwfile={secret}"],
            check=True,
            capture_output=True,
        )
    options = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in SETTINGS.items())
    control = [*who, f"{programs}/pg_ctl", "-D", data, "-w"]
    # Its output goes to the log: whoever waited for the end of a pipe would wait for the server's.
    subprocess.run(
        [*control, "-l", os.path.join(data, "log"), "-o", f"-p {port} {options}", "start"],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return Server(
        "127.0.0.1",
        port,
        "postgres",
        password,
        lambda: subprocess.run(
            [*control, "-m", "fast", "stop"], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ),
    )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
