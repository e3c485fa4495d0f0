"""Played inside a real window: a week of work, from Monday's triage to Friday's tournée, by keys alone.

Run by ``test_semaine.py`` in a process of its own: ``python -c … COFFRE FOLDER``. It prints nothing when all went well.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt

from iscg_desktop.domain.saisine import A_TRAITER, CONTACT_TENTE, RENDEZ_VOUS_FIXE, SANS_SUITE
from iscg_desktop.ui.application import make_application
from iscg_desktop.ui.forms import pieces_card
from iscg_desktop.ui.forms.step_form import StepForm
from iscg_desktop.ui.pages.fiches import retour as page_retour
from iscg_desktop.ui.widgets.picture_preview import PicturePreview
from tests.documents.coupons import filled
from tests.walk.mains import ALT, CONTROL, SHIFT, Semaine

AVANT = date(2026, 9, 14)
LUNDI = date(2026, 11, 23)
MARDI, MERCREDI, JEUDI, VENDREDI = (LUNDI + timedelta(days=n) for n in range(1, 5))
RECIT = "Madame demande à être accompagnée pour quitter le domicile."
SUITE_DU_RECIT = " Elle craint pour ses enfants."
AUTRE_PARTIE = "Kervadec"
POINT = "Faut-il une mesure d’éloignement avant le 10 décembre ?"
KEY = Qt.Key


def lundi(elle: Semaine) -> None:
    """Where she is, the triage of the morning, what is done with each."""
    elle.photo("lundi-1-aujourdhui")
    elle.alt("p")
    elle.attendre(lambda: application.activePopupWidget() is not None, "the unités")
    elle.photo("lundi-1b-permanence")
    elle.touche(KEY.Key_Down)
    elle.entree()
    assert elle.services.journee.permanence() == 1
    elle.alt("2")
    elle.voir("saisines")
    page = elle.desk.saisines
    elle.dicter("gend", "interv")  # then asked no more this morning
    elle.photo("lundi-2-saisine-vide")
    line = page.saisie.line
    rows = (
        ("7h50", "sous", "oui", "Violences au foyer, cris entendus", "Adj. Roux", "06 00 00 00 01", "06 00 00 00 02"),
        ("8h05", "diff", "oui", "Impayés de loyer", "Gend. Le Bihan", "06 00 00 00 21", ""),
        ("8h10", "sous", "non", "Menaces d’un voisin", "Gend. Le Bihan", "06 00 00 00 22", ""),
        ("8h15", "diff", "", "Trouble du voisinage", "Adj. Roux", "06 00 00 00 23", ""),
        ("8h20", "imm", "oui", "Personne âgée seule", "Mme Abgrall, voisine", "06 00 00 00 24", ""),
    )  # fmt: skip
    for row in rows:
        elle.dicter(*row)
        elle.entree()  # the message: may be left
    assert elle.services.saisines.counts()[A_TRAITER] == len(rows)
    assert line.champ == "heure"
    elle.photo("lundi-3-saisines")

    choose(elle, "Impayés")
    etape(elle, "a")
    elle.ecrire("i")
    elle.photo("lundi-4-appel")
    elle.entree()
    elle.attendre(lambda: elle.services.saisines.counts().get(CONTACT_TENTE) == 1, "the call noted")

    choose(elle, "Violences")
    etape(elle, "r")
    elle.dicter_tab("demain", "9h30")
    elle.photo("lundi-5-rendez-vous")
    elle.entree()
    elle.attendre(lambda: elle.services.saisines.counts().get(RENDEZ_VOUS_FIXE) == 1, "the rendez-vous")

    choose(elle, "Trouble")
    etape(elle, "s")
    elle.ecrire("h")
    elle.photo("lundi-6-sans-suite")
    elle.entree()
    elle.attendre(lambda: elle.services.saisines.counts().get(SANS_SUITE) == 1, "the saisine put away")
    choose(elle, "Menaces")
    elle.photo("lundi-7-accord-non")
    elle.alt("6")
    elle.voir("agenda")
    elle.photo("lundi-8-agenda")
    assert [r.jour for day in elle.services.agenda.week(MARDI) for r in day.rendez_vous] == [MARDI]


def etape(elle: Semaine, letter: str) -> None:
    """Open one of the short forms of the chosen saisine."""
    elle.alt(letter)
    card = elle.desk.saisines.suivi
    elle.attendre(lambda: any(form.isVisible() for form in card.findChildren(StepForm)), "the short form")


def choose(elle: Semaine, motif: str) -> None:
    """Go to the list of the saisines and come to one."""
    page = elle.desk.saisines
    elle.jusque(KEY.Key_F6, page.table.view.hasFocus, "the list of the saisines")
    elle.touche(KEY.Key_Home)
    shown = page.table.records()
    wanted = next(each.saisine.id for each in shown if each.saisine.motif.startswith(motif))
    elle.jusque(KEY.Key_Down, lambda: page.suivi.saisine_id == wanted, motif)


def mardi(elle: Semaine) -> None:
    """The rendez-vous becomes an entretien, with the other side apart; an orientation, its fiche."""
    elle.photo("mardi-1-aujourdhui")
    elle.alt("2")
    elle.voir("saisines")
    choose(elle, "Violences")
    elle.entree()
    elle.photo("mardi-2-deja-connue")
    elle.alt("o")
    elle.voir("entretien")
    page = elle.desk.entretien
    fill = elle.remplir(page)
    elle.photo("mardi-3-entretien")
    fill("Durée", "1h15")
    fill("Mode", "sur rendez")
    fill("Nom de naissance", "Le Peron")
    fill("Prénom", "Anais")
    line = page.form.personnes.lines[0]
    elle.attendre(lambda: bool(line.form.candidates.shown_candidates()), "who she may be")
    elle.photo("mardi-4-candidate")
    elle.touche(KEY.Key_F4)
    assert line.personne_id is not None
    elle.photo("mardi-5-reconnue")
    elle.touche(KEY.Key_F8)
    fill("Accord pour transmettre", "o")
    elle.touche(KEY.Key_P, CONTROL | SHIFT)
    other = page.form.personnes.lines[1].form
    fill = elle.remplir(other)
    fill("Nom de naissance", AUTRE_PARTIE)
    fill("Prénom", "Loïc")
    fill("Sexe", "h")
    fill("Statut", "mis")
    fill("Dans cet entretien", "s")
    elle.photo("mardi-6-mis-en-cause")
    fill = elle.remplir(page)
    fill("Problématique principale", "vio conj phy")
    fill("Demandes", "heb")
    fill("Ce qui peut aller sur une fiche de liaison", RECIT)
    fill("Ce qui ne quitte pas le coffre, pour votre travail", f"M. {AUTRE_PARTIE} travaille de nuit.")
    elle.touche(KEY.Key_O, CONTROL | SHIFT)
    form = page.form.orientations.lines[0].form
    fill = elle.remplir(form)
    if form.fields["personne"].isVisible():
        fill("Personne orientée", "ana")
    fill("Type de partenaire", "secteur")
    elle.touche(KEY.Key_Down)
    elle.photo("mardi-7-proposee")
    elle.entree()
    fill("Accord de la personne", "o")
    fill("Motif de l’orientation", "Mise à l’abri et logement")
    elle.photo("mardi-8-orientation")
    elle.ctrl("s")
    elle.attendre(lambda: page.form is None, "the recorded entretien")
    elle.photo("mardi-9-enregistre")
    elle.espace()
    elle.voir("fiche")
    fiche = elle.desk.fiche
    elle.attendre(lambda: fiche.preview.pages > 0, "the preview of the fiche")
    elle.photo("mardi-10-fiche")
    elle.ctrl("s")
    elle.attendre(lambda: fiche.panel.fiche is not None, "the issued fiche")
    elle.photo("mardi-11-fiche-etablie")
    issued = fiche.panel.fiche
    assert issued is not None
    assert issued.etape == "a_imprimer"
    (elle.folder / "fiche.pdf").write_bytes(elle.services.fiches.pdf(issued.id))
    elle.alt("4")
    elle.voir("fiches")
    elle.photo("mardi-12-fiches")


def mercredi(elle: Semaine) -> None:
    """A correction and its history, a pièce jointe, a point, a lock in the middle of a word."""
    elle.photo("mercredi-1-aujourdhui")
    open_dossier(elle)
    elle.photo("mercredi-2-dossier")
    elle.touche(KEY.Key_Down)
    elle.aller("Entretien")
    elle.entree()
    elle.photo("mercredi-3-sur-place")
    elle.aller("Corriger, pièces jointes")
    elle.espace()
    elle.voir("entretien_lu")
    elle.photo("mercredi-4-entretien-lu")
    elle.ctrl("e")
    elle.voir("entretien")
    elle.touche(KEY.Key_End, CONTROL)
    elle.ecrire(SUITE_DU_RECIT)
    elle.photo("mercredi-5-correction")
    elle.ctrl("s")
    elle.attendre(lambda: elle.desk.entretien.form is None, "the correction")
    elle.photo("mercredi-6-corrige")
    elle.alt("d")
    elle.voir("dossier")
    elle.touche(KEY.Key_Down)
    elle.aller("Entretien")
    elle.aller("Corriger, pièces jointes")
    elle.espace()
    elle.voir("entretien_lu")
    lu = elle.desk.entretien_lu
    assert len(elle.services.entretiens.versions(lu.shown.id)) == 1
    photo = elle.folder / "constat.png"
    photo.write_bytes((elle.folder / "mercredi-1-aujourdhui.png").read_bytes())
    pieces_card.choose_file = lambda *_: photo  # type: ignore[assignment]
    elle.aller("Ajouter un fichier")
    elle.espace()
    elle.attendre(
        lambda: len(elle.services.pieces_jointes.of_entretien(lu.shown.id)) == 1, "the pièce jointe"
    )
    elle.photo("mercredi-7-piece")
    elle.aller("constat")
    elle.entree()
    elle.attendre(lu.pieces.findChild(PicturePreview).isVisible, "the pièce shown")
    elle.photo("mercredi-7b-apercu")
    elle.touche(KEY.Key_Left, ALT)
    elle.voir("dossier")
    elle.alt("p")
    elle.attendre(elle.desk.dossier.points.adding.isVisible, "the point")
    elle.ecrire(POINT)
    elle.photo("mercredi-8-point")
    elle.entree()
    assert [each.point.texte for each in elle.services.referent.waiting()] == [POINT]

    elle.desk.dossier.setFocus()
    elle.touche(KEY.Key_N)
    elle.voir("entretien")
    page = elle.desk.entretien
    elle.remplir(page)("Durée", "20")
    page.form.enter("notes_de_travail")
    elle.ecrire("Le CDAS rappelle, elle ")
    elle.photo("mercredi-9-avant-le-verrou")
    elle.verrouiller()
    elle.reprendre()
    elle.voir("entretien")
    elle.photo("mercredi-10-apres-le-verrou")
    page = elle.desk.entretien
    assert page.form.champ == "notes_de_travail"
    elle.ecrire("attend.")
    assert page.form.textes.value("notes_de_travail") == "Le CDAS rappelle, elle attend."
    elle.photo("mercredi-11-repris")
    elle.remplir(page)("Mode", "tél")
    elle.remplir(page)("Problématique principale", "vio conj phy")
    elle.ctrl("s")
    elle.attendre(lambda: page.form is None, "the entretien begun before the lock")


def jeudi(elle: Semaine) -> None:
    """The sheet of the day, the batch of the evening, a note to the person, a contact."""
    elle.alt("6")
    elle.voir("agenda")
    elle.touche(KEY.Key_PageUp, ALT)
    elle.touche(KEY.Key_Home, ALT)
    elle.photo("jeudi-1-agenda")
    with elle.papier("feuille-du-jour"):
        elle.alt("i")
    elle.alt("4")
    elle.voir("fiches")
    page = elle.desk.fiches
    elle.aller("Toutes")
    elle.ecrire("a")
    elle.attendre(lambda: len(page.table.records()) == 1, "the fiches to print")
    elle.aller_a(page.table.view)
    elle.photo("jeudi-2-a-imprimer")
    elle.alt("i")
    elle.voir("impression")
    elle.attendre(elle.desk.impression.primary.isEnabled, "what will be printed")
    elle.photo("jeudi-3-impression")
    with elle.papier("lot"):
        elle.ctrl("p")
    elle.aller("Oui, noter l’impression")
    elle.espace()
    elle.attendre(lambda: elle.services.fiches.recent()[0].etape == "imprimee", "the printed fiche")
    elle.photo("jeudi-4-imprimee")

    open_dossier(elle)
    elle.touche(KEY.Key_I)  # she was informed in September, he was never met: nothing is printed unasked
    elle.voir("documents")
    elle.photo("jeudi-5-documents")
    elle.aller("Information donnée le")
    elle.entree()
    elle.voir("document")
    document = elle.desk.document
    elle.attendre(lambda: document.preview.pages > 0, "the preview of the note")
    elle.ctrl("s")
    elle.attendre(lambda: document.panel.document is not None, "the note issued")
    elle.photo("jeudi-5-note")
    with elle.papier("note-information"):
        elle.ctrl("p")
    open_dossier(elle)
    elle.ctrl_maj("c")
    elle.voir("contact")
    fill = elle.remplir(elle.desk.contact)
    fill("Avec", "marches")
    elle.photo("jeudi-6-contact")
    elle.ctrl("s")
    elle.voir("dossier")
    elle.photo("jeudi-7-dossier")
    elle.alt("l")
    elle.attendre(elle.desk.dossier.relances.form.isVisible, "the relance")
    elle.ecrire("Rappeler le CDAS")
    elle.entree()


def vendredi(elle: Semaine) -> None:
    """The tournée and its bordereau, a coupon that came back, the référent, the end of the dossier."""
    elle.photo("vendredi-1-aujourdhui")
    elle.alt("4")
    elle.voir("fiches")
    elle.alt("p")
    elle.voir("tournee")
    page = elle.desk.tournee
    elle.photo("vendredi-2-tournee")
    elle.ctrl("s")
    elle.attendre(lambda: len(elle.services.tournees.all()) == 1, "the tournée")
    elle.photo("vendredi-3-tournee-prete")
    elle.alt("b")
    elle.voir("impression")
    elle.attendre(elle.desk.impression.primary.isEnabled, "the bordereaux")
    elle.photo("vendredi-4-bordereau")
    with elle.papier("bordereau"):
        elle.ctrl("p")
    elle.aller("Retour")
    elle.espace()
    elle.voir("tournee")
    elle.alt("f")
    elle.attendre(page.remise.isVisible, "how it was handed over")
    elle.photo("vendredi-5-faite")
    elle.alt("n")
    elle.attendre(lambda: elle.services.fiches.recent()[0].etape == "remise", "the fiche handed over")
    elle.photo("vendredi-6-remise")

    issued = elle.services.fiches.recent()[0]
    coupon = elle.folder / "coupon.pdf"
    elle.services.retours.save_coupon(issued.id, coupon)
    answers = {
        "connu": "/oui",
        "prise_en_charge": "/oui",
        "suite": "/accompagnement_engage",
        "date": "27/11/2026",
    }
    coupon.write_bytes(filled(answers | {"referent": "Mme Jocelyne Abgrall"}, coupon.read_bytes()))
    page_retour.choose_file = lambda *_: coupon  # type: ignore[assignment]
    elle.alt("4")
    elle.voir("fiches")
    elle.alt("t")
    elle.voir("retour")
    retour = elle.desk.window.page("retour")
    elle.ctrl("o")
    elle.attendre(retour.found.isVisible, "the coupon read")
    elle.photo("vendredi-7-coupon")
    elle.ctrl("s")
    elle.attendre(lambda: elle.services.fiches.recent()[0].etape == "retour", "the retour")
    elle.photo("vendredi-8-retour")

    elle.alt("3")
    elle.voir("dossiers")
    elle.alt("p")
    elle.voir("points")
    elle.photo("vendredi-9-points")
    with elle.papier("points"):
        elle.ctrl("p")
    elle.alt("1")
    elle.voir("aujourdhui")
    elle.aller("Relance faite")
    elle.photo("vendredi-10-relance")
    elle.espace()
    open_dossier(elle)
    elle.alt("c")
    elle.attendre(elle.desk.dossier.forms.closing.isVisible, "the reason")
    elle.ecrire("Accompagnement engagé par le CDAS")
    elle.photo("vendredi-11-clore")
    elle.entree()
    elle.attendre(lambda: elle.services.dossiers.count() == 2, "two dossiers")
    elle.photo("vendredi-12-clos")


def open_dossier(elle: Semaine) -> None:
    """Find the dossier by its name, from anywhere."""
    elle.alt("3")
    elle.voir("dossiers")
    elle.ctrl("k")
    elle.ecrire("leperon")
    elle.attendre(lambda: len(elle.desk.dossiers.table.records()) == 2, "both her dossiers")
    elle.entree()
    elle.voir("dossier")


def play(elle: Semaine) -> None:
    """The week."""
    for jour, day in (
        (LUNDI, lundi),
        (MARDI, mardi),
        (MERCREDI, mercredi),
        (JEUDI, jeudi),
        (VENDREDI, vendredi),
    ):
        elle.ouvrir(jour)
        day(elle)
        elle.verrouiller()
    elle.fermer()


if __name__ == "__main__":
    application, _theme = make_application(sys.argv[:1])
    play(Semaine(application, Path(sys.argv[1]), Path(sys.argv[2]), LUNDI))
