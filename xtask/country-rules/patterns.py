"""Regular expressions in the manner of the service: anchored, nested groups, {n,n}, escapes inside classes.

They must compile in JavaScript with and without the `u` flag, so an escaped `-` stands only inside a class.
"""

import re

# What may stand between two digits of a phone number; ") " makes it two.
SEPARATOR = r"[ \-\/\.]?"
SEPARATORS = r"[ \-\/\.\(\)]{0,2}"
# Country calling code 1: three, three and four digits, area codes from 2.
NORTH_AMERICAN = (
    rf"^(\+?1{SEPARATOR})?(\(([2-9]\d{{2,2}})\)|([2-9]\d{{2,2}})){SEPARATOR}"
    rf"(\d{{3,3}}){SEPARATOR}(\d{{4,4}})$"
)


def anchored(pattern):
    """The pattern between anchors, in a group where an alternative would escape them."""
    depth = 0
    for token in re.findall(r"\\.|\[(?:\\.|[^\]\\])*\]|[()|]", pattern):
        depth += {"(": 1, ")": -1}.get(token, 0)
        if token == "|" and depth == 0:
            return f"^({pattern})$"
    return f"^{pattern}$"


def range_counts(pattern):
    """`{5}` as `{5,5}`: the same, as the service sometimes writes it."""
    return re.sub(r"\{(\d+)\}", r"{\1,\1}", pattern)


def phone(calling_code, trunk_prefix, lengths):
    """Numbers of these lengths (digits after the trunk prefix), with or without calling code or trunk prefix."""
    if calling_code == "1":
        return NORTH_AMERICAN
    trunk = rf"(\(?{trunk_prefix}\)?{SEPARATOR})?" if trunk_prefix else ""
    repeats = f"{min(lengths) - 1},{max(lengths) - 1}"
    return rf"^(\(?(\+|00)?{calling_code}\)?{SEPARATOR})?{trunk}\(?(\d{SEPARATORS}){{{repeats}}}\d$"


def vat(alternatives):
    """One pattern from jsvat's list of anchored ones."""
    if len(alternatives) == 1:
        return alternatives[0]
    inner = "|".join(f"({a.removeprefix('^').removesuffix('$')})" for a in alternatives)
    return f"^({inner})$"


def mask(tax_format):
    """A tax number's mask as a pattern: 9 a digit, A a capital letter, X either, the rest itself."""
    kinds = {"9": r"\d", "A": "[A-Z]", "X": r"[A-Z\d]"}
    return "".join(kinds.get(c, re.escape(c)) for c in tax_format)
