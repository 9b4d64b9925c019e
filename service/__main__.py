"""``python -m service`` is the command ``quotes``."""

from service.cli import main

if __name__ == "__main__":
    main(prog_name="quotes")
