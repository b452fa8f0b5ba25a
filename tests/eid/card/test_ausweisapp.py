"""The real AusweisApp with a real smart card service and the emulated card."""

from collective.servicekonto.demo.smtp import free_port
from collective.servicekonto.eid.port import Cancelled
from collective.servicekonto.eid.port import ClientFailed
from collective.servicekonto.eid.port import DocumentRefused
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Place
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.port import Result
from collective.servicekonto.eid.reader.probe import probe
from collective.servicekonto.eid.reader.states import State
from collective.servicekonto.eid.testserver import app as ausweisapp
from collective.servicekonto.eid.testserver import curves
from collective.servicekonto.eid.testserver.pki import PKI
from contextlib import contextmanager
from cryptography.hazmat.primitives.serialization import Encoding
from dataclasses import dataclass
from dataclasses import replace
from itertools import count
from tests.eid import smartcards
from tests.eid.card.card import Card
from tests.eid.card.holder import Holder
from tests.eid.card.issuer import Issuer
from tests.eid.card.issuer import issuer
from tests.eid.card.passwords import Passwords
from tests.eid.card.persons import CHILD
from tests.eid.card.persons import EXPIRED
from tests.eid.card.persons import ZOE
from tests.eid.card.vpcd import CardInReader
from tests.eid.testserver.authentications import Authentications
from tests.eid.testserver.authentications import authentications
from tests.eid.testserver.authentications import now
import pytest
import time


NAMES = frozenset({Operation.GIVEN_NAMES, Operation.FAMILY_NAMES})
QUESTION = Question(NAMES)
EVERYTHING = Question(
    required=frozenset(Operation) - {Operation.RESIDENCE_PERMIT_I},
    minimum_age=16,
    community="02760503",
    reason="Hochstufen des Servicekontos",
)
RIGHT, WRONG = "123456", "111111"
PATIENCE = 20


@pytest.fixture(scope="module")
def pki(tmp_path_factory):
    directory = tmp_path_factory.mktemp("pki")
    (directory / "csca").mkdir()
    certificate = issuer().csca.public_bytes(Encoding.PEM)
    (directory / "csca" / "cards.pem").write_bytes(certificate)
    return PKI(directory, now())


def wait_until(condition) -> None:
    """Wait for programs that look at the reader now and then."""
    stop = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < stop
        time.sleep(0.1)


@dataclass(frozen=True)
class Desk:
    """What a holder needs for one authentication: all programs are new."""

    here: Authentications
    port: int

    def authenticate(self, holder: Holder, question: Question) -> Result:
        """Let the AusweisApp run once; return what the eID-Server learned."""
        return self.here.service.result(self.here.run(question, holder).id, 1)


@pytest.fixture
def desk(tmp_path, pki):
    """Return a desk with an empty reader, each time it is entered."""
    numbers = count()

    @contextmanager
    def desk():
        directory = tmp_path / f"desk-{next(numbers)}"
        for name in ("pcscd", "app"):
            (directory / name).mkdir(parents=True)
        with (
            pytest.MonkeyPatch.context() as patch,
            smartcards.running(directory / "pcscd") as service,
        ):
            for name, value in service.environment.items():
                patch.setenv(name, value)
            with (
                ausweisapp.running(directory / "app", pki.cvca, free_port()) as app,
                authentications(app, pki) as here,
            ):
                yield Desk(here, service.port)

    return desk


@pytest.fixture
def authenticate(desk):
    """Lay a card on an empty reader and let its holder authenticate."""

    def authenticate(card, holder=None, question=QUESTION):
        with desk() as new, CardInReader(card, new.port):
            return new.authenticate(holder or Holder(), question)

    return authenticate


def card_of(pki, **more):
    return Card(pki.cvca, **more)


def test_everything_is_read_from_a_card_on_the_reader(authenticate, pki):
    result = authenticate(card_of(pki, person=ZOE), question=EVERYTHING)
    assert result.values[Operation.GIVEN_NAMES] == ZOE.given_names
    assert result.values[Operation.FAMILY_NAMES] == ZOE.family_names
    assert result.values[Operation.BIRTH_NAME] == ZOE.birth_name
    assert result.values[Operation.DATE_OF_BIRTH] == "1987-02-28"
    assert result.values[Operation.PLACE_OF_BIRTH] == Place(text=ZOE.birthplace)
    assert result.old_enough
    assert result.lives_there
    assert len(bytes.fromhex(result.pseudonym)) == 32


def test_a_card_keeps_its_pseudonym(authenticate, pki):
    question = Question(frozenset({Operation.RESTRICTED_ID}))
    pseudonyms = {
        authenticate(card_of(pki), question=question).pseudonym for _each in range(2)
    }
    assert len(pseudonyms) == 1


