"""Typing an entretien by the keyboard alone, to its recording."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.saisine import SaisineDraft
from tests.ui.pages.entretien.desk import ALT, CTRL, CTRL_SHIFT, KEY, Desk
from tests.vie import TODAY, draft, victime


def test_a_telephone_contact_takes_sixty_keys_at_most(desk: Desk, qtbot: QtBot) -> None:
    desk.page.start()
    desk.press(KEY.Key_M, ALT)
    desk.type("tel")
    desk.press(KEY.Key_N, ALT)
    desk.type("Lœil", counted=False)
    desk.press(KEY.Key_Tab)
    desk.press(KEY.Key_Tab)
    desk.type("Anaïs", counted=False)
    desk.press(KEY.Key_X, ALT)
    desk.type("f")
    desk.press(KEY.Key_P, ALT)
    desk.type("vio conj psy")
    desk.press(KEY.Key_Tab)
    with qtbot.waitSignal(desk.page.recorded):
        desk.press(KEY.Key_S, CTRL)
    assert desk.pressed <= 60
    entretien = desk.recorded()
    assert (entretien.mode, entretien.date, entretien.issue) == ("telephone", TODAY, "realise")
    assert entretien.problematique_principale == "violences_conjugales_psychologiques"
    (person,) = entretien.personnes
    assert (person.nom, person.profil.sexe, person.presente) == ("LŒIL Anaïs", "femme", True)
    assert entretien.unite_id == 1


def test_it_can_be_done_with_the_tab_key_alone_in_sixty_keys(desk: Desk, qtbot: QtBot) -> None:
    """Whoever knows no letter: Tab through the first two cards, then from card to card."""
    desk.page.start()
    assert desk.focused() == "saisine.origine"
    desk.press(KEY.Key_F6)
    while desk.focused() != "mode":
        desk.press(KEY.Key_Tab)
    desk.type("tel")
    desk.press(KEY.Key_F6)
    while desk.focused() != "personnes.0.prenom":
        desk.press(KEY.Key_Tab)
    desk.type("Anaïs", counted=False)
    while desk.focused() != "personnes.0.sexe":
        desk.press(KEY.Key_Tab)
    desk.type("f")
    desk.press(KEY.Key_F6)
    desk.type("conflit conj")
    desk.press(KEY.Key_Return)
    with qtbot.waitSignal(desk.page.recorded):
        desk.press(KEY.Key_S, CTRL)
    assert desk.pressed <= 60
    assert desk.recorded().mode == "telephone"


def test_everything_typed_is_recorded(desk: Desk, qtbot: QtBot) -> None:
    desk.page.start()
    for name, words in {
        "saisine.date": "hier",
        "saisine.origine": "gendarmerie",
        "saisine.support": "plainte",
        "saisine.demandeur": "Major Fictif",
        "saisine.accord_contact": "o",
        "saisine.urgence": "s",
        "saisine.motif": "Appel des voisins",
        "heure": "9h30",
        "duree": "45",
        "mode": "presentiel sur",
        "lieu": "unite",
        "regime": "protection",
        "personnes.0.nom_usage": "Lœil",
        "personnes.0.nom_naissance": "Le Péron",
        "personnes.0.prenom": "Anaïs",
        "personnes.0.surnom": "Nana",
        "personnes.0.sexe": "f",
        "personnes.0.naissance": "12/3/1988",
        "personnes.0.statut": "victime",
        "personnes.0.description": "Manteau rouge",
        "personnes.0.commune": "Saint-Aubin-du-Cormier",
        "personnes.0.telephone": "06 00 00 00 01",
        "personnes.0.adresse": "2 impasse du Four",
        "personnes.0.courriel": "anais@exemple.fr",
        "personnes.0.contact_sur": "06 00 00 00 02",
        "personnes.0.contact_sur_horaires": "le matin",
        "personnes.0.vit_avec": "sa sœur",
        "personnes.0.sans_message": " ",
        "personnes.0.situation_conjugale": "marie",
        "personnes.0.type_menage": "parent",
        "personnes.0.activite": "en emploi",
        "personnes.0.csp": "employes",
        "personnes.0.logement": "proprietaire",
        "personnes.0.ressources": "salaire",
        "personnes.0.vulnerabilite": "enceinte",
        "personnes.0.connu_services_sociaux": "i",
        "personnes.0.suivi_en_cours": "ccas",
        "personnes.0.accord": "o",
        "personnes.0.informee_le": "aujourd'hui",
        "problematique_principale": "separation",
        "problematiques": "financieres",
        "demandes": "hebergement",
        "reponses": "ecoute",
        "elements_transmissibles": "Madame demande un toit.",
        "notes_de_travail": "Rappeler jeudi.",
    }.items():
        desk.answer(name, words)
    desk.press(KEY.Key_S, CTRL)
    entretien = desk.recorded()
    assert (entretien.duree, entretien.lieu, entretien.mode) == (45, "unite", "presentiel_rdv")
    assert entretien.heure is not None
    assert entretien.heure.isoformat() == "09:30:00"
    assert entretien.problematique_principale == "separation_conflictuelle"
    assert entretien.problematiques == ("difficultes_financieres",)
    assert (entretien.demandes, entretien.reponses) == (("hebergement",), ("ecoute_active",))
    assert entretien.elements_transmissibles == "Madame demande un toit."
    assert entretien.notes_de_travail == "Rappeler jeudi."
    (line,) = desk.services.entretiens.persons_of(1)
    assert line.identite == replace(
        victime().identite,
        surnom="Nana",
        description="Manteau rouge",
        courriel="anais@exemple.fr",
        contact_sur_horaires="le matin",
        vit_avec="sa sœur",
        sans_message=True,
    )
    assert (line.profil.type_menage, line.profil.logement) == ("parent_isole", "proprietaire")
    assert (line.profil.ressources, line.profil.vulnerabilite) == (("salaire",), ("femme_enceinte",))
    assert (line.profil.connu_services_sociaux, line.profil.suivi_en_cours) == ("inconnu", "ccas")
    assert line.profil.missing == ()
    (saisine,) = desk.services.dossiers.saisines(1)
    assert (saisine.date, saisine.origine, saisine.support) == (
        date(2026, 11, 22),
        "gendarmerie",
        "plainte_audition",
    )
    assert (saisine.demandeur, saisine.accord_contact, saisine.urgence) == ("Major Fictif", "oui", "sous_48h")
    assert (saisine.motif, saisine.unite_id) == ("Appel des voisins", 1)
    dossier = desk.services.dossiers.reread(1)
    assert (dossier.regime, dossier.unite_id) == ("protection_enfance", 1)


def test_a_person_may_have_no_name(desk: Desk) -> None:
    desk.page.start()
    desk.answer("personnes.0.description", "Femme, environ 30 ans")
    desk.answer("personnes.0.naissance", "~30")
    desk.answer("problematique_principale", "harcelement")
    desk.press(KEY.Key_S, CTRL)
    (person,) = desk.services.entretiens.persons_of(1)
    assert person.identite.nom_court == "Femme, environ 30 ans"
    assert person.identite.naissance == Naissance(age_estime=30)
    assert person.identite.age_estime_le == TODAY


def test_two_persons_and_only_who_was_there_counts(desk: Desk) -> None:
    desk.page.start()
    desk.answer("personnes.0.prenom", "Anaïs")
    desk.press(KEY.Key_P, CTRL_SHIFT)
    assert desk.focused() == "personnes.1.nom_usage"
    desk.type("Rouzic")
    assert [line.is_open for line in desk.form.personnes.lines] == [False, True]
    desk.answer("personnes.1.sexe", "h")
    desk.answer("problematique_principale", "conflit conjugal")
    desk.press(KEY.Key_S, CTRL)
    assert [(p.nom, p.presente) for p in desk.recorded().personnes] == [("Anaïs", True), ("ROUZIC", False)]
    concerned = desk.services.dossiers.reread(1).personnes
    assert [each.accueillie for each in concerned] == [True, False]


def test_a_line_left_blank_is_nobody(desk: Desk) -> None:
    desk.page.start()
    desk.answer("personnes.0.prenom", "Anaïs")
    desk.press(KEY.Key_P, CTRL_SHIFT)
    desk.press(KEY.Key_P, CTRL_SHIFT)
    assert len(desk.form.personnes.lines) == 2, "a blank line serves again"
    desk.answer("problematique_principale", "fugue")
    desk.press(KEY.Key_S, CTRL)
    assert len(desk.recorded().personnes) == 1


def test_a_line_taken_away_can_be_put_back(desk: Desk) -> None:
    desk.page.start()
    desk.answer("personnes.0.prenom", "Anaïs")
    desk.press(KEY.Key_P, CTRL_SHIFT)
    desk.type("Rouzic")
    desk.form.personnes.lines[1].header.setFocus()
    desk.press(KEY.Key_Delete)
    assert [line.title() for line in desk.form.personnes.lines] == ["Anaïs"]
    assert desk.says("ROUZIC est hors de cet entretien.")
    desk.qtbot.mouseClick(desk.button("Remettre"), Qt.MouseButton.LeftButton)
    assert [line.title() for line in desk.form.personnes.lines] == ["Anaïs", "ROUZIC"]


def test_the_next_entretien_asks_to_confirm_what_the_last_one_noted(desk: Desk) -> None:
    dossier = desk.services.entretiens.record(draft()).dossier_id
    desk.page.start(dossier)
    assert desk.focused() == "heure"
    assert desk.says("Dossier 2026-0001")
    assert not any(name.startswith("saisine.") for name in desk.form.fields())
    assert not desk.form.seance.fields["regime"].isVisible()
    line = desk.form.personnes.lines[0]
    assert line.draft() == replace(
        victime(),
        personne_id=1,
        accord="non_recueilli",
        profil=line.draft().profil,
        reprises=tuple((name, TODAY) for name in line.to_confirm()),
    )
    assert line.form is not None
    assert set(line.form.to_confirm()) == {
        "situation_conjugale", "type_menage", "activite", "csp", "logement", "ressources",
        "vulnerabilite", "connu_services_sociaux", "suivi_en_cours",
    }  # fmt: skip
    assert desk.texts().count("à confirmer") == 10, "one for each fact, and one for the line"
    desk.answer("personnes.0.activite", "sans activite")
    assert "activite" not in line.form.to_confirm()
    desk.qtbot.mouseClick(desk.button("Tout confirmer"), Qt.MouseButton.LeftButton)
    assert "à confirmer" not in desk.texts()
    desk.answer("problematique_principale", "violences conjugales verbales")
    desk.press(KEY.Key_S, CTRL)
    assert desk.recorded(dossier).personnes[0].profil.activite == "sans_activite"
    assert desk.services.dossiers.count() == 1


def test_a_saisine_already_noted_is_read_and_not_typed_again(desk: Desk, qtbot: QtBot) -> None:
    known = {"telephone": "06 00 00 00 03", "contact_sur": "chez sa sœur", "sans_message": True}
    noted = SaisineDraft(TODAY, origine="gendarmerie", unite_id=2, motif="Dispute", **known)
    saisine, _ = desk.services.saisines.record(noted)
    desk.page.start(None, saisine)
    assert desk.says("lundi 23 novembre · Gendarmerie · Brigade de Vallière")
    fields = desk.form.fields()
    assert {name: fields[f"personnes.0.{name}"].widget.value() for name in known} == known
    assert desk.form.fields()["unite_id"].widget.value() == "2"
    desk.answer("problematique_principale", "fugue")
    desk.press(KEY.Key_S, CTRL)
    (kept,) = desk.services.dossiers.saisines(1)
    assert (kept.id, kept.dossier_id) == (saisine, 1)
    assert desk.services.dossiers.waiting_saisines() == ()
