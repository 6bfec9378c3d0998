"""Specs: the language, and the :class:`Network` record that it denotes."""

from lipbridge.spec.identifier import Identifier
from lipbridge.spec.network import Network, walk
from lipbridge.spec.parser import parse, read

__all__ = ["Identifier", "Network", "parse", "read", "walk"]
