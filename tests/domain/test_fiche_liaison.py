"""What a fiche keeps for its recipient, and its canonical text."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import reduce
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscg_desktop.domain.canonical import to_canonical
from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.fiche_liaison import (
    CHAMPS_DES_ITEMS,
    GABARIT,
    ITEMS_PAR_DEFAUT,
    FicheContent,
    Item,
)
from iscg_desktop.domain.fiche_sections import Diplome, Emetteur, Employeur, MentionSecret, Personne
from iscg_desktop.errors import BugError, UserError
from tests.domain.fiche_exemples import MINIMALE, TODAY, fiche_contents, filled, marker

selections = st.frozensets(st.sampled_from(Item))

# Always transmitted, whatever is ticked.
ALWAYS = (
    {"gabarit", "etablie_le", "type", "urgence", "alerte", "alerte_motif", "motif", "items"}
    | {"contact_sur.ne_pas_laisser_de_message"}
    | {
        f"personne.{n}"
        for n in ("nom_naissance", "nom_usage", "prenom", "designation", "sexe", "mineur", "commune")
    }
)
ALWAYS_SECTIONS = ("emetteur", "destinataire", "information", "base", "mise_en_page")


def leaves(value: Any, path: str = "") -> dict[str, Any]:
    """Path to value of every field, tuples and births taken whole."""
    found: dict[str, Any] = {}
    for each in fields(value):
        inner, name = getattr(value, each.name), f"{path}.{each.name}".strip(".")
        if is_dataclass(inner) and not isinstance(inner, Naissance):
            found |= leaves(inner, name)
        else:
            found[name] = inner
    return found


def test_every_field_is_always_transmitted_or_belongs_to_one_item() -> None:
    owned = [path for paths in CHAMPS_DES_ITEMS.values() for path in paths]
    assert len(owned) == len(set(owned))
    assert set(CHAMPS_DES_ITEMS) == set(Item)
    for path in leaves(FicheContent()):
        owners = [p for p in owned if path == p or path.startswith(f"{p}.")]
        always = path in ALWAYS or path.split(".")[0] in ALWAYS_SECTIONS
        assert len(owners) == (0 if always else 1), path


@pytest.mark.parametrize("item", Item)
def test_what_is_not_ticked_never_reaches_the_canonical_text(item: Item) -> None:
    everything: FicheContent = filled()
    without = everything.for_recipient(frozenset(Item) - {item})
    text = without.to_json()
    for path in CHAMPS_DES_ITEMS[item]:
        default = reduce(getattr, path.split("."), FicheContent())
        assert reduce(getattr, path.split("."), without) == default
    for path, value in leaves(everything).items():
        if isinstance(value, str) and value == marker(path):
            dropped = any(path == p or path.startswith(f"{p}.") for p in CHAMPS_DES_ITEMS[item])
            assert (value in text) is not dropped, path


@given(fiche_contents(), selections)
@settings(max_examples=50, deadline=None)
def test_filtering_twice_changes_nothing_more(content: FicheContent, selection: frozenset[Item]) -> None:
    once = content.for_recipient(selection)
    assert once.for_recipient(selection) == once
    assert once.filtree
    assert once.items == selection


def test_the_other_party_the_statut_and_the_means_are_off_by_default() -> None:
    off = {Item.AUTRE_PARTIE, Item.STATUT, Item.ACTIVITE, Item.RESSOURCES, Item.LOGEMENT}
    assert not off & ITEMS_PAR_DEFAUT
    content = filled().for_recipient(ITEMS_PAR_DEFAUT)
    assert content.autres_parties == ()
    assert content.statut == content.situation.activite == content.situation.logement == ""


def test_the_warning_against_leaving_a_message_is_never_dropped() -> None:
    assert MINIMALE.for_recipient(frozenset()).contact_sur.ne_pas_laisser_de_message


def test_a_minor_stays_one_when_the_birth_is_not_transmitted() -> None:
    child = replace(MINIMALE, personne=Personne(prenom="Léo", naissance=Naissance(date=date(2015, 5, 1))))
    kept = child.for_recipient(frozenset(Item) - {Item.NAISSANCE})
    assert kept.personne.naissance is None
    assert kept.mineur


def test_a_content_with_unticked_items_has_no_canonical_text() -> None:
    full = replace(MINIMALE, recit="Récit", items=frozenset())
    assert not full.filtree
    with pytest.raises(BugError):
        full.to_json()
    assert FicheContent.from_json(to_canonical(full)) == full


@given(fiche_contents())
@settings(max_examples=50, deadline=None)
def test_the_canonical_text_loses_nothing(content: FicheContent) -> None:
    assert FicheContent.from_json(to_canonical(content)) == content
    sent = content.for_recipient(content.items)
    text = sent.to_json()
    assert FicheContent.from_json(text) == sent
    assert FicheContent.from_json(text).to_json() == text
    assert unicodedata.is_normalized("NFC", text)


def test_two_spellings_of_an_accent_give_the_same_text() -> None:
    composed, decomposed = replace(MINIMALE, motif="\u00e9tat"), replace(MINIMALE, motif="e\u0301tat")
    assert composed == decomposed
    assert (
        composed.for_recipient(composed.items).to_json()
        == decomposed.for_recipient(decomposed.items).to_json()
    )


def test_a_newer_template_is_refused_with_a_sentence() -> None:
    text = to_canonical(MINIMALE).replace(f'"gabarit":{GABARIT}', f'"gabarit":{GABARIT + 1},"nouveau":""')
    with pytest.raises(UserError, match="fiche_gabarit_inconnu"):
        FicheContent.from_json(text)


def test_a_text_that_speaks_of_the_template_is_not_taken_for_one() -> None:
    content = replace(MINIMALE, recit='{"gabarit":99,}')
    assert FicheContent.from_json(to_canonical(content)) == content


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_text_is_refused_without_quoting_it(data: st.DataObject) -> None:
    text = to_canonical(MINIMALE)
    at = data.draw(st.integers(0, len(text) - 1))
    damaged = text[:at] + data.draw(st.sampled_from(["", '"', "{", "0", "x"])) + text[at + 1 :]
    try:
        read = FicheContent.from_json(damaged)
    except (BugError, UserError) as error:
        assert "Lambert" not in str(error)  # noqa: PT017
    else:
        assert read != MINIMALE or damaged == text


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", '{"gabarit":1}', "\ud800"])
def test_what_is_no_fiche_is_refused(text: str) -> None:
    with pytest.raises(BugError):
        FicheContent.from_json(text)


def test_the_diploma_decides_the_mention_of_secrecy() -> None:
    for diplome in Diplome:
        by_profession = diplome is Diplome.ASSISTANT_SERVICE_SOCIAL
        expected = MentionSecret.PROFESSION if by_profession else MentionSecret.MISSION
        assert Emetteur(diplome=diplome).mention_secret is expected


def test_article_40_is_never_recalled_for_an_association() -> None:
    asked = [Emetteur(rappeler_article_40=True, nature_employeur=kind) for kind in (*Employeur, None)]
    assert [e.article_40 for e in asked] == [True, True, False, False]
    assert not Emetteur(nature_employeur=Employeur.DEPARTEMENT).article_40


def test_age_follows_what_is_known_of_the_birth() -> None:
    born = Personne(naissance=Naissance(date=date(2008, 11, 24)))
    assert born.age_le(TODAY) == 17
    assert born.age_le(date(2026, 11, 24)) == 18
    assert Personne(naissance=Naissance(annee=1988)).age_le(TODAY) == 38
    estimated = Personne(naissance=Naissance(age_estime=16), age_note_le=date(2024, 11, 23))
    assert estimated.age_le(TODAY) == 18
    assert Personne(naissance=Naissance(age_estime=16)).age_le(TODAY) == 16
    assert Personne().age_le(TODAY) is None
