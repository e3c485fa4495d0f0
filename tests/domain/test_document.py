"""What each document may hold, what forbids issuing it, what is missing from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.document import DocumentContent, Fait, NumeroDocument, Responsable, Source
from iscg_desktop.domain.document_controles import check_document, missing, procedure_words
from iscg_desktop.domain.fiche_numero import Numero
from iscg_desktop.domain.fiche_sections import Canal, Destinataire, Emetteur, Employeur, Reponse
from iscg_desktop.domain.mentions import Fondement, TypeDocument
from iscg_desktop.errors import BugError, UserError
from tests.domain.documents_exemples import ALL, IP, NOTE, SIGNALEMENT, emetteurs
from tests.domain.fiche_exemples import TODAY


def codes(content: DocumentContent) -> set[str]:
    return {problem.code for problem in check_document(content, TODAY)}


@pytest.mark.parametrize("content", ALL)
def test_a_whole_document_may_be_issued_and_lacks_little(content: DocumentContent) -> None:
    assert codes(content) == set()
    assert content.whole() == content


@given(
    st.sampled_from(TypeDocument),
    st.sampled_from(ALL),
    emetteurs(),
    st.booleans(),
    st.sampled_from(Fondement),
)
def test_no_document_holds_what_its_kind_must_not(
    kind: TypeDocument, start: DocumentContent, sender: Emetteur, mineurs: bool, base: Fondement
) -> None:
    whole = replace(start, document=kind, emetteur=sender, mineurs=mineurs, base=base).whole()
    assert whole.whole() == whole
    if kind is TypeDocument.NOTE_INFORMATION:
        assert (whole.concernes, whole.responsables, whole.faits, whole.destinataire) == (
            (),
            (),
            (),
            Destinataire(),
        )
    else:
        assert whole.personne == ""
        assert whole.mineurs or whole.responsables == (), "an adult is named alone"
    assert whole.base is None or whole.base in whole.fondements
    if sender.nature_employeur in (None, Employeur.ASSOCIATION):
        assert whole.base is not Fondement.ARTICLE_40


@pytest.mark.parametrize("content", ALL)
def test_it_goes_to_canonical_text_and_back(content: DocumentContent) -> None:
    assert DocumentContent.from_json(content.to_json()) == content
    newer = content.to_json().replace('"gabarit":1,', '"gabarit":2,"nouveau":"",')
    with pytest.raises(UserError, match="fiche_gabarit_inconnu"):
        DocumentContent.from_json(newer)


def test_a_note_with_someone_else_is_never_kept() -> None:
    with pytest.raises(BugError):
        replace(NOTE, responsables=IP.responsables).to_json()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"base": None}, "fiche_sans_base"),
        ({"informes": None}, "fiche_parents_non_precise"),
        ({"informes": Reponse.INCONNU}, "fiche_parents_non_precise"),
        ({"informes_motif": " "}, "fiche_parents_sans_motif"),
        ({"informes": Reponse.OUI, "informes_le": TODAY + timedelta(1)}, "fiche_information_future"),
        ({"concernes": ()}, "document_sans_enfant"),
        ({"faits": ()}, "document_sans_faits"),
        ({"faits": (Fait(source=Source.VU, texte="Il crie."),)}, "document_fait_sans_date"),
        ({"faits": (Fait(quand="hier", texte="Il crie."),)}, "document_fait_sans_source"),
        (
            {"faits": (Fait(quand="hier", source=Source.DIT_PAR, texte="Il crie."),)},
            "document_fait_sans_auteur",
        ),
        ({"danger": ""}, "document_sans_danger"),
        ({"demande": ""}, "document_sans_demande"),
        ({"urgence": None}, "fiche_sans_urgence"),
        ({"destinataire": Destinataire(canal=Canal.MAIN_PROPRE)}, "fiche_sans_destinataire"),
        ({"destinataire": Destinataire(service="CRIP", canal=Canal.COURRIER)}, "fiche_courrier_sans_adresse"),
        ({"emetteur": Emetteur(employeur="Département")}, "fiche_emetteur_sans_nom"),
    ],
)
def test_what_must_be_said_forbids_it_alone(changes: dict[str, Any], code: str) -> None:
    assert codes(replace(IP, **changes)) == {code}


def test_an_adult_is_asked_about_herself_not_about_parents() -> None:
    assert codes(replace(SIGNALEMENT, informes=None)) == {"document_personne_non_precise"}
    assert codes(replace(SIGNALEMENT, informes_motif="")) == {"document_personne_sans_motif"}
    assert codes(replace(SIGNALEMENT, concernes=())) == {"document_sans_personne"}


def test_a_note_says_whom_to_write_to_and_for_how_long() -> None:
    assert codes(replace(NOTE, dpo="", emetteur=replace(NOTE.emetteur, adresse=""))) == {"note_sans_contact"}
    assert codes(replace(NOTE, duree_mois=0)) == {"note_sans_duree"}
    assert "note_manque_dpo" in {each.code for each in missing(replace(NOTE, dpo=""))}


def test_what_is_missing_stops_nothing_and_is_named() -> None:
    bare = replace(IP, responsables=(), connaissance="", deja_fait="")
    named = {each.code for each in missing(bare)}
    assert {"fiche_manque_parents", "document_manque_connaissance", "document_manque_deja_fait"} <= named
    assert codes(bare) == set()
    unknown = replace(IP, responsables=(Responsable(nom="Lœil"),))
    assert "document_manque_autorite" in {each.code for each in missing(unknown)}


def test_words_of_the_procedure_are_recognised() -> None:
    text = "Après sa garde à vue, d’après le PV et le procès-verbal, auditionnée hier. Le PVC du toit."
    assert procedure_words(text) == ("garde à vue", "pv", "procès-verbal", "auditionnée")
    assert procedure_words("Il est parti à pied.") == ()


def test_the_number_of_a_document_is_not_that_of_a_fiche() -> None:
    numero = Numero("MKE", 2026, 1)
    texts = {str(NumeroDocument(content.document, numero)) for content in ALL}
    assert len(texts) == 3
    assert str(numero) not in texts
    for content in ALL:
        assert "*" not in NumeroDocument(content.document, numero).nom_fichier
        for rank in range(1, 60):
            assert "*" not in NumeroDocument(content.document, Numero("MKE", 2026, rank)).nom_fichier
