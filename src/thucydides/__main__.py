"""``python -m thucydides`` is the command ``thucydides``."""

from thucydides.desk.cli import main

if __name__ == "__main__":
    main()
