"""The one style sheet, made from a set of tokens and the size of body text."""

from __future__ import annotations

from iscg_desktop.ui.tokens import CONTROL, RADIUS, RADIUS_CARD, Tokens

# Point sizes relative to body text (10 pt): chips 9, headings 11, figures 22, titles 18.
CHIP, HEADING, TITLE, FIGURE = 0.9, 1.1, 1.8, 2.2


def style_sheet(t: Tokens, body: float) -> str:
    """The whole style sheet.

    Args:
        t: Colours.
        body: Point size of body text.
    """
    return "\n".join((_text(t, body), _surfaces(t), _fields(t), _buttons(t, body), _tables(t), _bars(t)))


def _text(t: Tokens, body: float) -> str:
    return f"""
    QToolTip {{ background: {t.ink}; color: {t.surface}; border: 0; padding: 5px 8px; }}
    Title {{ font-size: {body * TITLE:.1f}pt; font-weight: 600; }}
    Heading {{ font-size: {body * HEADING:.1f}pt; font-weight: 600; }}
    Figure {{ font-size: {body * FIGURE:.1f}pt; font-weight: 600; }}
    Quiet, FieldLabel, Field > #hint {{ color: {t.quiet}; }}
    Field > #hint, Field #error, Field #more {{ font-size: {body * CHIP:.1f}pt; }}
    Field #error {{ color: {t.alert}; }}
    Chip {{ font-size: {body * CHIP:.1f}pt; font-weight: 600; }}
    """


def _surfaces(t: Tokens) -> str:
    return f"""
    QMainWindow, QDialog, ScrollPage, #pages {{ background: {t.ground}; }}
    ScrollPage > #scroll, #scrolled, #scroll > #qt_scrollarea_viewport {{ background: transparent; border: 0; }}
    Card {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {RADIUS_CARD}px; }}
    #bar {{ background: {t.surface}; border-right: 1px solid {t.line}; }}
    #footer {{ background: {t.surface}; border-top: 1px solid {t.line}; }}
    GuideReader {{ border: 1px solid {t.line}; border-radius: {RADIUS_CARD}px; padding: 1px; }}
    GuideReader:focus {{ border: 2px solid {t.accent}; padding: 0; }}
    GuideList {{ background: transparent; border: 0; outline: 0; }}
    SuggestionList {{ background: {t.surface}; border: 1px solid {t.edge}; border-radius: {RADIUS}px; }}
    SuggestionList QListView {{ background: transparent; border: 0; outline: 0; }}
    QMenu {{ background: {t.surface}; border: 1px solid {t.edge}; padding: 4px; }}
    QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {t.soft}; color: {t.ink}; }}
    QMenu::item:disabled {{ color: {t.edge}; }}
    QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
    """


def _fields(t: Tokens) -> str:
    fields = "QLineEdit, QPlainTextEdit, QTextEdit"
    return f"""
    {fields} {{
        background: {t.surface}; border: 1px solid {t.edge}; border-radius: {RADIUS}px; padding: 6px 9px;
        selection-background-color: {t.accent}; selection-color: {t.accent_ink}; }}
    QLineEdit {{ min-height: {CONTROL - 14}px; padding: 6px 7px; }}
    QLineEdit:hover, QPlainTextEdit:hover {{ border-color: {t.quiet}; }}
    QLineEdit:focus {{ border: 2px solid {t.accent}; padding: 5px 6px; }}
    QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {t.accent}; padding: 5px 8px; }}
    QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"] {{ border-color: {t.alert}; }}
    QLineEdit:disabled, QPlainTextEdit:disabled {{
        background: {t.ground}; color: {t.quiet}; border-color: {t.line}; }}
    QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] {{ background: {t.ground}; }}
    TokenEdit, TokenEdit:focus, QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{
        border: 0; padding: 0; background: transparent; min-height: 0; }}
    """


