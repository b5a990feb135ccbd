"""Mails over SMTP to a server that is not ours (aiosmtpd): readable in every language, once, and not lost while it is down."""

import email
import email.policy
import json
import re
import shutil
import tempfile
import time

from aiosmtpd.controller import Controller
from town import Checks, Town, Visitor, free_port

check = Checks("mail")
ADDRESS = "http://town.example"


class Inbox:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((envelope, email.message_from_bytes(envelope.content, policy=email.policy.default)))
        return "250 taken"

    def to(self, address, count=1, seconds=15):
        """The mails to one address, once there are so many."""
        end = time.monotonic() + seconds
        while True:
            found = [mail for envelope, mail in self.mails if envelope.rcpt_tos == [address]]
            if len(found) >= count or time.monotonic() > end:
                return found
            time.sleep(0.1)


def serve(inbox, port):
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    return controller


def link_in(mail):
    return re.search(re.escape(ADDRESS) + r"(/\S+)", mail.get_content()).group(1)


inbox, port = Inbox(), free_port()
folder = tempfile.mkdtemp(prefix="polity-mail-")
env = {"POLITY_MAIL_SMTP_URL": f"smtp://127.0.0.1:{port}", "POLITY_MAIL_FROM": "Town of Mills <noreply@town.example>", "POLITY_TOWN_ADDRESS": ADDRESS}
town = Town(folder=folder, demo=False, env=env)
try:
    town.start()
    administrator = town.set_up()

    # The server is down while the mail is asked for; it comes when the server does, once.
    amina = Visitor(town)
    amina.post("/sign-in", {"email": "amina@example.org"})
    time.sleep(1.5)
    server = serve(inbox, port)
    mails = inbox.to("amina@example.org", seconds=30)
    check.equal("a mail waits for a server that is down", len(mails), 1)
    mail = mails[0]
    check.equal("from whom", str(mail["from"]), "Town of Mills <noreply@town.example>")
    check.holds("it has an id and a date", mail["message-id"] and mail["date"])
    page = amina.get(link_in(mail))
    check.holds("its link opens a page with a button", "<button" in page and "amina@example.org" in page)
    amina.post(link_in(mail), {})
    check.equal("the button signs in", json.loads(amina.get("/me.json"))["email"], "amina@example.org")

    reader = Visitor(town, "ar")
    reader.post("/sign-in", {"email": "tarek@example.org"})
    mail = inbox.to("tarek@example.org")[0]
    check.holds("a mail in Arabic arrives in Arabic", re.search("[\u0600-\u06ff]{3}", mail["subject"]) and re.search("[\u0600-\u06ff]{3}", mail.get_content()), mail["subject"])

    # Follow a request, hear of its answer, and leave by the link in the mail.
    code = json.loads(town.ask("/requests.json", {"category": "other", "address": "Lane 1"})[2])["code"]
    time.sleep(2)
    ines = Visitor(town)
    ines.post("/follow", {"kind": "request", "id": code, "email": "ines@example.org"})
    confirm = inbox.to("ines@example.org")[0]
    ines.post(link_in(confirm), {})
    administrator.post("/admin/people", {"email": "olga@example.org", "role": "officer", "organisation": "works"})
    officer = Visitor(town)
    officer.post("/sign-in", {"email": "olga@example.org"})
    officer.post(link_in(inbox.to("olga@example.org")[-1]), {})
    officer.post(f"/desk/{code}/answer", {"text": "We come on Monday"})
    news = inbox.to("ines@example.org", 2)
    check.holds("a follower hears of the answer", len(news) == 2 and code in news[-1]["subject"] + news[-1].get_content())
    leave = re.findall(re.escape(ADDRESS) + r"(/follow/\S+)", news[-1].get_content())[-1]
    ines.post(leave, {"leave": "yes"})
    officer.post(f"/desk/{code}/answer", {"text": "Once more"})
    time.sleep(3)
    check.equal("and no more after leaving", len(inbox.to("ines@example.org", 3, seconds=1)), 2)
    ids = [mail["message-id"] for _, mail in inbox.mails]
    check.equal("no mail twice", len(ids), len(set(ids)))
    printed = town.printed()
    check.holds("the log names nobody", not any(name in printed for name in ("amina", "tarek", "ines@", "olga")), printed[-800:])
    server.stop()
finally:
    town.stop()
    shutil.rmtree(folder, ignore_errors=True)
check.finish()
