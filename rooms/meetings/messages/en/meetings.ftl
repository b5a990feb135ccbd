door-meetings = Meetings
subject-meeting = Meeting
meetings-title = Meetings
meetings-lead = Where the town and its residents talk to each other: on the spot or online. Afterwards it stands here what was decided.
meetings-calendar = As a calendar to subscribe to (.ics)
meetings-admin = Your meetings
meetings-admin-none = You have written down no meeting yet.
meetings-coming = To come
meetings-over = Held
meetings-none = No meeting is announced at the moment.
meeting-private = Not announced yet
meeting-cancelled = Called off
meeting-coming = To come
meeting-now = Now
meeting-over = Held
meeting-minuted = Minutes are there
meeting-times = { $from } to { $until }
meeting-also-online = online
meeting-private-note = Only those who hold this meeting see this page.
meeting-cancelled-note = This meeting was called off:
meeting-agenda-label = What we talk about
meeting-agenda-hint = A line for each point.
meeting-minutes = Minutes
meeting-decided = Decided
meeting-attended = { $count ->
    [one] One person was there.
   *[other] { $count } people were there.
}
meeting-about = About this meeting
meeting-come = Come along
meeting-taken = { $taken } of { $places } places are taken.
meeting-waiting-count = { $count ->
    [one] One person waits.
   *[other] { $count } people wait.
}
meeting-sign-in = Sign in to take a place
meeting-register = Take a place
meeting-wait = Put me on the waiting list
meeting-register-text = You get a mail now and the day before. Nobody but those who hold the meeting sees who comes.
meeting-leave = Give my place back
meeting-you-have-place = You have a place.
meeting-you-wait = { $place ->
    [1] You are next on the waiting list.
   *[other] You are number { $place } on the waiting list.
}
meeting-edit = Look after this meeting
meeting-where = Where
meeting-where-hint = Hall, street, floor. Empty for a meeting that is only online.
meeting-online = Online
meeting-online-hint = The address of the video meeting, as https://meet.example.org/room.
meeting-belongs-to = Belongs to
meeting-belongs-hint = What it is about, as process/budget-2027. May stay empty.
meeting-calendar = Into my calendar (.ics)
meeting-new = Write down a meeting
meeting-holder = Who holds it
meeting-make = Begin
meeting-see = See its page
meeting-title-label = Title
meeting-summary-label = In one or two sentences
meeting-text-label = What was said
meeting-text-hint = Name nobody who does not speak for a public body.
meeting-starts = Begins
meeting-ends = Ends
meeting-zone = By the town's clock ({ $zone }).
meeting-district = District
meeting-no-district = No district
meeting-places = Places
meeting-places-hint = Empty where nobody has to register.
meeting-save = Save
meeting-publish = Announce
meeting-publish-text = From then on everybody sees it and can take a place.
meeting-cancel = Call off
meeting-cancel-reason = Why
meeting-cancel-hint = Everybody reads it; who has a place or waits gets a mail.
meeting-is-fixed = It has begun or was called off, so it cannot be changed any more.
meeting-minutes-write = Minutes
meeting-minutes-lead = What was said and decided, for everybody. You can publish better ones later; the record keeps that you did.
meeting-decisions-label = What was decided
meeting-decisions-hint = A line for each decision. Behind a bar what it answers: We build the bench | proposal/P-7K2M
meeting-attended-label = How many were there
meeting-minutes-publish = Publish the minutes
meeting-people = Who comes
meeting-people-lead = For the door. Keep it to yourself; it is erased some days after the meeting.
meeting-people-csv = As a table (CSV)
meeting-people-none = Nobody has registered yet.
meeting-person = Name
meeting-person-email = E-mail
meeting-person-place = Place
meeting-person-at = Registered
meeting-waits = Waits
meeting-has-place = Has a place
meeting-mail-subject = { $title }: { $sentence }
meeting-mail-placed = you have a place
meeting-mail-waiting = you are on the waiting list
meeting-mail-moved-up = you have a place now
meeting-mail-soon = it is soon
meeting-mail-cancelled = called off
meeting-mail-changed = another time or place
meeting-mail-body =
    { $title }: { $sentence }.

    When: { $when }
    Where: { $place }

    Everything about it, and a button to give your place back:
    { $link }
meeting-mail-body-cancelled =
    { $title } was called off. It would have been on { $when }.

    Why: { $reason }

    { $link }
saying-meeting-announced = { $by } announced the meeting { $subject }.
saying-meeting-changed = { $by } changed the meeting { $subject }.
saying-meeting-cancelled = { $by } called off the meeting { $subject }.
saying-meeting-minuted = { $by } published the minutes of { $subject }.
flash-meeting-place = You have a place. A mail is on its way.
flash-meeting-waiting = All places are taken; you are on the waiting list. You get a mail when one is free.
flash-meeting-left = You gave your place back.
flash-meeting-saved = The meeting is saved.
flash-meeting-published = The meeting is announced.
flash-meeting-cancelled = The meeting is called off.
flash-meeting-minutes = The minutes are public.
retention-meetings-registrations = Who registered for a meeting, after its end
refusal-meeting-words-missing = Please write this in { $language }.
refusal-meeting-words-long = This may have at most { $most } characters.
refusal-meeting-times = A meeting ends after it begins, and lasts at most { $days } days.
refusal-meeting-time = Please write when it begins and ends, each as a day and a time.
refusal-meeting-nowhere = Please say where it is: a place, an address online, or both.
refusal-meeting-online = This is not an address of the web. It begins with https://.
refusal-meeting-places = Write how many places there are, from 1 to { $most }, or leave it empty.
refusal-meeting-belongs = There is no such matter. Write its kind and reference, as process/budget-2027.
refusal-meeting-district = There is no such district.
refusal-meeting-organisation = There is no such organisation.
refusal-meeting-changed = Somebody else changed this meeting meanwhile. Please look at it again.
refusal-meeting-begun = This meeting has begun, so it cannot be changed any more.
refusal-meeting-is-cancelled = This meeting was called off.
refusal-meeting-published = This meeting is announced already.
refusal-meeting-not-public = This meeting is not announced yet, so there is nothing to call off.
refusal-meeting-past = The beginning is in the past. Please set a later one.
refusal-meeting-reason = Please say why, in at most { $most } characters.
refusal-meeting-needs-account = To take a place you need an account. Please sign in.
refusal-meeting-closed = This meeting has begun, so places are not given or given back any more.
refusal-meeting-no-registration = Nobody has to register for this meeting. Just come.
refusal-meeting-not-begun = Minutes are published once the meeting has begun.
refusal-meeting-attended = Please write how many were there as a number.
refusal-meeting-decision = Nobody can find { $which }. Write the kind and reference of something public, as proposal/P-7K2M.
refusal-meeting-decisions = At most { $most } decisions of { $characters } characters each.