def test_a_child_is_not_old_enough(authenticate, pki):
    question = Question(frozenset({Operation.AGE_VERIFICATION}), minimum_age=16)
    assert (
        authenticate(card_of(pki, person=CHILD), question=question).old_enough is False
    )


def test_an_expired_card_is_refused(authenticate, pki):
    with pytest.raises(DocumentRefused):
        authenticate(card_of(pki, person=EXPIRED))


def test_a_card_of_another_issuer_is_refused(authenticate, pki):
    with pytest.raises(DocumentRefused):
        authenticate(card_of(pki, issuer=Issuer()))


def test_after_a_wrong_pin_the_right_one_opens(authenticate, pki):
    holder = Holder(pins=[WRONG, RIGHT])
    card = card_of(pki)
    assert authenticate(card, holder).values
    assert holder.asked == [("ENTER_PIN", 3), ("ENTER_PIN", 2)]
    assert card.passwords.tries == 3


def test_after_two_wrong_pins_the_can_is_asked(authenticate, pki):
    holder = Holder(pins=[WRONG, WRONG, RIGHT])
    card = card_of(pki)
    assert authenticate(card, holder).values
    assert holder.asked == [
        ("ENTER_PIN", 3),
        ("ENTER_PIN", 2),
        ("ENTER_CAN", 1),
        ("ENTER_PIN", 1),
    ]
    assert card.passwords.tries == 3


def test_a_wrong_can_is_asked_again(authenticate, pki):
    holder = Holder(cans=["000000", "500540"])
    assert authenticate(card_of(pki, passwords=Passwords(tries=1)), holder).values
    assert [name for name, _tries in holder.asked] == [
        "ENTER_CAN",
        "ENTER_CAN",
        "ENTER_PIN",
    ]


def test_three_wrong_pins_block_the_card(authenticate, pki):
    holder = Holder(pins=[WRONG] * 3, puks=[])
    card = card_of(pki)
    with pytest.raises(Cancelled):
        authenticate(card, holder)
    assert holder.asked[-1] == ("ENTER_PUK", 0)
    assert card.passwords.tries == 0


def test_the_puk_unblocks_the_card(authenticate, pki):
    holder = Holder()
    card = card_of(pki, passwords=Passwords(tries=0))
    assert authenticate(card, holder).values
    assert holder.asked == [("ENTER_PUK", 0), ("ENTER_PIN", 3)]
    assert card.passwords.resets == 9


def test_a_function_that_is_off_is_never_asked_for_a_pin(authenticate, pki):
    holder = Holder()
    card = card_of(pki, passwords=Passwords(active=False))
    with pytest.raises(Cancelled):
        authenticate(card, holder)
    assert holder.asked == []


@pytest.mark.parametrize("moment", ["ACCESS_RIGHTS", "INSERT_CARD", "ENTER_PIN"])
def test_the_holder_may_cancel(authenticate, pki, moment):
    with pytest.raises(Cancelled):
        authenticate(card_of(pki), Holder(cancel_at=moment))


def test_a_terminal_without_its_key_is_refused_by_the_card(authenticate, pki):
    certified = pki.terminal

    def thief(*arguments):
        return replace(certified(*arguments), key=curves.new_key())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pki, "terminal", thief)
        with pytest.raises(ClientFailed):
            authenticate(card_of(pki))
    assert authenticate(card_of(pki)).values


class Pulled(Card):
    """A card that is pulled while its data are read."""

    def transmit(self, octets: bytes) -> bytes:
        """Answer until the chip has authenticated."""
        if self._session.chip_authenticated:
            raise ConnectionAbortedError
        return super().transmit(octets)


def test_a_card_that_is_pulled_while_it_is_read_tells_nothing(authenticate, pki):
    with pytest.raises(ClientFailed):
        authenticate(Pulled(pki.cvca))
    assert authenticate(card_of(pki)).values


def test_a_card_that_is_pulled_at_the_pin_tells_nothing(desk, pki):
    holder = Holder()
    with desk() as new, CardInReader(card_of(pki), new.port) as lying:

        def pull():
            lying.pull()
            holder.cancel_at = "INSERT_CARD"  # The AusweisApp may ask for it again.

        holder.when["ENTER_PIN"] = pull
        with pytest.raises((ClientFailed, Cancelled)):
            new.authenticate(holder, QUESTION)


def test_the_reader_command_sees_the_card_after_the_ausweisapp(desk, pki):
    with desk() as new, CardInReader(card_of(pki), new.port):
        assert new.authenticate(Holder(), QUESTION).values
        wait_until(lambda: probe().state is State.READY)


def test_the_reader_command_does_not_disturb_an_authentication(authenticate, pki):
    found = []
    holder = Holder(when={"ENTER_PIN": lambda: found.append(probe().state)})
    assert authenticate(card_of(pki), holder).values
    assert found == [State.IN_USE]
