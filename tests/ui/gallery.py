"""Pictures of every widget, light and dark, for eyes only.

``python -m tests.ui.gallery FOLDER`` draws offscreen; with ``DISPLAY`` and ``--screen`` it photographs real
windows. ``QT_SCALE_FACTOR=1.5`` draws as on a screen set to 150 %.
"""

from __future__ import annotations

import os
import sys
from datetime import date, time
from pathlib import Path

if "--screen" not in sys.argv:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.dates import Naissance
from iscg_desktop.ui.application import make_application
from iscg_desktop.ui.main_window import MainWindow
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.columns import Columns
from iscg_desktop.ui.widgets.commune_field import CommuneField
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.duree_edit import DureeEdit
from iscg_desktop.ui.widgets.empty_state import EmptyState
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.heure_edit import HeureEdit
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Figure, Quiet
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.multi_type_ahead import MultiTypeAhead
from iscg_desktop.ui.widgets.naissance_edit import NaissanceEdit
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage
from iscg_desktop.ui.widgets.search_field import SearchField
from iscg_desktop.ui.widgets.text_area import TextArea
from iscg_desktop.ui.widgets.type_ahead import TypeAhead

NBSP = "\u00a0"
TODAY = date(2026, 11, 23)
PAGES = (
    ("aujourdhui", "Aujourd’hui", "sun"),
    ("saisines", "Saisines", "inbox"),
    ("dossiers", "Dossiers", "folder-open"),
    ("fiches", "Fiches", "file-text"),
    ("agenda", "Agenda", "calendar"),
    ("annuaire", "Annuaire", "book-user"),
    ("bilan", "Bilan", "chart-column"),
    ("conformite", "Conformité", "shield-check"),
)
PROBLEMATIQUES = (
    ("violences_conjugales", "Violences conjugales", "Conflits et violences intrafamiliales"),
    ("conflit_conjugal", "Conflit conjugal", "Conflits et violences intrafamiliales"),
    ("separation", "Séparation conflictuelle", "Conflits et violences intrafamiliales"),
    ("conflit_familial", "Conflit familial", "Conflits et violences intrafamiliales"),
    ("mineur_en_danger", "Mineur en danger", "Enfance et jeunesse"),
    ("fugue", "Fugue", "Enfance et jeunesse"),
    ("violences_sexuelles", "Violences sexuelles hors famille", "Autres violences et infractions"),
    ("harcelement", "Harcèlement", "Autres violences et infractions"),
    ("expulsion", "Expulsion ou rupture d’hébergement", "Précarité, logement, droits"),
    ("difficultes_financieres", "Difficultés financières", "Précarité, logement, droits"),
)


def today_page() -> ScrollPage:
    header = PageHeader("Lundi 23 novembre", "Permanence à la brigade de Saint-Aubin, 9 h – 12 h 30")
    header.add_widget(SearchField())
    header.set_primary("&Nouvel entretien", icon="plus", shortcut="Ctrl+N")
    page = ScrollPage(header)
    saisines = Card("Saisines à traiter", action="Trier les saisines")
    for text, sub, role, chip in (
        (
            "Intervention de nuit, couple et deux enfants",
            f"Brigade de Saint-Aubin · accord pour être contactée{NBSP}: oui",
            "alert",
            "immédiate",
        ),
        (
            "Main courante, personne âgée isolée",
            "Brigade de Vallière · 1 appel sans réponse",
            "warn",
            "sous 48 h",
        ),
        ("Conflit de voisinage", "Brigade de Saint-Aubin", "accent", "différée"),
    ):
        saisines.add(Line(text, sub, chip=Chip(role, chip)))
    jour = Card("Rendez-vous du jour", action="Voir la semaine")
    jour.add(Line("9 h 30   Mme L. – premier entretien", chip=Chip("accent", "dossier 2026-0312")))
    jour.add(Line("10 h 45   M. D. – entretien conjoint", chip=Chip("accent", "CCAS")))
    jour.add(Line("11 h 30   Appel au service social de secteur"))
    jour.body.addStretch()
    fiches = Card("Fiches sans retour", action="Préparer la tournée")
    fiches.add(
        Line(
            "FL-2026-0141 · CDAS de Vallière",
            "Remise à la tournée du 5 novembre",
            chip=Chip("warn", "18 jours"),
        )
    )
    fiches.add(Line("FL-2026-0148 · CIDFF", chip=Chip("quiet", "9 jours")))
    coffre = Card("Sécurité du coffre", action="Détails")
    coffre.add(Line("Dernière sauvegarde vérifiée", chip=Chip("good", "hier, 17 h 52")))
    coffre.add(Line("Chiffrement du disque", chip=Chip("good", "actif")))
    coffre.add(Line("Exercice de la fiche de secours", chip=Chip("warn", "à faire avant le 2 décembre")))
    page.add(Columns(saisines, jour))
    page.add(Columns(fiches, coffre))
    page.body.addStretch()
    return page


