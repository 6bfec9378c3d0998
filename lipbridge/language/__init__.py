"""Specs: the language, and the :class:`Network` record that it denotes."""

from lipbridge.language.identifier import Identifier
from lipbridge.language.network import Network, walk
from lipbridge.language.parser import parse, read, read_text

__all__ = ["Identifier", "Network", "parse", "read", "read_text", "walk"]
