"""Documents other than the fiche: prepared, gated, issued for good, reprinted, corrected, erased with their dossier."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.document import DocumentContent, Fait, Source, texts_in
from iscg_desktop.domain.entretien import PersonneDraft
from iscg_desktop.domain.fiche_sections import Canal, Destinataire, Reponse, Urgence
from iscg_desktop.domain.mentions import Fondement, TypeDocument
from iscg_desktop.domain.mise_en_page import MiseEnPage
from iscg_desktop.domain.partenaire import PartenaireDraft
from iscg_desktop.domain.personne import Identite, Profil
from iscg_desktop.errors import BugError, InvalidInput, UserError
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.documents.lecture import pages, squashed
from tests.documents.test_documents import picture
from tests.vie import TODAY, TestClock, draft, open_services, victime

IP, SG, NI = (
    TypeDocument.INFORMATION_PREOCCUPANTE,
    TypeDocument.SIGNALEMENT,
    TypeDocument.NOTE_INFORMATION,
)
LEO = Identite(nom_naissance="Lœil", prenom="Léo", sexe="homme", naissance=Naissance(date=date(2018, 5, 2)))
GWENDAL = Identite(nom_naissance="Morvan", prenom="Gwendal", telephone="06 99 99 99 99")
PHRASE = "cabane verger silence tournesol"


def someone(identite: Identite, statut: str) -> PersonneDraft:
    return PersonneDraft(identite=identite, profil=Profil(statut=statut), presente=False)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Services, Session]]:
    """A coffre with one dossier: a mother, her child, the mis en cause."""
    services, session = open_services(tmp_path, TestClock())
    services.orientations.add_partenaire(PartenaireDraft("CRIP 35", "crip", adresse="2 rue du Pré"))
    services.entretiens.record(
        draft(
            personnes=(
                victime(),
                someone(LEO, "ni_l_un_ni_l_autre"),
                someone(GWENDAL, "mis_en_cause"),
            )
        )
    )
    yield services, session
    session.vault.close()


@pytest.fixture
def services(opened: tuple[Services, Session]) -> Services:
    """Its dossier under the regime of child protection."""
    opened[0].documents.protect_child(1)
    return opened[0]


def whole(services: Services) -> DocumentContent:
    return replace(
        services.documents.prepare(1, IP),
        urgence=Urgence.IMMEDIATE,
        faits=(Fait(quand="hier", source=Source.VU, texte="Il se tait."),),
        danger="Des violences répétées.",
        demande="Évaluer.",
        informes=Reponse.NON,
        informes_motif="Contraire à son intérêt.",
    )


def test_the_regime_decides_what_is_offered(opened: tuple[Services, Session]) -> None:
    services, _ = opened
    assert services.documents.offered(1) == (SG, NI)
    with pytest.raises(UserError, match="document_hors_regime"):
        services.documents.prepare(1, IP)
    services.documents.protect_child(1)
    assert services.documents.offered(1) == (IP, SG, NI)


def test_it_comes_with_the_children_of_the_dossier_and_nobody_else(services: Services) -> None:
    content = services.documents.prepare(1, IP)
    assert [each.prenom for each in content.concernes] == ["Léo"]
    assert (content.concernes[0].naissance, content.concernes[0].sexe) == (
        "02/05/2018 (8\u00a0ans)",
        "garçon",
    )
    assert content.destinataire == Destinataire(
        service="CRIP 35", adresse="2 rue du Pré", canal=Canal.MAIN_PROPRE
    )
    assert content.base is Fondement.PROTECTION_ENFANCE
    assert (content.responsables, content.faits, content.informes) == ((), (), None)
    text = content.to_json()
    for words in ("Gwendal", "Anaïs", "Rappeler jeudi", "orientée vers le service social"):
        assert words not in text


def test_what_may_be_added_holds_no_working_note_and_no_statut(services: Services) -> None:
    offres = services.documents.offres(1, IP)
    assert [each.prenom for each in offres.responsables] == ["Anaïs", "Gwendal"]
    assert [each.texte for each in offres.faits] == [
        "Madame souhaite être orientée vers le service social de secteur."
    ]
    said = str(offres)
    for words in ("Rappeler jeudi", "mis_en_cause", "Mis en cause", "06 00 00 00 02", "06 99 99 99 99"):
        assert words not in said
    assert texts_in(offres.responsables)[1] == ("", "Gwendal", "Morvan", "", "", "")


def test_a_note_is_about_one_person_and_offers_nobody(services: Services) -> None:
    note = services.documents.prepare(1, NI, 1)
    assert (note.personne, note.duree_mois) == ("Anaïs Lœil", 24)
    offers = services.documents.offres(1, NI)
    assert (offers.concernes, offers.responsables, offers.faits) == ((), (), ())
    issued = services.documents.issue(1, 1, note)
    (page,) = pages(services.documents.pdf(issued.document_id))
    for words in ("Gwendal", "Léo", "Morvan", "violences"):
        assert words not in page


def test_where_no_message_may_be_left_a_note_bears_no_name(services: Services, tmp_path: Path) -> None:
    services.entretiens.record(draft(personnes=(victime(sans_message=True),)))
    dossier = services.dossiers.reread(2)
    assert services.documents.prepare(2, NI, dossier.personnes[0].personne.id).personne == ""


def test_without_base_or_facts_it_is_not_issued_and_nothing_is_numbered(services: Services) -> None:
    content = whole(services)
    for wrong in (replace(content, base=None), replace(content, faits=()), replace(content, informes=None)):
        with pytest.raises(InvalidInput):
            services.documents.issue(1, None, wrong)
    with pytest.raises(UserError, match="fiche_glyphes"):
        services.documents.issue(1, None, replace(content, danger="漢"))
    assert services.documents.of_dossier(1) == ()
    assert str(services.documents.next_numero(IP)).startswith("IP-MKE-2026-0001-")


def test_issued_it_is_kept_for_good_with_its_values_and_its_digest(
    services: Services, opened: tuple[Services, Session]
) -> None:
    _, session = opened
    issued = services.documents.issue(1, None, whole(services))
    pdf = services.documents.pdf(issued.document_id)
    assert services.documents.content(issued.document_id) == whole(services)
    row = session.vault.execute("SELECT sha256 FROM documents_etablis").one()
    assert row["sha256"] == hashlib.sha256(pdf).digest()
    for column in ("numero", "valeurs", "pdf", "gabarit"):
        with pytest.raises(BugError):
            session.vault.execute(f"UPDATE documents_etablis SET {column} = {column}")
    assert squashed(issued.numero) in squashed(pages(pdf)[0])
    assert services.dossiers.find(issued.numero)[0].id == 1
    lines = session.vault.execute("SELECT action, objet, reference FROM journal ORDER BY id DESC").first()
    assert tuple(lines[name] for name in ("action", "objet", "reference")) == (
        "creation",
        IP.value,
        issued.numero,
    )


def test_bytes_that_no_longer_match_their_digest_are_never_printed(
    services: Services, opened: tuple[Services, Session]
) -> None:
    issued = services.documents.issue(1, None, whole(services))
    sql = opened[1].vault
    sql.execute("DROP TRIGGER documents_etablis_inalterables")
    sql.execute("UPDATE documents_etablis SET pdf = x'00'")
    with pytest.raises(BugError):
        services.documents.pdf(issued.document_id)


def test_what_the_regime_does_not_call_for_is_not_issued_either(opened: tuple[Services, Session]) -> None:
    services, session = opened
    services.documents.protect_child(1)
    content = whole(services)
    with session.transaction() as tx:
        tx.dossiers.put_regime(1, "adulte_difficulte")
        tx.commit()
    with pytest.raises(UserError, match="document_hors_regime"):
        services.documents.issue(1, None, content)


def test_each_kind_has_its_own_series(services: Services) -> None:
    first = services.documents.issue(1, None, whole(services)).numero
    second = services.documents.issue(1, None, whole(services)).numero
    note = services.documents.issue(1, 1, services.documents.prepare(1, NI, 1)).numero
    assert [each[:16] for each in (first, second, note)] == [
        "IP-MKE-2026-0001",
        "IP-MKE-2026-0002",
        "NI-MKE-2026-0001",
    ]
    assert str(services.fiches.next_numero()).startswith("MKE-2026-0001")


def test_a_new_logo_changes_what_comes_and_nothing_that_was_issued(
    services: Services, tmp_path: Path
) -> None:
    orientation = services.dossiers.orientations(1)[0].id
    fiche = services.fiches.issue(orientation, services.fiches.prepare(orientation)).fiche_id
    document = services.documents.issue(1, None, whole(services)).document_id
    before = services.fiches.pdf(fiche), services.documents.pdf(document)
    path = tmp_path / "logo.png"
    path.write_bytes(picture(300, 100))
    logo = services.mise_en_page.read_logo(path)
    look = MiseEnPage(service="Service des intervenants", pied="Un pied de page")
    services.mise_en_page.set(look, logo, "dpo@exemple.fr")
    assert (services.fiches.pdf(fiche), services.documents.pdf(document)) == before
    assert services.documents.content(document).mise_en_page == MiseEnPage()
    later = services.documents.issue(1, None, whole(services)).document_id
    kept = services.documents.content(later).mise_en_page
    assert kept == replace(look, logo=hashlib.sha256(logo).hexdigest())
    assert "Un pied de page" in pages(services.documents.pdf(later))[0]
    assert len(PdfReader(io.BytesIO(services.documents.pdf(later))).pages[0].images) == 1
    other = services.fiches.issue(orientation, services.fiches.prepare(orientation)).fiche_id
    assert "Service des intervenants" in pages(services.fiches.pdf(other))[0]
    assert services.fiches.content(other).mise_en_page == kept
    assert services.documents.prepare(1, NI, 1).dpo == "dpo@exemple.fr"


def test_a_correction_is_a_new_version_made_once(services: Services) -> None:
    old = services.documents.issue(1, None, whole(services)).document_id
    corrected = replace(services.documents.correction(old), danger="Précisé.")
    new = services.documents.issue(1, None, corrected, old).document_id
    assert services.documents.get(new).version == 2
    assert services.documents.get(old).remplace_par == services.documents.get(new).numero
    assert services.documents.get(old).numero in "".join(pages(services.documents.pdf(new)))
    with pytest.raises(UserError, match="document_deja_remplace"):
        services.documents.issue(1, None, corrected, old)


def test_it_is_saved_encrypted_or_refused_and_each_step_is_noted(services: Services, tmp_path: Path) -> None:
    document = services.documents.issue(1, None, whole(services)).document_id
    path = tmp_path / services.documents.file_name(document)
    assert "LŒIL" not in path.name.upper()
    with pytest.raises(UserError, match="pdf_phrase_courte"):
        services.documents.save(document, path, "court")
    services.documents.save(document, path, PHRASE)
    reader = PdfReader(path)
    assert reader.is_encrypted
    assert reader.decrypt(PHRASE)
    services.documents.follow(document, "remise")
    services.documents.follow(document, "imprimee")
    assert [step.etape for step in services.documents.trace(document)] == [
        "enregistree",
        "remise",
        "imprimee",
    ]
    assert services.documents.get(document).etape == "remise"


def test_the_information_given_is_noted_once_on_its_day(services: Services) -> None:
    services.entretiens.record(draft(personnes=(victime(informee_le=None),)))
    personne = services.dossiers.reread(2).personnes[0].personne
    assert services.documents.informed(personne.id) is None
    with pytest.raises(InvalidInput):
        services.documents.inform(2, personne.id, TODAY + timedelta(1))
    services.documents.inform(2, personne.id, TODAY)
    assert services.documents.informed(personne.id) == TODAY
    again = services.dossiers.reread(2).personnes[0].personne.identite
    assert again == replace(personne.identite, informee_le=TODAY)


def test_it_goes_with_its_dossier(services: Services, opened: tuple[Services, Session]) -> None:
    _, session = opened
    document = services.documents.issue(1, 1, services.documents.prepare(1, NI, 1)).document_id
    services.documents.follow(document, "imprimee")
    session.vault.execute("DELETE FROM documents_etablis WHERE dossier_id = 1")
    assert session.vault.execute("SELECT count(*) FROM document_suivis").scalar() == 0
    sql = session.vault.execute("SELECT sql FROM sqlite_master WHERE name = 'documents_etablis'").scalar()
    assert "REFERENCES dossiers (id) ON DELETE CASCADE" in sql


def test_a_look_that_does_not_fit_changes_nothing(services: Services) -> None:
    for wrong in (
        MiseEnPage(service="s" * 121),
        MiseEnPage(coordonnees="l\n" * 6),
        MiseEnPage(pied="p" * 111),
        MiseEnPage(pied="deux\nlignes"),
    ):
        with pytest.raises(InvalidInput):
            services.mise_en_page.set(wrong, None, "")
    with pytest.raises(UserError, match="fiche_glyphes"):
        services.mise_en_page.set(MiseEnPage(pied="漢"), None, "")
    assert services.mise_en_page.get() == (MiseEnPage(), None, "")


def test_the_specimen_shows_the_look_on_a_fiche_of_nobody(services: Services) -> None:
    read = pages(services.mise_en_page.specimen(MiseEnPage(service="Mon service", pied="Mon pied"), None)())
    assert "Mon service" in read[0]
    assert "Mon pied" in read[-1]
    assert "APERÇU" in read[0]
    assert "Maëlle Kerdoncuff" in read[0]
