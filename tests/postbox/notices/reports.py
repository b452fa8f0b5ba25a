"""Mails that come back, as mail servers write them."""

from email import policy
from email.message import EmailMessage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText


def delivery_status(action: str, status: str):
    """Return the part that programmes read (RFC 3464)."""
    server, recipient = EmailMessage(), EmailMessage()
    server["Reporting-MTA"] = "dns; mx.example.org"
    recipient["Final-Recipient"] = "rfc822; erika@example.org"
    recipient["Action"] = action
    recipient["Status"] = status
    part = MIMEMultipart("x")
    part.replace_header("Content-Type", "message/delivery-status")
    part.del_param("MIME-Version")
    part.set_payload([server, recipient])
    return part


def report(taken, action="failed", status="5.1.1", **headers) -> bytes:
    """Return what a mail server sends to the return address of a mail that it took."""
    mail = MIMEMultipart("report", **{"report-type": "delivery-status"})
    mail["From"] = "MAILER-DAEMON@mx.example.org"
    mail["To"] = taken.sender
    mail["Subject"] = "Undelivered Mail Returned to Sender"
    mail["Auto-Submitted"] = "auto-replied"
    for name, value in headers.items():
        mail[name] = value
    mail.attach(MIMEText("I am sorry to have to inform you …", _charset="utf-8"))
    mail.attach(delivery_status(action, status))
    mail.attach(MIMEMessage(taken.mail))
    return mail.as_bytes(policy=policy.SMTP)


def vacation(taken) -> bytes:
    """Return the answer of somebody on holiday (RFC 3834)."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = "erika@example.org"
    mail["To"] = taken.sender
    mail["Subject"] = "Ich bin im Urlaub"
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content("Action: failed\nStatus: 5.1.1\n")
    return mail.as_bytes()
