# Sign-in
people-sign-in-heading = Sign in
people-sign-in-lead = We send you a link by e-mail. No password, nothing to remember. If you have no account yet, the link makes one.
people-sign-in-email = Your e-mail address
people-sign-in-email-hint = For example name@example.org. It is never shown to anybody.
people-sign-in-send = Send me the link
people-sign-in-sent-heading = Look into your mailbox
people-sign-in-sent-lead = If the address can receive mail, a link is on its way. It works once, for { $minutes } minutes.
people-sign-in-sent-no-mail = This town has no mail server yet, so no link can be sent. Whoever runs it can print one: polity sign-in-link.
people-sign-in-sent-help = Nothing there? Look into the junk folder, check the address for mistakes, and ask again after a few minutes.
people-sign-in-again = Ask for another link
people-sign-in-outbox = This is a demo: read the mail in the outbox
people-sign-in-confirm-heading = Sign in now?
people-sign-in-confirm-lead = You will be signed in on this device as:
people-sign-in-confirm-button = Sign in
people-sign-in-confirm-not-you = Not your address? Then simply close this page.
people-sign-out = Sign out
people-signed-in = You are signed in.
people-signed-out = You are signed out.
people-mail-sign-in-subject = Your link to { $town }
people-mail-sign-in-body =
    Somebody, hopefully you, asked for a link to sign in to { $town }.

    Open this page and press the button:
    { $link }

    The link works once, for { $minutes } minutes. If you did not ask for it, do nothing: without the link nobody can sign in with your address.

# Account
people-me-heading = My account
people-me-lead = What this town knows about you, and what you can do about it.
people-me-handle = In public you are
people-me-handle-why = The public record knows you by this pseudonym only.
people-me-email = E-mail address
people-me-email-why = Only for mail from us. Never shown to anybody.
people-me-since = Account since
people-me-name = Your name
people-me-name-hint = Only for greeting you. You can leave it empty.
people-me-language = Your language
people-me-save = Save
people-me-saved = Saved.
people-me-mandates = My mandates
people-me-mandates-none = You have no mandate beyond being a resident.
people-me-mandates-public = All mandates of the town are public
people-me-sessions = Where I am signed in
people-me-session-since = Signed in on
people-me-session-seen = Last here on
people-me-session-until = Until
people-me-end-others = Sign out everywhere else
people-me-others-ended = You are now signed in on this device only.
people-me-programs = My programs
people-me-tokens-link = Keys for my programs
people-me-data = My data
people-me-export = Take everything along (JSON)
people-me-erase-link = Erase my account
people-erase-heading = Erase your account?
people-erase-lead = This cannot be undone. Your name, your e-mail address and everything private we keep about you is deleted now, in all parts of the town.
people-erase-stays = What you did in public stays on the record under your pseudonym { $handle }, which from then on leads to nobody. Your mandates end.
people-erase-sure = Yes, erase my account and everything private in it
people-erase-button = Erase my account
people-erase-keep = Keep my account
people-erased = Your account is erased.
people-erased-lead = It was done on { $when }. This page is your receipt: it says what was taken away, and names nobody.
people-erased-taken = What was taken away
people-erased-nothing = There was nothing but the account.
people-erased-record = What the public record can still prove
people-erased-salts = { $count ->
    [0] Nothing of yours was sealed in the record.
    [one] One entry of the record held a seal of your words. Its salt is deleted: nobody can find out any more, or prove, what the words were.
   *[other] { $count } entries of the record held seals of your words. Their salts are deleted: nobody can find out any more, or prove, what the words were.
}
people-erased-entries = These entries:
people-erased-stays = What stays
people-erased-stays-public = What you did in public, under a pseudonym that leads to nobody.
people-erased-file = The database overwrites what it deletes at once. Its file is also written anew, so that nothing is left in unused parts of it: within minutes in a small town, in the coming night in a large one.
people-erased-file-elsewhere = The database gives the space free. When the old bytes on its disk are overwritten is up to that database.
people-erased-copies = Copies of the database from before are kept for { $days } days and hold what was there until { $until }. If one had to be restored, you would have to erase your account again.
people-erased-copies-unknown = Copies of the database from before still hold what was there. The town has not said here for how long it keeps them: ask { $email }.
people-erased-until = This page can be read until { $until }. Keep the address if you want to come back until then.
erased-people-account = The account with name and address
erased-people-sessions = Signed-in devices
erased-people-mandates = Mandates, which have ended
erased-people-tokens = Keys for programs
erased-people-mails = Mails to you
erased-commons-comments = Comments
erased-commons-follows = Matters you followed
erased-requests-requests = Reports: your words, answers, photos and contact data in them
erased-requests-me-too = Reports of others you joined
erased-requests-desk-views = Views of the desk

