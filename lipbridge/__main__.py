"""The command line: ``lipbridge``, and ``python -m lipbridge``."""

import sys


def main() -> None:
    """Entry point: load the command line, and run it."""
    try:
        from lipbridge.cli import main as command
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        raise SystemExit(130) from None
    command()


if __name__ == "__main__":
    main()
