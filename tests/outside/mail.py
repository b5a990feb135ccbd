"""Mails over SMTP to a server that is not ours (aiosmtpd): readable in every language, once, and not lost while it is down."""

import email
import email.policy
import json
import re
import shutil
import subprocess
import tempfile
import time

from aiosmtpd.controller import Controller
from town import POLITY, Checks, Town, Visitor, free_port

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


def at_the_terminal(town, *arguments, **more):
    """What a command says of a town: its exit code, and its words."""
    done = subprocess.run([POLITY, *arguments, "--dir", town.folder], capture_output=True, text=True, env={**town.env, **more}, check=False)
    return done.returncode, done.stdout + done.stderr


def without_a_mail_server():
    """A town from which no mail leaves says so, and lets its people in by the terminal."""
    alone = Town(demo=False, env={"POLITY_TOWN_ADDRESS": ADDRESS})
    alone.start()
    try:
        administrator = alone.set_up()
        mine = json.loads(administrator.get("/me.json"))["email"]
        stranger = Visitor(alone)
        said = stranger.post("/sign-in", {"email": mine})
        check.holds("a town without a mail server says that no link is sent", "no mail server yet" in said, said[-400:])
        test = administrator.post("/admin/operations/test-mail", {})
        check.holds("and that a test does not leave", "does not leave" in test, test[-400:])
        code, said = at_the_terminal(alone, "sign-in-link", mine)
        link = re.search(re.escape(ADDRESS) + r"(/sign-in/link/\S+)", said)
        check.holds("the terminal prints a link", code == 0 and link, said)
        check.holds("which opens a page with a button", "<button" in stranger.get(link.group(1)))
        stranger.post(link.group(1), {})
        check.equal("and signs in", json.loads(stranger.get("/me.json"))["email"], mine)
        check.equal("once", alone.ask(link.group(1))[0], 410)
        for wrong in ("nobody@example.org", "no address"):
            code, said = at_the_terminal(alone, "sign-in-link", wrong)
            check.holds(f"“{wrong}” is refused in a sentence", code == 1 and "polity:" in said and "/sign-in/link/" not in said, said)
        code, said = at_the_terminal(alone, "check")
        check.holds("polity check finds the record named as the settings say", code == 0 and "its name   good: town.example" in said, said)
        code, said = at_the_terminal(alone, "check", POLITY_TOWN_JURISDICTION_ID="elsewhere.example")
        check.holds("and says what to set where it is not", code == 1 and 'town.jurisdiction_id = "town.example"' in said, said)
        discovery = alone.ask("/open311/discovery.json")[2].decode()
        check.holds("Open311 discovery names the page where keys are made", f"{ADDRESS}/me/tokens" in discovery, discovery)
    finally:
        alone.throw_away()


without_a_mail_server()
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