# Keys for programs
people-tokens-heading = Keys for my programs
people-tokens-lead = With a key, a program acts in your name with one of your roles, in this town only, until a day that you set.
people-tokens-none = You have no keys.
people-tokens-list = Your keys
people-tokens-make = Make a key
people-token-name = What is it for?
people-token-name-hint = For example: import from the field app
people-token-role = What may it do?
people-token-days = How long is it valid?
people-token-days-count = { $days ->
    [one] one day
   *[other] { $days } days
}
people-token-make-button = Make the key
people-token-made-heading = Your key is made
people-token-made-lead = Copy it now. It is shown this one time only, because we keep nothing that it could be read from.
people-token-made-label = The key
people-token-use = Programs send it as: Authorization: Bearer KEY
people-token-done = I have copied it
people-token-created = Made on
people-token-expires = Valid until
people-token-state = State
people-token-in-force = In force
people-token-over = Over
people-token-revoked = Revoked
people-token-revoke = Revoke
people-token-was-revoked = The key is revoked. Programs that use it are refused from now on.

# Mandates
people-mandates-heading = Who may do what
people-mandates-lead = Every mandate is public: who holds it, for whom, since when, and who gave it.
people-mandates-none = Nobody holds a mandate yet.
people-mandates-caption = Mandates in force
people-mandate-who = Who
people-mandate-role = Mandate
people-mandate-for = For
people-mandate-since = Since
people-mandate-by = Given by
people-mandate-town = the whole town
people-mandate-setup = the setup of the town
people-role-visitor = Visitor
people-role-resident = Resident
people-role-officer = Officer
people-role-steward = Process steward
people-role-moderator = Moderator
people-role-analyst = Analyst
people-role-auditor = Auditor
people-role-administrator = Administrator
people-role-open311 = Open311 program
people-role-resident-does = Reports, follows, takes part.
people-role-officer-does = Answers for an organisation.
people-role-steward-does = Leads the processes in which residents take part.
people-role-moderator-does = Looks after what residents write.
people-role-analyst-does = Reads figures that are not public yet.
people-role-auditor-does = Reads everything on the record, and how it came there.
people-role-administrator-does = Sets up the town and gives mandates.
people-role-open311-does = Lets a program speak Open311 for others.

# Administration
people-admin-people-heading = People and mandates
people-admin-people-lead = You give a mandate to an e-mail address. Whoever signs in with that address holds it. Each one is put on the public record, by pseudonym.
people-admin-give = Give a mandate
people-admin-email = E-mail address of the person
people-admin-role = Mandate
people-admin-organisation = Organisation
people-admin-organisation-hint = Officers answer for one organisation. All other mandates are for the whole town.
people-admin-no-organisation = None: the whole town
people-admin-give-button = Give the mandate
people-admin-end-button = End
people-admin-given = The mandate is given, and on the record.
people-admin-ended = The mandate is ended, and that is on the record.
people-organisations-heading = Organisations
people-organisations-lead = Departments and public bodies that answer for something.
people-organisations-none = There is no organisation yet.
people-organisations-list = The organisations of the town
people-organisations-add = Add an organisation
people-organisation-code = Short name for addresses
people-organisation-code-hint = Small letters, digits and hyphens, for example street-services. It cannot be changed later.
people-organisation-name = Name
people-organisation-name-hint = The first language of the town is needed; the others are welcome.
people-organisation-name-in = Name ({ $language })
people-organisation-email = E-mail address of the office
people-organisation-email-hint = Not public. You can leave it empty.
people-organisation-add-button = Add the organisation
people-organisation-added = The organisation is added, and on the record.
people-jobs-heading = Work that failed
people-jobs-lead = Mails and other work that was tried several times and did not succeed. Put the cause right, then try again.
people-jobs-none = Nothing has failed.
people-job-error = What stood in the way
people-job-attempts = Attempts
people-job-retry = Try again
people-job-discard = Let it go
people-job-retried = It will be tried again within a minute.
people-job-discarded = It is let go.

