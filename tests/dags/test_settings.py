import unittest
from pathlib import Path

from repository import PIPELINES
from trainyard_airflow.settings import Settings, SettingsError

DIGEST = "@sha256:" + "0" * 64


def settings(**more: str) -> Settings:
    return Settings.read(
        {"TRAINYARD_STORE": "s3://yard/x", "TRAINYARD_IMAGES": "trainyard/{program}:1.0"}
        | {f"TRAINYARD_{name}": value for name, value in more.items()}
    )


class SettingsTest(unittest.TestCase):
    def test_defaults(self) -> None:
        self.assertEqual((PIPELINES, None, "docker"), (settings().pipelines, settings().network, settings().runner))
        self.assertEqual(Path("/pipelines"), settings(PIPELINES="/pipelines").pipelines)

    def test_two_installations_know_their_containers_apart(self) -> None:
        def at(store: str, url: str) -> str:
            return Settings.read(
                {"TRAINYARD_STORE": store, "TRAINYARD_IMAGES": "x:1", "AIRFLOW__API__BASE_URL": url}
            ).installation

        self.assertEqual(at("s3://yard/x", "http://a"), at("s3://yard/x", "http://a"))
        self.assertEqual(
            3, len({at("s3://yard/x", "http://a"), at("s3://yard/x", "http://b"), at("s3://yard/y", "http://a")})
        )
        self.assertEqual("mine", settings(INSTALLATION="mine").installation)

    def test_everything_that_is_wrong_is_said_at_once(self) -> None:
        with self.assertRaisesRegex(
            SettingsError,
            (
                "TRAINYARD_STORE is missing.*TRAINYARD_RUNNER is 'podman': write one of docker,"
                " kubernetes.*TRAINYARD_IMAGES is missing"
            ),
        ):
            Settings.read({"TRAINYARD_RUNNER": "podman"})

    def test_images_by_one_template_or_a_list(self) -> None:
        self.assertEqual("trainyard/extract:1.0", settings().image("flights", "extract"))
        self.assertEqual(
            "host:5000/flights/extract:1",
            settings(IMAGES="host:5000/{pipeline}/{program}:1").image("flights", "extract"),
        )
        self.assertEqual(
            f"yard/train{DIGEST}", settings(IMAGES=f"extract=a:1,train=yard/train{DIGEST}").image("flights", "train")
        )

    def test_an_image_without_tag_or_digest_is_refused(self) -> None:
        for images, expected in [
            ("trainyard/{program}", "gives 'trainyard/extract' for 'extract'"),
            ("host:5000/{program}", "gives 'host:5000/extract' for 'extract'"),
            ("train=yard/train:1", "names no image for 'extract'"),
        ]:
            with self.subTest(images), self.assertRaisesRegex(SettingsError, expected):
                settings(IMAGES=images).image("flights", "extract")
