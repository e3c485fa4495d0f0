"""The day of the demonstration: what its pages have to show that morning."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from iscg_desktop.domain.agenda import PermanenceDraft, RendezVousDraft, monday_of
from iscg_desktop.domain.mentions import TypeDocument
from iscg_desktop.domain.saisine import SaisineDraft, TentativeDraft
from iscg_desktop.services.demo.dossiers import POINTS
from iscg_desktop.services.services import Services

NOTES_GIVEN = 3
"""Last dossiers whose person has had her note d’information."""


def fill_today(services: Services, unites: Iterable[int]) -> None:
    """What the day's page shows: waiting saisines, rendez-vous, a relance, a permanence."""
    today = services.clock.today()
    places = tuple(unites)
    _fill_saisines(services, places[0], today)
    recent = services.dossiers.find("", limit=2)
    for line, hour in zip(recent, (time(9, 30), time(11, 0)), strict=False):
        dossier = services.dossiers.reread(line.id)
        person = dossier.personnes[0].personne
        services.journee.add_rendez_vous(
            today, hour, "Entretien", unite_id=places[0], dossier_id=line.id, personne_id=person.id
        )
        for child in dossier.personnes[1:]:
            services.personnes.link(person.id, child.personne.id, "enfant")
    if recent:
        services.journee.add_relance(today, "Appeler le service social de secteur", recent[0].id)
    for jour, place in zip(range(5), itertools.cycle(places), strict=False):
        first = monday_of(today) + timedelta(days=jour)
        services.agenda.add_permanence(PermanenceDraft(place, first, time(9), time(12)))
    for line, texte in zip(services.dossiers.find("", limit=7)[2::2], POINTS, strict=False):
        services.referent.add(line.id, texte)
    services.journee.choose_permanence(places[0])
    _inform(services)


def _inform(services: Services) -> None:
    """Notes given to the persons of the last dossiers."""
    documents = services.documents
    for line in services.dossiers.find("", limit=NOTES_GIVEN):
        dossier = services.dossiers.reread(line.id)
        person = dossier.personnes[0].personne
        note = documents.prepare(line.id, TypeDocument.NOTE_INFORMATION, person.id)
        issued = documents.issue(line.id, person.id, note)
        documents.follow(issued.document_id, "remise")
        documents.inform(line.id, person.id, services.clock.today())


def _fill_saisines(services: Services, unite_id: int, today: date) -> None:
    """A morning's triage: one to call at once, one called twice, one who refused, one to meet, one reoriented."""
    use = services.saisines

    def noted(urgence: str, motif: str, support: str, days: int = 0, **others: Any) -> int:
        draft = SaisineDraft(
            today - timedelta(days=days), origine="gendarmerie", support=support, unite_id=unite_id,
            urgence=urgence, motif=motif, demandeur="Unité",
        )  # fmt: skip
        return use.record(replace(draft, **({"accord_contact": "oui"} | others)))[0]

    noted("immediate", "Intervention de nuit, couple et deux enfants", "intervention", heure=time(6, 45))
    called = noted("sous_48h", "Main courante, personne âgée isolée", "main_courante", 3)
    for back, heure, resultat in ((2, time(10), "injoignable"), (1, time(17, 30), "rappel")):
        use.add_tentative(called, TentativeDraft(today - timedelta(days=back), heure, resultat))
    noted("differee", "Conflit de voisinage", "tour_du_matin", accord_contact="non")
    met = noted("sous_48h", "Séparation conflictuelle", "plainte_audition", 1, sans_message=True)
    use.fix_rendez_vous(
        met, RendezVousDraft(today + timedelta(days=1), time(14), lieu="unite", unite_id=unite_id)
    )
    use.close(noted("differee", "Demande de logement", "appel_courriel", 6), "reorientee")
