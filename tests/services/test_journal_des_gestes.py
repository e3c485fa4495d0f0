"""Each gesture of a day has its line in the journal: what was done to what, and nobody's name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from iscg_desktop.domain.agenda import PermanenceDraft, RendezVousDraft
from iscg_desktop.domain.contact_partenaire import ContactDraft
from iscg_desktop.domain.coupon import Coupon
from iscg_desktop.domain.liste_dossiers import Filtre, Vue
from iscg_desktop.domain.mentions import TypeDocument
from iscg_desktop.domain.orientation import OrientationDraft, SuiteDraft
from iscg_desktop.domain.period import quarter_of
from iscg_desktop.domain.reglages import Reglages
from iscg_desktop.domain.saisine import SaisineDraft, TentativeDraft
from iscg_desktop.errors import UserError
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.services.fiches import issued
from tests.vie import TODAY, TestClock, draft, victime

pytestmark = pytest.mark.exigence("S47")

NAMES = ("péron", "lœil", "anaïs", "impasse du four", "dispute", "abgrall")


@contextmanager
def _noting(session: Session, *expected: str) -> Iterator[None]:
    """What is done inside writes these lines in the journal, in that order, and no other."""
    before = len(session.read.journal.entries())
    yield
    lines = sorted(session.read.journal.entries(), key=lambda each: each.id)[before:]
    assert [f"{each.action} {each.objet}" for each in lines] == list(expected)
    written = " ".join(f"{each.action} {each.objet} {each.reference}" for each in lines).casefold()
    assert not [name for name in NAMES if name in written]


def test_a_saisine_and_its_agenda(vie: tuple[Services, Session]) -> None:
    services, session = vie
    use = services.saisines
    with _noting(session, "creation saisine"):
        saisine, _ = use.record(SaisineDraft(TODAY, motif="Dispute"))
    with _noting(session, "tentative saisine"):
        use.add_tentative(saisine, TentativeDraft(TODAY, time(9), "injoignable", "Dispute"))
    with _noting(session, "rendez_vous saisine"):
        use.fix_rendez_vous(saisine, RendezVousDraft(TODAY, time(10), unite_id=1, lieu="unite"))
    with _noting(session, "creation rendez_vous"):
        services.agenda.add_rendez_vous(RendezVousDraft(TODAY, time(14), objet="Dispute"))
    with _noting(session, "creation rendez_vous"):
        services.journee.add_rendez_vous(TODAY, time(15), "Dispute")
    with _noting(session, "creation permanence"):
        services.agenda.add_permanence(PermanenceDraft(1, TODAY, time(9), time(12)))
    with _noting(session, "creation relance", "modification relance"):
        services.journee.add_relance(TODAY, "Dispute")
        services.journee.close_relance(services.journee.relances()[0].id)
    with _noting(session, "impression feuille_du_jour"):
        services.agenda.note_printed(TODAY)


def test_a_dossier_and_its_persons(vie: tuple[Services, Session]) -> None:
    services, session = vie
    with _noting(session, "creation dossier", "creation entretien"):
        recorded = services.entretiens.record(draft())
    dossier = recorded.dossier_id
    with _noting(session, "lecture dossier", "lecture entretien", "lecture personne"):
        services.dossiers.open(dossier)
        services.entretiens.open(recorded.entretien_id)
        services.personnes.open(recorded.personne_ids[0])
    with _noting(session, "modification entretien"):
        services.entretiens.amend(recorded.entretien_id, services.entretiens.draft_of(recorded.entretien_id))
    with _noting(session, "modification personne"):
        services.personnes.amend(recorded.personne_ids[0], victime(surnom="Nana").identite)
    with _noting(
        session, "creation point_referent", "modification point_referent", "impression liste_points"
    ):
        services.referent.add(dossier, "Dispute")
        services.referent.see(services.referent.points(dossier)[0].id, TODAY, "Dispute")
        services.referent.printed()
    with _noting(session, "creation orientation"):
        services.orientations.add(
            dossier, recorded.personne_ids[0], OrientationDraft(0, "ccas", motif="Dispute")
        )
    with _noting(session, "creation suite"):
        services.orientations.add_suite(recorded.orientation_ids[0], SuiteDraft("sans_suite", TODAY))
    with _noting(session, "creation contact", "modification contact", "suppression contact"):
        contact, _ = services.contacts.record(ContactDraft(1, TODAY, dossier_id=dossier, note="Dispute"))
        services.contacts.change(contact, ContactDraft(1, TODAY, note="Dispute"))
        services.contacts.delete(contact)
    with _noting(session, "cloture dossier", "reouverture dossier"):
        services.dossiers.close(dossier, "Dispute")
        services.dossiers.reopen(dossier, "Dispute")
    other = services.entretiens.record(draft(saisine=None))
    one, two = recorded.personne_ids[0], other.personne_ids[0]
    with _noting(session, "distinction personne", "annulation_distinction personne", "fusion personne"):
        services.fusions.say_apart(one, two)
        services.fusions.say_nothing(one, two)
        services.fusions.merge(one, two)
    with _noting(session, "modification dossier"):
        services.documents.protect_child(dossier)
    note = services.documents.prepare(dossier, TypeDocument.NOTE_INFORMATION, one)
    with _noting(session, "creation note_information", "imprimee note_information"):
        made = services.documents.issue(dossier, one, note)
        services.documents.follow(made.document_id, "imprimee")


def test_what_leaves_the_coffre(vie: tuple[Services, Session], tmp_path: Path) -> None:
    services, session = vie
    fiche = issued(services)
    with _noting(session, "imprimee fiche", "enregistree fiche", "export coupon"):
        services.fiches.follow(fiche, "imprimee")
        services.fiches.save(fiche, tmp_path / "fiche.pdf", None)
        services.retours.save_coupon(fiche, tmp_path / "coupon.pdf")
    with _noting(session, "creation tournee", "modification tournee", "impression bordereau"):
        tournee, _ = services.tournees.create(TODAY, [fiche])
        services.tournees.put(tournee, [fiche], TODAY)
        services.tournees.printed_bordereaux(tournee)
    with _noting(session, "retour fiche"):
        services.retours.record(fiche, Coupon(suite="sans_suite", date=TODAY))
    with _noting(session, "export agenda", "export annuaire"):
        services.agenda.save_calendar(tmp_path / "agenda.ics")
        services.annuaire_echange.save(tmp_path / "annuaire.csv", correspondants=False)


def test_a_coupon_the_disk_refuses_is_not_noted(vie: tuple[Services, Session], tmp_path: Path) -> None:
    services, session = vie
    fiche = issued(services)
    with _noting(session), pytest.raises(UserError):
        services.retours.save_coupon(fiche, tmp_path / "absent" / "coupon.pdf")


def test_the_corbeille_a_letter_and_a_view(vie: tuple[Services, Session], tmp_path: Path) -> None:
    services, session = vie
    recorded = services.entretiens.record(draft())
    letter = tmp_path / "péron.pdf"
    letter.write_bytes(services.fiches.pdf(issued(services)))
    with _noting(session, "creation piece_jointe", "lecture piece_jointe"):
        piece, _ = services.pieces_jointes.add(letter, recorded.dossier_id, recorded.entretien_id)
        services.pieces_jointes.open(piece)
    with _noting(session, "corbeille entretien", "restauration entretien"):
        services.corbeille.put(recorded.entretien_id)
        services.corbeille.restore(recorded.entretien_id)
    with _noting(session, "creation vue", "suppression vue"):
        services.liste_dossiers.keep_vue(Vue("Péron", Filtre()))
        services.liste_dossiers.drop_vue("Péron")


def test_what_she_sets(vie: tuple[Services, Session]) -> None:
    services, session = vie
    with _noting(session, "modification reglages"):
        services.reglages.set(Reglages(corbeille_jours=60))
    with _noting(session, "modification reglages"):
        services.convention.set(replace(services.convention.get(), referent="Abgrall"))
    with _noting(session, "creation mot", "suppression mot"):
        services.orthographe.add("Péron")
        services.orthographe.remove("Péron")


def test_an_import_and_its_undoing(vie: tuple[Services, Session]) -> None:
    services, session = vie
    session.territories.load()
    use = services.importation
    fichier = use.read("date;nom;problématique\n12/10/2026;Péron;Autre\n".encode(), "péron.csv")
    with _noting(session, "creation dossier", "creation entretien", "import dossiers"):
        use.run(fichier, use.propose(fichier), quarter_of(TODAY))
    with _noting(session, "suppression import"):
        use.take_back(use.all()[0].id)


def test_a_bilan_that_is_arrete(vie: tuple[Services, Session], clock: TestClock, tmp_path: Path) -> None:
    services, session = vie
    services.entretiens.record(draft())
    clock.day = date(2027, 1, 4)
    prepared = services.bilans.prepare(quarter_of(TODAY))
    protected = services.bilans.protect(prepared)
    with _noting(session, "arrete bilan"):
        services.bilans.arreter(prepared, protected)
    with _noting(session, "export bilan"):
        services.bilans.export(quarter_of(TODAY), tmp_path)
