"""Write or check ``SHA256SUMS``: one line per data file, so that a change never goes unseen.

Usage: ``python data/checksums.py`` writes; ``python data/checksums.py --check`` compares.
"""

import hashlib
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
LIST = FOLDER / "SHA256SUMS"


def sums(folder: Path = FOLDER) -> str:
    """Checksum and path of every data file, in order of path."""
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and path.name != LIST.name and "__pycache__" not in path.parts
    )
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in files
    )


def main(arguments: list[str]) -> int:
    """Run the script; 1 when the check finds a difference."""
    if arguments == ["--check"]:
        listed, found = LIST.read_text("utf-8").splitlines(), sums().splitlines()
        for line in sorted(set(listed) ^ set(found)):
            sys.stderr.write(f"differs: {line}\n")
        return int(listed != found)
    LIST.write_text(sums(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
