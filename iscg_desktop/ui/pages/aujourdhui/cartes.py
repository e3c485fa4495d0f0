"""The cards of the day's page: each shows one list, and says what to do when it is empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.domain.agenda import Relance, RendezVous
from iscg_desktop.domain.convention import Rappel
from iscg_desktop.domain.dates import format_heure, format_jour
from iscg_desktop.domain.fiche_suivi import FicheEtablie
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.domain.reglages import Reglages
from iscg_desktop.domain.saisine import Saisine
from iscg_desktop.services.clock import Clock
from iscg_desktop.services.coffre_ouvert import Notice
from iscg_desktop.services.listes import ListesService
from iscg_desktop.services.sauvegardes import EtatSauvegardes
from iscg_desktop.ui.forms.agenda_form import AgendaForm
from iscg_desktop.ui.moments import moment
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.list_card import RING, ListCard, set_margins
from iscg_desktop.ui.words import etape, initials

translate = QCoreApplication.translate

_URGENCES = {"immediate": "alert", "sous_48h": "warn", "differee": "accent"}


class SaisinesCard(ListCard):
    """Saisines that wait, the most urgent first; activating one begins its entretien."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Saisines à traiter"),
            self.tr(
                "Aucune saisine n’attend. Une situation qui se présente commence par un nouvel entretien."
            ),
            action=self.tr("Toutes les saisines"),
            icon="inbox",
        )

    def show_saisines(
        self,
        saisines: Iterable[Saisine],
        listes: ListesService,
        today: date,
        delais: Reglages,
        *,
        discreet: bool,
    ) -> None:
        """Show what waits; in discreet mode the words she typed are left out."""
        rows: list[tuple[int, str, list[str], str, str]] = []
        for saisine in saisines:
            origine = _label(listes, "origine", saisine.origine)
            text = (not discreet and saisine.motif) or origine or self.tr("Saisine")
            waits = since(saisine.date, today)
            if (today - saisine.date).days > delais.saisine_attente_jours:
                waits = self.tr("attend {depuis}").format(depuis=_late((today - saisine.date).days))
            details = [listes.unite(saisine.unite_id), waits]
            if saisine.accord_contact != "non_recueilli":
                answer = listes.libelle("accord_contact", saisine.accord_contact).lower()
                details.append(self.tr("accord de contact : {accord}").format(accord=answer))
            if saisine.etat != "a_traiter":
                details.append(listes.libelle("etat_saisine", saisine.etat).lower())
            urgence = _label(listes, "urgence", saisine.urgence).lower() or self.tr("urgence à préciser")
            rows.append((saisine.id, text, details, _URGENCES.get(saisine.urgence, "quiet"), urgence))
        if not self.says(rows):
            self.show_rows(((each[0], self._line(*each[1:])) for each in rows), len(rows))

    def _line(self, text: str, details: list[str], role: str, words: str) -> Line:
        sub = " · ".join(filter(None, details))
        return Line(text, sub, chip=Chip(role, words), clickable=True)


