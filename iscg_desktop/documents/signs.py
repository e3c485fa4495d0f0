"""Small drawings made of lines, so that they print the same everywhere: signs, check boxes, QR code."""

from __future__ import annotations

from functools import lru_cache

from reportlab.pdfgen.canvas import Canvas

from iscg_desktop.documents import layout


def scissors(canvas: Canvas, x: float, y: float) -> None:
    """Open scissors pointing right, their pivot on the line at height y; 15 points wide."""
    canvas.saveState()
    canvas.setStrokeColor(layout.INK)
    canvas.setLineWidth(1)
    canvas.circle(x + 2.4, y + 3.1, 2.1)
    canvas.circle(x + 2.4, y - 3.1, 2.1)
    canvas.setLineWidth(1.2)
    canvas.line(x + 4.2, y + 2, x + 15, y - 2.6)
    canvas.line(x + 4.2, y - 2, x + 15, y + 2.6)
    canvas.restoreState()


def warning(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Filled triangle with an exclamation mark; x, y is its lower left corner."""
    canvas.saveState()
    canvas.setFillColor(layout.INK)
    canvas.setStrokeColor(layout.INK)
    canvas.setLineWidth(size * 0.09)
    canvas.setLineJoin(1)
    path = canvas.beginPath()
    path.moveTo(x + size * 0.06, y + size * 0.06)
    path.lineTo(x + size * 0.94, y + size * 0.06)
    path.lineTo(x + size * 0.5, y + size * 0.84)
    path.close()
    canvas.drawPath(path, fill=1, stroke=1)
    canvas.setFillColor(layout.WHITE)
    canvas.rect(x + size * 0.455, y + size * 0.31, size * 0.09, size * 0.29, fill=1, stroke=0)
    canvas.circle(x + size * 0.5, y + size * 0.2, size * 0.06, fill=1, stroke=0)
    canvas.restoreState()


def no_message(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Speech bubble struck out; x, y is its lower left corner."""
    canvas.saveState()
    canvas.setStrokeColor(layout.INK)
    canvas.setFillColor(layout.INK)
    canvas.setLineWidth(size * 0.075)
    canvas.setLineJoin(1)
    canvas.roundRect(x + size * 0.1, y + size * 0.3, size * 0.8, size * 0.54, size * 0.1)
    path = canvas.beginPath()
    path.moveTo(x + size * 0.28, y + size * 0.3)
    path.lineTo(x + size * 0.28, y + size * 0.1)
    path.lineTo(x + size * 0.5, y + size * 0.3)
    canvas.drawPath(path, fill=1, stroke=1)
    canvas.setStrokeColor(layout.WHITE)
    canvas.setLineWidth(size * 0.26)
    canvas.line(x + size * 0.12, y + size * 0.02, x + size * 0.88, y + size * 0.98)
    canvas.setStrokeColor(layout.INK)
    canvas.setLineWidth(size * 0.11)
    canvas.setLineCap(1)
    canvas.line(x + size * 0.08, y + size * 0.04, x + size * 0.92, y + size * 0.96)
    canvas.restoreState()


def shield(canvas: Canvas, x: float, y: float, size: float) -> None:
    """White shield with a tick, for a dark ground; x, y is its lower left corner."""
    canvas.saveState()
    canvas.setFillColor(layout.WHITE)
    path = canvas.beginPath()
    path.moveTo(x + size * 0.5, y + size)
    path.curveTo(
        x + size * 0.65, y + size * 0.9, x + size * 0.8, y + size * 0.85, x + size * 0.92, y + size * 0.84
    )
    path.curveTo(x + size * 0.94, y + size * 0.4, x + size * 0.8, y + size * 0.15, x + size * 0.5, y)
    path.curveTo(
        x + size * 0.2, y + size * 0.15, x + size * 0.06, y + size * 0.4, x + size * 0.08, y + size * 0.84
    )
    path.curveTo(x + size * 0.2, y + size * 0.85, x + size * 0.35, y + size * 0.9, x + size * 0.5, y + size)
    canvas.drawPath(path, fill=1, stroke=0)
    canvas.setStrokeColor(layout.INK)
    canvas.setLineWidth(size * 0.13)
    canvas.line(x + size * 0.28, y + size * 0.5, x + size * 0.45, y + size * 0.33)
    canvas.line(x + size * 0.42, y + size * 0.33, x + size * 0.72, y + size * 0.66)
    canvas.restoreState()


def box(canvas: Canvas, x: float, y: float, *, ticked: bool = False, size: float = 8) -> None:
    """Check box standing on the baseline at x, y."""
    canvas.saveState()
    canvas.setStrokeColor(layout.INK)
    canvas.setLineWidth(0.9)
    canvas.rect(x, y - size * 0.08, size, size)
    if ticked:
        canvas.setLineWidth(1.5)
        canvas.line(x + size * 0.2, y + size * 0.12, x + size * 0.8, y + size * 0.72)
        canvas.line(x + size * 0.2, y + size * 0.72, x + size * 0.8, y + size * 0.12)
    canvas.restoreState()


@lru_cache(maxsize=8)
def qr_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Dark and light modules of a QR code, rows from the top; a quarter of it may be lost (level Q)."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel  # comes with every bar code

    code = QRCode(None, QRErrorCorrectLevel.Q)
    code.addData(text)
    code.make()
    count = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, column)) for column in range(count)) for row in range(count))


def qr(canvas: Canvas, text: str, x: float, y: float, size: float) -> None:
    """QR code of a text, its lower left corner at x, y; leave a margin of four modules around it."""
    modules = qr_modules(text)
    step = size / len(modules)
    path = canvas.beginPath()
    for row, line in enumerate(modules):
        start = None
        for column, dark in enumerate((*line, False)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                path.rect(x + start * step, y + size - (row + 1) * step, (column - start) * step, step)
                start = None
    canvas.saveState()
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawPath(path, fill=1, stroke=0)
    canvas.restoreState()
