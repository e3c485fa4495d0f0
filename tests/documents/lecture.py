"""Reading printed documents back in tests: text, fonts, inks, pictures."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader


def pages(pdf: bytes) -> list[str]:
    """Text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def squashed(text: str) -> str:
    """Text without any space, to compare whatever the line ends."""
    return "".join(text.split())


def body(pdf: bytes) -> str:
    """Text of the whole document without spaces and without the headers of the pages."""
    header = re.compile(r"CONFIDENTIEL–secretprofessionnelpage\d+/\d+Fiche[A-Z0-9*-]+")
    return "".join(header.sub("", squashed(page)) for page in pages(pdf))


def streams(pdf: bytes) -> bytes:
    """Every page's drawing instructions, decompressed."""
    return b"\n".join(page.get_contents().get_data() for page in PdfReader(io.BytesIO(pdf)).pages)  # type: ignore[union-attr]


def fonts(pdf: bytes) -> dict[str, Any]:
    """Name of each font used and its descriptor."""
    found: dict[str, Any] = {}
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            plain = font.get_object()
            found[plain["/BaseFont"]] = plain.get("/FontDescriptor")
    return found


def grey_pictures(pdf: bytes, folder: Path, dpi: int) -> list[tuple[int, int, bytes]]:
    """Width, height and grey levels of each page, drawn by poppler.

    Skips the test where poppler is not installed, except in continuous integration, where it must be.
    """
    if shutil.which("pdftoppm") is None:
        if os.environ.get("CI"):
            pytest.fail("pdftoppm (poppler-utils) is needed in continuous integration")
        pytest.skip("pdftoppm (poppler-utils) is not installed")
    (folder / "page.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", str(dpi), "-gray", str(folder / "page.pdf"), str(folder / "page")]
    subprocess.run(command, check=True, capture_output=True)
    return [_read_pgm(path.read_bytes()) for path in sorted(folder.glob("page-*.pgm"))]


def _read_pgm(data: bytes) -> tuple[int, int, bytes]:
    match = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
    assert match
    return int(match[1]), int(match[2]), data[match.end() :]
