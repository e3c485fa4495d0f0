"""Copies the French spelling dictionary into resources/orthographe/, with its licence.

How to run, from the root of the repository::

    npm pack dictionary-fr@3.0.0      # in a scratch folder; then unpack the archive
    python packaging/data/copy_dictionary.py SCRATCH/package
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "resources" / "orthographe"

FILES = {"index.aff": "fr.aff", "index.dic": "fr.dic", "license": "LICENSE.txt"}


def main(package: Path) -> None:
    """Replaces the dictionary by that of ``package``, byte for byte."""
    TARGET.mkdir(exist_ok=True)
    for source, name in FILES.items():
        shutil.copyfile(package / source, TARGET / name)
    print(f"{(TARGET / 'fr.dic').stat().st_size} bytes of words")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
