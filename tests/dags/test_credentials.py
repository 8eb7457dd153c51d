import unittest

from trainyard_airflow.credentials import Login, variables


class CredentialsTest(unittest.TestCase):
    def test_a_warehouse_has_its_password_beside_the_url(self) -> None:
        login = Login("db.example", 5433, "reader@x", "p:w/d@1", "flights", {"sslmode": "verify-full", "options": "-csearch_path=analytics"})
        self.assertEqual(
            {"TRAINYARD_WAREHOUSE": "postgresql://reader%40x@db.example:5433/flights?sslmode=verify-full&options=-csearch_path%3Danalytics", "PGPASSWORD": "p:w/d@1"},
            variables("reader", login),
        )

    def test_a_store_has_keys_and_its_place(self) -> None:
        login = Login(login="key", password="secret", extra={"endpoint_url": "http://s3:7480", "region_name": "eu-1", "TRAINYARD_S3_SSE": "AES256", "verify": False})
        self.assertEqual(
            {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_ENDPOINT_URL": "http://s3:7480", "AWS_REGION": "eu-1", "TRAINYARD_S3_SSE": "AES256"},
            variables("store", login),
        )

    def test_without_a_login_the_chain_of_the_sdk_decides(self) -> None:
        self.assertEqual({}, variables("store", Login()))
        self.assertEqual({"TRAINYARD_WAREHOUSE": "postgresql://db/flights"}, variables("writer", Login(host="db", schema="flights")))
