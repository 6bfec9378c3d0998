"""Reports: symbolic, certified and measured bounds side by side."""

from typing import TYPE_CHECKING

from lipbridge.lazy import lazy

if TYPE_CHECKING:
    from lipbridge.report.build import NormBounds as NormBounds, build_report as build_report
    from lipbridge.report.plot import plot_reports as plot_reports
    from lipbridge.report.records import Report as Report, Row as Row, Slopes as Slopes
    from lipbridge.report.selections import SelectionRow as SelectionRow
    from lipbridge.report.text import (
        show_bounds as show_bounds,
        show_checked as show_checked,
        show_doctor as show_doctor,
        show_export as show_export,
        show_run as show_run,
        show_symbolic as show_symbolic,
    )

__getattr__ = lazy(__name__)
