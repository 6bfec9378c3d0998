"""Reports: symbolic, certified and measured bounds side by side."""

from typing import TYPE_CHECKING

from lipbridge.lazy import lazy

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

__getattr__ = lazy(__name__)
