"""Reports: symbolic, certified and measured bounds side by side."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lipbridge.report.build import NormBounds, build_report
    from lipbridge.report.plot import plot_reports
    from lipbridge.report.records import Report, Row, Slopes
    from lipbridge.report.selections import SelectionRow

__all__ = [
    "NormBounds",
    "Report",
    "Row",
    "SelectionRow",
    "Slopes",
    "build_report",
    "plot_reports",
]

_HOMES = {
    "NormBounds": "build",
    "Report": "records",
    "Row": "records",
    "SelectionRow": "selections",
    "Slopes": "records",
    "build_report": "build",
    "plot_reports": "plot",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for: a check prints its result and needs no parser of reports."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