def entretien_page() -> ScrollPage:
    header = PageHeader("Entretien", "Dossier 2026-0312 · brouillon gardé à 9 h 41")
    header.set_back("Dossier 2026-0312")
    header.add_secondary("&Fiche de liaison…", icon="file-text")
    header.set_primary("&Terminer", icon="check", shortcut="Ctrl+S")
    page = ScrollPage(header)
    jour, heure, duree = DateEdit(lambda: TODAY), HeureEdit(), DureeEdit()
    jour.set_value(TODAY)
    heure.set_value(time(9, 30))
    duree.set_value(45)
    lieu = TypeAhead([("sa", "Brigade de Saint-Aubin"), ("va", "Brigade de Vallière")])
    lieu.set_value("sa")
    mode = TypeAhead([("rdv", "Présentiel sur rendez-vous"), ("tel", "Téléphone")])
    mode.set_value("rdv")
    issue = ChoiceRow([("r", "Réalisé"), ("i", "Injoignable"), ("f", "Refus"), ("a", "Absent")])
    issue.set_value("r")
    principale = TypeAhead(PROBLEMATIQUES)
    principale.set_value("violences_conjugales")
    autres = MultiTypeAhead(PROBLEMATIQUES, placeholder="Ajouter")
    autres.set_value(["difficultes_financieres", "expulsion", "mineur_en_danger"])
    connu = ChoiceRow([("inconnu", "Inconnu"), ("connu", "Connu"), ("nr", "Non renseigné")])
    connu.set_value("inconnu")
    suivi = ChoiceRow([("non", "Non"), ("oui", "Oui"), ("ancien", "Ancien")])
    grid = FormGrid()
    for label, widget, span in (
        ("&Date", jour, 3),
        ("&Heure", heure, 2),
        ("D&urée", duree, 2),
        ("&Lieu", lieu, 5),
        ("&Mode", mode, 5),
        ("&Issue", issue, 7),
        ("&Problématique principale", principale, 5),
        ("&Autres problématiques", autres, 7),
        ("&Connu des services sociaux", connu, 5),
        ("&Suivi en cours", suivi, 7),
    ):
        grid.add(Field(label, widget), span)
    card = Card()
    card.add(grid)
    page.add(card)
    transmissibles, notes = Card("Éléments transmissibles"), Card("Notes de travail (hors fiche)")
    texte = TextArea("Ce qui peut aller à une fiche.")
    texte.set_value(
        "Madame souhaite être orientée vers le service social de secteur et une solution d’hébergement. "
        "Elle accepte la transmission de ces éléments."
    )
    transmissibles.add(texte)
    notes.add(TextArea("Ne quitte jamais le coffre. La personne peut demander à lire ce qui la concerne."))
    page.add(Columns(transmissibles, notes))
    orientations = Card("Orientations", action="Ajouter")
    table = DataTable(
        [
            Column("Orientation", lambda r: r[0], stretch=True),
            Column("Partenaire", lambda r: r[1], stretch=True),
            Column("Accord", lambda r: r[2]),
            Column("Suite", lambda r: r[3], role=lambda r: r[4]),
        ],
        fit_rows=6,
        name="Orientations",
    )
    table.set_records(
        [
            ("Service social de secteur", "CDAS de Vallière", "oui", "en attente", "warn"),
            ("SIAO / 115", "SIAO du département", "oui", "rendez-vous le 24/11", "good"),
        ]
    )
    orientations.add(table)
    page.add(orientations)
    page.add(Quiet(f"3 renseignements manquent pour le bilan{NBSP}: activité, ressources, logement."))
    page.body.addStretch()
    return page