class RendezVousCard(ListCard):
    """Rendez-vous of the day, initials unless names are asked for; one more is fixed in place."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(
            self.tr("Rendez-vous du jour"),
            self.tr("Aucun rendez-vous aujourd’hui."),
            action=self.tr("Fixer un &rendez-vous"),
            icon="calendar",
        )
        self.form = AgendaForm(clock.today, with_hour=True)
        self.body.insertWidget(0, self.form)
        set_margins(self.form, RING, 0, RING, 8)
        self.action_triggered.connect(self.form.open)

    def show_rendez_vous(self, rendez_vous: Sequence[RendezVous], *, names: bool, discreet: bool) -> None:
        """Show the day; names only when asked for, no words of hers in discreet mode."""
        if self.says(rendez_vous, names, discreet):
            return
        rows: list[tuple[object, QWidget]] = []
        for one in rendez_vous:
            who = f"{one.prenom} {one.nom}".strip() if names else initials(one.prenom, one.nom)
            words = " — ".join(filter(None, (who, "" if discreet else one.objet)))
            text = f"{format_heure(one.heure)}   {words or self.tr('rendez-vous')}"
            chip = Chip("accent", one.dossier) if one.dossier else None
            rows.append((one.dossier_id, Line(text, chip=chip, clickable=one.dossier_id is not None)))
        self.show_rows(rows, len(rows))


class RelancesCard(ListCard):
    """What is due; done in one press.

    Signals:
        done: Identifier of a relance.
    """

    done = Signal(int)

    def __init__(self, clock: Clock) -> None:
        super().__init__(
            self.tr("Relances"),
            self.tr("Rien n’est dû. Notez ici ce qu’il faudra rappeler ou vérifier."),
            action=self.tr("Noter une re&lance"),
            icon="clock",
        )
        self.form = AgendaForm(clock.today, with_hour=False)
        self.body.insertWidget(0, self.form)
        set_margins(self.form, RING, 0, RING, 8)
        self.action_triggered.connect(self.form.open)

    def show_relances(self, relances: Sequence[Relance], today: date, *, discreet: bool) -> None:
        """Show what is due, the oldest first."""
        if self.says(relances, today, discreet):
            return
        rows: list[tuple[object, QWidget]] = []
        for one in relances:
            words = self.tr("Relance") if discreet else one.objet
            late = (today - one.pour_le).days
            chip = Chip("warn" if late else "accent", _late(late))
            line = Line(words, one.dossier, chip=chip, clickable=one.dossier_id is not None)
            if one.dossier_id is not None:
                line.setProperty("dossier", one.dossier_id)
                line.activated.connect(self._on_dossier_activated)
            rows.append((None, self._with_button(line, one)))
        self.show_rows(rows, len(rows))

    def _with_button(self, line: Line, relance: Relance) -> QWidget:
        button = Button(self.tr("Fait"), kind="quiet", icon="check")
        button.setAccessibleName(self.tr("Relance faite"))
        button.setProperty("relance", relance.id)
        button.clicked.connect(self._on_done_clicked)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(line, 1)
        row.addWidget(button)
        return holder

    @Slot()
    def _on_done_clicked(self) -> None:
        self.done.emit(self.sender().property("relance"))

    @Slot()
    def _on_dossier_activated(self) -> None:
        self.chosen.emit(self.sender().property("dossier"))


class FichesCard(ListCard):
    """Fiches that nobody answered, the oldest first."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Fiches sans retour"),
            self.tr("Aucune fiche n’attend de réponse depuis trop longtemps."),
            action=self.tr("Toutes les fiches"),
            icon="send",
        )

    def show_fiches(self, fiches: Iterable[FicheEtablie], count: int, today: date) -> None:
        """Show the fiches with the days since they were issued.

        Args:
            fiches: Read as they come into sight: hundreds may wait.
            count: How many there are.
            today: Civil date.
        """
        self.show_rows(((fiche.id, self._line(fiche, today)) for fiche in fiches), count)

    def _line(self, fiche: FicheEtablie, today: date) -> Line:
        days = (today - fiche.etablie_le).days
        late = fiche.relance_le is not None and fiche.relance_le <= today
        chip = Chip("warn" if late else "accent", self.tr("{n} jours").format(n=days))
        step = self.tr("{etape} le {jour}")
        sub = step.format(etape=etape(fiche.etape), jour=format_jour(fiche.etape_le))
        text = " · ".join(filter(None, (fiche.numero, fiche.partenaire)))
        return Line(text, sub, chip=chip, clickable=True)


class ConventionCard(ListCard):
    """What the convention makes due; hidden when it asks for nothing.

    Signals:
        met: She met the référent.
    """

    met = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Convention"), icon="calendar")

    def show_rappels(self, rappels: Sequence[Rappel], today: date) -> None:
        """Show what is due; no name is in it."""
        if not self.says(rappels, today):
            self.show_rows([self._row(rappel, today) for rappel in rappels], len(rappels))
        self.setVisible(bool(rappels))

    def _row(self, rappel: Rappel, today: date) -> tuple[object, QWidget]:
        days = (rappel.jour - today).days
        chip = Chip("warn" if days < 0 else "accent", _within(days))
        if rappel.type == "bilan" and rappel.periode is not None:
            words = self.tr("Bilan à remettre : {periode}").format(periode=rappel.periode.libelle)
            sub = self.tr("avant le {jour}").format(jour=format_jour(rappel.jour))
            return "bilan", Line(words, sub, chip=chip, clickable=True)
        if rappel.type == "convention":
            ended = self.tr("La convention a pris fin") if days < 0 else self.tr("La convention prend fin")
            return "reglages", Line(ended, format_jour(rappel.jour), chip=chip, clickable=True)
        if rappel.type == "comite":
            return "bilan", Line(
                self.tr("Comité de suivi"), format_jour(rappel.jour), chip=chip, clickable=True
            )
        return None, self._meeting(chip)

    def _meeting(self, chip: Chip) -> QWidget:
        button = Button(self.tr("Fait"), kind="quiet", icon="check")
        button.setAccessibleName(self.tr("Rencontre avec le référent faite"))
        button.clicked.connect(self.met)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(Line(self.tr("Rencontre avec le référent"), chip=chip), 1)
        row.addWidget(button)
        return holder


_SOON = 7  # days left to answer a person
SECURITE = "reglages:securite"
"""The security page, as a draft would name it."""


