"""The commands of the bilan files: each file that is not right has its sentence, its exit code, and no traceback."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from iscg_desktop.cli import main
from iscg_desktop.domain.period import parse_period
from iscg_desktop.exports import bilan_json
from tests.registre import Accueilli, write
from tests.services.bilan_remis import hand_over
from tests.vie import TestClock, open_services


@pytest.fixture(scope="module")
def octets(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A quarter handed over."""
    folder = tmp_path_factory.mktemp("remis")
    services, session = open_services(folder, TestClock(date(2026, 10, 5)))
    with session.vault:
        write(session, [Accueilli(rank + 1) for rank in range(30)], date(2026, 8, 3))
        return hand_over(services, parse_period("2026-T3"), folder)["bilan-2026-T3.json"]


def sealed(octets: bytes, **changes: Any) -> bytes:
    """The file with something changed, its digest made again."""
    bare = {name: value for name, value in {**json.loads(octets), **changes}.items() if name != "empreinte"}
    return bilan_json._bytes({**bare, "empreinte": hashlib.sha256(bilan_json._bytes(bare)).hexdigest()})


DAMAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "tronqué": (lambda octets: octets[:-40], "est tronqué ou illisible"),
    "vide": (lambda octets: b"", "est tronqué ou illisible"),
    "modifié": (
        lambda octets: octets.replace(b'"seuil": 5', b'"seuil": 6', 1),
        "a été modifié depuis sa remise",
    ),
    "récent": (
        lambda octets: octets.replace(b'"version": 1', b'"version": 9', 1),
        "vient d’une version plus récente du programme",
    ),
    "autre": (lambda octets: b"{}", "n’est pas un bilan au format JSON de ce programme"),
}
# What each of the two commands says of a file beside the one it was made of; "" where it is right.
TOGETHER: dict[str, tuple[dict[str, Any], str, str]] = {
    "ailleurs": (
        {"coffre": "autre"},
        "vient d’un autre coffre que les précédents",
        "couvrent des jours communs du même intervenant",
    ),
    "reemis": (
        {"date_emission": "2026-10-06"},
        "",
        "disent le même bilan, avec les mêmes chiffres, remis deux fois",
    ),
}


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(list(words))
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return code, (said.out + said.err).replace("\u00a0", " ")


@pytest.mark.parametrize("name", DAMAGES)
def test_a_file_that_is_not_right_is_named_with_what_is_wrong(
    name: str, octets: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage, words = DAMAGES[name]
    path = tmp_path / f"{name}.json"
    path.write_bytes(damage(octets))
    for command in (("verifier",), ("consolider", "-o", str(tmp_path / "c.json"))):
        code, said = told(capsys, *command, str(path))
        assert code == 1
        assert f"« {name}.json » {words}" in said
    assert not (tmp_path / "c.json").exists()


@pytest.mark.parametrize("name", TOGETHER)
def test_files_that_do_not_go_together_are_named(
    name: str, octets: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changes, verified, united = TOGETHER[name]
    good, other = tmp_path / "bon.json", tmp_path / f"{name}.json"
    good.write_bytes(octets)
    other.write_bytes(sealed(octets, **changes))
    assert told(capsys, "verifier", str(good))[0] == 0
    for command, words in (
        (("verifier",), verified),
        (("consolider", "-o", str(tmp_path / "c.json")), united),
    ):
        code, said = told(capsys, *command, str(good), str(other))
        if words:
            assert code == 1
            assert f"« {name}.json »" in said
            assert words in said
        else:
            assert (code, said.partition(",")[0]) == (0, "Juste : 2 bilan(s)")
    assert not (tmp_path / "c.json").exists()
