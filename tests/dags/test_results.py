import json
import unittest
from dataclasses import dataclass, field
from typing import Any

from trainyard_airflow.results import each_as_of, news, outcome, result_of


def result(**details: Any) -> dict[str, Any]:
    return {
        "pipeline": "flights",
        "run": "score.manual.1",
        "as_of": "2024-12-15T05:00:00Z",
        "sentence": "Scored.",
        "details": details,
    }


@dataclass
class SomeEvent:
    timestamp: int
    extra: dict[str, Any] = field(default_factory=dict)


class ResultsTest(unittest.TestCase):
    def test_the_result_is_the_last_line_that_is_one(self) -> None:
        lines = ["12:00:01 reading", json.dumps({"sentence": "no result"}), json.dumps(result()), "{ torn", "[1]", ""]
        self.assertEqual("Scored.", (result_of(lines) or {})["sentence"])
        self.assertIsNone(result_of(["Scored.", "{}", "{ torn"]))

    def test_predictions_are_news_where_the_view_shows_some_and_models_where_one_is_promoted(self) -> None:
        self.assertEqual(
            {"as_of": "2024-12-15T05:00:00Z", "run": "score.manual.1", "model": "m", "rows": 10},
            news("predictions", result(model="m", rows=10, current=3, hindsight=7)),
        )
        for nothing in (result(model="m", rows=10, current=0), result(), {**result(), "details": None}):
            self.assertIsNone(news("predictions", nothing))
        self.assertEqual("m", (news("models", result(model="m", verdict="promoted")) or {})["model"])
        self.assertIsNone(news("models", result(model="m", verdict="refused")))

    def test_an_outcome_says_of_when_with_what_and_what_became_of_it(self) -> None:
        self.assertEqual(
            {
                "run": "score.manual.1",
                "as_of": "2024-12-15T05:00:00Z",
                "model": "m",
                "outcome": "published",
                "sentence": "Scored.",
            },
            outcome(result(model="m", outcome="published")),
        )

    def test_a_consumer_takes_each_as_of_once_as_it_was_last_published_and_the_oldest_first(self) -> None:
        events = [
            SomeEvent(3, {"as_of": "2024-01-02", "run": "again"}),
            SomeEvent(1, {"as_of": "2024-01-02", "run": "first"}),
            SomeEvent(2, {"as_of": "2024-01-01", "run": "x"}),
            SomeEvent(4),
        ]
        self.assertEqual(
            [("2024-01-01", "x"), ("2024-01-02", "again")],
            [(each["as_of"], each["run"]) for each in each_as_of(events)],
        )


if __name__ == "__main__":
    unittest.main()