def _buttons(t: Tokens, body: float) -> str:
    return f"""
    Button {{
        background: {t.surface}; color: {t.ink}; border: 1px solid {t.edge}; border-radius: {RADIUS}px;
        padding: 6px 14px; min-height: {CONTROL - 14}px; font-weight: 600; }}
    Button:hover {{ background: {t.soft}; border-color: {t.accent}; }}
    Button:pressed {{ background: {t.line}; }}
    Button:focus {{ border: 2px solid {t.accent}; padding: 5px 13px; }}
    Button:disabled {{ color: {t.quiet}; background: {t.ground}; border-color: {t.line}; }}
    Button[kind="primary"] {{ background: {t.accent}; color: {t.accent_ink}; border-color: {t.accent}; }}
    Button[kind="primary"]:hover {{ background: {t.accent_hover}; border-color: {t.accent_hover}; }}
    Button[kind="primary"]:focus {{ border: 2px solid {t.ink}; }}
    Button[kind="primary"]:disabled {{ background: {t.line}; color: {t.quiet}; border-color: {t.line}; }}
    Button[kind="danger"] {{ color: {t.alert}; border-color: {t.alert}; }}
    Button[kind="danger"]:hover {{ background: {t.alert_soft}; }}
    Button[kind="danger"]:focus {{ border: 2px solid {t.alert}; }}
    Button[kind="danger"]:disabled {{ color: {t.quiet}; border-color: {t.line}; }}
    Button[kind="quiet"] {{ background: transparent; border-color: transparent; color: {t.accent}; }}
    Button[kind="quiet"]:hover {{ background: {t.soft}; }}
    Button[kind="quiet"]:focus {{ border: 2px solid {t.accent}; }}
    Button[kind="quiet"]:disabled {{ color: {t.quiet}; }}
    LinkButton {{
        background: transparent; border: 2px solid transparent; border-radius: 4px; padding: 1px 3px;
        color: {t.accent}; font-weight: 500; }}
    LinkButton#more {{ padding: 1px 0; }}
    LinkButton#back {{ padding: 1px 3px 1px 0; }}
    #missing LinkButton {{ padding: 1px; }}
    LinkButton:hover {{ text-decoration: underline; }}
    LinkButton:focus {{ border-color: {t.accent}; }}
    #close {{ background: transparent; border: 2px solid transparent; border-radius: 4px; padding: 1px; }}
    #close:hover {{ background: {t.line}; }}
    #close:focus {{ border-color: {t.accent}; }}
    Segment {{
        background: {t.surface}; color: {t.ink}; border: 1px solid {t.edge}; border-radius: {RADIUS}px;
        padding: 6px 12px; min-height: {CONTROL - 14}px; spacing: 0; }}
    Segment::indicator {{ width: 0; height: 0; border: 0; image: none; background: transparent; }}
    Segment:hover {{ border-color: {t.accent}; }}
    Segment:checked {{ background: {t.soft}; color: {t.accent}; border-color: {t.accent}; font-weight: 600; }}
    Segment:focus {{ border: 2px solid {t.accent}; padding: 5px 11px; }}
    ChoiceRow[invalid="true"] Segment {{ border-color: {t.alert}; }}
    Segment:disabled {{ color: {t.quiet}; background: {t.ground}; border-color: {t.line}; }}
    """


def _tables(t: Tokens) -> str:
    return f"""
    DataTable QTableView {{ background: transparent; border: 0; outline: 0; }}
    DataTable QHeaderView {{ background: transparent; border: 0; }}
    QFileDialog QHeaderView {{ background: {t.surface}; border: 0; }}
    QFileDialog QHeaderView::section {{ background: {t.surface}; color: {t.quiet}; border: 0; padding: 4px 6px; }}
    QProgressBar {{ background: {t.line}; border: 0; border-radius: 4px; max-height: 8px; text-align: center; }}
    QProgressBar::chunk {{ background: {t.accent}; border-radius: 4px; }}
    """


def _bars(t: Tokens) -> str:
    return f"""
    QScrollBar {{ background: transparent; border: 0; margin: 0; }}
    QScrollBar:vertical {{ width: 12px; }}
    QScrollBar:horizontal {{ height: 12px; }}
    QScrollBar::handle {{ background: {t.edge}; border: 3px solid transparent; border-radius: 6px; }}
    QScrollBar::handle:vertical {{ min-height: 36px; margin: 2px 3px; border: 0; border-radius: 3px; }}
    QScrollBar::handle:horizontal {{ min-width: 36px; margin: 3px 2px; border: 0; border-radius: 3px; }}
    QScrollBar::handle:hover {{ background: {t.quiet}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """
