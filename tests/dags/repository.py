"""Where things are, for tests."""
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PIPELINES = ROOT / "pipelines"
STUBS = ROOT / "airflow" / "dags"
FLIGHTS = PIPELINES / "flights"


def trainyard(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """The built program."""
    program = ROOT / "artifacts" / "bin" / "trainyard" / "release" / "trainyard.dll"
    return subprocess.run(["dotnet", str(program), *arguments], cwd=folder, capture_output=True, text=True, check=False)


def planned(folder: Path, *changes: tuple[str, str]) -> None:
    """Makes FOLDER a copy of flights, with a changed spec and the plan of it."""
    shutil.copytree(FLIGHTS, folder, ignore=shutil.ignore_patterns("bin", "obj"))
    spec = folder / "pipeline.yaml"
    text = spec.read_text().replace("  assembly: features/bin/Flights.Features.dll\n", "")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    spec.write_text(text)
    ended = trainyard("plan", str(folder))
    assert ended.returncode == 0, ended.stderr
