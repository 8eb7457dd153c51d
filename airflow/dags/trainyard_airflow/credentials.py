"""
What Airflow's Connections become in a step's environment, and there only. What cannot be handed on is refused,
not dropped.
"""
from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

PREFIX = "trainyard_"
# What an aws Connection's extras are called by the SDK.
AWS_EXTRAS = {
    "aws_access_key_id": "AWS_ACCESS_KEY_ID",
    "aws_secret_access_key": "AWS_SECRET_ACCESS_KEY",
    "aws_session_token": "AWS_SESSION_TOKEN",
    "endpoint_url": "AWS_ENDPOINT_URL",
    "region_name": "AWS_REGION",
}
# Extras in capitals are handed on as they are.
VARIABLES = ("AWS_", "TRAINYARD_S3_")
# What to do instead of what Airflow's own hook would do.
INSTEAD = {
    "role_arn": "give what runs the containers that role, or set AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE",
    "profile_name": "a step has no profiles: write the profile's keys as login and password",
    "verify": "set AWS_CA_BUNDLE to the store's certificates",
    "config_kwargs": "set the AWS_… variables that say the same",
}
# Of a postgres Connection: what Airflow's hook takes for itself, and no server understands.
AIRFLOWS_OWN = {
    "aws_conn_id",
    "cluster-identifier",
    "cursor",
    "enable_log_db_messages",
    "iam",
    "redshift",
    "sqlalchemy_query",
    "sqlalchemy_scheme",
    "workgroup-name",
}


class CredentialsError(Exception):
    """A Connection that cannot be handed on: one sentence, without its values."""


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
    # An extra that was left empty in Airflow's form was not given.
    given = {name: value for name, value in login.extra.items() if value not in (None, "", {}, [])}
    return (
        _store(PREFIX + connection, login, given)
        if connection == "store"
        else _warehouse(PREFIX + connection, login, given)
    )


def _store(name: str, login: Login, extra: Mapping[str, Any]) -> dict[str, str]:
    """An aws Connection. Without keys the SDK's own chain finds some."""
    if login.host or login.port:
        raise CredentialsError(f"Connection {name} has a host: write the store's address as the extra endpoint_url.")
    found = {"AWS_ACCESS_KEY_ID": login.login or "", "AWS_SECRET_ACCESS_KEY": login.password or ""}
    found = {variable: value for variable, value in found.items() if value}
    for key, value in extra.items():
        if key == "verify" and value is True:
            continue
        variable = AWS_EXTRAS.get(key, key if key.isupper() and key.startswith(VARIABLES) else None)
        if variable is None:
            raise _refused(name, key)
        if found.setdefault(variable, _text(name, key, value)) != _text(name, key, value):
            raise CredentialsError(
                f"Connection {name} says {variable} twice, and the extra {key} is another than the rest: write it once."
            )
    if ("AWS_ACCESS_KEY_ID" in found) != ("AWS_SECRET_ACCESS_KEY" in found):
        raise CredentialsError(
            f"Connection {name} has one of access key (login) and secret key (password): write both, or neither where"
            " the machine has a role."
        )
    return found


def _warehouse(name: str, login: Login, extra: Mapping[str, Any]) -> dict[str, str]:
    """A postgres Connection. Its extras are parameters of the URL, such as sslmode; the password is not in it."""
    for key in extra:
        if key in AIRFLOWS_OWN:
            raise _refused(name, key)
    parameters = {key: _text(name, key, value) for key, value in extra.items()}
    host = (login.host or "").strip()
    if not host and not {"host", "hostaddr", "service"} & parameters.keys():
        raise CredentialsError(f"Connection {name} has no host: write the database's.")
    port = f":{login.port}" if login.port else ""
    if (address := host.strip("[]")) and _is_ipv6(address):
        host = f"[{quote(address, safe=':')}]{port}"
    elif ":" in host and "/" not in host and "," not in host:
        raise CredentialsError(f"Connection {name} has a host with a colon in it: write the port in its own field.")
    elif "/" in host or "," in host:
        # A socket's folder, or several hosts: no part of a URL holds them.
        parameters = {"host": host, **({"port": str(login.port)} if login.port else {}), **parameters}
        host = ""
    else:
        host = f"{quote(host, safe='')}{port}" if host else ""
        parameters |= {"port": str(login.port)} if login.port and not host else {}
    user = f"{quote(login.login, safe='')}@" if login.login else ""
    query = f"?{urlencode(parameters, quote_via=quote, safe='')}" if parameters else ""
    url = f"postgresql://{user}{host}/{quote(login.schema or '', safe='')}{query}"
    return {"TRAINYARD_WAREHOUSE": url} | ({"PGPASSWORD": login.password} if login.password else {})


def _is_ipv6(host: str) -> bool:
    try:
        return isinstance(ipaddress.ip_address(host), ipaddress.IPv6Address)
    except ValueError:
        return False


def _text(name: str, key: str, value: Any) -> str:
    if isinstance(value, (dict, list)):
        raise CredentialsError(f"Connection {name} has an extra {key} that is no text: a step cannot be given it.")
    return str(value).lower() if isinstance(value, bool) else str(value)


def _refused(name: str, key: str) -> CredentialsError:
    known = (
        ", ".join(AWS_EXTRAS) + ", or a variable AWS_…"
        if name == f"{PREFIX}store"
        else "a parameter that psql takes, such as sslmode"
    )
    return CredentialsError(
        f"Connection {name} has the extra {key}, which a step cannot be given: {INSTEAD.get(key, f'write {known}')}."
    )
