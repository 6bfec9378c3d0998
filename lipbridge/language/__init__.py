"""Specs: the language, and the :class:`Network` record that it denotes."""

from lipbridge.language.identifier import Identifier as Identifier
from lipbridge.language.network import Network as Network, walk as walk
from lipbridge.language.parser import parse as parse, read as read, read_text as read_text
