"""What an installation says about itself, in environment variables of Airflow's processes. Secrets are not among it."""
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

RUNNERS = ("docker", "kubernetes")


class SettingsError(Exception):
    """A setting that is missing or wrong: one sentence that says what to write."""


@dataclass(frozen=True)
class Settings:
    store: str
    """TRAINYARD_STORE: where runs and models are kept, s3://bucket/prefix."""

    images: str
    """
    TRAINYARD_IMAGES: `team/{program}:1.4` ({pipeline} is known too), or a list
    `extract=team/extract@sha256:…,features=…`.
    """

    pipelines: Path
    """TRAINYARD_PIPELINES: the folder of the pipelines. By default the one beside airflow/."""

    network: str | None
    """TRAINYARD_NETWORK: the container network of steps whose spec names none."""

    runner: str
    """TRAINYARD_RUNNER: docker or kubernetes."""

    installation: str
    """
    TRAINYARD_INSTALLATION: by what this Airflow knows its containers where several share a Docker. By default its
    address and its store.
    """

    @staticmethod
    def read(environment: Mapping[str, str]) -> Settings:
        def setting(name: str, default: str = "") -> str:
            return environment.get(f"TRAINYARD_{name}", "").strip() or default

        wrong = []
        if not (store := setting("STORE")):
            wrong.append(
                "TRAINYARD_STORE is missing: write where runs and models are kept, such as s3://bucket/prefix."
            )
        if (runner := setting("RUNNER", "docker")) not in RUNNERS:
            wrong.append(f"TRAINYARD_RUNNER is '{runner}': write one of {', '.join(RUNNERS)}.")
        if not (images := setting("IMAGES")):
            wrong.append(
                "TRAINYARD_IMAGES is missing: write which images run, such as registry.example/yard/{program}:1.4."
            )
        if wrong:
            raise SettingsError(" ".join(wrong))
        beside = Path(__file__).resolve().parents[3] / "pipelines"
        api = (environment.get(f"AIRFLOW__{name}", "") for name in ("API__BASE_URL", "CORE__EXECUTION_API_SERVER_URL"))
        place = "\n".join([*api, store])
        installation = setting("INSTALLATION", sha256(place.encode()).hexdigest()[:12])
        return Settings(
            store, images, Path(setting("PIPELINES", str(beside))), setting("NETWORK") or None, runner, installation
        )

    def image(self, pipeline: str, program: str) -> str:
        """The image of a program. It has a tag or a digest: what an untagged name means depends on the day."""
        listed = dict(each.split("=", 1) for each in self.images.split(",") if "=" in each)
        image = (
            listed.get(program, "")
            if listed
            else self.images.replace("{program}", program).replace("{pipeline}", pipeline)
        )
        if not re.search(r"(@sha256:[0-9a-f]{64}|:[\w][\w.-]*)$", image):
            named = f"names no image for '{program}'" if listed and not image else f"gives '{image}' for '{program}'"
            raise SettingsError(
                f"TRAINYARD_IMAGES {named}: write each image with a tag or @sha256:…, such as"
                " registry.example/yard/{program}:1.4."
            )
        return image
