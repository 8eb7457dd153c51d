"""Where things are, for tests."""
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
