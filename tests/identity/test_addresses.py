"""An address is written to as typed and compared without its spelling."""

from collective.servicekonto.identity.addresses import address_key
from collective.servicekonto.identity.addresses import AddressProblem
from collective.servicekonto.identity.addresses import normalise_address
from hypothesis import given
from hypothesis import strategies as st
import pytest
import string


atoms = st.text(
    string.ascii_letters + string.digits + "!#$%&'*+/=?^_`{|}~-",
    min_size=1,
    max_size=12,
)
labels = st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,10}", fullmatch=True)
addresses = st.builds(
    lambda atoms, labels: f"{'.'.join(atoms)}@{'.'.join(labels)}.de",
    st.lists(atoms, min_size=1, max_size=3),
    st.lists(labels, min_size=1, max_size=3),
)


def problem_of(text):
    with pytest.raises(AddressProblem) as caught:
        normalise_address(text)
    return caught.value.message


@pytest.mark.parametrize(
    ("typed", "mailed"),
    [
        ("erika@example.org", "erika@example.org"),
        (" erika@example.org ", "erika@example.org"),
        (
            "Erika.Mustermann+Rathaus@Example.ORG",
            "Erika.Mustermann+Rathaus@example.org",
        ),
        ("erika@münchen.de", "erika@xn--mnchen-3ya.de"),
        ("erika@MÜNCHEN.de", "erika@xn--mnchen-3ya.de"),
        ("erika@mu\u0308nchen.de", "erika@xn--mnchen-3ya.de"),
        ("erika@straße.de", "erika@xn--strae-oqa.de"),
        ("ＥＲＩＫＡ＠example.org", "ERIKA@example.org"),
        ("o'neill@example.org", "o'neill@example.org"),
    ],
)
def test_the_domain_is_normalised_and_the_local_part_kept(typed, mailed):
    assert normalise_address(typed) == mailed


@pytest.mark.parametrize(
    "spelling",
    [
        "erika@münchen.de",
        "ERIKA@MÜNCHEN.DE",
        "Erika@xn--MNCHEN-3ya.de",
        "ｅrika@München.de ",
    ],
)
def test_all_spellings_of_an_address_have_one_key(spelling):
    assert address_key(spelling) == "erika@xn--mnchen-3ya.de"


def test_different_mailboxes_have_different_keys():
    mailboxes = ["a@x.de", "a@y.de", "a+b@x.de", "b@x.de", "a.b@x.de"]
    assert len({address_key(mailbox) for mailbox in mailboxes}) == len(mailboxes)


@given(addresses)
def test_normalising_twice_changes_nothing(address):
    once = normalise_address(address)
    assert normalise_address(once) == once
    assert (
        address_key(once) == address_key(address) == address_key(address_key(address))
    )


@given(addresses)
def test_capital_letters_do_not_matter_for_the_key(address):
    assert address_key(address.swapcase()) == address_key(address)


@given(st.text(max_size=300) | st.text('@.ab\n\r <>,;:"\\ß\ud800', max_size=40))
def test_whatever_is_typed_becomes_one_safe_address_or_is_refused(text):
    try:
        address = normalise_address(text)
    except AddressProblem:
        return
    assert address.isascii()
    assert address.isprintable()
    assert address.count("@") == 1
    assert len(address) <= 254
    assert not set(address) & set(' <>,;"()')


@pytest.mark.parametrize("text", ["", "  "])
def test_an_address_is_needed(text):
    assert problem_of(text) == "Please enter your e-mail address."


@pytest.mark.parametrize(
    "text",
    [
        "erika@example.org\nBcc: alle@example.org",
        "erika@example.org\r\n",
        "erika\x00@example.org",
        "erika\t@example.org",
        "erika\x85@example.org",
        "\ud800@example.org",
    ],
)
def test_line_breaks_and_control_characters_are_refused(text):
    assert "line breaks" in problem_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "erika",
        "erika@",
        "@example.org",
        "erika@example",
        "erika@@example.org",
        "erika @example.org",
        "erika..m@example.org",
        ".erika@example.org",
        "Erika <erika@example.org>",
        "erika@example.org,max@example.org",
        '"erika m"@example.org',
        "erika@[127.0.0.1]",
        "erika@localhost",
        "erika@-example.org",
        "<script>@example.org",
    ],
)
def test_what_is_no_plain_address_is_refused_with_an_example(text):
    assert "name@example.org" in problem_of(text)


def test_accents_before_the_at_sign_are_explained():
    assert "before the @" in problem_of("jürgen@example.org")


def test_an_address_has_at_most_254_characters():
    domain = ".".join(["x" * 60] * 3) + ".de"
    fitting = "e" * (254 - len(domain) - 1) + "@" + domain
    assert len(fitting) == 254
    assert "too long" in problem_of(fitting + "x" * 600)
    with pytest.raises(AddressProblem):
        normalise_address("e" + fitting)


def test_the_problem_does_not_repeat_the_address():
    assert "geheim" not in str(problem_of("geheim@@example.org"))


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("erika mustermann@example.org", "blanks"),
        ("erika@ example.org", "blanks"),
        ("erika@example.org, max@example.org", "blanks"),
        ("erika@@example.org", "single @"),
        ("erika@home@example.org", "single @"),
        ("<erika@example.org>", "<"),
        ("Erika<erika@example.org>", "<"),
        ("erika.example.org", "complete"),
    ],
)
def test_the_message_names_what_is_wrong(address, word):
    with pytest.raises(AddressProblem) as raised:
        normalise_address(address)
    assert word in raised.value.message
    assert "erika" not in raised.value.message
