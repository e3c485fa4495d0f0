"""The guide read from its Markdown: passages, anchors, plain words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.guide import ancre, lire_chapitre, lire_sommaire, nu

CHAPTER = """# Les saisines
<!-- mots : triage -->

Une **ligne** prête, avec `Entrée`.
Elle suit.

![La page](images/saisines.png)

## Déjà connue ?
<!-- mots : doublon homonyme -->

* un [lien](dossiers.md#clore)
  sur deux lignes
* deux

| Numéro | Pour |
|---|---|
| **17** | Police |
"""


def test_a_chapter_is_read_as_passages() -> None:
    chapitre = lire_chapitre("saisines", CHAPTER)
    beginning, known = chapitre.passages
    assert (chapitre.titre, beginning.titre, beginning.ancre) == ("Les saisines", "Les saisines", "")
    assert beginning.texte == "Une ligne prête, avec Entrée. Elle suit."
    assert (known.titre, known.ancre, known.mots) == ("Déjà connue ?", "déjà-connue", "doublon homonyme")
    assert known.texte.splitlines() == ["un lien sur deux lignes", "deux", "Numéro Pour", "17 Police"]
    assert "mots :" not in chapitre.source
    assert chapitre.ancres() == {"", "déjà-connue"}


def test_a_text_without_a_title_is_no_chapter() -> None:
    with pytest.raises(ValueError, match="sans"):
        lire_chapitre("sans", "Des mots\n\n# Puis un titre\n")


def test_the_table_of_contents_groups_the_chapters() -> None:
    first, second = lire_sommaire(
        "# Guide\n\n## Un\n\n* [A](a.md)\n* [B](b-c.md)\n\n## Deux\n\n* [C](c.md)\n"
    )
    assert (first.titre, first.cles, second.cles) == ("Un", ("a", "b-c"), ("c",))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=200))
def test_any_text_gives_words_and_an_anchor_without_blanks(text: str) -> None:
    nu(text)
    assert not any(letter.isspace() for letter in ancre(text))
