"""The guide that is shipped: whole, found whatever the accents, the order and one slip, true to its own links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.guide import ancre
from iscg_desktop.paths import resources
from iscg_desktop.services import aide

FOLDER = resources() / "aide"
KEYS = [key for group in aide.sommaire() for key in group.cles]


def test_every_chapter_is_in_the_table_of_contents_once_under_its_own_title() -> None:
    files = {path.stem for path in FOLDER.glob("*.md")} - {"sommaire"}
    assert sorted(KEYS) == sorted(files)
    said = re.findall(r"\[(.+?)\]\((.+?)\.md\)", (FOLDER / "sommaire.md").read_text("utf-8"))
    assert [(aide.chapitre(key).titre, key) for key in KEYS] == said


@pytest.mark.parametrize("key", KEYS)
def test_every_link_and_every_picture_of_a_chapter_is_there(key: str) -> None:
    text = (FOLDER / f"{key}.md").read_text("utf-8")
    pictures = re.findall(r"!\[.*?\]\((.+?)\)", text)
    assert [name for name in pictures if not aide.image(name).is_file()] == []
    links = re.findall(r"(?<!!)\[[^\]]*\]\((.+?)\)", text)
    assert [link for link in links if not aide.existe(_reference(link, key))] == []


@pytest.mark.parametrize("key", KEYS)
def test_a_chapter_is_short_and_every_heading_of_it_has_its_own_link(key: str) -> None:
    chapitre = aide.chapitre(key)
    words = sum(len(passage.texte.split()) for passage in chapitre.passages)
    assert 20 < words < 620  # two screens
    anchors = [passage.ancre for passage in chapitre.passages]
    assert len(anchors) == len(set(anchors))
    assert all(passage.texte for passage in chapitre.passages[1:])


@pytest.mark.parametrize("key", KEYS)
def test_a_chapter_is_written_in_the_typography_and_the_calm_of_the_program(key: str) -> None:
    text = (FOLDER / f"{key}.md").read_text("utf-8")
    prose = re.sub(r"<!--.*?-->|`[^`]*`|\]\(.*?\)|^\|[-|]+$", "", text, flags=re.DOTALL | re.MULTILINE)
    assert re.findall(r".*(?:\w'|\"|!(?!\[)| [:;?»]|« ).*", prose) == []


def _reference(link: str, key: str) -> str:
    chapter, _, anchor = link.partition("#")
    return "#".join(filter(None, (chapter.removesuffix(".md") or key, anchor)))


def _found(text: str) -> list[str]:
    return [each.cle for each in aide.chercher(text)]


@pytest.mark.parametrize(
    ("typed", "chapter"),
    [
        ("sauvegarde cle usb", "sauvegardes"),
        ("USB clé sauvegardes", "sauvegardes"),
        ("sauvgarde", "sauvegardes"),
        ("numero urgence", "urgences"),
        ("volé", "perdu-ou-vole"),
        ("saisnie", "saisines"),
        ("comment faire une saisine ?", "saisines"),
        ("mot de passe oublié", "phrase"),
        ("secret bilan petits chiffres", "bilan"),
    ],
)
def test_what_she_looks_for_is_found_first(typed: str, chapter: str) -> None:
    assert _found(typed)[:1] == [chapter]


def test_a_passage_found_says_its_heading_and_the_words_looked_for() -> None:
    answers = aide.chercher("sauvegarde usb")
    for found in answers:
        assert aide.existe("#".join(filter(None, (found.cle, found.ancre))))
        assert found.titre
        assert len(found.extrait) < 200
    marked = {each.extrait[start:end].lower() for each in answers for start, end in each.gras}
    assert {"usb", "sauvegarde"} <= marked


def test_two_slips_in_a_word_or_words_of_nowhere_find_nothing() -> None:
    assert _found("savugadre") == []
    assert _found("xylophone") == []
    assert _found("") == _found("  ?? ") == []


@given(st.sampled_from(KEYS), st.randoms(use_true_random=False))
def test_any_heading_is_found_by_its_words_in_any_order_without_accents(key: str, random: object) -> None:
    title = aide.chapitre(key).titre
    words = re.findall(r"\w+", title)
    random.shuffle(words)  # type: ignore[attr-defined]
    typed = " ".join(words).upper()
    assert key in [each.cle for each in aide.chercher(typed)]


@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered_in_places_of_the_extract(text: str) -> None:
    for found in aide.chercher(text):
        assert all(0 <= start < end <= len(found.extrait) for start, end in found.gras)


def test_the_chapter_of_every_page_of_the_bar_has_its_picture() -> None:
    for key in (
        "aujourdhui",
        "saisines",
        "dossiers",
        "tournees",
        "annuaire",
        "agenda",
        "bilan",
        "conformite",
    ):
        assert "](images/" in aide.chapitre(key).source, key


def test_a_picture_outside_the_guide_is_refused() -> None:
    with pytest.raises(ValueError, match="fonts"):
        aide.image("../fonts/NotoSans-Regular.ttf")


def test_the_pictures_are_few_and_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (FOLDER / "images").glob("*")}
    assert all(name.endswith(".png") for name in sizes)
    assert sum(sizes.values()) < 1_500_000
    shown = "".join(path.read_text("utf-8") for path in (*FOLDER.glob("*.md"), Path("README.md")))
    assert [name for name in sizes if name not in shown] == []


def test_an_anchor_is_that_of_the_sites_that_show_markdown() -> None:
    assert ancre("Copier sur une clé USB") == "copier-sur-une-clé-usb"
    assert ancre("« À confirmer » : pourquoi ?") == "à-confirmer---pourquoi"


def test_the_emergency_numbers_say_when_they_were_verified_and_no_hour_that_was_not() -> None:
    text = (FOLDER / "urgences.md").read_text("utf-8").replace("\u00a0", " ")
    table, _, said = text.partition("## Vérifié le ")
    year = int(re.match(r"\d+ \w+ (20\d\d)", said)[1])  # type: ignore[index]
    rows = re.findall(r"^\| \*\*(.+?)\*\* \|.+?\| (.+?) \|$", table, re.MULTILINE)
    assert len(rows) == 13
    assert "39 77" not in dict(rows), "replaced by the 31 33"
    for number, hours in rows:
        if re.search(r"\d h", hours):
            source = re.search(rf"{number}, [a-zéû]+ (20\d\d)", said)
            assert source is not None, number
            assert int(source[1]) >= year - 1, number
        else:
            assert hours in ("jour et nuit", "tous les jours, heures à vérifier", "selon la région"), number
