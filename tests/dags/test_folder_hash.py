import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from repository import FLIGHTS, trainyard
from trainyard_airflow.folder_hash import folder_hash

# As docs/operations.md has it.
SHELL = (
    r"find . \( -name '.?*' -o -type d \( -name bin -o -name obj \) \) -prune -o -xtype f ! -path ./plan.json -printf '%P\0' |"
    " LC_ALL=C sort -z | xargs -0 -r sha256sum -z | sha256sum"
)
ODD = {
    "a b.sql": "", "a\nb": "x", "ä.sql": "ü", "a\u0308.sql": "decomposed", "\uff5e": "wide", "𝒳": "beyond the first plane", "Z": "upper", "a": "lower", "sub/a": "y",
    "sub-a": "z", "'\"$`\\": "quotes", "windows.sql": "SELECT 1\r\n", "notes/plan.json": "not the plan", "features/bin/x.dll": "built", "obj/y": "built", ".hidden": "left out",
}


class FolderHashTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "flights"
        shutil.copytree(FLIGHTS, self.folder)
        for name, text in ODD.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_bytes(text.encode())
        (self.folder / "link.sql").symlink_to("rows.sql")
        (self.folder / "linked").symlink_to("sub")

    def test_it_is_what_the_program_and_the_shell_say_whatever_the_names_and_line_ends_are(self) -> None:
        ended = trainyard("plan", str(self.folder))
        self.assertEqual(0, ended.returncode, ended.stderr)
        said = subprocess.run(["sh", "-c", SHELL], cwd=self.folder, capture_output=True, text=True, check=True).stdout.split()[0]

        found = folder_hash(self.folder)

        self.assertEqual(json.loads((self.folder / "plan.json").read_text())["folder_hash"], found)
        self.assertEqual(said, found)

    def test_another_byte_is_another_hash(self) -> None:
        before = folder_hash(self.folder)
        (self.folder / "windows.sql").write_bytes(b"SELECT 1\n")
        self.assertNotEqual(before, folder_hash(self.folder))

    def test_a_name_that_is_no_text_is_refused(self) -> None:
        (Path(os.fsdecode(bytes(self.folder) + b"/\xff"))).write_bytes(b"")
        self.assertRaises(UnicodeEncodeError, folder_hash, self.folder)


if __name__ == "__main__":
    unittest.main()
