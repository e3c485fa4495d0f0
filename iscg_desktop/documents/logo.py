"""The logo of the employer as documents embed it: checked, made small, without anything but its pixels."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from iscg_desktop.errors import UserError

LARGEST_FILE = 10_000_000
"""Bytes of the file she chose."""

LARGEST_SIDE = 8_000
SMALLEST_SIDE = 16
"""Pixels of a side of the picture she chose."""

_WIDTH, _HEIGHT = 1_000, 400  # pixels kept: twice what a printer shows in the room of the letterhead
_MAGIC = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}


def prepare_logo(data: bytes) -> bytes:
    """A small PNG on white from a PNG or JPEG: no metadata, no transparency, no colour profile.

    Raises:
        UserError: ``logo_trop_lourd``, ``logo_format``, ``logo_dimensions``, ``logo_blanc`` or
            ``fiche_logo_illisible``.
    """
    if len(data) > LARGEST_FILE:
        raise UserError("logo_trop_lourd", maximum=LARGEST_FILE // 1_000_000)
    # By its first bytes, never by its name.
    kind = next((name for magic, name in _MAGIC.items() if data.startswith(magic)), None)
    if kind is None:
        raise UserError("logo_format")
    try:
        with Image.open(io.BytesIO(data), formats=(kind,)) as picture:
            # The size stands in the header: looked at before any pixel is unpacked.
            if not all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in picture.size):
                raise UserError("logo_dimensions", minimum=SMALLEST_SIDE, maximum=LARGEST_SIDE)
            return _encoded(picture)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        raise UserError("fiche_logo_illisible") from None


def _encoded(picture: Image.Image) -> bytes:
    """The pixels alone, upright, on white."""
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS)
    ground = Image.new("RGB", upright.size, "white")
    ground.paste(upright, mask=upright.getchannel("A"))
    # White around the drawing would push the words of the letterhead away.
    drawn = ImageOps.invert(ground).getbbox()
    if drawn is None:  # the white version of a logo, made for dark grounds
        raise UserError("logo_blanc")
    output = io.BytesIO()
    ground.crop(drawn).save(output, "PNG", optimize=True)
    return output.getvalue()