def widgets_page() -> ScrollPage:
    page = ScrollPage(PageHeader("Chaque pièce", "Tous les états, pour l’œil"))
    for tone, text in (
        ("info", "La permanence de Saint-Aubin est choisie pour la journée."),
        ("good", "Sauvegarde vérifiée hier à 17 h 52."),
        ("warn", f"Un dossier porte déjà ce nom{NBSP}: vérifiez avant d’en ouvrir un autre."),
        ("alert", "Le dossier choisi n’accepte pas d’écriture. Choisissez-en un autre."),
    ):
        page.add(InlineMessage(tone, text, action="Ouvrir" if tone == "warn" else ""))
    grid = FormGrid()
    grid.add_section("Personne")
    naissance = NaissanceEdit(lambda: TODAY)
    naissance.set_value(Naissance(age_estime=30))
    grid.add(Field("&Nom de naissance", LineEdit()), 4)
    grid.add(Field("&Naissance", naissance, hint="Une date, une année, ou ~30 pour un âge estimé."), 4)
    commune = CommuneField(lambda _text: [], lambda _code: "Saint-Aubin (21190)")
    commune.set_value("21541")
    grid.add(Field("&Commune", commune, optional=True), 4)
    faux = DateEdit(lambda: TODAY)
    faux.set_raw("31/2")
    champ = Field("&Date", faux)
    grid.add(champ, 4)
    faux.settle()
    grid.add(Field("&Accord", ChoiceRow([("o", "Oui"), ("n", "Non"), ("nr", "Non recueilli")])), 4)
    ferme = LineEdit()
    ferme.set_value("G-2026-0141-K")
    ferme.setEnabled(False)
    grid.add(Field("&Numéro", ferme), 4)
    boxes = QWidget()
    flow = FlowLayout(boxes, spacing=12)
    for text, ticked in (("Ne pas laisser de message", True), ("Adresse", False)):
        box = CheckBox(text)
        box.setChecked(ticked)
        flow.addWidget(box)
    grid.add(boxes, 12)
    card = Card("Un formulaire", icon="user")
    card.add(grid)
    page.add(card)
    buttons = Card("Boutons et états")
    row = QWidget()
    line = FlowLayout(row, spacing=10)
    for kind, text, icon in (
        ("primary", "&Établir la fiche", "send"),
        ("secondary", "&Imprimer", "printer"),
        ("quiet", "&Plus tard", ""),
        ("danger", "&Effacer le dossier", "trash-2"),
    ):
        line.addWidget(Button(text, kind=kind, icon=icon))
    off = Button("Indisponible", icon="lock")
    off.setEnabled(False)
    line.addWidget(off)
    buttons.add(row)
    chips = QWidget()
    line = FlowLayout(chips, spacing=8)
    for role, text in (
        ("accent", "à faire"),
        ("good", "vérifiée"),
        ("warn", "sous 48 h"),
        ("alert", "immédiate"),
        ("quiet", "non renseigné"),
    ):
        line.addWidget(Chip(role, text))
    buttons.add(chips)
    page.add(buttons)
    page.body.addStretch()
    return page


