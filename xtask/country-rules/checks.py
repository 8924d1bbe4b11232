"""What the table must satisfy beyond compiling; each check yields sentences about what is wrong."""

import re

import babel
from stdnum import exceptions, get_cc_module

import patterns
import rules

# Registration numbers that python-stdnum knows too; it is a second opinion on their form, nothing of it is copied.
REGISTRATION_MODULES = {
    "BR": "cnpj",
    "BY": "unp",
    "IN": "pan",
    "MD": "idno",
    "PL": "nip",
    "RU": "inn",
    "TR": "vkn",
    "UA": "edrpou",
    "VE": "rif",
    "VN": "mst",
}


def all_faults(table, countries):
    """Everything wrong with the table, a sentence each."""
    for code, entry in table.items():
        own = countries[code]
        for fault in [
            *culture_faults(entry),
            *state_faults(entry),
            *address_faults(code, entry),
            *number_faults(code, entry, own),
        ]:
            yield f"{code}: {fault}"


def culture_faults(entry):
    """Every culture is one that CLDR knows."""
    for culture in entry["supportedCulturesList"]:
        try:
            babel.Locale.parse(culture, sep="-")
        except (ValueError, babel.UnknownLocaleError) as error:
            yield f"culture {culture}: {error}"


def state_faults(entry):
    """A list where a state is required."""
    if entry["isStateRequired"] and not entry["supportedStatesList"]:
        yield "a state is required but none is listed"


def address_faults(code, entry):
    """The examples satisfy their own country's rules, and their postal codes belong to their states."""
    prefixes = rules.state_prefixes(code)
    for address in entry["_address"]["addresses"]:
        state, postal = address.get("state"), address.get("postalCode")
        required = {
            "city": entry["isCityRequired"],
            "state": entry["isStateRequired"],
            "postalCode": entry["isPostalCodeRequired"],
        }
        for member, is_required in required.items():
            if is_required and not address.get(member):
                yield f"an example has no {member}: {address}"
        if state and state not in entry["supportedStatesList"]:
            yield f"state {state} is not in the list"
        if postal and "postalCodeRegex" not in entry:
            yield f"there are no postal codes, but an example has {postal}"
        if state and postal and not re.match(prefixes.get(state, ""), postal):
            yield f"postal code {postal} is not in state {state}"


def number_faults(code, entry, own):
    """Samples have the form that the mask, and a second package, give them."""
    sample = own.get("tax_sample")
    if sample and not re.fullmatch(patterns.mask(own["tax_format"]), sample):
        yield f"tax sample {sample} does not fit {own['tax_format']}"
    if own.get("vat"):
        yield from second_opinion(code, "vat", sample)
    if code in REGISTRATION_MODULES:
        number = entry["customerOrganizationRegistrationNumberSample"]
        yield from second_opinion(code, REGISTRATION_MODULES[code], number)


def second_opinion(code, module, sample):
    """Samples are invented, so a wrong check digit is no fault; a wrong length or form is."""
    try:
        get_cc_module(code.lower(), module).validate(sample)
    except exceptions.InvalidChecksum:
        return
    except exceptions.ValidationError as error:
        yield f"{module} {sample}: {type(error).__name__}"
