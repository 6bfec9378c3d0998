"""Names that may reach Lean: validated once, here."""

from __future__ import annotations

import re
from typing import Self

from lipbridge.errors import InputError

__all__ = ["Identifier"]

_PATTERN = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
# Words that Lean's own parser claims, and names that the generated modules use themselves.
_RESERVED = frozenset(
    [
        "abbrev",
        "at",
        "attribute",
        "axiom",
        "by",
        "calc",
        "class",
        "def",
        "deriving",
        "do",
        "else",
        "end",
        "example",
        "export",
        "extends",
        "finally",
        "for",
        "from",
        "fun",
        "have",
        "if",
        "import",
        "in",
        "include",
        "inductive",
        "infix",
        "infixl",
        "infixr",
        "instance",
        "lemma",
        "let",
        "local",
        "macro",
        "macro_rules",
        "match",
        "mut",
        "mutual",
        "namespace",
        "noncomputable",
        "notation",
        "nomatch",
        "open",
        "opaque",
        "partial",
        "postfix",
        "prefix",
        "private",
        "protected",
        "public",
        "rec",
        "return",
        "scoped",
        "section",
        "show",
        "sorry",
        "structure",
        "suffices",
        "syntax",
        "then",
        "theorem",
        "this",
        "throw",
        "try",
        "universe",
        "unless",
        "unsafe",
        "using",
        "variable",
        "where",
        "while",
        "with",
        "Prop",
        "Type",
        "Sort",
        "LipBridge",
        "Export",
        "Data",
        "Network",
        "R",
        "r",
        "x",
        "y",
        "z",
        "h",
        "S",
        "hr",
    ]
)

# Further commands and attributes of Lean, which the check refuses in generated modules.
_COMMANDS = (
    "add_decl_doc binder_predicate builtin_initialize builtin_simproc by_elab coinductive "
    "compile_def compile_inductive csimp declare_config_elab declare_simp_like_tactic "
    "declare_syntax_cat dsimproc elab elab_rules extern gen_injective_theorems grind_pattern "
    "implemented_by include_str init_quot initialize irreducible_def lcAny lcCast lcErased "
    "lcProof lcUnreachable meta module native_decide ofReduceBool ofReduceNat omit prelude "
    "reduceBool reduceNat register_builtin_option register_option register_simp_attr "
    "register_tactic_tag run_cmd run_elab run_meta run_tac seal set_option simproc "
    "simproc_decl tactic_extension trustCompiler unif_hint unsafeCast unsafeIO unseal"
)
# What the generated modules call by its short name: a layer of that name would be taken for it.
_CALLED = (
    "zero one add mul sup neg le ofInt ofNat ofList ofPacked unpackInts Eq Nat Int Vec True And "
    "Agree AgreeOutside Slice InBall BoundedOn Holds OrderedRing SqLipschitz SqLipschitzOn "
    "Lipschitz LipschitzOn NormBound SpectralCertificate PackedMatrix Rows Shape Stack"
)
_REFUSED = _RESERVED | frozenset(_COMMANDS.split()) | frozenset(_CALLED.split())


class Identifier(str):
    """A word that is safe as a Lean identifier: letters, digits, ``_``; not a Lean keyword.

    Raises:
        InputError: the word is not such an identifier; the message says what is allowed.
    """

    __slots__ = ()

    def __new__(cls, word: str) -> Self:
        name = cls.suffix(word)
        if name in _REFUSED:
            raise InputError(f"{word!r} is reserved in Lean or by lipbridge; choose another name")
        return name

    @classmethod
    def suffix(cls, word: str) -> Self:
        """A word that only ends longer names in Lean, and may be a keyword or a variable.

        Raises:
            InputError: other characters, or too many.
        """
        if not _PATTERN.fullmatch(word):
            raise InputError(
                f"{word[:80]!r} cannot be a name: use letters, digits and _, starting with a "
                "letter, at most 64 characters"
            )
        return super().__new__(cls, word)
