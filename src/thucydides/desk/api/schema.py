"""Prints the API's OpenAPI, from which the page's types are made: ``python -m thucydides.desk.api.schema > web/openapi.json``."""

from __future__ import annotations

import json
import sys
from typing import Any

from thucydides.desk.api.app import create_app
from thucydides.desk.settings import Settings


def openapi() -> dict[str, Any]:
    """The OpenAPI of the API, the same wherever it is made."""
    return create_app(Settings.read({"THUCYDIDES_DATA": "."})).openapi()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(openapi(), indent=1, ensure_ascii=False) + "\n")
