setup-title = Set up the town
setup-lead = One thing at a time. You can leave at any moment and go on later, skip what does not matter yet, and change everything again.
setup-progress = { $done } of { $all } things are settled.
setup-next = Go on: { $step }
setup-complete = Everything is settled. Your town is ready.
setup-see = Look at the town
setup-state-done = done
setup-state-skipped = skipped
setup-state-open = open
setup-step-number = Step { $number } of { $all }
setup-save = Save and go on
setup-go-on = Go on
setup-skip = Skip for now
setup-saved = It is saved, and holds from now on.
setup-skipped = Skipped. You can come back to it.
setup-back = All steps
setup-fixed = This comes from the settings file or the environment of the program, and can only be changed there:
setup-step-name = What the town is called
setup-lead-name = The name and the line under it stand at the head of every page, in each language.
setup-town-name = Name ({ $language })
setup-town-tagline = Line under the name ({ $language })
setup-contact = Address to which residents may write
setup-step-languages = Languages
setup-lead-languages = Whoever reads none of them gets the town's own.
setup-languages = Languages the town offers
setup-language-own = The town's own language
setup-step-time = Time
setup-lead-time = Promises are counted in working time, in the time zone of the town.
setup-zone = Time zone
setup-zone-hint = Its IANA name, as Europe/Madrid.
setup-hours = Working hours
setup-hours-hint = A line for each, as mon-fri 08:00-16:00
setup-holidays = Days on which offices are closed
setup-holidays-hint = A line for each, as 2026-12-25
setup-step-hues = Colours
setup-lead-hues = Give each door a colour. Where white words on it, or the colour on the page, would be hard to read, a darker shade of the same colour is taken: it has a contrast of at least 4.5 to 1 on both sides.
setup-hue-hint = As #1e7a4c; empty for our own.
setup-hue-shade = { $asked } becomes { $shade }, contrast { $contrast } to 1
setup-hue-good = { $shade }, contrast { $contrast } to 1
setup-hue-report = Report
setup-hue-part = Take part
setup-hue-apply = Apply
setup-hue-explore = Explore
setup-hue-desk = Desk
setup-hue-sample = White words
setup-hue-sheet = How it looks
setup-step-districts = Districts
setup-lead-districts = A file of the districts tells where the town ends, and lets everybody compare. Without one, reports are taken from everywhere.
setup-districts-count = { $count ->
    [0] There are none yet.
    [one] There is one.
   *[other] There are { $count }.
}
setup-districts-open = Bring a file of districts
setup-step-agencies = Agencies
setup-lead-agencies = Every report goes to an agency that answers for it. One is enough to begin with.
setup-agencies-open = Add an agency
setup-step-categories = What can be reported
setup-lead-categories = Begin with these, in the words of all languages. Each can be changed or left out later, and you can add your own.
setup-categories-agency = The agency that answers for them
setup-categories-agency-first = First add an agency in the step before.
setup-categories-choose = Categories to begin with
setup-categories-there = is there already
setup-categories-open = All categories
setup-step-mail = Mail
setup-lead-mail = Links to sign in and news go by mail. The mail server is named in the settings file, because its password is in it.
setup-mail-smtp = A mail server is set. Mails come from { $from }.
setup-mail-none = No mail server is set, so mails stay here. Set mail.smtp_url in the settings file and start the program again.
setup-mail-test = Send me a test mail
setup-step-officers = The first officers
setup-lead-officers = Whoever answers for an agency signs in by mail and needs a mandate, which is public.
setup-officers-count = { $count ->
    [0] Nobody has one yet.
    [one] One person has one.
   *[other] { $count } people have one.
}
setup-officers-open = Give a mandate
saying-town-settings-changed = Settings of the town were changed: { $count }
subject-town = The town
refusal-setup-name = Give the town a name of at most { $most } characters, on one line, in its own language at least.
refusal-setup-tagline = The line under the name has at most { $most } characters.
refusal-setup-languages = Choose at least one language, and the town's own among them.
refusal-setup-zone = There is no time zone of this name. Write it as Europe/Madrid.
refusal-setup-hue = This is not a colour. Write it as #1e7a4c.
refusal-setup-contact = This is not an address of e-mail. Write it as name@example.org.
refusal-setup-agency = Choose the agency that answers for these categories.
setup-mail-sent = The test is on its way. The page of operation says whether it left.
