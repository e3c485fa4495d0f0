"""What is left of a damaged coffre is saved into a new one, counted, and the damaged one is left as it is."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from iscg_desktop.errors import UserError
from iscg_desktop.storage.salvage import Salvaged, salvage
from iscg_desktop.storage.unlock import unlock_with_passphrase
from iscg_desktop.storage.vault import Vault
from tests.coffres import PASSPHRASE, Coffre, snapshot
from tests.exigences import Ampleur, Chiffre
from tests.usage import day, opened
from tests.vie import open_services

PAGE = 4096
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
COUNTED = (
    "dossiers",
    "personnes",
    "entretiens",
    "saisines",
    "fiches",
    "fiche_documents",
    "pieces_jointes",
    "journal",
)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Coffre:
    folder = tmp_path_factory.mktemp("lived")
    services, session = open_services(folder)
    list(islice(day(services, folder / "piece.pdf"), 40))
    services.coffre.lock()
    return Coffre(session.vault.folder, session.vault.key, "")


@pytest.fixture
def coffre(model: Coffre, tmp_path: Path) -> Coffre:
    return model.copy_to(tmp_path / "coffre")


def _saved(found: Salvaged) -> dict[str, tuple[int, int | None]]:
    return {table.name: (table.saved, table.expected) for table in found.tables}


def _salvaged(coffre: Coffre, target: Path) -> Salvaged | None:
    """What was saved; None when nothing could be."""
    try:
        return salvage(coffre.folder, coffre.key, target, NOW)
    except UserError as error:
        if error.code != "coffre_perdu":
            raise
        return None


def _rows(coffre: Coffre) -> dict[str, list[tuple[object, ...]]]:
    with Vault.open(coffre.folder, coffre.key) as vault:
        return {
            name: [tuple(row) for row in vault.execute(f"SELECT * FROM {name} ORDER BY 1")]
            for name in COUNTED
        }


def _spoil(coffre: Coffre, pages: list[int]) -> bytes:
    data = bytearray(coffre.database.read_bytes())
    for page in pages:
        data[page * PAGE + 100] ^= 1
    coffre.database.write_bytes(data)
    return bytes(data)


@pytest.mark.exigence("S12")
def test_a_sound_coffre_is_saved_whole(coffre: Coffre, tmp_path: Path) -> None:
    before = snapshot(coffre.folder)
    found = salvage(coffre.folder, coffre.key, tmp_path / "neuf", NOW)
    assert found.is_whole
    assert {name: data for name, (data, *_) in snapshot(coffre.folder).items()} == {
        name: data for name, (data, *_) in before.items()
    }
    new = Coffre(tmp_path / "neuf", coffre.key, "")
    assert unlock_with_passphrase(new.folder, PASSPHRASE) == coffre.key
    rows, saved = _rows(coffre), _rows(new)
    assert saved.pop("journal")[: len(rows["journal"])] == rows.pop("journal")
    assert saved == rows
    services = opened(new)
    assert [line.numero for line in services.dossiers.find("peron")] == [
        line.numero for line in opened_dossiers(coffre)
    ]
    assert next(day(services, tmp_path / "piece.pdf", first=90)) == "brouillon"
    services.coffre.lock()


def opened_dossiers(coffre: Coffre):  # type: ignore[no-untyped-def]
    services = opened(coffre)
    found = services.dossiers.find("peron")
    services.coffre.lock()
    return found


@pytest.mark.exigence("S12")
def test_around_any_damaged_page_the_rest_is_saved(
    model: Coffre, tmp_path: Path, ampleur: Ampleur, chiffre: Chiffre
) -> None:
    pages = range(model.database.stat().st_size // PAGE)
    tried = random.Random(5).sample(pages, min(len(pages), ampleur(6, 400)))
    saved = expected = lost = 0
    for page in tried:
        coffre = model.copy_to(tmp_path / f"coffre-{page}")
        harmed = _spoil(coffre, [page])
        found = _salvaged(coffre, tmp_path / f"neuf-{page}")
        lost += found is None
        if found is not None:
            counts = _saved(found)
            saved += sum(counts[name][0] for name in COUNTED)
            Vault.open(tmp_path / f"neuf-{page}", coffre.key).close()
        expected += sum(len(rows) for rows in _rows(model).values()) if page == tried[0] else 0
        assert coffre.database.read_bytes() == harmed
    share = saved / (expected * (len(tried) - lost))
    chiffre(
        f"{len(tried)} coffres à une page abîmée : {len(tried) - lost} sauvés, {share:.1%} de leurs lignes"
    )
    assert lost == 0
    assert share > 0.9


@pytest.mark.exigence("S12")
@pytest.mark.parametrize("lost", [[0], [0, 12], [0, 12, 13, 26, 39, 164], list(range(17))])
@pytest.mark.parametrize("salt", ["there", "lost"])
def test_the_pages_that_say_where_the_tables_are_are_made_again(
    coffre: Coffre, tmp_path: Path, lost: list[int], salt: str
) -> None:
    """The first page, pages of the schema, all that a sector or a careless program may write over."""
    before, data = _rows(coffre), bytearray(coffre.database.read_bytes())
    for page in lost:
        start = page * PAGE + (16 if salt == "there" and page == 0 else 0)
        data[start : (page + 1) * PAGE] = random.Random(page).randbytes((page + 1) * PAGE - start)
    coffre.database.write_bytes(data)
    found = salvage(coffre.folder, coffre.key, tmp_path / "neuf", NOW)
    counts = _saved(found)
    if len(lost) < 17:
        assert found.is_whole
        saved = _rows(Coffre(tmp_path / "neuf", coffre.key, ""))
        del before["journal"], saved["journal"]
        assert saved == before
    assert counts["dossiers"] == (len(before["dossiers"]), len(before["dossiers"]))
    assert coffre.database.read_bytes() == data


@pytest.mark.exigence("S12")
def test_the_page_that_leads_to_the_rows_of_a_table_is_made_again(coffre: Coffre, tmp_path: Path) -> None:
    with Vault.open(coffre.folder, coffre.key) as vault:
        vault.begin_immediate()
        for number in range(3000):
            vault.execute(
                "INSERT INTO journal (horodatage, action, objet, precedent, empreinte)"
                " SELECT horodatage, action, ?, precedent, empreinte FROM journal WHERE id = 1",
                (f"objet {number}" * 9,),
            )
        vault.commit()
        count = vault.execute("SELECT count(*) FROM journal").scalar()
        root = vault.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'journal'").scalar()
    harmed = _spoil(coffre, [root - 1])
    found = salvage(coffre.folder, coffre.key, tmp_path / "neuf", NOW)
    assert _saved(found)["journal"] == (count, count)
    assert found.is_whole
    assert coffre.database.read_bytes() == harmed


@pytest.mark.exigence("S12")
def test_a_schema_that_is_not_the_one_of_this_program_is_not_written_over(
    coffre: Coffre, tmp_path: Path
) -> None:
    with Vault.open(coffre.folder, coffre.key) as vault:
        vault.execute("CREATE TABLE autre (id INTEGER PRIMARY KEY) STRICT")
    _spoil(coffre, [0])
    with pytest.raises(UserError) as refused:
        salvage(coffre.folder, coffre.key, tmp_path / "neuf", NOW)
    assert refused.value.code == "coffre_perdu"


@pytest.mark.exigence("S12")
def test_what_hung_on_a_lost_row_is_kept_under_one_made_to_hold_it(coffre: Coffre, tmp_path: Path) -> None:
    """Of a coffre whose dossiers and persons are gone, every entretien is still there to be read."""
    entretiens = len(_rows(coffre)["entretiens"])
    with Vault.open(coffre.folder, coffre.key) as vault:
        vault._connection._driver.set_authorizer(None)
        vault._connection._driver.execute("PRAGMA foreign_keys = OFF")
        vault.execute("DELETE FROM dossiers")
        vault.execute("DELETE FROM personnes WHERE id = 1")
        vault.execute("DELETE FROM fiches WHERE id = 1")
        vault.execute("DELETE FROM partenaires")
        vault.execute("DELETE FROM nomenclatures WHERE code = 'femme'")
    found = salvage(coffre.folder, coffre.key, tmp_path / "neuf", NOW)
    assert _saved(found)["entretiens"] == (entretiens, entretiens)
    services = opened(Coffre(tmp_path / "neuf", coffre.key, ""))
    assert services.dossiers.count() > 0
    assert services.entretiens.get(1).notes_de_travail
    services.coffre.lock()


@pytest.mark.parametrize("kept", [0, 1, PAGE - 1, PAGE])
def test_a_coffre_of_which_nothing_is_left_says_so(coffre: Coffre, tmp_path: Path, kept: int) -> None:
    coffre.database.write_bytes(coffre.database.read_bytes()[:kept])
    with pytest.raises(UserError) as refused:
        salvage(coffre.folder, coffre.key, tmp_path / "neuf", NOW)
    assert refused.value.code == "coffre_perdu"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["coffre"]


@pytest.mark.exigence("S12")
def test_a_coffre_cut_short_gives_what_is_left(coffre: Coffre, tmp_path: Path) -> None:
    whole = coffre.database.read_bytes()
    coffre.database.write_bytes(whole[: len(whole) // PAGE * 3 // 4 * PAGE])
    counts = _saved(salvage(coffre.folder, coffre.key, tmp_path / "neuf", NOW))
    assert counts["dossiers"][0] > 0


def test_the_new_one_takes_no_place_that_is_taken(coffre: Coffre, tmp_path: Path) -> None:
    (tmp_path / "plein").mkdir()
    (tmp_path / "plein" / "lettre.odt").touch()
    for target, code in ((tmp_path / "plein", "dossier_non_vide"), (coffre.folder, "coffre_existe_deja")):
        with pytest.raises(UserError) as refused:
            salvage(coffre.folder, coffre.key, target, NOW)
        assert refused.value.code == code
    with Vault.open(coffre.folder, coffre.key), pytest.raises(UserError) as refused:
        salvage(coffre.folder, coffre.key, tmp_path / "neuf", NOW)
    assert refused.value.code == "coffre_deja_ouvert"
