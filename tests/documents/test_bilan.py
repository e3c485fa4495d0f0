"""The printed papers of a bilan: the printed figures and no other, neutral, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from iscg_desktop.disclosure.protected import ProtectedBilan, reread
from iscg_desktop.disclosure.shares import Indicateur, Reference
from iscg_desktop.disclosure.tables import Category, CellRef, Dimension, Key, TableShape
from iscg_desktop.documents.bilan_contenu import BilanContent
from iscg_desktop.documents.bilan_rapport import render_rapport
from iscg_desktop.documents.bilan_tableau_de_bord import render_tableau_de_bord
from iscg_desktop.domain.mise_en_page import MiseEnPage
from tests.documents.lecture import fonts, grey_pictures, pages, squashed

TOTAL = CellRef("accueils")


def shape(code: str, *dimensions: Dimension) -> TableShape:
    return TableShape(
        code,
        f"Tableau {code}",
        "accueils",
        "accueil",
        f"personnes de {code}",
        "personnes accueillies de la période",
        dimensions,
    )


def dimension(code: str, *words: str) -> Dimension:
    return Dimension(code, code, tuple(Category(f"{code}{rank}", one) for rank, one in enumerate(words)))


def line(form: TableShape, values: Sequence[int | None], total: int) -> dict[CellRef, int | None]:
    (asked,) = form.dimensions
    cells = {
        form.cell(((asked.code, one.code),)): value
        for one, value in zip(asked.categories, values, strict=True)
    }
    return {form.cell(()): total, **cells}


UNITE = shape("unite", dimension("unite", "Brigade de Roc-Trévez", "Compagnie du Bocage", "Non renseigné"))
SEXE = shape("sexe", dimension("sexe", "Femme", "Homme"))
CROSS = shape("unite_sexe", *UNITE.dimensions, *SEXE.dimensions)


def crossed() -> dict[CellRef, int | None]:
    """Six cells of the cross, two of them masked, with the margins that go with them."""
    values: dict[Key, int | None] = {cle: None for cle in CROSS.printed_keys() if len(cle) == 2}
    values[(("unite", "unite0"), ("sexe", "sexe0"))] = 1210
    values[(("unite", "unite0"), ("sexe", "sexe1"))] = 40
    return {CROSS.cell(cle): value for cle, value in values.items()}


BILAN = reread(
    [UNITE, SEXE, CROSS],
    {**line(UNITE, [1250, None, None], 1310), **line(SEXE, [None, None], 1310), **crossed()},
    5,
    "1",
)
BEFORE = reread([UNITE], line(UNITE, [1200, 50, 50], 1300), 5, "1")
CONTENT = BilanContent(
    periode="3e trimestre 2026",
    code="2026-T3",
    debut=date(2026, 7, 1),
    fin=date(2026, 9, 30),
    emission=date(2026, 10, 5),
    employeur="Département fictif",
    intervenant="MKE",
    bilan=BILAN,
    mise_en_page=MiseEnPage(service="Direction des solidarités", pied="Département fictif"),
    indicateurs=(
        Indicateur(
            "roc",
            "Part de Roc-Trévez",
            "personnes de Roc-Trévez",
            "personnes accueillies",
            (CellRef("accueils", (("unite", "unite0"),)),),
            (TOTAL,),
        ),
        Indicateur(
            "femmes",
            "Part des femmes",
            "femmes",
            "personnes accueillies",
            (CellRef("accueils", (("sexe", "sexe0"),)),),
            (TOTAL,),
            rapport_de_flux=True,
        ),
    ),
    references=(Reference("2e trimestre 2026", BEFORE),),
    recit="Une permanence s’est ouverte.\n\nLes relais vont plus vite.",
    notes=("• = effectif non diffusé.", "Un • ne se remplace pas.", "Les sommes tombent juste."),
    identite=(("Coffre", "b1946ac9"), ("Fichier JSON (SHA-256)", "a" * 64)),
)


def read(pdf: bytes) -> str:
    return "".join(squashed(page) for page in pages(pdf))


def test_the_report_prints_the_figures_their_shares_and_what_they_were() -> None:
    told = read(render_rapport(CONTENT))
    for row in (
        "PartdeRoc-Trévez",
        "personnesdeRoc-Trévez÷personnesaccueillies",
        "95,4%",
        "BrigadedeRoc-Trévez125095,4%1200",
        "CompagnieduBocage••50",
        "Femme••–",
        "Personnesaccueillies13101300+10",
        "PartdeRoc-Trévez(écartenpoints)95,4%92,3%+3,1",
        "Partdesfemmes(écartenpoints)•––",
        "rapportdeflux,peutdépasser100%",
        "Unepermanences’estouverte.",
        "Lessommestombentjuste.",
        "b1946ac9",
        "Directiondessolidarités",
    ):
        assert row in told, row


def test_a_cross_is_a_grid_with_its_margins() -> None:
    told = read(render_rapport(CONTENT))
    assert (
        "FemmeHommeTotalBrigadedeRoc-Trévez1210401250CompagnieduBocage•••Nonrenseigné•••Total••1310" in told
    )


def test_a_cross_is_compared_cell_by_cell_in_a_grid_of_its_own() -> None:
    before = {
        **line(UNITE, [1200, 50, 50], 1300),
        **line(SEXE, [None, None], 1300),
        **crossed(),
        CROSS.cell((("unite", "unite0"), ("sexe", "sexe0"))): 1160,
    }
    then = Reference("année 2025", reread([UNITE, SEXE, CROSS], before, 5, "1"))
    told = read(render_rapport(replace(CONTENT, references=(*CONTENT.references, then))))
    assert "Tableauunite_sexe:écartaveclebilan«année2025»" in told
    assert "BrigadedeRoc-Trévez+500+50CompagnieduBocage•••Nonrenseigné•••Total••+10" in told
    assert "écartaveclebilan«2etrimestre2026»" not in told, (
        "a cross that was not counted then is not compared"
    )


def test_a_cross_too_wide_for_a_page_is_a_list() -> None:
    left, right = (
        dimension(code, *(f"{code} {rank}" for rank in range(12))) for code in ("gauche", "droite")
    )
    form = shape("large", left, right)
    bilan = reread([form], {form.cell(cle): None if cle else 900 for cle in form.printed_keys()}, 5, "1")
    told = read(render_rapport(replace(CONTENT, bilan=bilan, indicateurs=(), references=())))
    assert "gauche3–droite11••" in told


def test_without_an_earlier_bilan_nothing_is_compared() -> None:
    assert "Comparaison" not in read(render_rapport(replace(CONTENT, references=())))


def test_without_a_narrative_there_is_no_empty_section() -> None:
    assert "Intérêtqualitatif" not in read(render_rapport(replace(CONTENT, recit="")))


@pytest.mark.parametrize("render", [render_rapport, render_tableau_de_bord])
class TestBothPapers:
    def test_the_same_values_give_the_same_bytes(self, render: object) -> None:
        assert render(CONTENT) == render(CONTENT)  # type: ignore[operator]

    def test_nothing_tells_who_made_it_or_when(self, render: object) -> None:
        pdf = render(CONTENT)  # type: ignore[operator]
        reader = PdfReader(io.BytesIO(pdf))
        assert set(reader.metadata or {}) == {"/Title"}
        assert "ReportLab" not in pdf.decode("latin-1")
        assert all(descriptor is not None for descriptor in fonts(pdf).values())

    def test_words_of_hers_are_printed_not_obeyed(self, render: object) -> None:
        odd = shape("unite", dimension("unite", "<b>&amp; " + "Très long nom " * 30, "x" * 900))
        bilan = reread([odd], line(odd, [60, 40], 100), 5, "1")
        told = read(render(replace(CONTENT, bilan=bilan, indicateurs=(), references=())))  # type: ignore[operator]
        assert "<b>&amp;Trèslong" in told

    def test_a_bilan_where_all_is_masked_is_printed(self, render: object) -> None:
        bilan = reread([UNITE], dict.fromkeys(line(UNITE, [None] * 3, 0)), 5, "1")
        told = read(render(replace(CONTENT, bilan=bilan, indicateurs=())))  # type: ignore[operator]
        assert "Total•" in told

    def test_it_is_legible_without_colour(self, render: object, tmp_path: Path) -> None:
        """Whatever is drawn is black, or the one grey of the bars; a masked figure has no bar."""
        for _, _, greys in grey_pictures(render(CONTENT), tmp_path, 60):  # type: ignore[operator]
            assert min(greys) < 40


def many_unites(number: int) -> ProtectedBilan:
    form = shape("unite", dimension("unite", *(f"Brigade de Roc numéro {rank}" for rank in range(number))))
    return reread(
        [form, SEXE], {**line(form, [7] * number, 7 * number), **line(SEXE, [None, None], 7 * number)}, 5, "1"
    )


@pytest.mark.parametrize("number", [1, 8, 30])
def test_the_dashboard_is_one_page(number: int) -> None:
    pdf = render_tableau_de_bord(replace(CONTENT, bilan=many_unites(number), indicateurs=(), references=()))
    (page,) = pages(pdf)
    assert f"BrigadedeRocnuméro{number - 1}7" in squashed(page)


def test_no_unite_is_left_out_of_the_dashboard_even_when_they_are_too_many_for_a_page() -> None:
    pdf = render_tableau_de_bord(replace(CONTENT, bilan=many_unites(90), indicateurs=(), references=()))
    told = read(pdf)
    assert all(f"BrigadedeRocnuméro{rank}7" in told for rank in range(90))


def test_long_words_over_a_total_take_lines_of_their_own() -> None:
    """No word stands over another: each total has its place, its words wrapped in it."""
    long = replace(SEXE, univers="premieres", denominateur="personnes orientées pour la première fois " * 3)
    bilan = reread([UNITE, long], {**line(UNITE, [60, 30, 10], 100), **line(long, [None, None], 80)}, 5, "1")
    content = replace(CONTENT, bilan=bilan, indicateurs=(), references=())
    told = read(render_rapport(content))
    assert "Personnesaccueillies100" in told
    assert (
        squashed(
            "Personnes orientées pour la première fois " + "personnes orientées pour la première fois " * 2
        )
        in told
    )
