"""What mail servers report, and what others send that only looks like it."""

from collective.servicekonto.postbox.notices.reports import LONGEST
from collective.servicekonto.postbox.notices.reports import recipients_of_failure
from email.message import EmailMessage
from hypothesis import given
from hypothesis import strategies as st
from tests.post_office import Taken
from tests.postbox.notices.reports import report
import pytest


ADDRESS = "rueck+0123456789abcdef0123456789abcdef@stadt.example"


def taken():
    """Return a mail that a server took."""
    mail = EmailMessage()
    mail["To"] = "erika@example.org"
    mail.set_content("Guten Tag")
    return Taken(ADDRESS, "erika@example.org", mail)


POSTFIX = f"""\
Return-Path: <>
X-Original-To: {ADDRESS}
Delivered-To: {ADDRESS}
Date: Mon, 23 Nov 2026 09:00:00 +0100 (CET)
From: MAILER-DAEMON@mail.stadt.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {ADDRESS}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4XyZ.1/mail.stadt.example"
Message-Id: <20261123080000.4XyZ@mail.stadt.example>

This is a MIME-encapsulated message.

--4XyZ.1/mail.stadt.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

<erika@example.org>: user unknown

--4XyZ.1/mail.stadt.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.stadt.example
X-Postfix-Queue-ID: 4XyZ
Arrival-Date: Mon, 23 Nov 2026 08:59:59 +0100 (CET)

Final-Recipient: rfc822; erika@example.org
Original-Recipient: rfc822;erika@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 5.1.1 <erika@example.org>: user unknown

--4XyZ.1/mail.stadt.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Subject: News

--4XyZ.1/mail.stadt.example--
"""

INTERNATIONAL = f"""\
To: {ADDRESS}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=global-delivery-status; boundary=b

--b
Content-Type: text/plain

Sorry
--b
Content-Type: message/global-delivery-status

Reporting-MTA: dns; mail.stadt.example

Final-Recipient: utf-8; erika@bücher.example
Action: failed
Status: 5.1.1

--b--
"""

READ_RECEIPT = f"""\
To: {ADDRESS}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary=b

--b
Content-Type: message/disposition-notification

Action: failed
Status: 5.1.1
--b--
"""


@pytest.mark.parametrize("text", [POSTFIX, INTERNATIONAL])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_report_of_a_failure_is_understood(text, end):
    raw = text.replace("\n", end).encode()
    assert ADDRESS in recipients_of_failure(raw)


def test_the_confirmation_of_reading_is_no_failure():
    assert recipients_of_failure(READ_RECEIPT.encode()) == ""


def test_only_to_whom_it_was_sent_is_returned():
    mail = taken()
    mail.mail["X-Other"] = "rueck+ffffffffffffffffffffffffffffffff@stadt.example"
    assert "ffff" not in recipients_of_failure(report(mail))


def test_a_report_within_another_mail_is_not_believed():
    outer = EmailMessage()
    outer["To"] = ADDRESS
    outer.set_content("Please see the report")
    outer.add_attachment(
        report(taken()), maintype="application", subtype="octet-stream"
    )
    assert recipients_of_failure(outer.as_bytes()) == ""


def test_parts_within_parts_do_no_harm():
    levels = 20_000
    opening = "".join(
        f"Content-Type: multipart/report; report-type=delivery-status; boundary=b{n}\n\n--b{n}\n"
        for n in range(levels)
    )
    assert recipients_of_failure(f"To: {ADDRESS}\n{opening}".encode()) == ""


def test_a_report_of_many_megabytes_is_read_only_so_far():
    raw = report(taken()) + b"x" * (20 * LONGEST)
    assert ADDRESS in recipients_of_failure(raw)


PIECES = st.sampled_from(
    [
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n",
        b"Content-Type: message/delivery-status\n",
        b"Content-Type: multipart/report; report-type*0*=x''%ff; boundary=\n",
        b"Content-Transfer-Encoding: base64\n",
        b"Action: failed\n",
        b"Status: 5.1.1\n",
        b"To: =?utf-8?q?=ff?=\n",
        f"To: {ADDRESS}\n".encode(),
        b"\n",
        b"--b\n",
        b"--b--\n",
        b"\xff\x00\r\n",
        b": \n",
    ]
)


@given(st.lists(st.one_of(PIECES, st.binary(max_size=20)), max_size=30))
def test_whatever_arrives_does_no_harm(pieces):
    assert isinstance(recipients_of_failure(b"".join(pieces)), str)
