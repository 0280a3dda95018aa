"""The few icons, one file each in `sprite/`, read once."""

from pathlib import Path

ICONS: dict[str, str] = {
    path.stem: path.read_text(encoding="utf-8").strip()
    for path in sorted((Path(__file__).parent / "sprite").glob("*.svg"))
}
