import unittest

from trainyard_airflow.credentials import CredentialsError, Login, variables


class CredentialsTest(unittest.TestCase):
    def test_a_warehouse_has_its_password_beside_the_url(self) -> None:
        login = Login(
            "db.example",
            5433,
            "reader@x",
            "p:w/d@1",
            "flights",
            {"sslmode": "verify-full", "options": "-csearch_path=analytics"},
        )
        self.assertEqual(
            {
                "TRAINYARD_WAREHOUSE": (
                    "postgresql://reader%40x@db.example:5433/flights"
                    "?sslmode=verify-full&options=-csearch_path%3Danalytics"
                ),
                "PGPASSWORD": "p:w/d@1",
            },
            variables("reader", login),
        )

    def test_a_store_has_keys_and_its_place(self) -> None:
        login = Login(
            login="key",
            password="secret",
            extra={
                "endpoint_url": "http://s3:7480",
                "region_name": "eu-1",
                "TRAINYARD_S3_SSE": "AES256",
                "verify": True,
                "role_arn": "",
            },
        )
        self.assertEqual(
            {
                "AWS_ACCESS_KEY_ID": "key",
                "AWS_SECRET_ACCESS_KEY": "secret",
                "AWS_ENDPOINT_URL": "http://s3:7480",
                "AWS_REGION": "eu-1",
                "TRAINYARD_S3_SSE": "AES256",
            },
            variables("store", login),
        )

    def test_without_a_login_the_chain_of_the_sdk_decides(self) -> None:
        self.assertEqual({}, variables("store", Login()))
        self.assertEqual(
            {"TRAINYARD_WAREHOUSE": "postgresql://db/flights"}, variables("writer", Login(host="db", schema="flights"))
        )

    def test_keys_in_extras_are_keys(self) -> None:
        keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "aws_session_token": "token"}
        expected = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token"}
        self.assertEqual(expected, variables("store", Login(extra=keys)))
        self.assertEqual(expected, variables("store", Login(login="key", password="secret", extra=keys)))

    def test_what_a_step_cannot_be_given_is_refused_and_named_without_its_value(self) -> None:
        for connection, login, expected in [
            (
                "store",
                Login(extra={"role_arn": "arn:aws:iam::1:role/hush"}),
                (
                    "^Connection trainyard_store has the extra role_arn, which a step cannot be given: give what runs"
                    " the containers that role"
                ),
            ),
            ("store", Login(extra={"profile_name": "hush"}), "extra profile_name, .*: a step has no profiles"),
            ("store", Login(extra={"verify": False}), "extra verify, .*: set AWS_CA_BUNDLE"),
            (
                "store",
                Login(extra={"endpoint": "hush"}),
                "extra endpoint, .*: write aws_access_key_id, .*, or a variable AWS_",
            ),
            ("store", Login(extra={"PATH": "hush"}), "extra PATH"),
            ("store", Login(extra={"region_name": {"hush": 1}}), "an extra region_name that is no text"),
            ("store", Login(login="hush"), "has one of access key .login. and secret key"),
            (
                "store",
                Login(login="hush", password="hush", extra={"aws_access_key_id": "other"}),
                "says AWS_ACCESS_KEY_ID twice",
            ),
            ("store", Login(host="hush.example"), "has a host: write the store's address as the extra endpoint_url"),
            (
                "writer",
                Login(host="db", extra={"iam": True}),
                (
                    "^Connection trainyard_writer has the extra iam, which a step cannot be given: write a parameter"
                    " that psql takes"
                ),
            ),
            ("reader", Login(host="db", extra={"options": ["hush"]}), "an extra options that is no text"),
            ("reader", Login(host="hush.example:5432"), "a host with a colon in it: write the port in its own field"),
            ("reader", Login(schema="hush"), "has no host"),
        ]:
            with self.subTest(expected), self.assertRaisesRegex(CredentialsError, expected) as refused:
                variables(connection, login)
            self.assertNotIn("hush", str(refused.exception))

    def test_every_kind_of_host_has_its_place_in_the_address(self) -> None:
        for host, port, expected in [
            ("::1", 5433, "postgresql://me@[::1]:5433/yard"),
            ("[2001:db8::1]", None, "postgresql://me@[2001:db8::1]/yard"),
            ("fe80::1%eth0", 5432, "postgresql://me@[fe80::1%25eth0]:5432/yard"),
            ("/var/run/postgresql", 5433, "postgresql://me@/yard?host=%2Fvar%2Frun%2Fpostgresql&port=5433"),
            ("/tmp/a b", None, "postgresql://me@/yard?host=%2Ftmp%2Fa%20b"),
            ("one.example,two.example", 5432, "postgresql://me@/yard?host=one.example%2Ctwo.example&port=5432"),
            ("10.0.0.1", 5432, "postgresql://me@10.0.0.1:5432/yard"),
        ]:
            with self.subTest(host):
                self.assertEqual(
                    {"TRAINYARD_WAREHOUSE": expected},
                    variables("writer", Login(host=host, port=port, login="me", schema="yard")),
                )
