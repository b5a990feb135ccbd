bulk-pick = Pick
bulk-pick-all = Pick all on this page
bulk-pick-one = Pick { $code }
bulk-label = With those picked:
bulk-go = Go on
bulk-take = take them on
bulk-assign = give them to a colleague
bulk-pass = pass them on
bulk-answer = answer in public
bulk-note = note for colleagues
bulk-resolve = resolve them
bulk-decline = decline them
bulk-which = Which reports
bulk-back = Back to the desk
bulk-partly = { $done } done, { $left } left. What you wrote is still here.
bulk-take-heading = { $count ->
    [one] Take one report on
   *[other] Take { $count } reports on
}
bulk-assign-heading = { $count ->
    [one] Give one report to a colleague
   *[other] Give { $count } reports to a colleague
}
bulk-pass-heading = { $count ->
    [one] Pass one report on
   *[other] Pass { $count } reports on
}
bulk-answer-heading = { $count ->
    [one] Answer one report in public
   *[other] Answer { $count } reports in public
}
bulk-note-heading = { $count ->
    [one] Note on one report
   *[other] Note on { $count } reports
}
bulk-resolve-heading = { $count ->
    [one] Resolve one report
   *[other] Resolve { $count } reports
}
bulk-decline-heading = { $count ->
    [one] Decline one report
   *[other] Decline { $count } reports
}
flash-bulk-none = Pick reports of your agency first: tick their boxes.
flash-bulk-done = Done with all that were picked.
refusal-bulk-none = Pick at least one report.
refusal-bulk-many = Pick at most { $most } reports at a time.
refusal-bulk-act = Choose what to do: take, assign, pass, answer, note, resolve or decline.
refusal-bulk-not-yours = It is not on your desk any more.
views-title = Keep this view
views-name = Name
views-hint = The tab and the filters above come back under this name. Only you see it.
views-keep = Keep the view
views-forget = Forget “{ $name }”
flash-view-kept = The view is kept among your tabs.
flash-view-forgotten = The view is forgotten.
refusal-view-needs-account = A program cannot keep views.
refusal-view-name = Give the view a name of up to { $most } characters.
refusal-view-many = You can keep { $most } views. Forget one first.
desk-tab-waiting = Waiting for residents
saying-request-asked = The agency asked the reporter of { $subject } something; its promise stands still.
saying-request-replied = The reporter of { $subject } answered; the promise runs again.
saying-request-continued = The agency goes on with { $subject } without an answer; the promise runs again.
step-asked = Asked the reporter
step-replied = The reporter answered
step-continued = Gone on without an answer
step-waits-detail = The agency waits for the reporter’s answer
show-waiting = Waits for an answer
show-waiting-text = The clock stands still since { $date }, until the reporter answers; on { $until } it runs again by itself.
show-asked = Question to the reporter
show-continued = Gone on without an answer
show-replied = The reporter answered
own-question = The agency asks you
own-until = If you do not answer, the agency goes on without on { $date }.
own-reply = Your answer
own-reply-hint = It becomes public. Please name nobody, and leave out telephone numbers.
own-reply-button = Send the answer
desk-ask-heading = Ask the reporter
desk-ask-label = Your question
desk-ask-hint = Public. The clock of your promise stands still until the reporter answers, or you go on without.
desk-ask-button = Ask, and stop the clock
desk-ask-unreachable = The reporter left no way to reach them: they see the question only when they look at their report. So the clock runs on.
desk-continue-heading = Go on without an answer
desk-continue-label = Why (optional)
desk-continue-hint = Public.
desk-continue-button = Let the clock run again
flash-asked = Your question is public. The clock stands still, unless the reporter cannot be reached.
flash-continued = The clock runs again.
flash-replied = Thank you. The agency goes on with your report.
refusal-already-waiting = A question is waiting for the reporter’s answer already.
refusal-not-waiting = No question is waiting for an answer.
mail-asked-subject = A question about your report { $code }
mail-asked-body =
    About your report { $code } the agency asks:

    { $question }

    Please answer here. The link is yours alone:
    { $link }
show-step-photo = Photo to “{ $what }”
desk-photo = Photo (optional)
desk-photo-hint = Public. JPEG, PNG or WebP, up to 20 MB. No people and no number plates, please.
refusal-photo-not-here = A photo goes with an answer, a resolution or a decline.
saying-request-escalated = { $subject } ({ $category }) is not done as promised; { $told } was told.
step-escalated = Not done as promised
told-officer = the officer
told-agency = the agency
told-administrator = the administration of the town
mail-due-soon-subject = Due soon: { $code }, { $what }
mail-due-soon-body =
    An end of { $code } ({ $what }) is promised by { $due }.

    { $link }
mail-late-subject = Overdue: { $code }, { $what }
mail-late-body =
    An end of { $code } ({ $what }) was promised by { $due }, and it is still open. The public page says so.
    Resolve it, ask the reporter, or promise a later end with its reason:

    { $link }
saying-request-disputed = A neighbour says that { $subject } is not fixed ({ $category }).
step-disputed = Not fixed, says a neighbour
show-disputed = Not fixed, says a neighbour
show-not-fixed = Still not fixed?
show-not-fixed-count = { $count ->
    [0] When { $needed } neighbours say so, it is opened again, once.
    [one] One neighbour says so. When { $needed } do, it is opened again, once.
   *[other] { $count } neighbours say so. When { $needed } do, it is opened again, once.
}
show-not-fixed-button = It is not fixed
show-not-fixed-sign-in = Sign in to say that it is not fixed
flash-not-fixed = Thank you. The agency and everybody can read it.
refusal-said-already = You said so already.
refusal-own-report = This is your own report: open it again by its private page.
saying-request-redacted = The agency blackened something in the words of { $subject }.
step-redacted = Words blackened
desk-redact = Blacken the words
desk-redact-label = As everybody reads it
desk-redact-hint = Write ▇▇▇ over names, telephone numbers and plates. The thread says that you did; the desk keeps the original.
desk-redact-button = Publish these words instead
desk-originals = Original words
flash-redacted = Everybody reads the new words now.
refusal-not-fixed-needs-person = A program cannot say this for somebody; sign in.
step-reminded = Reminder: the promised end is near
desk-changed = What is new since you opened this page
desk-matter-keys = Outside fields: a leads to your answer, n to the note, q to the question for the reporter, r to the resolution, d to declining, u back to the desk.
desk-work = Requests
mail-digest-soon-subject = Due soon: { $soon } reports
mail-digest-late-subject = Overdue: { $late } reports, and { $soon } due soon
mail-digest-late = These { $count } reports are open beyond the end that was promised. The public pages say so. Resolve each, ask the reporter, or promise a later end with its reason; a promise that was broken stays so in the figures.
mail-digest-soon = An end of these { $count } reports is promised soon.
mail-digest-line =
    { $code }: { $what } ({ $due })
    { $link }
desk-all-agencies = All agencies
