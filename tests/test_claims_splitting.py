"""Where sentences end."""

from __future__ import annotations

import pytest

from thucydides.claims.sentences import split

CASES = [
    ("Rebels took Harl. The army left.", ["Rebels took Harl.", "The army left."], "a full stop"),
    ("Gen. Omar spoke on Jan. 3 of it.", ["Gen. Omar spoke on Jan. 3 of it."], "an abbreviation and a month end nothing"),
    (
        'Cabinet Approves Budget For New Roads "We waited for weeks" the mayor said.',
        ["Cabinet Approves Budget For New Roads", '"We waited for weeks" the mayor said.'],
        "a caption without a full stop stands before a quotation",
    ),
    ('The mayor of Harl said "We waited for weeks".', ['The mayor of Harl said "We waited for weeks".'], "who is quoted is no caption"),
    ('Mayor Ali Omar Harlan "We waited".', ['Mayor Ali Omar Harlan "We waited".'], "nor is a name with a title"),
    (
        'The "Sword of the North" Brigade And Harl Battalion "Omar" Left.',
        ['The "Sword of the North" Brigade And Harl Battalion "Omar" Left.'],
        "a name in quotation marks is no quotation",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), CASES, ids=[reason for _, _, reason in CASES])
def test_sentences(text: str, expected: list[str], reason: str) -> None:
    assert [text[start:end] for start, end in split(text, 0, len(text))] == expected, reason
