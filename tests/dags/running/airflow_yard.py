"""
A real Airflow with a warehouse, a store and our pipelines, in a Compose project of the tests' own, as `make
airflow` starts it.
"""
from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[3]
VERSION = next(
    line.split(">")[1].split("<")[0]
    for line in (ROOT / "Directory.Build.props").read_text().splitlines()
    if "<Version>" in line
)
ENDED = {"success", "failed"}
GREEN = {"success"}
NEW_YORK = ZoneInfo("America/New_York")


CONSUMER = """
from airflow.sdk import DAG, task
from trainyard_airflow.assets import asset, each_as_of

PREDICTIONS = asset("flights", "predictions")

with DAG("consumer", schedule=[PREDICTIONS], max_active_runs=1, is_paused_upon_creation=False):

    @task
    def take(triggering_asset_events=None):
        return each_as_of(triggering_asset_events[PREDICTIONS])

    take()
"""


def run(*words: str, environment: dict[str, str] | None = None, folder: Path = ROOT, ok: bool = True) -> str:
    """Runs a program to its end, and gives what it printed."""
    ended = subprocess.run(words, capture_output=True, text=True, cwd=folder, env={**os.environ, **(environment or {})})
    if ok and ended.returncode != 0:
        raise AssertionError(
            f"{' '.join(words)} ended with {ended.returncode}:\n{ended.stdout[-3000:]}\n{ended.stderr[-3000:]}"
        )
    return ended.stdout


