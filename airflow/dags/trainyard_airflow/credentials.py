"""What Airflow's Connections become in a step's environment, and there only."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

PREFIX = "trainyard_"
# What an aws Connection's extras are called by the SDK.
AWS_EXTRAS = {"endpoint_url": "AWS_ENDPOINT_URL", "region_name": "AWS_REGION", "aws_session_token": "AWS_SESSION_TOKEN", "role_arn": "AWS_ROLE_ARN"}


@dataclass(frozen=True)
class Login:
    """A Connection's fields."""

    host: str | None = None
    port: int | None = None
    login: str | None = None
    password: str | None = None
    schema: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


def variables(connection: str, login: Login) -> dict[str, str]:
    """The environment of a step that is given the connection `store`, `reader` or `writer`."""
    return _store(login) if connection == "store" else _warehouse(login)


def _store(login: Login) -> dict[str, str]:
    """An aws Connection. Extras in capitals are variables as they are; without a login the SDK's own chain finds one."""
    own = {"AWS_ACCESS_KEY_ID": login.login, "AWS_SECRET_ACCESS_KEY": login.password}
    extras = {AWS_EXTRAS.get(name, name): str(value) for name, value in login.extra.items() if name in AWS_EXTRAS or name.isupper()}
    return {name: value for name, value in own.items() if value} | extras


def _warehouse(login: Login) -> dict[str, str]:
    """A postgres Connection. Its extras are parameters of the URL, such as sslmode; the password is not in it."""
    user = f"{quote(login.login, safe='')}@" if login.login else ""
    port = f":{login.port}" if login.port else ""
    parameters = f"?{urlencode(login.extra, quote_via=quote)}" if login.extra else ""
    url = f"postgresql://{user}{login.host or ''}{port}/{quote(login.schema or '', safe='')}{parameters}"
    return {"TRAINYARD_WAREHOUSE": url} | ({"PGPASSWORD": login.password} if login.password else {})
