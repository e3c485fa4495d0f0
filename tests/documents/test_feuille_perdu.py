"""« Ordinateur perdu ou volé »: one page, every word of the chapter, a box before each thing to do, nobody's name."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader

from iscg_desktop.documents.feuille_perdu import render_lost_sheet
from iscg_desktop.domain.guide import lire_chapitre
from iscg_desktop.paths import resources
from tests.documents.lecture import pages, squashed

CHAPTER = lire_chapitre("perdu-ou-vole", (resources() / "aide" / "perdu-ou-vole.md").read_text("utf-8"))


def test_the_sheet_says_on_one_page_all_that_the_chapter_asks_for() -> None:
    (page,) = pages(render_lost_sheet(CHAPTER))
    said = squashed(page)
    for passage in CHAPTER.passages[1:]:
        assert squashed(passage.titre) in said
        assert all(squashed(line) in said for line in passage.texte.split("\n")), passage.titre


def test_there_is_room_to_write_and_a_word_against_writing_the_passphrase() -> None:
    (page,) = pages(render_lost_sheet(CHAPTER))
    for blank in ("Mon responsable", "Service informatique", "Récépissé de plainte, numéro"):
        assert squashed(blank) in squashed(page)
    assert squashed("N’écrivez ici ni la phrase de passe, ni le code de secours") in squashed(page)


def test_each_thing_to_do_has_its_box() -> None:
    pdf = PdfReader(io.BytesIO(render_lost_sheet(CHAPTER)))
    drawn = pdf.pages[0].get_contents()
    assert drawn is not None
    todo = sum(len(lines) for each in CHAPTER.passages[1:] if len(lines := each.texte.split("\n")) > 1)
    assert len(re.findall(rb" 7\.5 7\.5 re", drawn.get_data())) == todo


def test_it_is_always_the_same_file_and_says_nothing_but_its_title() -> None:
    pdf = render_lost_sheet(CHAPTER)
    assert pdf == render_lost_sheet(CHAPTER)
    assert PdfReader(io.BytesIO(pdf)).metadata == {"/Title": "Ordinateur perdu ou volé\u00a0: que faire"}
