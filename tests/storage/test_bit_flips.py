"""One bit changed, on any page of a coffre that was lived in, wherever in the page: found at the opening (S9)."""

from __future__ import annotations

import random
from itertools import islice

import pytest

from iscg_desktop.errors import UserError
from iscg_desktop.storage.vault import Vault
from tests.coffres import Coffre
from tests.exigences import Ampleur, Chiffre
from tests.usage import day
from tests.vie import open_services

PAGE, VECTOR, MAC = 4096, 4096 - 80, 4096 - 64


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Coffre:
    folder = tmp_path_factory.mktemp("vecu")
    services, session = open_services(folder)
    list(islice(day(services, folder / "piece.pdf"), 18))
    services.coffre.lock()
    return Coffre(session.vault.folder, session.vault.key, "")


def _places(rng: random.Random) -> list[int]:
    """Its two ends, what it says, its vector, its seal."""
    edges = [0, 15, 16, VECTOR - 1, VECTOR, MAC - 1, MAC, PAGE - 1]
    return [*edges, *(rng.randrange(start, end) for start, end in _PARTS for _ in range(4))]


_PARTS = ((0, 100), (100, VECTOR), (VECTOR, MAC), (MAC, PAGE))


def _is_found(coffre: Coffre) -> bool:
    try:
        Vault.open(coffre.folder, coffre.key).close()
    except UserError as error:
        return error.code == "coffre_abime"
    return False


@pytest.mark.exigence("S9")
def test_a_bit_changed_on_each_page_is_found(lived: Coffre, ampleur: Ampleur, chiffre: Chiffre) -> None:
    whole = lived.database.read_bytes()
    pages, rng = range(len(whole) // PAGE), random.Random(11)
    tried, missed = 0, []
    try:
        for page in ampleur(rng.sample(pages, 12), list(pages)):
            for place in ampleur([rng.randrange(PAGE)], _places(rng)):
                harmed, at = bytearray(whole), page * PAGE + place
                harmed[at] ^= 1 << rng.randrange(8)
                lived.database.write_bytes(harmed)
                tried += 1
                if not _is_found(lived) or lived.database.read_bytes() != harmed:
                    missed.append(at)
    finally:
        lived.database.write_bytes(whole)
    chiffre(f"{tried} bits changés, sur chacune des {len(pages)} pages : {tried - len(missed)} trouvés")
    assert missed == []
    assert not _is_found(lived)
