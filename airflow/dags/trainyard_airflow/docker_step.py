"""A step in a container of this machine's Docker."""
from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from airflow.providers.docker.exceptions import DockerContainerFailedException
from airflow.providers.docker.operators.docker import DockerOperator, fetch_logs
from docker.errors import NotFound

from trainyard_airflow.endings import ending
from trainyard_airflow.outcomes import conclude, labels_of, secrets_of

# As the README's `docker run`: nothing but the step, its memory and its network.
HARDENED = {"read_only": True, "tmpfs": {"/tmp": ""}, "cap_drop": ["ALL"], "security_opt": ["no-new-privileges"], "pids_limit": 1024}


class DockerStep(DockerOperator):
    """
    The DockerOperator, with exit codes that mean something, credentials read when it runs, a hardened container with hard limits, and
    no second container where an earlier try has left one.
    """

    # Nothing that a person writes into the form is the name of a file.
    template_ext: Sequence[str] = ()

    def __init__(self, *, connections: Sequence[str], cpu_limit: float, mem_limit: str, **kwargs: Any) -> None:
        super().__init__(mem_limit=mem_limit, auto_remove="never", mount_tmp_dir=False, do_xcom_push=False, **kwargs)
        self.connections = list(connections)
        self.cpu_limit = cpu_limit

    def execute(self, context: Any) -> None:
        self.labels = labels_of(context)
        self._private_environment = secrets_of(self.connections)
        limits = {"nano_cpus": round(self.cpu_limit * 1e9), "memswap_limit": self.mem_limit}
        self.cli.create_host_config = partial(self.cli.create_host_config, **HARDENED, **limits)
        lines: list[str] = []
        try:
            if not self._find_left(lines):
                super().execute(context)
        except DockerContainerFailedException as failed:
            lines = list(failed.logs or [])
        else:
            self.cli.wait(self.container["Id"])
        finally:
            state = self._remove(self.container)
        conclude(ending(state["ExitCode"], lines, out_of_memory=state["OOMKilled"], memory=str(self.mem_limit), step=self.task_id), context)

    def on_kill(self) -> None:
        with suppress(NotFound):
            super().on_kill()

    def _find_left(self, lines: list[str]) -> bool:
        """Takes up the container that a dead worker's try has left running; removes what is left of others."""
        labels = [f"{name}={value}" for name, value in (self.labels or {}).items()]
        for left in self.cli.containers(all=True, filters={"label": labels}):
            config = self.cli.inspect_container(left["Id"])["Config"]
            if self.container is None and left["State"] == "running" and (config["Image"], config["Cmd"]) == (self.image, self.command):
                self.log.info("An earlier try has left container %s running: taking it up.", left["Id"][:12])
                self.container = left
            else:
                self.log.info("An earlier try has left container %s (%s): removing it.", left["Id"][:12], left["State"])
                self._remove(left)
        if self.container is not None:
            lines += fetch_logs(self.cli.logs(self.container["Id"], stream=True, follow=True), self.log)
        return self.container is not None

    def _remove(self, container: dict[str, Any] | None) -> dict[str, Any]:
        """Stops a container, if it still runs, and removes it."""
        if container is None:
            return {}
        self.cli.stop(container["Id"])
        state: dict[str, Any] = self.cli.inspect_container(container["Id"])["State"]
        self.cli.remove_container(container["Id"], v=True, force=True)
        return state
