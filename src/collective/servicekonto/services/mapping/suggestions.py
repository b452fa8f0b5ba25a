"""Which attribute the name of a field suggests, in German and in English."""

from collections.abc import Mapping
from collective.servicekonto.services.words import plain


# Each word is compared without case, blanks and punctuation.
_WORDS = {
    "salutation": "anrede, form of address",
    "doctoral_degree": "doktorgrad, titel, akademischer grad, doctoral degree",
    "given_names": (
        "vorname, vornamen, rufname, first name, firstname, given name, given names"
    ),
    "family_name": (
        "nachname, name, familienname, zuname, last name, lastname, surname, family name"
    ),
    "birth_name": "geburtsname, name bei der geburt, birth name, maiden name",
    "date_of_birth": (
        "geburtsdatum, geburtstag, geboren am, date of birth, birthday, dob"
    ),
    "place_of_birth": "geburtsort, place of birth, birthplace",
    "nationality": "staatsangehoerigkeit, nationalitaet, nationality, citizenship",
    "address/street": (
        "strasse, strasse und hausnummer, strasse hausnummer, strasse nr, anschrift, "
        "street, street and house number, street address"
    ),
    "address/postal_code": "plz, postleitzahl, zip, zip code, postcode, postal code",
    "address/city": "ort, wohnort, stadt, town, city",
    "address/country": "land, staat, country",
    "telephone": (
        "telefon, telefonnummer, rufnummer, handy, mobil, telephone, phone, "
        "phone number, mobile"
    ),
    "email": "email, emailadresse, email adresse, mail, email address",
    "Kind/given_names": "vorname des kindes, child's first name",
    "Kind/family_name": "nachname des kindes, familienname des kindes",
    "Kind/date_of_birth": "geburtsdatum des kindes, child's date of birth",
    "Kind/place_of_birth": "geburtsort des kindes",
    "Fahrzeug/licence_plate": (
        "kennzeichen, autokennzeichen, amtliches kennzeichen, kfz kennzeichen, "
        "licence plate, license plate"
    ),
    "Fahrzeug/make": "marke, marke und modell, fahrzeug, fabrikat, make, make and model",
    "Fahrzeug/identification_number": (
        "fahrgestellnummer, fahrzeugidentifizierungsnummer, fin, vin"
    ),
    "Hund/name": "name des hundes, rufname des hundes, hundename, dog's name",
    "Hund/breed": "rasse, hunderasse, rasse des hundes, breed",
    "Hund/date_of_birth": "geburtsdatum des hundes, wurfdatum",
    "Hund/chip_number": "chipnummer, transpondernummer, nummer des chips, chip number",
    "Hund/tax_tag": "steuermarke, hundemarke, nummer der hundemarke, dog tag",
    "Bankverbindung/iban": "iban",
    "Bankverbindung/account_holder": "kontoinhaber, kontoinhaberin, account holder",
}

_KEYS = {
    plain(word): each for each, words in _WORDS.items() for word in words.split(",")
}


def suggestion(name: str, title: str, offered: Mapping[str, str]) -> str | None:
    """Return the key of the attribute that name or title suggest, or None.

    ``offered`` are the titles of the attributes that there are, by their keys: what
    is called just like an attribute is taken to be it.
    """
    by_title = {plain(words): each for each, words in offered.items()}
    for text in (plain(title), plain(name)):
        found = by_title.get(text) or _KEYS.get(text)
        if found in offered:
            return found
    return None
