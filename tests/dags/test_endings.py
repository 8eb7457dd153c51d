import re
import unittest

from repository import ROOT
from trainyard_airflow.endings import Verdict, ending


class EndingsTest(unittest.TestCase):
    def test_every_code_of_the_documentation_is_tried_again_or_not_as_it_says(self) -> None:
        rows = re.findall(
            r"^\| (\d+) +\| .* \| +(yes|no, all is well|no|in five minutes|) *\|$",
            (ROOT / "docs" / "operations.md").read_text(),
            re.M,
        )
        self.assertEqual([0, 64, 65, 66, 69, 70, 75, 76, 77, 78, 99, 143], [int(code) for code, _ in rows])
        meant = {"": Verdict.DONE, "yes": Verdict.RETRY, "no": Verdict.FAIL, "no, all is well": Verdict.SKIP}
        meant["in five minutes"] = Verdict.WAIT
        for code, retry in rows:
            with self.subTest(code):
                self.assertIs(meant[retry], ending(int(code), ["said"]).verdict)

    def test_the_sentence_is_the_steps_last(self) -> None:
        self.assertEqual(
            "rows.sql: labels are late. (exit code 65)",
            ending(65, ["12:00:01 reading", "rows.sql: labels are late.", " ", ""]).sentence,
        )
        self.assertEqual("Trained.", ending(0, ["Trained."]).sentence)
        result = '{"run": "r", "as_of": "2024-12-15", "sentence": "There is nothing to score."}'
        self.assertEqual("There is nothing to score.", ending(99, ["reading", result]).sentence)

    def test_out_of_memory_fails_at_once_and_names_the_limit(self) -> None:
        ended = ending(137, ["reading"], out_of_memory=True, memory="4g", step="train")
        self.assertIs(Verdict.FAIL, ended.verdict)
        self.assertIn("its limit of 4g (mem_limit): raise steps.train.memory", ended.sentence)

    def test_killed_otherwise_is_tried_again(self) -> None:
        self.assertEqual(
            (Verdict.RETRY, "train was killed. (exit code 137)"),
            (lambda e: (e.verdict, e.sentence))(ending(137, [], step="train")),
        )
