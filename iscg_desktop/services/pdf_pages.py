"""The pages of a PDF made by the program, for the window to show and print."""

from __future__ import annotations

from iscg_desktop.documents.raster import PdfPages, Raster

__all__ = ["PdfPages", "Raster"]
