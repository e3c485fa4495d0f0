"""The look outside the coffre: it names nobody, and a damaged file stops nobody."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from iscg_desktop.services.preferences import Preferences, load, save


def test_it_is_read_back_and_private(tmp_path: Path) -> None:
    place = tmp_path / "dossier" / "preferences.json"
    assert load(place) == Preferences()
    save(Preferences("sombre", "grande"), place)
    assert load(place) == Preferences("sombre", "grande")
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert place.read_text() == '{"aspect": "sombre", "taille": "grande"}'


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"aspect": 3}', '{"aspect": ["clair"], "taille": {}}', '{"taille": "x"}']
)
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, text: str) -> None:
    place = tmp_path / "preferences.json"
    place.write_text(text)
    assert load(place) == Preferences()


def test_bytes_that_are_no_text_give_the_defaults(tmp_path: Path) -> None:
    place = tmp_path / "preferences.json"
    place.write_bytes(b"\xff\xfe\x00")
    assert load(place) == Preferences()