class CoffreCard(ListCard):
    """What protects the coffre now, and what does not; nothing more is claimed.

    It emits ``SECURITE`` when the whole page is asked for.
    """

    def __init__(self) -> None:
        super().__init__(self.tr("Sécurité du coffre"), icon="shield-check", shown=10)  # none behind a link

    def show_state(
        self,
        notices: tuple[Notice, ...],
        etat: EtatSauvegardes,
        *,
        rappel: bool,
        exercice: bool,
        echus: int = 0,
        demandes: tuple[int, int] = (0, 0),
    ) -> None:
        """Show the live facts; activating the backups or the sheet leads to where they are seen to.

        Args:
            notices: What was found at the opening.
            etat: Of the backups.
            rappel: The last backup is old, and there is something to lose.
            exercice: The yearly reading of the sheet is due.
            echus: How many dossiers and saisines are past their time.
            demandes: How many requests of persons wait for their answer, and the days left to the most pressing.
        """
        last = moment(etat.derniere) if etat.derniere is not None else ""
        if self.says(notices, etat, last, rappel, exercice, echus, demandes):
            return
        rows = [
            Line(self.tr("Coffre chiffré"), chip=Chip("good", self.tr("oui"))),
            Line(self.tr("Clés du coffre"), chip=self._keys_chip(notices)),
            Line(self.tr("Verrouiller tout de suite"), chip=Chip("accent", self.tr("Ctrl+L"))),
        ]
        if "base_ancienne" in notices:
            older = Chip("alert", self.tr("plus ancienne qu’à la dernière fermeture"))
            rows.insert(0, Line(self.tr("Base du coffre"), chip=older))
        if "horloge_reculee" in notices:
            late = Chip("warn", self.tr("en retard sur le coffre"))
            rows.insert(0, Line(self.tr("Heure de l’ordinateur"), chip=late))
        keyed: list[tuple[object, QWidget]] = [(None, row) for row in rows]
        keyed.insert(1, ("reglages:sauvegardes", self._backups(etat, rappel=rappel)))
        if exercice:
            chip = Chip("warn", self.tr("à relire"))
            words = self.tr("Une fois par an, vérifiez qu’elle ouvre bien le coffre.")
            keyed.insert(
                2, ("reglages:phrase", Line(self.tr("Fiche de secours"), words, chip=chip, clickable=True))
            )
        more = Line(
            self.tr("Chiffrement du disque et autres vérifications"),
            chip=Chip("accent", self.tr("page Sécurité")),
            clickable=True,
        )
        keyed.append((SECURITE, more))
        keyed[:0] = self._of_people(echus, demandes)
        self.show_rows(keyed, len(keyed))

    def _of_people(self, echus: int, demandes: tuple[int, int]) -> list[tuple[object, QWidget]]:
        """What is owed to people: the answers that wait, then the dossiers to prolong or to erase."""
        rows: list[tuple[object, QWidget]] = []
        waiting, days = demandes
        if waiting:
            words = self.tr("%n attend(ent) une réponse", "", waiting)
            chip = Chip("alert" if days < 0 else "warn" if days <= _SOON else "accent", _within(days))
            asked = Line(self.tr("Demandes des personnes"), words, chip=chip, clickable=True)
            rows.append(("conformite:droits", asked))
        if echus:
            words = self.tr("%n à prolonger ou à effacer", "", echus)
            past = Line(self.tr("Temps de conservation passé"), chip=Chip("warn", words), clickable=True)
            rows.append(("conformite:echeances", past))
        return rows

    def _backups(self, etat: EtatSauvegardes, *, rappel: bool) -> Line:
        if etat.derniere is None:
            chip = Chip("warn" if rappel else "quiet", self.tr("aucune encore"))
            words = self.tr("La première se fera toute seule, à votre prochaine pause.")
        else:
            chip = Chip("warn", self.tr("ancienne")) if rappel else Chip("good", self.tr("vérifiée"))
            words = f"{moment(etat.derniere)}."
        if etat.dossier is None:
            words += " " + self.tr("Choisissez aussi une clé ou un autre dossier.")
        return Line(self.tr("Sauvegardes"), words, chip=chip, clickable=True)

    def _keys_chip(self, notices: tuple[Notice, ...]) -> Chip:
        if "entete_ancienne" in notices:
            return Chip("alert", self.tr("ancienne phrase remise en place"))
        if "entete_non_reparee" in notices:
            return Chip("warn", self.tr("une seule copie lisible"))
        if "entete_reparee" in notices:
            return Chip("warn", self.tr("une copie réparée"))
        return Chip("good", self.tr("deux copies en ordre"))


def since(day: date, today: date) -> str:
    """« aujourd’hui », « hier », « il y a 3 jours »."""
    days = (today - day).days
    if days <= 0:
        return translate("Journee", "aujourd’hui")
    return (
        translate("Journee", "hier") if days == 1 else translate("Journee", "il y a {n} jours").format(n=days)
    )


def _within(days: int) -> str:
    """« dans 3 jours », « demain », « aujourd’hui », « depuis 3 jours »."""
    if days <= 0:
        return _late(-days)
    return (
        translate("Journee", "demain") if days == 1 else translate("Journee", "dans {n} jours").format(n=days)
    )


def _late(days: int) -> str:
    if days <= 0:
        return translate("Journee", "aujourd’hui")
    return (
        translate("Journee", "depuis hier")
        if days == 1
        else translate("Journee", "depuis {n} jours").format(n=days)
    )


def _label(listes: ListesService, liste: str, code: str) -> str:
    """Label of a code, "" for what nobody answered."""
    return "" if code == NON_RENSEIGNE else listes.libelle(liste, code)
