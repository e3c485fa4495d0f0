"""What the law has documents say: whoever the employer, whatever the diploma, whichever the document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.fiche_sections import Diplome, Emetteur, Employeur
from iscg_desktop.domain.mentions import Fondement, Mention, TypeDocument, fondements, mentions, offered
from tests.domain.documents_exemples import emetteurs

KINDS = st.sampled_from(TypeDocument)


@given(KINDS, emetteurs(), st.booleans())
def test_article_40_binds_public_agents_only(kind: TypeDocument, sender: Emetteur, mineurs: bool) -> None:
    if sender.nature_employeur is None or not sender.nature_employeur.public:
        assert Mention.ARTICLE_40 not in mentions(kind, sender)
        assert Fondement.ARTICLE_40 not in fondements(kind, sender, mineurs=mineurs)


@given(KINDS, emetteurs())
def test_every_document_says_one_ground_of_secrecy(kind: TypeDocument, sender: Emetteur) -> None:
    secrecy = set(mentions(kind, sender)) - {Mention.ARTICLE_40}
    by_profession = sender.diplome is Diplome.ASSISTANT_SERVICE_SOCIAL
    assert secrecy == {Mention.SECRET_PROFESSION if by_profession else Mention.SECRET_MISSION}


@pytest.mark.parametrize("nature", [Employeur.DEPARTEMENT, Employeur.COMMUNE_EPCI])
def test_the_signalement_of_a_public_agent_states_the_duty(nature: Employeur) -> None:
    sender = Emetteur(nature_employeur=nature)
    assert Mention.ARTICLE_40 in mentions(TypeDocument.SIGNALEMENT, sender)
    assert Mention.ARTICLE_40 not in mentions(TypeDocument.INFORMATION_PREOCCUPANTE, sender)
    asked = Emetteur(nature_employeur=nature, rappeler_article_40=True)
    assert Mention.ARTICLE_40 in mentions(TypeDocument.INFORMATION_PREOCCUPANTE, asked)
    assert Mention.ARTICLE_40 not in mentions(TypeDocument.NOTE_INFORMATION, asked)


def test_the_regime_of_a_dossier_decides_what_is_offered() -> None:
    assert TypeDocument.INFORMATION_PREOCCUPANTE in offered("protection_enfance")
    assert TypeDocument.INFORMATION_PREOCCUPANTE not in offered("adulte_difficulte")
    for regime in ("protection_enfance", "adulte_difficulte"):
        assert TypeDocument.NOTE_INFORMATION in offered(regime)
        assert TypeDocument.FICHE not in offered(regime), "a fiche comes from an orientation"


def test_an_information_preoccupante_rests_on_child_protection_alone() -> None:
    kind = TypeDocument.INFORMATION_PREOCCUPANTE
    assert fondements(kind, Emetteur(), mineurs=True) == (Fondement.PROTECTION_ENFANCE,)
    assert fondements(TypeDocument.NOTE_INFORMATION, Emetteur(), mineurs=False) == ()
