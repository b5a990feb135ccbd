request-state-duplicate = Goes on with an earlier report
saying-request-merged = { $subject } is the same matter as { $into }, which goes on ({ $category }).
saying-request-separated = { $subject } is not the same matter as { $out_of } after all; it is open again ({ $category }).
step-merged = Merged into an earlier report
step-separated = Separated again
alike-title = Is it one of these?
alike-lead = Somebody may have reported the same already. Then say “me too”: it counts, and you will see what becomes of it.
alike-legend = Reports nearby that look like yours
alike-yes = Yes, this one:
alike-no = No, mine is another
alike-no-text = You go on with your report.
alike-email = E-mail address, for news (optional)
alike-email-hint = Never public. We ask you to confirm it first.
alike-reported = Reported on { $date }.
alike-look = Look at { $code }
alike-photo-of = Photo of { $code }
alike-ended = Ended lately
alike-ended-text = If the problem is there again, go on with your report.
alike-very-likely = Very likely the same
alike-likely = Likely the same
alike-possible = May be the same
alike-here = On the same spot
alike-distance = { $metres ->
    [one] 1 metre away
   *[other] { $metres } metres away
}
alike-address = The same address
alike-category = The same category
alike-category-other = Another category
alike-days = { $count ->
    [0] Less than a day apart
    [one] One day apart
   *[other] { $count } days apart
}
alike-words = Both say: { $words }
alike-comma = {", "}
alike-photo = The photos look alike
me-too-title = Does it affect you too?
me-too-heading = Affected too
me-too-say = It affects me too
me-too-text = Say so, and the agency sees that it matters to more people. You count once, and nobody sees who you are.
me-too-button = Me too
me-too-counted = You are counted.
me-too-leave = Take it back
me-too-count = { $count ->
    [0] Nobody else has said so yet.
    [one] It affects one more person.
   *[other] It affects { $count } more people.
}
show-same-as = This is the same matter as
show-same-as-text = It goes on there. Whoever follows this report hears of that one.
show-merged = Merged into this report
desk-alike = The same matter?
desk-alike-root = It goes on as
desk-alike-suggestions = Suggestions
desk-alike-text = The program suggests these; you decide. The earlier report always goes on, so that no wait is hidden.
desk-alike-none = Nothing nearby looks like it.
desk-alike-merge = Same matter: merge { $later } into { $earlier }
desk-alike-not = Not the same
desk-alike-not-label = Not the same: do not suggest { $code } again
desk-alike-denied = Its reporter said that it is another matter.
desk-alike-elsewhere = { $organisation } answers for it. Pass this one on first; it can be merged there.
desk-alike-into = Merge into
desk-alike-into-hint = The reference of an earlier, open report, as R-7K2M.
desk-alike-into-button = Same matter: merge
desk-alike-set-aside = Said not to be the same
desk-alike-again = Suggest again
desk-alike-again-label = Suggest { $code } again
desk-separate-heading = Not the same after all?
desk-separate-label = Why
desk-separate-hint = Public. It is open again, with the promise it had.
desk-separate-button = Separate it
flash-me-too = Thank you. You are counted.
flash-me-too-left = You are not counted any more.
flash-merged = Merged: its followers and everybody it affects go with it.
flash-separated = Separated. It is open again.
flash-set-aside = It will not be suggested again.
flash-suggested-again = It may be suggested again.
open311-duplicate = The same matter as { $code }, which goes on: { $url }
refusal-alike-choose = Choose the report that is yours too, or say that yours is another.
refusal-me-too-ended = This matter has ended. If the problem is there again, please report it anew.
refusal-me-too-own = It is your own report, so you are counted already.
refusal-me-too-nobody = Your browser keeps no cookies, so we could count you twice. Leave an e-mail address, or sign in.
refusal-merge-unknown = There is no report with this reference. It looks like R-7K2M.
refusal-merge-itself = { $code } cannot be merged into itself.
refusal-merge-already = It was merged into { $code } already.
refusal-merge-ended = { $code } has ended. Open it again first, or answer this one by itself.
refusal-merge-later = { $code } was reported later, and the earlier report goes on: merge { $code } into this one.
refusal-merge-not-yours = { $organisation } answers for { $code }. Pass this report on to them first; they can merge it.
refusal-not-merged = It is not merged into another.
refusal-reopen-merged = It goes on with an earlier report. Separate the two first.
refusal-withdraw-others = { $count ->
    [one] One more person is affected, so the matter stays open. Tell the agency in a comment if it is settled for you.
   *[other] { $count } more people are affected, so the matter stays open. Tell the agency in a comment if it is settled for you.
}
