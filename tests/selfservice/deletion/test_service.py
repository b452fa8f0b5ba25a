"""A citizen deletes the account, and can change their mind."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts.interfaces import IPersonalData
from collective.servicekonto.accounts.login import TooManyAttempts
from collective.servicekonto.accounts.means import Passkey
from collective.servicekonto.accounts.personal import WithoutFiles
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.selfservice.deletion import service
from collective.servicekonto.selfservice.deletion.letters import deleted_letter
from collective.servicekonto.selfservice.deletion.letters import kept_letter
from collective.servicekonto.selfservice.deletion.letters import locked_letter
from collective.servicekonto.selfservice.deletion.service import Wish
from collective.servicekonto.selfservice.email import change
from collective.servicekonto.selfservice.password import service as passwords
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.tokens import TokenExpired
from collective.servicekonto.store.tokens import TokenUsed
from tests.factories import ADDRESS
from tests.factories import PASSWORD
from tests.factories import registered
from ZODB.POSException import ConflictError
from zope.component import getGlobalSiteManager
from zope.component import getUtilitiesFor
from zope.i18n import translate
from zope.interface.verify import verifyObject
import pytest
import transaction


SURE = Wish(PASSWORD, confirmed=True)

PASSKEY = Passkey("a", "Handy", b"", 0, 1, "session", confirmed=True)


@pytest.fixture
def request_deletion(account, site, clock, mailbox):
    """Erika deletes her account."""

    def act(wish=SURE):
        moment = service.request_deletion(site.REQUEST, account, wish, clock())
        transaction.commit()
        return moment

    return act


def token_of(mailbox):
    """Return the secret in the link of the newest mail."""
    return mailbox.last_link().partition("token=")[2]


def subjects(mailbox):
    """Return whom we wrote to, and what about."""
    return [(mail["To"], mail["Subject"]) for mail in mailbox.mails()]


def in_german(subject):
    """Return the subject as Erika reads it."""
    return translate(subject, target_language="de")


DELETED = deleted_letter().subject
KEPT = kept_letter("").subject
LOCKED = locked_letter("", "").subject


def test_the_account_is_locked_for_seven_days(account, request_deletion, clock):
    assert (request_deletion() - clock()).days == 7
    assert accounts.state(account) == accounts.LOCKED
    assert not accounts.is_active(account)


def test_it_goes_when_the_lock_period_is_over(
    account, request_deletion, clock, clean_up
):
    request_deletion()
    clock.forward(days=6, hours=23)
    assert clean_up("deletion")["done"] == 0
    assert accounts.query_account(account.id)
    clock.forward(hours=1, minutes=5)
    assert clean_up("deletion")["done"] == 1
    assert accounts.query_account(account.id) is None
    assert accounts.query_by_address(ADDRESS) is None
    for queue in ("deletion", "inactivity", "activation", "sessions"):
        assert len(get_store().queue(queue)) == 0


def test_the_lock_period_is_set_by_the_portal(site, account, request_deletion, clock):
    site.buergerportal.lock_days = 30
    assert (request_deletion() - clock()).days == 30


def test_all_sessions_end_at_once(account, request_deletion, clock):
    ticket = accounts.sessions.start(account, TrustLevel.LOW, "password", clock())
    request_deletion()
    assert accounts.sessions.resolve(ticket, clock()) is None


def test_nobody_logs_in_during_the_lock(request_deletion, clock):
    request_deletion()
    assert accounts.check_password(ADDRESS, PASSWORD, clock()) is None


def test_the_password_is_demanded_once_more(account, request_deletion, mailbox):
    with pytest.raises(service.WishRefused) as refused:
        request_deletion(Wish("geraten", confirmed=True))
    assert set(refused.value.problems) == {"password"}
    assert accounts.is_active(account)
    assert mailbox.mails() == []


def test_the_wish_has_to_be_confirmed(account, request_deletion):
    with pytest.raises(service.WishRefused) as refused:
        request_deletion(Wish("geraten", confirmed=False))
    assert set(refused.value.problems) == {"password", "confirmed"}
    assert accounts.is_active(account)


def test_guessing_the_password_is_slowed_down(request_deletion):
    for _guess in range(4):
        with pytest.raises(service.WishRefused):
            request_deletion(Wish("geraten", confirmed=True))
    with pytest.raises(TooManyAttempts):
        request_deletion()


def test_the_mail_has_a_link_that_keeps_the_account(
    account, request_deletion, mailbox, clock, clean_up
):
    request_deletion()
    service.keep(token_of(mailbox), clock())
    transaction.commit()
    assert accounts.check_password(ADDRESS, PASSWORD, clock()).id == account.id
    assert subjects(mailbox) == [
        (ADDRESS, in_german(LOCKED)),
        (ADDRESS, in_german(KEPT)),
    ]
    clock.forward(days=8)
    assert clean_up("deletion")["due"] == 0
    assert accounts.is_active(account)


def test_the_link_works_once(request_deletion, mailbox, clock):
    request_deletion()
    token = token_of(mailbox)
    service.keep(token, clock())
    with pytest.raises(TokenUsed):
        service.keep(token, clock())


def test_the_link_works_until_the_lock_period_is_over(request_deletion, mailbox, clock):
    request_deletion()
    clock.forward(days=7)
    with pytest.raises(TokenExpired):
        service.check_keeping(token_of(mailbox), clock())


def test_a_former_link_does_not_undo_a_later_deletion(
    account, request_deletion, mailbox, clock, site
):
    site.buergerportal.lock_days = 30
    request_deletion()
    former = token_of(mailbox)
    mailbox.clear()
    service.keep(former, clock())
    clock.forward(hours=1)
    request_deletion()
    with pytest.raises(TokenUsed):
        service.keep(former, clock())


def test_links_sent_before_change_nothing_during_the_lock(
    request_deletion, mailbox, clock, account
):
    passwords.request_reset(ADDRESS, "de", clock())
    transaction.commit()
    reset = token_of(mailbox)
    mailbox.clear()
    request_deletion()
    with pytest.raises(TokenUsed):
        passwords.check_reset(reset, clock())


def test_the_forgotten_password_does_not_unlock(
    account, request_deletion, mailbox, clock
):
    request_deletion()
    mailbox.clear()
    passwords.request_reset(ADDRESS, "de", clock())
    transaction.commit()
    assert "passwort-neu" not in mailbox.last_link()


def test_the_address_stays_taken_during_the_lock(
    account, request_deletion, mailbox, clock, clean_up
):
    request_deletion()
    mailbox.clear()
    registered(clock())
    transaction.commit()
    assert "aktivieren" not in mailbox.last_link()
    clock.forward(days=7, minutes=5)
    clean_up("deletion")
    mailbox.clear()
    registered(clock())
    transaction.commit()
    assert "aktivieren" in mailbox.last_link()


def test_who_reads_the_former_address_can_keep_the_account_as_well(
    account, request_deletion, mailbox, clock
):
    change.give_up(account, "frueher@example.org", clock())
    request_deletion()
    assert {to for to, _subject in subjects(mailbox)} == {
        ADDRESS,
        "frueher@example.org",
    }


def test_without_a_lock_period_it_goes_at_once(
    site, account, request_deletion, mailbox, clock
):
    site.buergerportal.lock_days = 0
    assert request_deletion() == clock()
    assert accounts.query_account(account.id) is None
    assert subjects(mailbox) == [(ADDRESS, in_german(DELETED))]


def test_the_last_letter_tells_that_it_is_done(
    request_deletion, mailbox, clock, clean_up
):
    request_deletion()
    mailbox.clear()
    clock.forward(days=7, minutes=5)
    clean_up("deletion")
    assert subjects(mailbox) == [(ADDRESS, in_german(DELETED))]


def test_a_clock_that_jumps_back_deletes_nothing_early(
    account, request_deletion, clock, clean_up
):
    right = clock.moment
    clock.forward(days=-400)
    request_deletion()
    clock.moment = right
    clean_up("deletion")
    assert accounts.query_account(account.id)
    clock.forward(days=6)
    clean_up("deletion")
    assert accounts.query_account(account.id)


def test_a_deadline_that_came_up_early_is_put_back(
    account, request_deletion, clock, clean_up
):
    request_deletion()
    get_store().queue(service.DELETION).add(account.id, int(clock().timestamp()))
    transaction.commit()
    clock.forward(minutes=10)
    assert clean_up("deletion")["due"] == 1
    assert accounts.query_account(account.id)
    assert len(get_store().queue(service.DELETION)) == 1


def test_nothing_is_added_to_a_locked_account(account, request_deletion):
    accounts.demand_active(account)
    request_deletion()
    with pytest.raises(accounts.NotActive):
        accounts.demand_active(account)


def test_whoever_adds_while_the_account_is_being_locked_has_to_try_again(
    functional, site, account, clock
):
    database = site._p_jar.db()
    manager = transaction.TransactionManager()
    other = database.open(manager)
    try:
        stored = other.get(account._p_oid)
        other.root()["added"] = stored.id
        other.readCurrent(stored)
        service.request_deletion(site.REQUEST, account, SURE, clock())
        transaction.commit()
        with pytest.raises(ConflictError):
            manager.commit()
    finally:
        manager.abort()
        other.close()


def test_every_module_says_what_goes_and_what_is_open(functional):
    for _name, utility in getUtilitiesFor(IPersonalData):
        assert verifyObject(IPersonalData, utility)


def test_what_goes_is_told_in_words(account):
    assert "Your password" in service.what_goes(account)
    # Nobody has read the welcome in the Postfach yet.
    assert any("unread" in text for text in service.warnings(account))


class Damaged(WithoutFiles):
    """Personal data that cannot be erased."""

    def erase(self, account):
        """Fail as a damaged database does."""
        raise ValueError


def test_who_is_told_that_it_is_done_is_told_the_truth(
    account, request_deletion, mailbox, clock, clean_up
):
    request_deletion()
    mailbox.clear()
    clock.forward(days=7, minutes=5)
    manager, damaged = getGlobalSiteManager(), Damaged()
    manager.registerUtility(damaged, IPersonalData, "zz-damaged")
    try:
        assert clean_up("deletion")["failed"] == 1
    finally:
        manager.unregisterUtility(damaged, IPersonalData, "zz-damaged")
    assert mailbox.mails() == []
    assert accounts.query_account(account.id)
    clock.forward(minutes=15)
    assert clean_up("deletion")["done"] == 1
    assert len(mailbox.mails()) == 1


def test_no_link_outlives_the_account(account, request_deletion, clock, clean_up):
    """Neither its id nor a hash of an address stays."""
    passwords.mail_reset(account, clock())
    request_deletion()
    assert get_store().tokens.of(account.id)
    clock.forward(days=7, minutes=5)
    clean_up("deletion")
    assert len(get_store().tokens) == 0
    assert len(get_store().queue("tokens")) == 0


@pytest.mark.parametrize("lock_days", [0, 7])
def test_it_needs_the_passkey_where_there_is_one(
    site, account, request_deletion, lock_days, mailbox
):
    site.buergerportal.lock_days = lock_days
    account.passkeys = (tuple(PASSKEY),)
    with pytest.raises(service.WishRefused) as refused:
        request_deletion()
    assert "passkey" in refused.value.problems["password"]
    assert accounts.is_active(account)
    assert mailbox.mails() == []
    request_deletion(SURE._replace(level=TrustLevel.SUBSTANTIAL))
    assert accounts.query_account(account.id) is None or accounts.is_locked(account)
