import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from repository import FLIGHTS, ROOT, trainyard
from trainyard_airflow.folder_hash import folder_hash

# As docs/operations.md has it.
SHELL = re.search(r"^    (\{ printf .*\n(?:      .*\n)+)", (ROOT / "docs" / "operations.md").read_text(), re.M)[1]
NAMED = ["pipeline.yaml", "rows.sql"]
ODD = {
    "a b.cs": "",
    "a\nb": "x",
    "ä.cs": "ü",
    "a\u0308.cs": "decomposed",
    "\uff5e": "wide",
    "𝒳": "beyond the first plane",
    "Z": "upper",
    "a": "lower",
    "sub/a": "y",
    "sub-a": "z",
    "'\"$`\\": "quotes",
    "windows.cs": "a\r\n\r\r\nb\r",
    "packages.lock.json": "{}",
    "sub/plan.json": "not the plan",
}
IGNORED = {
    "NOTES": "x",
    "README.md": "x",
    "notes/of.sql": "x",
    "try.sql": "x",
    "features/README.md": "x",
    "features/bin/x.dll": "built",
    "features/sub/obj/y": "built",
    "features/.hidden": "left out",
    "features/sub/.git/config": "left out",
}


class FolderHashTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "flights"
        shutil.copytree(FLIGHTS, self.folder)
        self.write({f"features/{name}": text for name, text in ODD.items()})
        (self.folder / "features" / "link.cs").symlink_to("../rows.sql")
        (self.folder / "features" / "broken.cs").symlink_to("nowhere")
        (self.folder / "features" / "linked").symlink_to("sub")

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_bytes(text.encode())

    def test_it_is_what_the_program_and_the_shell_say_whatever_the_names_and_line_ends_are(self) -> None:
        ended = trainyard("plan", str(self.folder))
        self.assertEqual(0, ended.returncode, ended.stderr)
        said = subprocess.run(
            ["sh", "-c", SHELL], cwd=self.folder, capture_output=True, text=True, check=True
        ).stdout.split()[0]

        found = folder_hash(self.folder, NAMED)

        self.assertEqual(json.loads((self.folder / "plan.json").read_text())["folder_hash"], found)
        self.assertEqual(said, found)

    def test_notes_and_what_is_built_are_not_in_it(self) -> None:
        before = folder_hash(self.folder, NAMED)
        self.write(IGNORED)
        self.assertEqual(before, folder_hash(self.folder, NAMED))

    def test_another_byte_is_another_hash_and_another_line_end_is_not(self) -> None:
        before = folder_hash(self.folder, NAMED)
        for name in ("pipeline.yaml", "rows.sql", "features/DaysToHoliday.cs", "features/packages.lock.json"):
            with self.subTest(name):
                text = (self.folder / name).read_bytes()
                (self.folder / name).write_bytes(text.replace(b"\n", b"\r\n"))
                self.assertEqual(before, folder_hash(self.folder, NAMED))
                (self.folder / name).write_bytes(text + b" ")
                self.assertNotEqual(before, folder_hash(self.folder, NAMED))
                (self.folder / name).write_bytes(text)
        self.write({"features/New.cs": ""})
        self.assertNotEqual(before, folder_hash(self.folder, NAMED))

    def test_a_name_that_is_no_text_is_refused(self) -> None:
        (Path(os.fsdecode(bytes(self.folder) + b"/features/\xff"))).write_bytes(b"")
        self.assertRaises(UnicodeEncodeError, folder_hash, self.folder, NAMED)


if __name__ == "__main__":
    unittest.main()
