"""Copies the Lucide icons the program uses into resources/icons/, with their licence.

How to run, from the root of the repository::

    npm pack lucide-static@1.62.0      # in a scratch folder; then unpack the archive
    python packaging/data/copy_icons.py SCRATCH/package

To use one more icon: add its name here (https://lucide.dev/icons), run this, and add nothing by hand.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "resources" / "icons"

ICONS = [
    "archive",
    "arrow-left",
    "arrow-right",
    "book-user",
    "building-2",
    "calendar",
    "chart-column",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "chevron-up",
    "circle",
    "circle-alert",
    "circle-check",
    "clock",
    "corner-down-left",
    "dot",
    "download",
    "eye",
    "eye-off",
    "file-lock",
    "file-text",
    "flag",
    "folder-open",
    "history",
    "house",
    "inbox",
    "info",
    "key-round",
    "life-buoy",
    "link",
    "lock",
    "lock-open",
    "mail",
    "map-pin",
    "message-square",
    "pencil",
    "phone",
    "plus",
    "printer",
    "save",
    "search",
    "send",
    "settings",
    "shield",
    "shield-check",
    "star",
    "sun",
    "trash-2",
    "triangle-alert",
    "undo-2",
    "upload",
    "user",
    "user-plus",
    "users",
    "x",
]


def main(package: Path) -> None:
    """Replaces the icons by those of ``package``."""
    for old in TARGET.glob("*.svg"):
        old.unlink()
    for name in ICONS:
        shutil.copyfile(package / "icons" / f"{name}.svg", TARGET / f"{name}.svg")
    shutil.copyfile(package / "LICENSE", TARGET / "LICENSE.txt")
    print(f"{len(ICONS)} icons")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