# Setup
people-setup-heading = Make the first administrator
people-setup-lead = The program printed a one-time code where it was started. Whoever has it sets up the town.
people-setup-code = The code from the terminal
people-setup-code-hint = 16 letters and digits
people-setup-email = Your e-mail address
people-setup-name = Your name
people-setup-button = Become administrator
people-setup-done = You are administrator of this town.

# Demo
people-persona-visitor = Visitor
people-persona-resident = Resident (Amina)
people-persona-officer = Officer (Jonas)
people-persona-administrator = Administrator
people-persona-moderator = Moderator
people-persona-auditor = Auditor
people-persona-now = You now see the town as this person does.
people-outbox-heading = Outbox of the demo
people-outbox-lead = Nothing leaves the demo. Mails that a real town would send are shown here, newest first, { $most } at most.
people-outbox-none = No mail has been written yet.
people-outbox-to = To
people-outbox-at = Written

# The record
people-said-mandate-given = { $handle } was made { $role ->
    [officer] officer
    [steward] process steward
    [moderator] moderator
    [analyst] analyst
    [auditor] auditor
    [administrator] administrator
    [open311] Open311 program
   *[other] { $role }
} for { $scope ->
    [town] the whole town
   *[other] { $scope }
}
people-said-mandate-ended = { $handle } is no longer { $role ->
    [officer] officer
    [steward] process steward
    [moderator] moderator
    [analyst] analyst
    [auditor] auditor
    [administrator] administrator
    [open311] Open311 program
   *[other] { $role }
} for { $scope ->
    [town] the whole town
   *[other] { $scope }
}
people-said-organisation-added = The organisation { $code } was added
people-said-person-erased = { $handle } erased their account; all their mandates ended
people-subject-mandate = mandate
people-subject-organisation = organisation
people-subject-person = person

