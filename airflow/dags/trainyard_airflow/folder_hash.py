"""
The fingerprint of what a pipeline's team wrote, as kit/Pipelines/FolderHash.cs computes it; docs/operations.md
has it as a line of shell.
"""
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

PLAN_FILE = "plan.json"
SOURCES = "features"
BUILT = {"bin", "obj"}


def folder_hash(folder: Path, named: Iterable[str]) -> str:
    """
    SHA-256 over the hashes and names of the files that count, in the order of the names' bytes; a line ends with
    LF, however it was checked out.
    """
    names = {*named, *_sources(folder / SOURCES, f"{SOURCES}/")}
    lines = (
        f"{sha256(_with_line_feeds(folder / name)).hexdigest()}  {name}\0" for name in sorted(names, key=str.encode)
    )
    return sha256("".join(lines).encode()).hexdigest()


def _with_line_feeds(file: Path) -> bytes:
    return file.read_bytes().replace(b"\r\n", b"\n")


def _sources(folder: Path, prefix: str) -> Iterator[str]:
    """Notes, what is built, and what begins with a dot are left out."""
    if folder.is_symlink() or not folder.is_dir():
        return
    for entry in folder.iterdir():
        if entry.name.startswith("."):
            continue
        if entry.is_file() and not entry.name.endswith(".md"):
            yield prefix + entry.name
        elif entry.is_dir() and entry.name not in BUILT:
            yield from _sources(entry, f"{prefix}{entry.name}/")
