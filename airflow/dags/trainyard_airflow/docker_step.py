"""A step in a container of this machine's Docker."""
from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from airflow.providers.docker.exceptions import DockerContainerFailedException
from airflow.providers.docker.operators.docker import DockerOperator, fetch_logs
from docker.errors import APIError, NotFound

from trainyard_airflow.assets import announce
from trainyard_airflow.endings import ending
from trainyard_airflow.leftovers import remove_leftovers
from trainyard_airflow.outcomes import Tries, begin, conclude, fail, labels_of, leave, secrets_of
from trainyard_airflow.results import result_of

# As the README's `docker run`: nothing but the step, its memory and its network.
HARDENED = {
    "read_only": True,
    "tmpfs": {"/tmp": ""},
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges"],
    "pids_limit": 1024,
}
STOPPED = 143


class DockerStep(DockerOperator):
    """
    The DockerOperator, with exit codes that mean something, credentials read when it runs, a hardened container
    with hard limits, no second container where an earlier try has left one, and none that stays behind.
    """

    # Nothing that a person writes into the form is the name of a file.
    template_ext: Sequence[str] = ()
    # As of a sensor: a task that has named a moment is not started before it.
    reschedule = True

    def __init__(
        self,
        *,
        connections: Sequence[str],
        form: Sequence[str],
        makes: str | None,
        outcome: bool,
        installation: str,
        cpu_limit: float,
        mem_limit: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(mem_limit=mem_limit, auto_remove="never", mount_tmp_dir=False, do_xcom_push=False, **kwargs)
        self.retry_policy = Tries()
        self.connections = list(connections)
        self.form = list(form)
        self.makes = makes
        self.outcome = outcome
        self.installation = installation
        self.cpu_limit = cpu_limit

    @classmethod
    def get_serialized_fields(cls) -> frozenset[str]:
        return frozenset(super().get_serialized_fields() | {"reschedule"})

    def execute(self, context: Any) -> None:
        begin(context, self.form)
        self.labels = labels_of(context, self.installation)
        remove_leftovers(self.cli, self.labels, context["ti"])
        self._private_environment = secrets_of(self.connections, context)
        self.container_name = name_of(context)
        limits = {"nano_cpus": round(self.cpu_limit * 1e9), "memswap_limit": self.mem_limit}
        self.cli.create_host_config = partial(self.cli.create_host_config, **HARDENED, **limits)
        lines: list[str] = []
        state: dict[str, Any] = {}
        try:
            if self._find_left(lines):
                self.cli.wait(self.container["Id"])
            else:
                super().execute(context)
            lines += self._result()
        except DockerContainerFailedException as failed:
            lines = list(failed.logs or [])
        except NotFound:
            # Whoever stopped the task has removed its container; an image that is not there is another matter.
            if self.container is None:
                raise
        finally:
            state = self._remove(self.container)
        self._end(state, lines, context)

    def on_kill(self) -> None:
        with suppress(NotFound):
            super().on_kill()
        self._remove(self.container)

    def _end(self, state: dict[str, Any], lines: list[str], context: Any) -> None:
        if not state:
            fail(context, f"{self.task_id} was stopped.", STOPPED)
        ended = ending(
            state["ExitCode"], lines, out_of_memory=state["OOMKilled"], memory=str(self.mem_limit), step=self.task_id
        )
        conclude(ended, context)
        result = result_of(lines)
        if result and self.makes:
            announce(context, self.makes, result)
        if result and self.outcome:
            leave(context, result)
        self.log.info("%s", ended.sentence)

    def _find_left(self, lines: list[str]) -> bool:
        """Takes up the container that a dead worker's try has left running; removes what is left of others."""
        labels = [f"{name}={value}" for name, value in (self.labels or {}).items()]
        for left in self.cli.containers(all=True, filters={"label": labels}):
            config = self.cli.inspect_container(left["Id"])["Config"]
            if (
                self.container is None
                and left["State"] == "running"
                and (config["Image"], config["Cmd"]) == (self.image, self.command)
            ):
                self.log.info("An earlier try has left container %s running: taking it up.", left["Id"][:12])
                self.container = left
            else:
                self.log.info("An earlier try has left container %s (%s): removing it.", left["Id"][:12], left["State"])
                self._remove(left)
        if self.container is not None:
            lines += fetch_logs(self.cli.logs(self.container["Id"], stream=True, follow=True), self.log)
        return self.container is not None

    def _result(self) -> list[str]:
        """Standard output alone: in the log it may be torn by what else is said."""
        try:
            return self.cli.logs(self.container["Id"], stdout=True, stderr=False).decode(errors="replace").splitlines()
        except NotFound:
            raise
        except APIError as unread:
            self.log.warning(
                "Docker does not give the output of the container (%s): no event, and no outcome, is told.", unread
            )
            return []

    def _remove(self, container: dict[str, Any] | None) -> dict[str, Any]:
        """Stops a container, if it still runs, and removes it; nothing where somebody else has."""
        state: dict[str, Any] = {}
        if container is not None:
            with suppress(NotFound):
                self.cli.stop(container["Id"])
                state = self.cli.inspect_container(container["Id"])["State"]
                self.cli.remove_container(container["Id"], v=True, force=True)
        return state


def name_of(context: Any) -> str:
    """
    What `docker ps` shows: `flights_score.extract.scheduled.20261124T060000Z.1f0c22ab.1.c0ffee`. Its end makes it
    another in every try and every installation.
    """
    ti = context["ti"]
    run = labels_of(context, "")["trainyard.run"].partition(".")[2]
    shard = [str(ti.map_index)] if ti.map_index >= 0 else []
    name = ".".join([ti.dag_id, ti.task_id, *shard, run, str(ti.try_number), secrets.token_hex(3)])
    return re.sub(r"[^a-zA-Z0-9_.-]", "_", name).lstrip("_.-")
