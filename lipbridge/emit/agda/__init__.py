"""The same certificates for Agda: a module a network, beside a theory in Agda."""

from lipbridge.emit.agda.project import agda_project

__all__ = ["agda_project"]
