"""A message about a failed run, as a mail server gets it."""
from __future__ import annotations

import json
import os
import threading
import unittest
from email import message_from_bytes
from email.policy import default
from socketserver import StreamRequestHandler, TCPServer
from types import SimpleNamespace
from unittest.mock import patch

from trainyard_airflow.alerts import message, tell

SENTENCE = "rows.sql:3: 'a < b' is not there. Nothing was changed."


class MailServer(TCPServer):
    """Takes whatever is mailed to it (RFC 5321), and keeps the mails."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.mails: list[bytes] = []
        self.envelopes: list[str] = []


class Session(StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.say("220 mail")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(":")[0].upper()
            if verb in ("MAIL FROM", "RCPT TO"):
                self.server.envelopes.append(line.split(":", 1)[1].split(" ")[0])
            if verb == "DATA":
                self.say("354 go on")
                self.server.mails.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.say("221 bye" if verb == "QUIT" else "250 ok")
            if verb == "QUIT":
                return

    def say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


class Mail(unittest.TestCase):
    def test_a_failed_run_is_one_mail_with_the_steps_sentence_and_a_link(self) -> None:
        with MailServer() as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            extra = {
                "to": "ops@example.com",
                "from_email": "yard@example.com",
                "disable_ssl": True,
                "disable_tls": True,
            }
            connection = {"conn_type": "smtp", "host": "127.0.0.1", "port": server.server_address[1], "extra": extra}
            with patch.dict(os.environ, {"AIRFLOW_CONN_TRAINYARD_ALERTS": json.dumps(connection)}):
                tell(self.failed())
            server.shutdown()

        [mail] = [message_from_bytes(each, policy=default) for each in server.mails]
        self.assertEqual(["<yard@example.com>", "<ops@example.com>"], server.envelopes)
        self.assertEqual("flights: score failed in step extract", mail["Subject"])
        text = mail.get_body(("html",)).get_content()
        self.assertIn("rows.sql:3: 'a &lt; b' is not there. Nothing was changed.", text)
        self.assertIn("/dags/flights_score/runs/manual__1", text)

    def test_what_is_told_is_why_the_run_failed_and_all_that_failed_beside_it(self) -> None:
        some = SimpleNamespace
        shards = some(value={"command": [["1/2"], ["2/2"]]})
        tasks = [
            some(task_id="extract", is_mapped=False, is_teardown=False),
            some(task_id="score", is_mapped=True, is_teardown=False, expand_input=shards),
            some(task_id="plans", is_mapped=False, is_teardown=False),
            some(task_id="record", is_mapped=False, is_teardown=True),
        ]
        said = {("score", 1): "Shard 2/2 is full.", ("plans", -1): "A plan is stale.", ("record", -1): "No warehouse."}
        for last, expected in (("record", "score"), ("plans", "plans"), ("score", "score"), ("extract", "extract")):
            with self.subTest(last):
                ti = some(
                    task_id=last,
                    map_index=-1,
                    xcom_pull=lambda task_ids, key, map_indexes: said.get((task_ids, map_indexes)),
                )
                subject, text = message(
                    {"dag": some(dag_id="flights_score", tasks=tasks), "ti": ti, "run_id": "manual__1"}
                )
                self.assertEqual(f"flights: score failed in step {expected}", subject)
                self.assertEqual(
                    {"Shard 2/2 is full.", "A plan is stale."},
                    {line for line in text.splitlines() if line.endswith(("full.", "stale."))},
                )
                self.assertEqual(last == "extract", "It said nothing" in text)
                self.assertNotIn("No warehouse", text)

    @staticmethod
    def failed() -> dict[str, object]:
        task = SimpleNamespace(
            task_id="extract", map_index=-1, is_mapped=False, is_teardown=False, xcom_pull=lambda **asked: SENTENCE
        )
        return {"dag": SimpleNamespace(dag_id="flights_score", tasks=[task]), "ti": task, "run_id": "manual__1"}


if __name__ == "__main__":
    unittest.main()
