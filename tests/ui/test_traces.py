"""A session leaves no trace outside the coffre, nor a readable one inside: in no writing that a search would find."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.canaris import CANARY, NUMBERS

ROOT = Path(__file__).resolve().parents[2]
_HOMES = (
    "HOME", "TMPDIR", "TEMP", "TMP", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME",
    "XDG_RUNTIME_DIR",
)  # fmt: skip


def writings(word: str) -> tuple[bytes, ...]:
    """A word as it may lie in a file: in the usual encodings, in hexadecimal, in base64 wherever it begins."""
    plain = [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")]
    found = [*plain, *(each.hex().encode() for each in plain)]
    for each in plain:
        for before in range(3):
            coded = base64.b64encode(b"\0" * before + each)
            # The letters that other bytes share are left out, at both ends.
            found.append(coded[(0, 2, 3)[before] : len(coded) - 4 if (before + len(each)) % 3 else None])
    return tuple(found)


_LOOKED_FOR = tuple(
    each for word in (CANARY, CANARY.capitalize(), CANARY.upper(), *NUMBERS) for each in writings(word)
)


def traces(folder: Path) -> list[str]:
    """Files under a folder in which a canary is found, by its contents or its name."""
    found = []
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        content = os.fsencode(path.name) + b"\n" + path.read_bytes()
        if any(each in content for each in _LOOKED_FOR):
            found.append(path.relative_to(folder).as_posix())
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("coded", ["plain", "hex", "base64"])
@pytest.mark.parametrize("before", range(4))
def test_whatever_way_it_is_written_a_trace_is_found(
    tmp_path: Path, encoding: str, coded: str, before: int
) -> None:
    content = b"\xff" * before + "Mme Canarinom, 06 98".encode(encoding)
    ways = {"plain": content, "hex": content.hex().encode(), "base64": base64.b64encode(content)}
    (tmp_path / "trace.bin").write_bytes(ways[coded])
    (tmp_path / "autre.bin").write_bytes(bytes(range(256)) * 40)
    assert traces(tmp_path) == ["trace.bin"]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("end", ["verrouille", "tue"])
def test_a_morning_at_the_desk_leaves_no_trace(tmp_path: Path, end: str) -> None:
    """Whether it ends by the lock or by the battery: nothing outside the coffre, and nothing to be read in it."""
    home, place = tmp_path / "ailleurs", tmp_path / "place"
    home.mkdir(mode=0o700)
    place.mkdir()
    (home / "tmp").mkdir()
    environment = os.environ | {name: str(home / "tmp" if "T" in name[:1] else home) for name in _HOMES}
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.seance", str(place), end],
        cwd=ROOT, env=environment | {"QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, timeout=500, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert traces(home) == []
    assert [each for each in traces(place) if not each.startswith("recu/")] == []
    assert traces(place), "what she was sent is there: the eyes see"
    written = {Path(line) for line in done.stdout.decode().splitlines()}
    allowed = (home, place, Path("/dev"))
    assert [each for each in written if not any(each.is_relative_to(root) for root in allowed)] == []
