"""Square codes for phones, as pictures that stand in the page itself."""

import segno


def qr_picture(text: str) -> str:
    """A data address of an SVG: dark on white, with the quiet border that readers of codes need."""
    return segno.make(text, error="m", micro=False).svg_data_uri(border=4, light="#fff", omitsize=True)
