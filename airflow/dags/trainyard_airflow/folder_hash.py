"""The fingerprint of a pipeline's folder, as kit/Pipelines/FolderHash.cs computes it; docs/operations.md has it as a line of shell."""
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

PLAN_FILE = "plan.json"
BUILT = {"bin", "obj"}


def folder_hash(folder: Path) -> str:
    """SHA-256 over what `sha256sum -z` prints of the folder's files, in the order of their names' bytes."""
    files = {name: path for name, path in _files(folder, "") if name != PLAN_FILE}
    lines = (f"{sha256(files[name].read_bytes()).hexdigest()}  {name}\0" for name in sorted(files, key=str.encode))
    return sha256("".join(lines).encode()).hexdigest()


def _files(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    for entry in folder.iterdir():
        if entry.name.startswith("."):
            continue
        if entry.is_file():
            yield prefix + entry.name, entry
        elif entry.is_dir() and not entry.is_symlink() and entry.name not in BUILT:
            yield from _files(entry, f"{prefix}{entry.name}/")
