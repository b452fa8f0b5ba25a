"""What registering promises."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.registration import service
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.tokens import TokenExpired
from collective.servicekonto.store.tokens import TokenUnknown
from collective.servicekonto.store.tokens import TokenUsed
from plone import api
from tests.factories import active_account
from tests.factories import ADDRESS
from tests.factories import entries
from tests.factories import PASSWORD
from tests.factories import registered
import pytest
import transaction


def token_of(mailbox):
    """Return the secret in the link of the newest mail."""
    transaction.commit()
    return mailbox.last_link().partition("token=")[2]


def test_a_link_activates_within_24_hours(functional, site, clock, mailbox):
    registered(clock())
    token = token_of(mailbox)
    clock.forward(hours=23, minutes=59, seconds=59)
    service.activate(token, clock())
    assert accounts.is_active(accounts.query_by_address(ADDRESS))


def test_a_link_expires_after_24_hours(functional, site, clock, mailbox):
    registered(clock())
    token = token_of(mailbox)
    clock.forward(hours=24, seconds=1)
    with pytest.raises(TokenExpired):
        service.activate(token, clock())
    assert accounts.query_by_address(ADDRESS) is None


def test_a_link_works_once(functional, site, clock, mailbox):
    registered(clock())
    token = token_of(mailbox)
    service.activate(token, clock())
    with pytest.raises(TokenUsed):
        service.activate(token, clock())


@pytest.mark.parametrize("cut", [0, 5, 42])
def test_a_truncated_link_is_unknown(functional, site, clock, mailbox, cut):
    registered(clock())
    token = token_of(mailbox)
    with pytest.raises(TokenUnknown):
        service.activate(token[:cut], clock())


def test_looking_at_a_link_does_not_use_it(functional, site, clock, mailbox):
    registered(clock())
    token = token_of(mailbox)
    service.check_activation(token, clock())
    service.check_activation(token, clock())
    assert accounts.query_by_address(ADDRESS) is None


def test_an_address_has_one_account_in_any_spelling(functional, site, clock, mailbox):
    registered(clock())
    first = token_of(mailbox)
    registered(clock(), email="ERIKA@Example.ORG")
    service.activate(token_of(mailbox), clock())
    with pytest.raises(TokenUsed):
        service.activate(first, clock())
    assert accounts.query_by_address("erika@EXAMPLE.org").email == "ERIKA@example.org"


def test_each_link_activates_what_was_registered_with_it(
    functional, site, clock, mailbox
):
    registered(clock(), given_names="Erika")
    own = token_of(mailbox)
    registered(clock(), given_names="Mallory")
    service.activate(own, clock())
    assert accounts.query_by_address(ADDRESS).given_names == "Erika"


def test_the_mail_that_is_sent_again_belongs_to_the_same_registration(
    functional, site, clock, mailbox
):
    own = registered(clock(), given_names="Erika")
    registered(clock(), given_names="Mallory")
    service.send_again(own, clock())
    service.activate(token_of(mailbox), clock())
    assert accounts.query_by_address(ADDRESS).given_names == "Erika"


def test_what_was_registered_beside_the_account_is_deleted(
    functional, site, clock, mailbox
):
    registered(clock())
    service.activate(token_of(mailbox), clock())
    registered(clock(), given_names="Mallory")
    clock.forward(hours=25)
    cleanup.run(batch=10, window=60)
    (left,) = get_store().accounts.values()
    assert left.given_names == "Erika"
    assert accounts.query_by_address(ADDRESS).id == left.id


def test_an_active_account_is_not_changed_by_another_registration(
    functional, site, clock, mailbox
):
    account = active_account(clock())
    registered(
        clock(), given_names="Mallory", password=PASSWORD * 2, repetition=PASSWORD * 2
    )
    assert accounts.query_by_address(ADDRESS).id == account.id
    assert accounts.query_by_address(ADDRESS).given_names == "Erika"
    transaction.commit()
    assert "anmelden" in mailbox.last_link()


def test_sending_twice_makes_one_account_and_one_mail(functional, site, clock, mailbox):
    key = registered(clock())
    service.register(key, set(), clock())
    transaction.commit()
    assert len(get_store().accounts) == 1
    assert len(mailbox.mails()) == 1


def test_an_aborted_transaction_sends_no_mail(functional, site, clock, mailbox):
    registered(clock())
    transaction.abort()
    transaction.commit()
    assert mailbox.mails() == []


def test_the_mail_is_sent_again_only_after_a_while(functional, site, clock, mailbox):
    settings().mail_interval = 180
    key = registered(clock(), email="pause@example.org")
    for _ in range(10):
        service.send_again(key, clock())
        transaction.commit()
    assert len(mailbox.mails()) == 3
    clock.forward(seconds=541)
    service.send_again(key, clock())
    transaction.commit()
    assert len(mailbox.mails()) == 4


def test_a_request_that_is_tried_again_mails_nevertheless(
    functional, site, clock, mailbox
):
    settings().mail_interval = 180
    for _conflict in range(5):
        registered(clock(), email="konflikt@example.org")
        transaction.abort()
    registered(clock(), email="konflikt@example.org")
    transaction.commit()
    assert len(mailbox.mails()) == 1


def test_a_draft_is_over_within_the_hour(functional, site, clock):
    key = service.begin("privatperson", "de", clock())
    clock.forward(minutes=60)
    with pytest.raises(service.DraftGone):
        service.get_draft(key, clock())


def test_a_draft_needs_its_own_key(functional, site, clock):
    service.begin("privatperson", "de", clock())
    with pytest.raises(service.DraftGone):
        service.get_draft("A" * 43, clock())


def test_a_draft_never_holds_the_password(functional, site, clock):
    key = service.begin("privatperson", "de", clock())
    service.fill_in(key, entries(), clock())
    draft = service.get_draft(key, clock())
    assert PASSWORD not in str(vars(draft.details))
    assert draft.details.password_hash.startswith("$argon2id$")


def test_nothing_is_made_without_the_declarations(functional, site, clock):
    key = service.begin("privatperson", "de", clock())
    service.fill_in(key, entries(), clock())
    with pytest.raises(service.Incomplete):
        service.register(key, set(), clock())
    assert len(get_store().accounts) == 0


def test_the_confirmed_versions_are_kept_with_their_time(functional, site, clock):
    registered(clock())
    (account,) = get_store().accounts.values()
    assert account.confirmed == (("privacy_declaration:1", int(clock().timestamp())),)


def test_a_closed_portal_accepts_nobody(functional, site, clock):
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(site.buergerportal, "close")
    with pytest.raises(service.RegistrationClosed):
        service.begin("privatperson", "de", clock())


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("given_names", ""),
        ("given_names", "<script>alert(1)</script>"),
        ("family_name", "A" * 200),
        ("family_name", "Null\x00byte"),
        ("email", "erika@example.org\nBcc: other@example.org"),
        ("email", "no address"),
        ("email", "a" * 300 + "@example.org"),
        ("salutation", "dr"),
        ("password", "kurz"),
        ("password", "passwort123"),
        ("password", "x" * 129),
    ],
)
def test_bad_input_gets_a_message_at_its_field(functional, site, clock, field, text):
    key = service.begin("privatperson", "de", clock())
    with pytest.raises(service.Incomplete) as refused:
        service.fill_in(key, entries(**{field: text}), clock())
    assert field in refused.value.problems
    assert not service.get_draft(key, clock()).details.complete


def test_nothing_gets_into_the_catalog(functional, site, clock):
    before = len(site.portal_catalog.unrestrictedSearchResults())
    active_account(clock())
    transaction.commit()
    assert len(site.portal_catalog.unrestrictedSearchResults()) == before
