"""What an upload costs, bombs included: seconds, and the most memory of the process that reads it.

    python bench/uploads.py

Needs no database. The bombs are those of the tests (tests/bombs.py).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

import bombs
from tequio.files.adapters import documents, pictures
from tequio.files.adapters.troubles import CannotTake

MB = 1024
PICTURES = {
    "a small PNG (what the process needs at all)": bombs.picture,
    "JPEG, 24 million points": lambda: bombs.picture(6000, 4000, kind="JPEG"),
    "PNG with transparency, 24 million points": lambda: bombs.picture(6000, 4000, mode="RGBA"),
    "bomb: PNG of 900 million points": bombs.png_bomb,
    "bomb: GIF of 4,295 million points": bombs.gif_bomb,
    "bomb: PNG with 200 MB of packed text": bombs.png_with_a_long_text,
}
DOCUMENTS = {
    "docx": bombs.docx,
    "bomb: docx with 20 MB of zeros": lambda: bombs.docx(("word/zeros.xml", bytes(20_000_000))),
    "bomb: docx whose entries share their bytes": bombs.overlapping,
    "bomb: 5,000 entries": lambda: bombs.docx(*((f"word/{n}.xml", b"") for n in range(5000))),
}


def child(data: bytes) -> tuple[str, float, float]:
    """(what came of it, seconds, MB of the child at its largest)."""
    command = [sys.executable, "-I", str(pictures.SCRIPT), "360", "720"]
    with tempfile.TemporaryFile() as source:
        source.write(data)
        source.seek(0)
        began = time.perf_counter()
        running = subprocess.Popen(
            command, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}
        )
        said = running.stdout.read() if running.stdout else b""
        _pid, _status, used = os.wait4(running.pid, 0)
        running.returncode = 0
    line = said.partition(b"\n")[0].decode() or "ended by its limits"
    return line[:40], time.perf_counter() - began, used.ru_maxrss / MB


def main() -> None:
    print("| picture | kB | came of it | seconds | MB of the child |\n|---|---|---|---|---|")
    for name, make in PICTURES.items():
        data = make()
        said, seconds, megabytes = child(data)
        word = "taken" if "pictures" in said else said.removeprefix('{"trouble": "').removesuffix('"}')
        print(f"| {name} | {len(data) // 1000} | {word} | {seconds:.2f} | {megabytes:.0f} |")
    print("\n| document | kB | came of it | seconds |\n|---|---|---|---|")
    for name, make in DOCUMENTS.items():
        data = make()
        began = time.perf_counter()
        try:
            documents.type_of(data)
            word = "taken"
        except CannotTake as problem:
            word = problem.trouble
        print(f"| {name} | {len(data) // 1000} | {word} | {time.perf_counter() - began:.4f} |")


if __name__ == "__main__":
    main()
