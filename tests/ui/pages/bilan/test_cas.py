"""The bilan page with little to tell, too much in one place, or files that are not right: each has its sentence."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.period import parse_period
from iscg_desktop.exports import bilan_json
from iscg_desktop.services.services import Services
from iscg_desktop.ui.bilan_tableaux import TableCard
from iscg_desktop.ui.pages.bilan.page import BilanPage
from iscg_desktop.ui.tasks import TaskRunner
from tests.registre import Accueilli, write
from tests.services.bilan_remis import live
from tests.ui.pages.bilan.page_du_bilan import page_of, shown
from tests.ui.pages.pupitre import Pupitre, opened
from tests.vie import TestClock, open_services

AOUT = date(2026, 8, 3)


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.close()


@pytest.fixture
def pupitre(qtbot: QtBot, tmp_path: Path, tasks: TaskRunner) -> Iterator[Pupitre]:
    services, session = open_services(tmp_path, TestClock(date(2026, 10, 5)))
    with ExitStack() as stack:
        made = Pupitre(services, session, qtbot, lambda services, hub: BilanPage(services, hub, tasks))
        yield stack.enter_context(opened(made))


def _says(pupitre: Pupitre, words: str) -> bool:
    """Whether the page says these words, whatever its spaces."""
    return any(words in text.replace("\u00a0", " ") for text in pupitre.texts())


def _prepared(pupitre: Pupitre) -> BilanPage:
    page = shown(pupitre)
    page.primary.click()
    pupitre.qtbot.waitUntil(page.confirmation.isVisible, timeout=60000)
    pupitre.qtbot.waitUntil(lambda: not page.remise.shown._timer.isActive(), timeout=20000)
    return page


def _arreter(services: Services, code: str = "2026-T3") -> bytes:
    prepared = services.bilans.prepare(parse_period(code))
    services.bilans.arreter(prepared, services.bilans.protect(prepared))
    return next(f.octets for f in services.bilans.files(parse_period(code)) if f.format == "json")


@pytest.mark.parametrize(
    ("dossiers", "words"),
    [
        (1, "Un seul dossier est compté : le moindre chiffre parlerait de lui. Tout est donc masqué (•)."),
        (3, "Trop peu de dossiers sont comptés : le moindre chiffre pourrait désigner quelqu’un."),
    ],
)
def test_a_bilan_that_can_tell_nothing_says_why(pupitre: Pupitre, dossiers: int, words: str) -> None:
    write(pupitre.session, [Accueilli(rank + 1) for rank in range(dossiers)], AOUT)
    page = _prepared(pupitre)
    assert _says(pupitre, words)
    assert not _says(pupitre, "chiffres donnés")
    assert _says(pupitre, "• = effectif non diffusé : inférieur à 5 (zéro compris)")
    page.hand_over = lambda _periode: None  # type: ignore[method-assign] # no folder is asked for
    page.confirmation.confirm.click()
    pupitre.qtbot.waitUntil(lambda: pupitre.session.read.bilans.quarters() == {"2026-T3"}, timeout=60000)


def test_a_quarter_without_any_dossier_says_so_and_can_be_closed(pupitre: Pupitre) -> None:
    write(pupitre.session, [Accueilli(rank + 1) for rank in range(8)], date(2026, 5, 4))
    _arreter(pupitre.services, "2026-T2")
    page = shown(pupitre)
    assert _says(pupitre, "Aucun dossier n’est compté pour 3e trimestre 2026")
    page.primary.click()
    pupitre.qtbot.waitUntil(page.confirmation.isVisible, timeout=60000)
    assert _says(pupitre, "Aucun dossier n’est compté : le dire dirait que personne n’est venu.")


def test_everybody_in_one_cell_is_masked_and_the_table_says_why(pupitre: Pupitre) -> None:
    write(pupitre.session, [Accueilli(rank + 1) for rank in range(30)], AOUT)
    page = _prepared(pupitre)
    card = next(each for each in page.remise.shown.findChildren(TableCard) if each.code == "sexe")
    assert [line.valeurs for line in card.table.records()] == [(None,)] * len(card.table.records())
    assert "presque tout le monde dans une seule" in card._withheld()
    assert _says(pupitre, "Ici, tout est masqué")


def test_a_table_that_tells_something_does_not_say_that_all_is_masked(pupitre: Pupitre) -> None:
    write(
        pupitre.session,
        [Accueilli(rank + 1, sexe="femme" if rank < 20 else "homme") for rank in range(40)],
        AOUT,
    )
    page = _prepared(pupitre)
    card = next(each for each in page.remise.shown.findChildren(TableCard) if each.code == "sexe")
    words = [label.text() for label in card.findChildren(QLabel)]
    assert not any("tout est masqué" in each for each in words)


def test_a_period_that_is_not_finished_says_so_on_both_sides(pupitre: Pupitre) -> None:
    write(pupitre.session, [Accueilli(1)], date(2026, 10, 2))
    page = shown(pupitre, "2026-T4")
    assert _says(pupitre, "Cette période n’est pas finie : ses chiffres bougent encore.")
    assert not page.primary.isVisible()
    page.show_view("remise")
    assert _says(pupitre, "Cette période n’est pas finie : son bilan se prépare après.")


def test_a_bilan_that_cannot_be_protected_is_withheld_in_words(pupitre: Pupitre) -> None:
    """What the two quarters printed would tell their half-year, were it held to a higher threshold than theirs."""
    for month in (2, 5):
        live(pupitre.services, date(2026, month, 3), femme=8, homme=7)
    for code in ("2026-T1", "2026-T2"):
        _arreter(pupitre.services, code)
    pupitre.session.vault.execute("DROP TRIGGER bilans_geles")
    pupitre.session.vault.execute("UPDATE bilans SET seuil = 1000")
    page = page_of(pupitre)
    pupitre.show()
    page.etendue.show_palier("semestre")
    page.activated()
    page.etendue.show_period("2026-S1")
    page.activated()
    page.primary.click()
    pupitre.qtbot.waitUntil(page.remise.message.isVisible, timeout=60000)
    assert "Ce bilan ne peut pas être protégé" in page.remise.message.text
    assert not page.confirmation.isVisible()
    assert page.primary.isVisible()
    assert pupitre.session.read.bilans.exports("2026-S1") == {}


def test_the_profile_renforce_is_chosen_on_the_page(pupitre: Pupitre) -> None:
    write(
        pupitre.session,
        [Accueilli(rank + 1, sexe="femme" if rank < 20 else "homme") for rank in range(28)],
        AOUT,
    )
    page = _prepared(pupitre)
    assert _says(pupitre, "Aucun chiffre de moins de 5")
    page.remise.profil.box.click()
    pupitre.qtbot.waitUntil(lambda: _says(pupitre, "Aucun chiffre de moins de 11"), timeout=60000)
    assert page.remise._ready is not None
    assert page.remise._ready[1].seuil == 11
    page.hand_over = lambda _periode: None  # type: ignore[method-assign] # no folder is asked for
    page.confirmation.confirm.click()
    pupitre.qtbot.waitUntil(lambda: pupitre.session.read.bilans.quarters() == {"2026-T3"}, timeout=60000)
    page.etendue.show_palier("semestre")
    page.activated()
    assert (page.remise.profil.box.isChecked(), page.remise.profil.box.isEnabled()) == (True, False)


def _edited(document: dict[str, Any], **changes: object) -> bytes:
    bare = {name: value for name, value in {**document, **changes}.items() if name != "empreinte"}
    return bilan_json._bytes({**bare, "empreinte": hashlib.sha256(bilan_json._bytes(bare)).hexdigest()})


def _masked(document: dict[str, Any]) -> dict[str, Any]:
    """The same bilan with one figure more masked."""
    other = copy.deepcopy(document)
    every = [table["cellules"] for table in other["tableaux"]]
    cells, rank = next(
        (cells, rank) for cells in reversed(every) for rank, cell in enumerate(cells) if "valeur" in cell
    )
    cells[rank] = {"cle": cells[rank]["cle"], "masque": True}
    return other


def test_each_wrong_file_has_its_sentence_on_the_page(pupitre: Pupitre, tmp_path: Path) -> None:
    write(pupitre.session, [Accueilli(rank + 1) for rank in range(30)], AOUT)
    good = _arreter(pupitre.services)
    document = json.loads(good)
    files = {
        "bon": good,
        "modifié": good.replace(b'"seuil": 5', b'"seuil": 6', 1),
        "tronqué": good[:-40],
        "récent": good.replace(b'"version": 1', b'"version": 9', 1),
        "ailleurs": _edited(document, coffre="autre"),
        "contredit": _edited(_masked(document)),
        "redaté": _edited(document, date_emission="2026-10-06"),
        "autre": b"{}",
    }
    paths = {name: tmp_path / f"{name}.json" for name in files}
    for name, path in paths.items():
        path.write_bytes(files[name])
    page = shown(pupitre)
    page.show_view("remis")
    for names, words in (
        (("modifié",), "« modifié.json » a été modifié depuis sa remise"),
        (("tronqué",), "« tronqué.json » est tronqué ou illisible"),
        (("récent",), "« récent.json » vient d’une version plus récente du programme"),
        (("bon", "ailleurs"), "« ailleurs.json » vient d’un autre coffre que les précédents"),
        (("bon", "contredit"), "« contredit.json » contredit un autre bilan de la même période"),
        (("autre",), "« autre.json » n’est pas un bilan"),
    ):
        page.remis.verify_files([paths[name] for name in names])
        pupitre.qtbot.waitUntil(lambda words=words: _says(pupitre, words), timeout=20000)  # type: ignore[misc]
        page.remis.retake_files([paths[name] for name in names])
        pupitre.qtbot.waitUntil(lambda words=words: _says(pupitre, words), timeout=20000)  # type: ignore[misc]
    page.remis.retake_files([paths["redaté"]])
    pupitre.qtbot.waitUntil(
        lambda: _says(pupitre, "n’est pas le bilan que ce coffre a remis pour cette période"),
        timeout=20000,
    )


def test_after_a_loss_the_files_handed_over_are_taken_back_on_the_page(
    pupitre: Pupitre, tmp_path: Path
) -> None:
    other, session = open_services(tmp_path / "perdu", TestClock(date(2026, 10, 5)))
    with session.vault:
        write(session, [Accueilli(rank + 1) for rank in range(30)], AOUT)
        octets = _arreter(other)
    path = tmp_path / "bilan-2026-T3.json"
    path.write_bytes(octets)
    page = shown(pupitre, "2026-T4")
    page.show_view("remis")
    told = QSignalSpy(pupitre.hub.changed)
    page.remis.retake_files([path])
    pupitre.qtbot.waitUntil(lambda: "repris\u00a0:" in page.remis.message.text, timeout=20000)
    assert told.count() == 1
    assert [one.periode.code for one in page.remis.table.records()] == ["2026-T3"]
    assert [f.octets for f in pupitre.services.bilans.files(parse_period("2026-T3"))] == [octets]
