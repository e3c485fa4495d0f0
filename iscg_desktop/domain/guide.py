"""The user guide as chapters and passages; pure: the text of a chapter in, what is shown and looked for out."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TITRE = re.compile(r"^(#{1,3}) +(.+?) *$", re.MULTILINE)
_COMMENTAIRE = re.compile(r"<!--\s*(.*?)\s*-->\n?", re.DOTALL)
_MOTS = "mots :"
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)\n?")
_LIEN = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_FILET = re.compile(r"^[|:\s-]+$", re.MULTILINE)
_PUCE = re.compile(r"^\s*(?:[*-]|\d+\.)\s+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands under one heading.

    Attributes:
        titre: The heading; that of the chapter for what comes before the first.
        ancre: How a link names it, "" for the beginning of the chapter.
        texte: Its words, without the marks of Markdown.
        mots: Other words by which it is looked for, which it does not say.
    """

    titre: str
    ancre: str
    texte: str
    mots: str


@dataclass(frozen=True, slots=True)
class Chapitre:
    """One chapter.

    Attributes:
        cle: Its name in links, that of its file.
        titre: Its title.
        source: What is shown, in Markdown.
        passages: Its passages, in order.
    """

    cle: str
    titre: str
    source: str
    passages: tuple[Passage, ...]

    def ancres(self) -> frozenset[str]:
        """What a link may point at in this chapter."""
        return frozenset(passage.ancre for passage in self.passages)


@dataclass(frozen=True, slots=True)
class Groupe:
    """Chapters under one heading of the table of contents."""

    titre: str
    cles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trouvaille:
    """A passage that answers what was looked for.

    Attributes:
        cle: Its chapter.
        chapitre: Title of the chapter.
        titre: Heading of the passage.
        ancre: Where it is in the chapter.
        extrait: The words that answer best.
        gras: Where the words looked for stand in the extract, as pairs of places.
    """

    cle: str
    chapitre: str
    titre: str
    ancre: str
    extrait: str
    gras: tuple[tuple[int, int], ...]


def ancre(titre: str) -> str:
    """How a link names a heading, as the sites that show Markdown do: « Être prévenue ? » is « être-prévenue »."""
    kept = re.sub(r"[^\w\s-]", "", nu(titre).lower().replace("\N{NO-BREAK SPACE}", " "))
    return re.sub(r"\s", "-", kept.strip())


def nu(markdown: str) -> str:
    """The words of a text, without the marks of Markdown; a paragraph or a line of a list is one line."""
    text = _LIEN.sub(r"\1", _IMAGE.sub("", _COMMENTAIRE.sub("", markdown)))
    text = re.sub(r"^\|", "\n\n", _FILET.sub("", text), flags=re.MULTILINE).replace("|", " ")
    text = re.sub(r"[*`]|^#+ ", "", _PUCE.sub("\n\n", text), flags=re.MULTILINE)
    # Blanks that may break a line, not the narrow ones of « : » and « ? ».
    lines = (re.sub(r"[ \t\n]+", " ", block).strip(" ") for block in re.split(r"\n\s*\n", text))
    return "\n".join(line for line in lines if line)


def lire_chapitre(cle: str, texte: str) -> Chapitre:
    """Read a chapter; raises ``ValueError`` when it does not begin with its title.

    Args:
        cle: Name of its file, without what follows the dot.
        texte: Markdown: one « # » title, « ## » and « ### » headings; a comment « mots : … » names other words by
            which the passage it stands in is looked for.
    """
    headings = list(_TITRE.finditer(texte))
    if not headings or headings[0].start() or headings[0][1] != "#":
        raise ValueError(cle)
    ends = [heading.start() for heading in headings[1:]] + [len(texte)]
    passages = tuple(
        Passage(
            nu(heading[2]),
            ancre(heading[2]) if place else "",
            nu(texte[heading.end() : end]),
            _autres_mots(texte[heading.end() : end]),
        )
        for place, (heading, end) in enumerate(zip(headings, ends, strict=True))
    )
    return Chapitre(cle, passages[0].titre, _COMMENTAIRE.sub("", texte), passages)


def lire_sommaire(texte: str) -> tuple[Groupe, ...]:
    """The groups of the table of contents: « ## » headings, and under each the links to its chapters."""
    groups = re.split(r"^## +", texte, flags=re.MULTILINE)[1:]
    return tuple(
        Groupe(group.partition("\n")[0].strip(), tuple(re.findall(r"\]\(([\w-]+)\.md\)", group)))
        for group in groups
    )


def _autres_mots(texte: str) -> str:
    said = (comment.partition(_MOTS)[2] for comment in _COMMENTAIRE.findall(texte))
    return " ".join(words.strip() for words in said if words)
