"""Every page and every form of the desk, each reached and filled with canaries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from iscg_desktop.domain.etendue import Etendue
from iscg_desktop.domain.period import quarter_of
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.forms.agenda_form import AgendaForm
from iscg_desktop.ui.forms.dossier_field import DossierField
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.search_field import SearchField
from tests.ui.canaris import Places
from tests.vie import TODAY

_LONGEST = 10_000  # ms for what a worker reads


def type_everywhere(desk: Desk) -> None:
    """Write a canary in every field shown on the page."""
    page = desk.window.page(desk.window.current_page() or "")
    for kind in (LineEdit, SearchField, DossierField):  # the others take a date, or an answer of a list
        for field in page.findChildren(kind):
            if field.isVisible() and field.isEnabled() and not field.isReadOnly() and not field.text():
                field.setText("canaritape")
    for area in page.findChildren(QPlainTextEdit):
        if area.isVisible() and area.isEnabled():
            area.setPlainText("canariecrit")


def ways(  # noqa: C901 - a list, each of its ways is short
    desk: Desk, at: Places, folder: Path
) -> dict[str, Callable[[], None]]:
    """How each page is reached, filled with what the coffre holds."""
    dossier, show = desk.dossier, desk.window.show_page

    def dossier_shown() -> None:
        desk._ways._shared["dossier_requested"](at.dossier)

    def dossier_forms() -> None:
        dossier_shown()
        dossier._head.close_button.click()
        dossier.relances.form.open()
        dossier.points.adding.open()
        type_everywhere(desk)

    def orientation() -> None:
        dossier_shown()
        dossier.orientation_requested.emit(at.dossier)
        type_everywhere(desk)

    def point_seen() -> None:
        dossier_shown()
        dossier.points.seeing.open(desk.services.referent.points(at.dossier)[0])
        type_everywhere(desk)

    def saisie() -> None:
        show("saisines")
        type_everywhere(desk)

    def amended() -> None:
        desk.saisines.suivi.amend_requested.emit(at.saisine)
        show("saisines")

    def step(name: str) -> Callable[[], None]:
        def open_step() -> None:
            show("saisines")
            desk.saisines.select(at.saisine)
            desk.saisines.suivi._buttons[name].click()
            type_everywhere(desk)

        return open_step

    def agenda() -> None:
        show("agenda")
        if not desk.window.discreet:
            desk.agenda._show_names.click()

    def agenda_form() -> None:
        agenda()
        desk.agenda._on_primary_clicked()
        type_everywhere(desk)

    def day(form: AgendaForm | None) -> Callable[[], None]:
        def open_it() -> None:
            show("aujourdhui")
            if form is not None:
                form.open()
            elif not desk.window.discreet:
                desk.today._show_names.click()
            type_everywhere(desk)

        return open_it

    def offered() -> None:
        """The names that a field offers while one is being typed."""
        step("rattacher")()
        field = desk.saisines.suivi._form.fields["dossier"].widget  # type: ignore[union-attr]
        field.setText("")
        QTest.keyClicks(field, "Canari")

    def searched() -> None:
        desk._ways.search("Canari")

    def entretien() -> None:
        desk._ways._on_new_entretien_requested()
        type_everywhere(desk)

    def contact() -> None:
        desk._ways._on_contact_requested(1, at.dossier)
        type_everywhere(desk)

    def suite() -> None:
        desk._ways._on_suite_requested(at.orientation)
        type_everywhere(desk)

    def piece() -> None:
        """The preview of a letter kept in the dossier."""
        dossier_shown()
        card = dossier.pieces
        card._fold()
        card.open(card.pieces()[0])
        type_everywhere(desk)

    def reglages(key: str) -> Callable[[], None]:
        def open_section() -> None:
            show("reglages")
            desk.window.page("reglages").show_section(key)  # type: ignore[attr-defined]
            if key == "import":
                imported()
            type_everywhere(desk)

        return open_section

    def imported() -> None:
        """An import half-way: the columns of her table and the words that wait for an answer."""
        section = desk.window.page("reglages").section("import")  # type: ignore[attr-defined]
        if section._fichier is None:
            table = folder / "canaris.csv"
            table.write_text(
                "date;nom;problématique\n12/03/2026;Canaritable;canariprobleme\n", encoding="utf-8"
            )
            section.read_file(table)
            _until(lambda: section._fichier is not None)

    def conformite(key: str) -> Callable[[], None]:
        def open_section() -> None:
            show("conformite")
            page = desk.window.page("conformite")
            page.show_section(key)  # type: ignore[attr-defined]
            section = page.section(key)  # type: ignore[attr-defined]
            if key == "personne":
                section.show_person(at.personnes[0])
                section.erase_button.click()
            if key == "echeances":
                section._propose(at.dossier)
                section._open_prolonging(at.dossier)
            if key == "droits":
                section.add_button.click()
            type_everywhere(desk)

        return open_section

    def answered() -> None:
        """A request of hers, its answer being typed."""
        conformite("droits")()
        section = desk.window.page("conformite").section("droits")  # type: ignore[attr-defined]
        section._answer(1)
        type_everywhere(desk)

    def releve() -> None:
        women = (("accueils", (("sexe", "femme"),)),)
        desk._ways._on_releve_requested(Etendue.of(quarter_of(TODAY)), women, "Femmes", 1, False)

    def edited_person() -> None:
        desk._ways._on_personne_requested(at.personnes[0])
        desk.personne.edit()
        type_everywhere(desk)

    found: dict[str, Callable[[], None]] = {
        "aujourdhui": day(None),
        "aujourdhui, rendez-vous": day(desk.today._rendez_vous.form),
        "aujourdhui, relance": day(desk.today._relances.form),
        "dossiers": searched,
        "dossier": dossier_shown,
        "dossier, forms": dossier_forms,
        "dossier, point seen": point_seen,
        "personne": lambda: desk._ways._on_personne_requested(at.personnes[0]),
        "personne, edited": edited_person,
        "doublons": desk._ways._on_doublons_requested,
        "doublons, two": lambda: desk._ways._on_comparison_requested(*at.personnes),
        "entretien": entretien,
        "entretien, dossier": lambda: desk._ways._on_dossier_entretien_requested(at.dossier),
        "entretien, saisine": lambda: desk._ways._on_saisine_entretien_requested(at.saisine),
        "entretien, amend": lambda: desk._ways._on_amend_requested(at.entretien),
        "entretien_lu": lambda: desk._ways._on_entretien_opened(at.entretien),
        "corbeille": lambda: show("corbeille"),
        "fiches": lambda: show("fiches"),
        "fiche": lambda: desk._ways._on_fiche_requested(at.orientation),
        "fiche, issued": lambda: desk._ways._on_fiche_opened(at.fiche),
        "documents": lambda: desk._ways._on_documents_requested(at.dossier),
        "document": lambda: desk._ways._on_document_requested(at.dossier, "information_preoccupante", None),
        "document, note": lambda: desk._ways._on_document_requested(
            at.dossier, "note_information", at.personnes[0]
        ),
        "document, issued": lambda: desk._ways._on_document_opened(at.document),
        "tournee": lambda: desk._ways._on_tournee_requested(at.tournee, ()),
        "tournee, new": lambda: desk._ways._on_tournee_requested(None, (at.fiche,)),
        "retour": lambda: show("retour"),
        "impression": lambda: desk._ways._on_batch_requested((at.fiche,)),
        "impression, bordereaux": lambda: desk._ways._on_bordereaux_requested(at.tournee, None),
        "annuaire": lambda: show("annuaire"),
        "partenaire": lambda: desk._ways._on_partenaire_requested(1),
        "contact": contact,
        "contact, amend": lambda: desk._ways._on_contact_opened(at.contact),
        "suite": suite,
        "orientation": orientation,
        "orientation, amend": lambda: desk._ways._on_orientation_opened(at.orientation),
        "dossier, piece": piece,
        "points": lambda: show("points"),
        "saisines, new": saisie,
        "saisines, amended": amended,
        "agenda": agenda,
        "agenda, form": agenda_form,
        "bilan": lambda: show("bilan"),
        "releve": releve,
        "saisines, offered": offered,
    }
    found |= {
        f"reglages, {key}": reglages(key)
        for key in (
            "identite",
            "convention",
            "unites",
            "listes",
            "documents",
            "delais",
            "mots",
            "import",
            "phrase",
        )
    }
    found |= {
        f"conformite, {key}": conformite(key)
        for key in (
            "echeances",
            "personne",
            "droits",
            "notes",
            "journal",
            "traitement",
            "controle",
            "passation",
        )
    }
    found["conformite, answered"] = answered
    found |= {f"saisines, {name}": step(name) for name in ("appel", "rendez_vous", "sans_suite", "rattacher")}
    return found


def _until(done: Callable[[], bool]) -> None:
    """Let the window turn until something is so."""
    clock = QElapsedTimer()
    clock.start()
    while not done():
        assert clock.elapsed() < _LONGEST
        QApplication.processEvents()
