developers-webhooks = Webhooks
developers-webhooks-text = Instead of asking again and again, a program can be told. An administrator adds it at /admin/webhooks and gets a secret, shown once. Each entry of the record that it hears is sent as a POST with JSON, signed as Standard Webhooks, so that the ready-made libraries check it.
developers-webhooks-order = One program gets its messages in the order of the record, one after another, each at least once; data.position counts them and webhook-id stays the same when one is sent again. Answer with 200 to 299 within ten seconds. While you are down or busy (no answer, 5xx, 408, 425, 429) everything waits, tried again after 5 seconds and then after ever longer pauses up to an hour; after three days, or after 410, it stops until an administrator lets it go on. A message that you refuse with another 4xx eight times is passed over.
developers-webhooks-check = What is sent is the public entry: no names, no words of residents. Ask the url in it for the rest, and the receipt_url for the proof that it is in the record.

# Operation
door-operations = Administration
admin-doors = Administration
operations-title = How the machinery does
operations-well = All is well.
operations-concerns = { $count ->
    [one] One thing needs you
   *[other] { $count } things need you
}
operations-concern-record-waits = Entries wait for their place in the record: nothing is signed at the moment. Look into the program's log.
operations-concern-follower-behind = Something that follows the record is far behind: search, counts or news come late.
operations-concern-disk-low = Less than 1 GiB is free on the disk.
operations-concern-backup-old = No copy was made in the last two days. Let a timer run polity backup.
operations-concern-jobs-dead = Work was given up after many tries.
operations-concern-jobs-late = Work waits for more than ten minutes.
operations-concern-mails-fail = Mails could not be sent.
operations-concern-mails-stay = No mail server is set, so mails stay here. Set mail.smtp_url.
operations-concern-webhooks-fail = A program that hears by webhook takes nothing.
operations-machine = The machine
operations-version = Program
operations-since = runs since { $when }
operations-database = Database
operations-log = log { $size }
operations-answered = answered in { $ms } ms
operations-memory = Memory of the program
operations-disk = Disk
operations-disk-free = { $free } of { $total } free
operations-backup = Last copy
operations-backup-elsewhere = PostgreSQL is copied by its own tools, which are not seen from here.
operations-backup-never = None was made with polity backup.
operations-record = The record
operations-entries = Signed entries
operations-signed = last signed { $when }
operations-pending = Entries that wait for their place
operations-pending-for = the oldest for { $seconds } s
operations-followers = Who follows the record
operations-follower = Follower
operations-behind = Entries behind
operations-jobs = Work in the background
operations-jobs-none = Nothing waits.
operations-kind = Kind
operations-waiting = Waiting
operations-retried = Failed, tried again
operations-dead = Given up
operations-late = Oldest waits (s)
operations-mails = Mail
operations-mail-leaves = How it leaves
operations-mail-smtp = by the mail server
operations-mail-outbox = not at all, because no mail server is set
operations-mail-day = Sent in 24 hours
operations-mail-last = the last { $when }
operations-mail-troubles = Mails that failed
operations-mail-to = To
operations-mail-next = Next try
operations-test = Send me a test mail
operations-test-stays = No mail server is set, so the test was written but does not leave. Set mail.smtp_url.
operations-test-sent = The test is on its way. Below stands whether it left.
operations-test-subject = A test of the mail of { $town }
operations-test-body =
    This is a test from { $town }. It arrived, so mail leaves the town.

    How the machinery does: { $link }
operations-own = The last mails to you
operations-own-left = left { $when }
operations-own-waits = waits
operations-webhooks = { $active ->
    [one] one program hears
   *[other] { $active } programs hear
}, { $waiting ->
    [one] one delivery waits
   *[other] { $waiting } deliveries wait
}.
operations-own-stays = stays here
operations-mail-day-kept = Laid aside in 24 hours
operations-webhooks-bad = Failing: { $failing }. Stopped: { $stopped }.
operations-slow = What was slow
operations-slow-text = Answers from 250 ms and work from 5 s, since the program was started.
operations-slow-none = Nothing.
operations-slow-what = What
operations-slow-times = Times
operations-slow-worst = Longest
operations-slow-last = Last
refusal-operations-test-person = A program has no mailbox. Sign in as a person to send a test.

# Retention
retention-title = What is not kept for ever
retention-lead = The town forgets what it needs no more, by itself, once a day. Here stands what, and after how long.
retention-rules = The rules
retention-what = What, and from when it counts
retention-after = After
retention-happens = What happens
retention-may = What the town may set
retention-days = { $count ->
    [one] one day
   *[other] { $count } days
}
retention-erased = It is erased.
retention-anonymised = What leads to a person is taken out; the rest stays.
retention-limits = From { $least } to { $most } days.
retention-fixed = Always so.
retention-rest = Everything else stays until you have it erased yourself, and the public record stays for good. What was erased can lie in copies of the database until these are thrown away.
retention-runs = What was ended last
retention-runs-none = Nothing was old enough yet.
retention-run = { $when }: { $count ->
    [one] one thing ended
   *[other] { $count } things ended
}
retention-set-title = Set how long things are kept
retention-set-lead = In days. Every change is on the public record.
retention-save = Save
retention-saved = It is saved, and holds from the next run on.
saying-retention-ran = What was old was ended: { $count } things
saying-retention-set = { $rule } is kept for { $days } days
subject-retention = Retention
refusal-retention-days = Give a whole number of days from { $least } to { $most }.
