"""The command line: ``lipbridge``, and ``python -m lipbridge``."""

import signal
import sys


def _terminated(*_: object) -> None:
    raise SystemExit(143)


def main() -> None:
    """Entry point: load the command line, and run it."""
    signal.signal(signal.SIGTERM, _terminated)
    # A terminal that is closed ends a command, too, unless nohup says otherwise.
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:
        signal.signal(signal.SIGHUP, _terminated)
    try:
        from lipbridge.cli import main as command
    except (KeyboardInterrupt, SystemExit) as ended:
        print("interrupted", file=sys.stderr)
        raise SystemExit(143 if isinstance(ended, SystemExit) else 130) from None
    command()


if __name__ == "__main__":
    main()
