"""Reports: symbolic, certified and measured bounds side by side."""

from lipbridge.report.agreement import check_agreement
from lipbridge.report.build import NormBounds, build_report
from lipbridge.report.plot import plot_reports
from lipbridge.report.readback import Constants, read_constants
from lipbridge.report.records import Report, Row

__all__ = [
    "Constants",
    "NormBounds",
    "Report",
    "Row",
    "build_report",
    "check_agreement",
    "plot_reports",
    "read_constants",
]
