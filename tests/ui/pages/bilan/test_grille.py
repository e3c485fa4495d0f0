"""The grid of an employer, with real keys: nothing typed is lost, each line has its figure, what is wrong is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.grille import Grille, LigneGrille
from iscg_desktop.domain.period import parse_period
from iscg_desktop.services.coffre import open_session
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.ui.pages.bilan.grille import GrillePage
from tests.coffres import Coffre
from tests.registre import Accueilli, write
from tests.ui.pages.pupitre import CTRL, KEY, Pupitre, opened
from tests.vie import TestClock, closed_coffre, open_services

T3 = parse_period("2026-T3")
AOUT = date(2026, 8, 3)


@pytest.fixture(scope="module")
def compte(tmp_path_factory: pytest.TempPathFactory) -> Coffre:
    """A coffre of 42 persons, closed."""
    coffre = closed_coffre(tmp_path_factory.mktemp("compte"))
    with _filled(coffre) as (_, session):
        write(session, [Accueilli(n + 1, sexe="femme" if n < 30 else "homme") for n in range(42)], AOUT)
    return coffre


@pytest.fixture(scope="module")
def remis(tmp_path_factory: pytest.TempPathFactory, compte: Coffre) -> Coffre:
    """The same, a quarter handed over: long to close, it is closed once."""
    coffre = closed_coffre(tmp_path_factory.mktemp("remis"), compte)
    with _filled(coffre) as (services, _):
        prepared = services.bilans.prepare(T3)
        services.bilans.arreter(prepared, services.bilans.protect(prepared))
    return coffre


@contextmanager
def _filled(coffre: Coffre) -> Iterator[tuple[Services, Session]]:
    session = open_session(coffre.folder, coffre.key, clock=TestClock().clock)
    with session.vault:
        yield Services(session), session


@pytest.fixture
def neuf(qtbot: QtBot, tmp_path: Path, compte: Coffre) -> Iterator[Pupitre]:
    """The page, no bilan handed over yet."""
    with opened(Pupitre(*open_services(tmp_path, model=compte), qtbot, GrillePage)) as found:
        yield found


@pytest.fixture
def pupitre(qtbot: QtBot, tmp_path: Path, remis: Coffre) -> Iterator[Pupitre]:
    """The page, a quarter handed over."""
    with opened(Pupitre(*open_services(tmp_path, model=remis), qtbot, GrillePage)) as found:
        yield found


def _page(pupitre: Pupitre) -> GrillePage:
    assert isinstance(pupitre.page, GrillePage)
    return pupitre.page


def _begin(pupitre: Pupitre, nom: str = "") -> GrillePage:
    page = _page(pupitre)
    page.start(nom)
    pupitre.show()
    page.activated()
    return page


def _again(pupitre: Pupitre, cle: str) -> GrillePage:
    """Another process over the same coffre: the page as it is made anew from the draft."""
    page = GrillePage(pupitre.services, pupitre.hub)
    pupitre.qtbot.addWidget(page)
    page.resume(cle)
    return page


def test_a_grid_is_mapped_once_then_filled(pupitre: Pupitre, tmp_path: Path) -> None:
    page = _begin(pupitre)
    pupitre.write("Département")
    pupitre.press(KEY.Key_Tab)
    for line in ("Public", "Mineurs de moins de 13 ans"):
        pupitre.write(line)
        pupitre.press(KEY.Key_Return)
    pupitre.press(KEY.Key_Tab)
    assert [bool(ligne.code) for ligne in page.grille().lignes] == [False, True]
    left, said = QSignalSpy(page.left), QSignalSpy(page.recorded)
    pupitre.press(KEY.Key_S, CTRL)
    assert (left.count(), said.at(0)) == (1, ["Grille enregistrée"])
    pupitre.services.grilles.export("Département", T3, tmp_path / "grille.xlsx")
    assert (tmp_path / "grille.xlsx").read_bytes()[:2] == b"PK"
    assert pupitre.services.brouillons.all() == ()


def test_what_is_typed_is_in_the_coffre_within_two_seconds(pupitre: Pupitre) -> None:
    _begin(pupitre)
    pupitre.write("Conseil")
    pupitre.press(KEY.Key_Tab)
    pupitre.write("Part des femmes")
    pupitre.press(KEY.Key_Return)
    pupitre.write("Hommes ; moins de 30 ans")
    pupitre.qtbot.waitUntil(lambda: bool(pupitre.services.brouillons.all()), timeout=2000)
    (draft,) = pupitre.services.brouillons.all()
    assert (draft.cle, draft.formulaire, draft.champ) == ("grille:", "grille", "lignes")
    # The window dies here: no line was ever left, so none was mapped yet.
    back = _again(pupitre, draft.cle)
    assert back.grille() == Grille(
        "Conseil", (LigneGrille("Part des femmes", "%part_femmes"), LigneGrille("Hommes ; moins de 30 ans"))
    )
    back.save()
    assert [one.nom for one in pupitre.services.grilles.all()] == ["Conseil"]


def test_a_figure_half_chosen_is_kept_and_refused_by_name(pupitre: Pupitre) -> None:
    pupitre.services.grilles.keep(Grille("CD", (LigneGrille("Femmes", "sexe.femme"), LigneGrille("Autres"))))
    page = _begin(pupitre, "CD")
    field = page.form.cibles._rows[1][1]
    field.widget.setFocus()
    pupitre.write("zzz")
    assert page.keep_now()
    back = _again(pupitre, "grille:CD")
    assert back.form.cibles.raw() == "\nzzz"
    assert back.grille().lignes == (LigneGrille("Femmes", "sexe.femme"), LigneGrille("Autres"))
    pupitre.press(KEY.Key_S, CTRL)
    assert "n’est pas dans la liste" in field.error()
    assert pupitre.services.grilles.all()[0].lignes[1].code == ""


def test_leaving_keeps_the_draft_and_giving_up_forgets_it(pupitre: Pupitre) -> None:
    page = _begin(pupitre)
    pupitre.write("Conseil")
    pupitre.click("Retour")
    page.start("")
    page.activated()
    assert page.form.value("nom") == "Conseil"
    pupitre.click("Annuler")
    assert pupitre.services.brouillons.all() == ()
    page.start("")
    assert page.form.value("nom") in (None, "")


def test_a_code_that_names_no_figure_is_said_with_its_line(pupitre: Pupitre) -> None:
    page = _begin(pupitre)
    pupitre.write("CD")
    pupitre.press(KEY.Key_Tab)
    pupitre.write("Titre")
    pupitre.press(KEY.Key_Return)
    pupitre.write("Femmes ; sexe.dame")
    pupitre.press(KEY.Key_S, CTRL)
    assert (
        "À la ligne 2, «\u00a0sexe.dame\u00a0» n’est le code d’aucun chiffre du bilan"
        in page.form.fields["lignes"].error()
    )
    assert pupitre.services.grilles.all() == ()
    assert page.keep_now()
    assert pupitre.services.brouillons.get("grille:") is not None


def test_a_name_that_another_grid_bears_is_refused_and_another_renames(pupitre: Pupitre) -> None:
    for nom in ("CD", "Ville"):
        pupitre.services.grilles.keep(Grille(nom, (LigneGrille("Femmes", "sexe.femme"),)))
    page = _begin(pupitre, "Ville")
    page.form.put("nom", "CD")
    page.save()
    assert "s’appelle déjà «\u00a0CD\u00a0»" in page.form.fields["nom"].error()
    page.form.put("nom", "Mairie")
    page.save()
    assert [one.nom for one in pupitre.services.grilles.all()] == ["CD", "Mairie"]


def test_lines_that_repeat_keep_each_its_figure(pupitre: Pupitre) -> None:
    lignes = (
        LigneGrille("Femmes"),
        LigneGrille("dont suivies", "sexe.femme"),
        LigneGrille("Hommes"),
        LigneGrille("dont suivies", "sexe.homme"),
    )
    pupitre.services.grilles.keep(Grille("CD", lignes))
    page = _begin(pupitre, "CD")
    area = page.form.fields["lignes"].widget
    area.setFocus()
    pupitre.press(KEY.Key_End, CTRL)
    pupitre.press(KEY.Key_Return)
    pupitre.write("Kilomètres parcourus")
    pupitre.press(KEY.Key_Tab)
    assert page.grille().lignes == (*lignes, LigneGrille("Kilomètres parcourus"))


def test_without_a_bilan_what_is_missing_is_said_and_what_is_typed_kept(neuf: Pupitre) -> None:
    page = _begin(neuf)
    assert "Aucun bilan n’est encore remis" in page.message.text
    neuf.write("CD")
    neuf.press(KEY.Key_Tab)
    neuf.write("Femmes")
    neuf.press(KEY.Key_Tab)
    assert page.grille() == Grille("CD", (LigneGrille("Femmes"),))
    neuf.press(KEY.Key_S, CTRL)
    assert [one.nom for one in neuf.services.grilles.all()] == ["CD"], "titles alone ask for no figure"


def test_a_spreadsheet_gives_the_lines(
    pupitre: Pupitre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = tmp_path / "liste.xlsx", tmp_path / "abimee.xlsx"
    with xlsxwriter.Workbook(str(good)) as book:
        sheet = book.add_worksheet()
        for row, words in enumerate((("Indicateur", "Code"), ("Femmes", "sexe.femme"), ("Hommes", ""))):
            sheet.write_row(row, 0, words)
    bad.write_bytes(b"PK\x03\x04abc")
    answers = iter([[str(bad)], [str(good)]])
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: 1)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _dialog: next(answers))
    page = _begin(pupitre)
    pupitre.click("Lire un tableur…")
    assert page.message.isVisible()
    pupitre.click("Lire un tableur…")
    assert [ligne.libelle for ligne in page.grille().lignes] == ["Femmes", "Hommes"]
    assert page.grille().lignes[0].code == "sexe.femme"


def test_a_grid_is_forgotten_with_its_draft(pupitre: Pupitre) -> None:
    pupitre.services.grilles.keep(Grille("CD", (LigneGrille("Femmes", "sexe.femme"),)))
    page = _begin(pupitre, "CD")
    page.form.fields["nom"].widget.setFocus()
    pupitre.write("x")
    assert page.keep_now()
    page.delete.confirmed.emit()
    assert pupitre.services.grilles.all() == ()
    assert pupitre.services.brouillons.all() == ()


def test_what_she_typed_is_hidden_by_f9(pupitre: Pupitre) -> None:
    page = _begin(pupitre)
    pupitre.write("Conseil")
    page.set_discreet(True)
    assert not page.form.fields["nom"].isVisible()
    page.set_discreet(False)
    assert page.form.fields["nom"].isVisible()
    assert not page.form.mapping.isVisible(), "no line to map yet"
    assert [letter for letter, times in pupitre.mnemonics().items() if times > 1] == []


def test_a_hundred_lines_come_in_turns_and_none_is_missing_meanwhile(pupitre: Pupitre) -> None:
    lignes = tuple(LigneGrille(f"Ligne {n}", "sexe.femme" if n % 2 else "") for n in range(100))
    pupitre.services.grilles.keep(Grille("CD", lignes))
    page = _page(pupitre)
    page.start("CD")
    cibles = page.form.cibles
    assert len(cibles._rows) < 20
    assert page.grille() == Grille("CD", lignes)
    pupitre.show()
    pupitre.qtbot.waitUntil(lambda: len(cibles._rows) == 100)
    assert page.grille() == Grille("CD", lignes)
    cibles.set_raw("\n" * 99 + "zzz")
    assert cibles.raw().endswith("zzz")
