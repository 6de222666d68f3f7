"""An archive for looking at screens: the sample, a report in many scripts, and what means harm; with a server over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hostile_made import hostile, long_report
from thucydides.archive import Archive
from thucydides.chronicle import chronicle
from thucydides.claims import Coder
from thucydides.desk.settings import Settings
from thucydides.desk.weighing import catch_up, weigher
from thucydides.reports import Raw
from web_made import ROOT, serving

__all__ = ["MIXED", "harm"]

SAMPLE = ROOT / "src/thucydides/desk/sample"

MIXED = "\n\n".join(
    (
        "ALEPPO, 12 May 2016 🕊️",
        "💥 Rebels of الجيش الحر (the Free Syrian Army) shelled the market of Aleppo on Tuesday 🏚️, "
        "killing at least 12 people 👩\u200d👩\u200d👧\u200d👦, the Observatory said.",
        "Tiếng nổ: the Syrian army captured the town of Khān Shaykhūn on 9 May, e\u0301tat-major sources said. "
        "In \u202bمدينة حلب\u202c the Islamic State\nkilled 7 soldiers on Monday 🇸🇾. "
        "Moscow denied that its 🛩️ aircraft had bombed the market of Aleppo.",
    )
)
"""A report full of emoji, Arabic, combining marks and turned text."""


def fill(path: Path, coder: Coder) -> None:
    """Fills an archive with all of it, and weighs what is to be weighed."""
    settings = Settings.read({"THUCYDIDES_DATA": str(path.parent)})
    with Archive.open(path) as archive:
        raws = [Raw(file.name, file.read_bytes()) for file in sorted(SAMPLE.glob("[0-9]*"))]
        for _ in chronicle([*raws, Raw("mixed.txt", MIXED.encode())], coder, archive):
            pass
        for report, claims in hostile():
            archive.keep(report, claims)
        archive.keep(*long_report("long-1mb", 1_000_000, claims=2500))
        archive.keep(*long_report("long-10mb", 10_000_000, claims=0))
        archive.keep_aside("broken.pdf", "the file is no PDF <b>at all</b>", b"%PDF-")
        catch_up(archive, weigher(settings))


@pytest.fixture(scope="session")
def harm(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> Iterator[str]:
    """The address of a server over that archive."""
    folder = tmp_path_factory.mktemp("harm")
    fill(folder / "archive.db", coder)
    with serving(folder) as address:
        yield address