def bilan_page() -> ScrollPage:
    header = PageHeader("Bilan", "3e trimestre 2026 · 92 personnes accueillies")
    header.add_secondary("Comparer", icon="history")
    header.set_primary("&Arrêter le bilan", icon="lock")
    page = ScrollPage(header)
    cards = []
    for figure, words in (("96", "personnes accueillies"), ("84", "dossiers"), ("211", "entretiens")):
        card = Card()
        card.add(Figure(figure))
        card.add(Quiet(words))
        cards.append(card)
    page.add(Columns(*cards, break_at=500))
    card = Card("Problématiques principales")
    table = DataTable(
        [
            Column("Problématique", lambda r: r[0], stretch=True),
            Column("Dossiers", lambda r: str(r[1]), sort=lambda r: r[1], align="right"),
            Column(
                "Part",
                lambda r: f"{r[2]:.0%}".replace("%", f"{NBSP}%"),
                sort=lambda r: r[2],
                share=lambda r: r[2],
                align="right",
            ),
            Column("Complétude", lambda r: r[3], role=lambda r: r[4]),
        ],
        fit_rows=12,
        name="Problématiques principales",
    )
    table.set_records(
        [
            ("Conflits et violences intrafamiliales", 46, 0.55, "complet", "good"),
            ("Enfance et jeunesse", 14, 0.17, "2 à préciser", "warn"),
            ("Précarité, logement, droits", 12, 0.14, "complet", "good"),
            ("Conflit de voisinage", 8, 0.10, "complet", "good"),
            ("Santé, conduites", 4, 0.04, "", ""),
        ]
    )
    table.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    table.select(table.records()[1])
    card.add(table)
    page.add(card)
    vide = Card("Contacts avec les partenaires")
    vide.add(
        DataTable(
            [Column("Partenaire", str)],
            empty=EmptyState(
                "phone",
                "Aucun contact noté ce trimestre",
                detail="Notez un appel ou une réunion depuis l’annuaire.",
                action="Ouvrir l’annuaire",
            ),
            fit_rows=5,
        )
    )
    page.add(vide)
    page.body.addStretch()
    return page


MAKERS = {"aujourdhui": today_page, "dossiers": entretien_page, "saisines": widgets_page, "bilan": bilan_page}


def window(width: int = 1280, height: int = 800) -> MainWindow:
    shown = MainWindow()
    shown.resize(width, height)
    for key, label, icon in PAGES:
        shown.add_page(key, label, icon, MAKERS.get(key, QWidget))
    shown.add_page("reglages", "Réglages", "settings", QWidget, bottom=True)
    shown.add_page("aide", "Aide", "life-buoy", QWidget, bottom=True)
    return shown


def main() -> None:
    folder = Path(sys.argv[1])
    real = "--screen" in sys.argv
    _app, theme = make_application(["gallery"])
    scale = os.environ.get("QT_SCALE_FACTOR", "1")
    width, height = (1280, 800) if float(scale) < 1.4 else (1060, 660)
    for choice in ("clair", "sombre"):
        theme.choose(choice)
        shown = window(width, height)
        shown.show()
        QTest.qWaitForWindowExposed(shown)
        for key in MAKERS:
            shown.show_page(key)
            if key == "dossiers" and choice == "sombre":
                field = shown.page(key).findChild(MultiTypeAhead)
                field.setFocus()
                QTest.qWait(30)
                QTest.keyClicks(field.focusProxy(), "vio")
            QTest.qWait(80)
            name = folder / f"{key}_{choice}_{scale}{'_x' if real else ''}.png"
            picture = shown.screen().grabWindow(shown.winId()) if real else shown.grab()
            picture.save(str(name))
        if choice == "clair":
            shown.resize(620, 800)
            shown.show_page("dossiers")
            QTest.qWait(80)
            shown.grab().save(str(folder / f"etroit_{scale}.png"))
        shown.close()


if __name__ == "__main__":
    main()