# Refusals
refusal-people-email = An e-mail address looks like name@example.org, in plain letters without accents.
refusal-people-mail-often = Several mails were sent for you in the last hour. Please wait a while and try again.
refusal-people-link-spent = This link no longer works: it was used, it is older than { $minutes } minutes, or it was cut off. Ask for a new one on the sign-in page.
refusal-people-name = A name has at most { $most } characters, on one line.
refusal-people-language = Choose one of the languages that are offered.
refusal-people-not-sure = Tick the box if you are sure.
refusal-people-last-administrator = You are the only administrator. Give that mandate to somebody else first, so that the town can be looked after.
refusal-people-ends-last-administrator = This is the only administrator. Give that mandate to somebody else first, so that the town can be looked after.
refusal-people-by-browser = Keys cannot do this. Sign in with a browser.
refusal-people-token-name = A key needs a name of at most { $most } characters.
refusal-people-token-role = Choose one of your own roles.
refusal-people-token-expiry = A key must end: choose from 1 to { $most } days.
refusal-people-token-too-many = You have { $most } keys in force. Revoke one first.
refusal-people-role = Choose one of the mandates that can be given.
refusal-people-organisation-needed = An officer answers for an organisation: choose one.
refusal-people-organisation-not-for = This mandate is for the whole town: choose no organisation.
refusal-people-organisation-unknown = There is no such organisation.
refusal-people-mandate-held = This person holds that mandate already, or holds as many as there can be ({ $most }).
refusal-people-organisation-code = Use 2 to { $most } small letters, digits and hyphens, for example street-services. “town” is taken.
refusal-people-organisation-taken = There is an organisation with this short name already.
refusal-people-organisation-name = Give a name of at most { $most } characters, in the first language of the town at least.
refusal-people-setup-code = This is not the code, or it was used before. Start the program again to get a new one.
people-hours-heading = Working hours of { $name }
people-hours-lead = Promises are counted in this time. Promises that stand already stay as they are.
people-hours-hours = Working hours
people-hours-hours-hint = A line for each span, as mon-fri 08:00-12:30. Empty: it works as the town does.
people-hours-holidays = More holidays
people-hours-holidays-hint = A day on each line, as 2026-12-24, on top of the holidays of the town.
people-hours-save = Save the working hours
people-hours-set = The working hours are set, and on the record.
people-hours-town = As the town
people-hours-change = Change
people-said-hours-set = The working hours of { $code } were set
refusal-people-hours-line = “{ $line }” cannot be read. Write days and hours, as mon-fri 08:00-12:30 or sat 09:00-12:00.
refusal-people-hours-date = “{ $line }” is not a day. Write it as 2026-12-24.
refusal-people-hours-overlap = Two spans of the same day overlap.
refusal-people-hours-none = A span must end after it begins and by 24:00, and some day must have hours.
refusal-people-hours-many = Write at most { $most } lines.
retention-people-sessions = Signed-in devices, after they were signed out by time
retention-people-links = Links to sign in, after they have run out
retention-people-mails = Mails from the town, after they were written
retention-people-tokens = Keys for programs, after they have run out or were revoked
retention-people-receipts = Receipts of erased accounts, after the erasure
people-town-itself = The town itself
refusal-roll-no-file = Choose a file with at least one row.
refusal-roll-table = This table cannot be read: { $problem }
refusal-roll-columns = The file needs a column number or a column email.
refusal-roll-large = A roll can have { $most } people at most.
roll-aside = Rows that are set aside
roll-aside-more = And { $count } more; get the file of them below.
roll-line = Line
roll-column = Column
roll-value = What stands there
roll-why = Why
roll-aside-cells = The row has another number of cells than the header, or quotes that do not come out even.
roll-aside-nobody = The row has neither a number nor an e-mail address, so nobody could be found by it.
roll-aside-number = The number is longer than 40 characters.
roll-aside-email = This is no e-mail address.
roll-aside-born = This is no day of birth, like 1990-05-17.
roll-aside-district = The town has no such district.
roll-aside-twice = This stands in the file twice.
roll-aside-there = This person is on the roll already.

# Activity
people-activity-heading = My activity
people-activity-link = Everything you did here
people-activity-lead = What you reported, proposed, wrote and registered for, newest first. Only you see this list. How you voted is kept nowhere, and what the town no longer keeps is gone from here too.
people-activity-kind = What
people-activity-all = Everything
people-activity-show = Show
people-activity-none = You have done nothing here yet
people-activity-none-of-kind = You have done nothing of this kind yet
people-activity-none-text = What you do while you are signed in comes here by itself. What you did without signing in is known to nobody, so it is not here.
people-activity-following = What I follow by e-mail
refusal-people-activity-kind = There is no such kind of activity. Known are: { $kinds }.

# Finding an account
people-find-heading = Find an account by its address
people-find-lead = Somebody wrote to you and you need to know which pseudonym is theirs. That you looked, and why, is put on the public record; whose account it was stands there only as a seal, and the person reads on their own page that you looked.
people-find-exact = The whole address, exactly: nothing is found by a part of it.
people-find-why = Why do you look?
people-find-why-hint = The person reads this.
people-find-why-none = Choose a reason
people-find-why-asked = The person asked for help
people-find-why-mandate = To give or to end a mandate
people-find-why-complaint = Somebody complained about what is done with the account
people-find-why-law = A law asks for it
people-find-button = Find the account
people-find-nobody = Nobody here has this address.
people-find-no-mandates = None
people-me-looks = Who looked up my account
refusal-people-find-why = Please say why you look up this account.
people-said-looked-up = { $by } looked up the account of an address { $why ->
    [asked] because the person asked for help
    [mandate] to give or to end a mandate
    [complaint] because of a complaint
   *[law] because a law asks for it
}
people-find-handle = Pseudonym
people-find-mandates = Mandates
