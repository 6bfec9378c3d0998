"""``python -m lipbridge`` is the command line."""

from lipbridge.cli import main

main()
