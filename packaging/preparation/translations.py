"""Compiles the translations with the lrelease that comes inside PySide6-Essentials."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from preparation.refusal import Refusal


def lrelease(site_packages: Path) -> Path:
    """Qt's compiler of translations, as PySide6-Essentials installs it."""
    return site_packages / "PySide6" / ("lrelease.exe" if os.name == "nt" else "lrelease")


def stale(folder: Path) -> list[Path]:
    """The ``*.ts`` whose ``*.qm`` is absent or older."""
    return [
        source
        for source in sorted(folder.glob("*.ts"))
        if not (compiled := source.with_suffix(".qm")).exists()
        or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns
    ]


def compile_stale(folder: Path, site_packages: Path) -> list[Path]:
    """Compile what changed, beside its source.

    Returns:
        The files written.

    Raises:
        Refusal: When lrelease refuses a file.
    """
    written = []
    for source in stale(folder):
        target = source.with_suffix(".qm")
        command = [str(lrelease(site_packages)), "-silent", str(source), "-qm", str(target)]
        result = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        if result.returncode != 0 or not target.exists():
            raise Refusal(
                f"La traduction {source.name} n’a pas pu être compilée : "
                f"{(result.stdout + result.stderr).strip() or 'sans explication'}"
            )
        written.append(target)
    return written
