sv-letters-pick = Pick
sv-letters-pick-all = Pick all on this page
sv-letters-pick-one = Pick { $code }
sv-letters-with = To those picked:
sv-letters-write = Write one letter
sv-letters-heading = { $count ->
    [one] A letter to one applicant
   *[other] A letter to { $count } applicants
}
sv-letters-which = To whom
sv-letters-hint = Each gets it as a letter of their own, by e-mail and on their page. Names in braces are filled in for each: Dear {"{"}full_name{"}"}, your application {"{"}reference{"}"} …
sv-letters-fields = What can be filled in
sv-letters-why-hint = The letters show what was answered, so each applicant reads that you opened their application, and why.
sv-letters-read = Read the letters before they go
sv-letters-read-lead = { $good } of { $all } can be sent. Nothing has gone yet.
sv-letters-send-this = Send this letter
sv-letters-send = { $count ->
    [one] Send one letter
   *[other] Send { $count } letters
}
sv-letters-change = Change the text
sv-letters-back = Back to the applications
sv-letters-partly = Sent: { $done }. Not sent: { $left }, for the reasons below. What you wrote is still here.
sv-flash-letters-none = Pick applications first: tick their boxes.
sv-flash-letters-sent = All letters are sent.
refusal-letters-none = Pick at least one application.
refusal-letters-many = Pick at most { $most } applications at a time.
refusal-letters-not-yours = It is not on your desk.
refusal-letters-batch = Name the batch, with at most { $most } characters: under the same name nobody gets the letter twice.
refusal-letter-closed = This application is over; nobody waits for a letter about it.
refusal-letter-field-unknown = This application has no question named { $name }.
refusal-letter-field-empty = { $name } was not answered in this application, so the letter would have a gap.
refusal-letters-stage = Say read or send as the stage: anything else sends nothing.
