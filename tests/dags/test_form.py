import unittest

from trainyard_airflow.form import refusal

FIELDS = ["as_of", "model", "limit"]


class FormTest(unittest.TestCase):
    def test_what_the_form_has_may_be_said_or_left_out(self) -> None:
        for conf in (None, {}, {"as_of": "2024-12-15"}, {"as_of": None, "model": "", "limit": 5}):
            self.assertIsNone(refusal(conf, FIELDS, "flights_score"))

    def test_what_it_does_not_know_is_refused_with_what_was_perhaps_meant(self) -> None:
        self.assertEqual(
            (
                "The form of flights_score has no field 'asof': it has as_of, limit, model. Did you mean 'as_of'?"
                " Nothing was run."
            ),
            refusal({"asof": "x", "limit": 1}, FIELDS, "flights_score"),
        )
        self.assertEqual(
            "The form of flights_score has no field 'promote', 'zone': it has as_of, limit, model. Nothing was run.",
            refusal({"zone": 1, "promote": 1}, FIELDS, "flights_score"),
        )
        self.assertEqual(
            "The form of flights_check has no field 'as_of': it has none. Nothing was run.",
            refusal({"as_of": 1}, [], "flights_check"),
        )


if __name__ == "__main__":
    unittest.main()