def until(what: str, found: Callable[[], Any], seconds: float) -> Any:
    """Waits for something to be true, and gives it."""
    end = time.monotonic() + seconds
    while not (value := found()):
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {seconds:.0f} s")
        time.sleep(1)
    return value


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Webhook:
    """Takes what is told to a channel, on every address of this machine."""

    def __init__(self) -> None:
        told: list[tuple[str, str]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                told.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"]))
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Says nothing."""

        self.told = told
        self.server = ThreadingHTTPServer(("0.0.0.0", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])


# A day without rows is as it should be: it is skipped, and not waited for.
WHOLE = ("inputs: {", "inputs: {rows: 0%, ")


class Yard:
    """
    A team's repository with flights of the year around today, and the Airflow of its own docker/airflow-up;
    `close` leaves nothing behind. Flights are scored in shards. Beside them it has `often`, the same question
    asked every minute, `broken`, whose plan is of a newer Trainyard, and a DAG that is started by predictions.
    """

    def __init__(self, folder: Path) -> None:
        self.project = f"trainyard-airflow-{secrets.token_hex(4)}"
        self.executor = os.environ.get("TRAINYARD_TEST_EXECUTOR", "local")
        self.folder = folder / "yard"
        self.environment = folder / "env"
        self.postgres, self.port = free_port(), free_port()
        self.settings = {
            "TRAINYARD_AIRFLOW_PROJECT": self.project,
            "TRAINYARD_ENV_FILE": str(self.environment),
            "TRAINYARD_POSTGRES_PORT": str(self.postgres),
            "TRAINYARD_S3_PORT": str(free_port()),
            "TRAINYARD_AIRFLOW_PORT": str(self.port),
        }
        self.token = ""
        self.webhook = Webhook()
        # By then `often` has its first model, and its check expects predictions.
        self.expected_by = (datetime.now(NEW_YORK) + timedelta(minutes=12)).replace(second=0)

    @property
    def today(self) -> date:
        return datetime.now(NEW_YORK).date()

    def open(self, *others: Any) -> None:
        """Starts it, with further pipelines that add their files."""
        self.write()
        for other in others:
            other.add_to(self)
        self.deploy()
        made = dict(line.split("=", 1) for line in self.environment.read_text().splitlines())
        self.secrets = list(made.values())
        sample = ROOT / "artifacts" / "bin" / "sample" / "release" / "sample.dll"
        first = self.today - timedelta(days=385)
        size = ("--start", str(first), "--days", "390", "--rows-per-day", "60")
        warehouse = f"postgresql://trainyard@127.0.0.1:{self.postgres}/trainyard"
        password = {"PGPASSWORD": made["TRAINYARD_POSTGRES_PASSWORD"]}
        run("dotnet", str(sample), "flights", *size, "--warehouse", warehouse, environment=password)
        # On a day in hundreds all of it is missing, which is rightly refused.
        self.rows("UPDATE weather SET pressure = 1013 WHERE pressure IS NULL")
        self.token = self.ask(
            "POST", "/auth/token", {"username": "admin", "password": made["TRAINYARD_AIRFLOW_PASSWORD"]}
        )["access_token"]
        self.listen()

    def deploy(self) -> str:
        """As `make airflow`."""
        return run("docker/airflow-up", VERSION, self.executor, environment=self.settings, folder=self.folder)

    def write(self) -> None:
        """What airflow-up reads of a repository, with pipelines beside ours."""
        for part in ("airflow", "docker", "pipelines"):
            shutil.copytree(
                ROOT / part, self.folder / part, ignore=shutil.ignore_patterns(".env", "obj", "__pycache__")
            )
        (self.folder / "docs").mkdir()
        shutil.copy(ROOT / "docs" / "roles.sql", self.folder / "docs")
        self.pipeline(
            "often",
            ("flights_predictions", "often_predictions"),
            ('score: "0 1 * * *"', 'score: "* * * * *"'),
            ('"02:00"', f'"{self.expected_by:%H:%M}"'),
            WHOLE,
        )
        self.pipeline("broken")
        self.edit_plan("broken", lambda plan: plan.update(format=3, more={}))
        self.pipeline("flights", ("predictions:", "shards: 4\npredictions:"), WHOLE)
        (self.folder / "airflow" / "dags" / "consumer.py").write_text(CONSUMER)

    def pipeline(self, name: str, *changes: tuple[str | re.Pattern[str], str]) -> None:
        """A copy of flights, changed, planned, and with DAGs of its own."""
        folder = self.folder / "pipelines" / name
        shutil.copytree(
            ROOT / "pipelines" / "flights", folder, ignore=shutil.ignore_patterns("obj"), dirs_exist_ok=True
        )
        text = (folder / "pipeline.yaml").read_text()
        for old, new in (("name: flights", f"name: {name}"), *changes):
            pattern = old if isinstance(old, re.Pattern) else re.escape(old)
            text, found = re.subn(pattern, lambda _, new=new: new, text)
            assert found, old
        (folder / "pipeline.yaml").write_text(text)
        self.plan(name)
        (self.folder / "airflow" / "dags" / f"{name}.py").write_text(
            f'from trainyard_airflow.dags import pipeline\n\npipeline("{name}")\n'
        )

    def plan(self, name: str) -> None:
        trainyard = ROOT / "artifacts" / "bin" / "trainyard" / "release" / "trainyard.dll"
        run("dotnet", str(trainyard), "plan", str(self.folder / "pipelines" / name))

    def edit_plan(self, name: str, change: Callable[[dict[str, Any]], None]) -> None:
        file = self.folder / "pipelines" / name / "plan.json"
        plan = json.loads(file.read_text())
        change(plan)
        file.write_text(json.dumps(plan, indent=2))

    def close(self) -> None:
        run("docker", "compose", "-p", self.project, "down", "-v", "-t", "1", ok=False)
        for which in (f"network={self.project}_default", f"label=trainyard.test={self.project}"):
            for container in run("docker", "ps", "-aq", "--filter", which).split():
                run("docker", "rm", "-f", container, ok=False)

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        request = Request(
            f"http://127.0.0.1:{self.port}{path}",
            json.dumps(body).encode() if body is not None else None,
            method=method,
        )
        request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except HTTPError as refused:
            raise AssertionError(f"{method} {path}: {refused.code} {refused.read().decode()[:1000]}") from None

    def api(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        return self.ask(method, f"/api/v2{path}", body)

    def switch(self, dag: str, on: bool) -> None:
        """
        As its switch in the UI: switched on, a DAG starts the run that its schedule had last, and then each that
        falls due.
        """
        self.api("PATCH", f"/dags/{dag}", {"is_paused": not on})

    def trigger(self, dag: str, **conf: Any) -> str:
        """Starts a run with what a person would write into the form."""
        return str(self.api("POST", f"/dags/{dag}/dagRuns", {"logical_date": None, "conf": conf})["dag_run_id"])

    def runs(self, dag: str, kind: str) -> list[dict[str, Any]]:
        return [
            each for each in self.api("GET", f"/dags/{dag}/dagRuns?limit=100")["dag_runs"] if each["run_type"] == kind
        ]

    def tasks(self, dag: str, run_id: str) -> dict[str, dict[str, Any]]:
        """The tasks of a run by name, shards with their number."""
        found = self.api("GET", f"/dags/{dag}/dagRuns/{run_id}/taskInstances")["task_instances"]
        return {
            each["task_id"] if each["map_index"] < 0 else f"{each['task_id']}.{each['map_index']}": each
            for each in found
        }

    def ended(self, dag: str, run_id: str, seconds: float) -> dict[str, str]:
        """Waits until a run has ended, and gives the states of its tasks."""
        until(f"{dag} {run_id}", lambda: self.api("GET", f"/dags/{dag}/dagRuns/{run_id}")["state"] in ENDED, seconds)
        return {name: task["state"] for name, task in self.tasks(dag, run_id).items()}

    def log(self, dag: str, run_id: str, task: str, attempt: int = 1) -> str:
        """A task's log as the UI shows it."""
        return "\n".join(
            json.dumps(line, ensure_ascii=False) if "error_detail" in line else str(line.get("event", line))
            for line in self.lines(dag, run_id, task, attempt)
        )

    def lines(self, dag: str, run_id: str, task: str, attempt: int = 1) -> list[dict[str, Any]]:
        task_run = f"/dags/{dag}/dagRuns/{run_id}/taskInstances/{task}"
        found: list[dict[str, Any]] = self.api("GET", f"{task_run}/logs/{attempt}?full_content=true")["content"]
        return found

    def xcom(self, dag: str, run_id: str, task: str, key: str) -> Any:
        value = self.api("GET", f"/dags/{dag}/dagRuns/{run_id}/taskInstances/{task}/xcomEntries/{key}")["value"]
        return json.loads(value) if isinstance(value, str) else value

    def errors(self, dag: str, run_id: str, task: str) -> list[dict[str, Any]]:
        """What its log has at error level."""
        return [line for line in self.lines(dag, run_id, task) if line.get("level") == "error"]

    def told(self) -> list[dict[str, Any]]:
        """What the events of the predictions of flights carry, in the order in which they happened."""
        events = self.api("GET", "/assets/events?limit=100&order_by=timestamp")["asset_events"]
        return [each["extra"] for each in events if each["uri"] == "trainyard://flights/predictions"]

    def leave_behind(self, installation: str, dag: str, airflow_run: str, task: str) -> str:
        """A container as a dead worker leaves it."""
        labels = {
            "trainyard.test": self.project,
            "trainyard.installation": installation,
            "trainyard.dag": dag,
            "trainyard.airflow_run": airflow_run,
            "trainyard.task": task,
            "trainyard.map_index": "-1",
        }
        words = [word for name, value in labels.items() for word in ("--label", f"{name}={value}")]
        return run("docker", "run", "-d", "--init", "--entrypoint", "sleep", *words, "postgres:17", "3600").strip()

    def listen(self) -> None:
        """
        Lets alerts come to our webhook, by way of this machine's address on Airflow's network; and lets runs have
        notes.
        """
        made = dict(line.split("=", 1) for line in self.environment.read_text().splitlines())
        self.api(
            "POST",
            "/connections",
            {
                "connection_id": "trainyard_airflow",
                "conn_type": "http",
                "host": "airflow-api",
                "port": 8080,
                "login": "admin",
                "password": made["TRAINYARD_AIRFLOW_PASSWORD"],
            },
        )
        [network] = json.loads(run("docker", "network", "inspect", f"{self.project}_airflow"))
        gateway = network["IPAM"]["Config"][0]["Gateway"]
        self.api(
            "POST",
            "/connections",
            {
                "connection_id": "trainyard_alerts",
                "conn_type": "http",
                "schema": "http",
                "host": gateway,
                "port": self.webhook.port,
                "password": "/services/secret",
            },
        )

    def container(self, dag: str, task: str, seconds: float) -> str:
        """The id of the container of a task, as soon as it runs."""
        filters = [f"--filter=label=trainyard.{name}={value}" for name, value in (("dag", dag), ("task", task))]
        network = f"--filter=network={self.project}_default"
        return str(
            until(
                f"a container of {dag}.{task}",
                lambda: run("docker", "ps", "-q", "--no-trunc", network, *filters).strip(),
                seconds,
            )
        )

    def rows(self, sql: str) -> list[str]:
        """Rows of the warehouse, values joined by a bar."""
        postgres = ("docker", "compose", "-p", self.project, "exec", "-T", "postgres")
        return run(*postgres, "psql", "-U", "trainyard", "-d", "trainyard", "-qAt", "-c", sql).splitlines()

    def service(self, verb: str, name: str) -> None:
        run("docker", verb, f"{self.project}-{name}-1")

    def cli(self, *words: str) -> str:
        """Asks `trainyard`, in its image, as an operator does."""
        made = dict(line.split("=", 1) for line in self.environment.read_text().splitlines())
        variables = {
            "AWS_ACCESS_KEY_ID": made["TRAINYARD_S3_ACCESS_KEY"],
            "AWS_SECRET_ACCESS_KEY": made["TRAINYARD_S3_SECRET_KEY"],
            "AWS_ENDPOINT_URL": "http://s3:7480",
            "TRAINYARD_STORE": "s3://trainyard/yard",
            "TRAINYARD_WAREHOUSE": "postgresql://trainyard@postgres/trainyard",
            "PGPASSWORD": made["TRAINYARD_POSTGRES_PASSWORD"],
        }
        names = [word for name in variables for word in ("--env", name)]
        cli = ("docker", "run", "--rm", "--network", f"{self.project}_default", *names, "trainyard-pipelines/cli:1.0")
        return run(*cli, *words, environment=variables)
