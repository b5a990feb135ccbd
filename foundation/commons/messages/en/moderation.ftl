door-moderation = Moderation
subject-comment = Comment
part-comment = The words
part-description = The description
part-photo = A photo
part-media = The link to a picture
part-answers = The answers to the questions
part-address = The place in words
part-said = What the reporter said later
moderation-comma = {", "}
moderation-reason-personal-data = Personal data
moderation-reason-insult = Insult
moderation-reason-hate = Hatred
moderation-reason-threat = Threat
moderation-reason-illegal = Against the law
moderation-reason-advertising = Advertising
moderation-reason-off-topic = Off topic
moderation-reason-flood = Sent again and again
moderation-reason-shocking = Not fit for everybody
moderation-reason-impersonation = Speaks as somebody else
moderation-why-personal-data = It shows personal data, such as a name, an address, a telephone number, a number plate or a face.
moderation-why-insult = It insults somebody.
moderation-why-hate = It attacks people for their origin, religion, sex, disability or the like.
moderation-why-threat = It threatens somebody, or calls for violence.
moderation-why-illegal = It may not be published by law.
moderation-why-advertising = It advertises something.
moderation-why-off-topic = It has nothing to do with this matter.
moderation-why-flood = The same was sent many times.
moderation-why-shocking = It shows violence or nakedness.
moderation-why-impersonation = It speaks in the name of somebody else.
moderation-reason-times = { $count ->
    [one] { $reason }
   *[other] { $reason } ({ $count })
}
notice-hidden = Hidden by moderation: { $part }. { $why }
notice-passage = Blackened by moderation (a passage): { $part }. { $why }
notice-held = { $part }: held back until a moderator has looked at it.
notice-held-short = held back until a moderator has looked
notice-desk = { $part }: not public until the agency has read it.
notice-desk-left-out = { $part }: the agency does not publish it.
notice-desk-short = not public until the agency has read it
notice-own = Only you can read this.
notice-why = Why, and how to appeal
step-hidden-by-moderation = Hidden by moderation: { $why }
flag-link = Report to the moderators
flag-link-comment = Report this comment to the moderators
flag-to-moderators = Report to the moderators
flag-lead = Tell the moderators if something here should not be public. They are people; nothing is hidden only because it was reported.
flag-back = To the page
flag-reason = What is wrong with it?
flag-note = Anything else they should know (optional)
flag-note-hint = Up to 1,000 characters. Only the moderators read it.
flag-private = Nobody learns that it was you. What the moderators decide stands in their public log:
flag-send = Send the report
flash-reported = Thank you. The moderators will look at it.
flash-comment-held = Your comment looks like advertising, so a moderator reads it before it appears. You can see it here; others cannot yet.
flash-appealed = Your appeal is with the moderators. Somebody else than before decides it.
flash-moderated = Decided. It stands in the public log.
refusal-report-reason = Please choose what is wrong with it.
refusal-report-nobody = We cannot tell you from others: allow cookies for this site, or sign in, and send it again.
refusal-report-own = These are your own words. You can change or withdraw them on the page of your report.
refusal-report-already = You have reported this already. It is counted once.
refusal-report-address = Somebody at your internet address reported this today already. Sign in if you are somebody else.
refusal-report-nothing-left = There is nothing left to hide: the moderators have hidden it.
refusal-report-note-long = Your words to the moderators may have at most { $most } characters.
refusal-report-too-often = Too many reports came from your internet address in the last hour. Please try again later.
refusal-comment-too-often-new = New accounts may add { $most } comments an hour. Please go on later.
refusal-comment-too-often = You may add { $most } comments an hour. Please go on later.
refusal-requests-too-often = Too many reports came from your internet address in the last hour. Please try again later, or call us if it is urgent.
moderation-title = Moderation
moderation-lead = What waits longest comes first.
moderation-tabs = What to look at
moderation-tab-all = All that waits
moderation-tab-appealed = Appeals
moderation-tab-held = Held back
moderation-tab-closed = Decided
moderation-kind = Kind
moderation-all-kinds = All kinds
moderation-reason = Reason
moderation-all-reasons = All reasons
moderation-all-acts = All acts
moderation-filter = Show
moderation-clear = Show all
moderation-none = Nothing waits here
moderation-none-text = New reports appear by themselves.
moderation-many = reported by many
moderation-points = { $points ->
    [one] one point
   *[other] { $points } points
}
moderation-due = to be decided by { $date }
moderation-column-case = Case
moderation-column-words = What it says
moderation-column-why = Reported for
moderation-column-standing = Stands
moderation-column-since = Since
moderation-column-when = When
moderation-column-act = Act
moderation-column-what = What
moderation-column-by = By
moderation-column-appeal = Appeal
moderation-keys = Keys
moderation-keys-text = j and k go through the list, o opens a case, ? shows this.
moderation-keys-switch = Switch these keys off or on
moderation-case = Case { $code }
moderation-gone = What this was about is there no more.
moderation-part-hidden = hidden
moderation-words = What to hide
moderation-words-hint = Untick what may stay.
moderation-passage = Only a passage (optional)
moderation-passage-hint = Copy it here exactly: it is blackened in the parts that are ticked, and the rest stays.
moderation-reason-hint = Public. Needed to hide or to warn.
moderation-choose = Choose
moderation-note = Your own words to the author (optional)
moderation-note-hint = Only the author and the moderators read them. Never public.
moderation-own-decision = You decided this yourself: another moderator decides the appeal.
moderation-templates = The public sentence of each reason
moderation-about = About it
moderation-author = Author
moderation-written = Written
moderation-reports = { $count ->
    [0] Nobody reported it
    [one] Reported once
   *[other] Reported by { $count }
}
moderation-score = Looks like advertising: { $points ->
    [one] one point
   *[other] { $points } points
}
moderation-score-text = From 30 points on you are asked to look; from 60 on it is held back until you do. Points never delete anything.
moderation-do-hide = Hide it
moderation-do-warn = Let it stand and warn the author
moderation-do-dismiss = Let it stand
moderation-do-release = Show it
moderation-do-restore = Show it again
moderation-do-uphold = The decision stands
moderation-do-overturn = Show it again
moderation-cause-reported = Reported
moderation-cause-marked = Marked by the score
moderation-cause-held = Held back by the score
moderation-cause-desk = Waits for the desk
moderation-act-held = Held back
moderation-act-hidden = Hidden
moderation-act-restored = Shown again
moderation-act-released = Looked at and shown
moderation-act-dismissed = Stays as it is
moderation-act-warned = Author warned
moderation-act-appealed = Appealed
moderation-act-upheld = Appeal refused
moderation-act-overturned = Appeal granted, shown again
moderation-appeal-waiting = waits for a decision
moderation-appeal-upheld = refused
moderation-appeal-overturned = granted
moderation-role-moderator = Moderator
moderation-role-administrator = Administrator
moderation-role-author = Author
moderation-role-score = Spam score
moderation-log = Public log of moderation
moderation-log-lead = Everything moderators did: what kind, why, when, and how appeals ended. The hidden words are not here.
moderation-log-none = Nothing was moderated yet
moderation-log-none-text = As soon as something is, it stands here.
moderation-of-title = What the moderators did
moderation-nothing-hidden = Nothing of it is hidden.
moderation-own-words = Your words
moderation-own-words-text = Only you and the moderators can read them.
moderation-note-to-you = A moderator writes to you
moderation-thread = Step by step
appeal-title = Appeal
appeal-text = Another moderator than the one who decided looks at it again. That decision is final.
appeal-label = Why should it be public?
appeal-hint = Up to { $most } characters; only moderators read it. It is decided within { $days } working days.
appeal-send = Send the appeal
appeal-due = The appeal is to be decided by { $date }.
refusal-appeal-nothing-hidden = There is no decision to appeal against.
refusal-appeal-once = You have appealed already; one appeal is possible.
refusal-appeal-late = An appeal is possible for { $days } days.
refusal-appeal-empty = Please write why it should be public.
refusal-appeal-too-long = An appeal may have at most { $most } characters.
refusal-moderation-own = These are your own words: another moderator decides about them.
refusal-moderation-decided = This case is decided already.
refusal-moderation-meanwhile = Somebody else changed this case while you were reading. Look at it again.
refusal-moderation-reason = Choose a reason: it is shown to everybody.
refusal-moderation-parts = Tick at least one part to hide.
refusal-moderation-passage = This passage is in none of the parts that are ticked. Copy it exactly.
refusal-moderation-passage-long = A passage may have at most { $most } characters. Hide the whole part instead.
refusal-moderation-note-long = Your words to the author may have at most { $most } characters.
refusal-moderation-same-moderator = You decided this yourself: another moderator decides the appeal.
refusal-moderation-not-hidden = Nothing is hidden by this case.
refusal-moderation-not-held = This is not held back.
refusal-moderation-held = This is held back: show it or hide it.
refusal-moderation-gone = What this was about is there no more.
refusal-moderation-no-appeal = There is no appeal to decide.
refusal-moderation-needs-person = Only people decide here: sign in.
refusal-moderation-act = Choose one of the acts that are offered.
refusal-moderation-state = Choose one of the tabs: waiting, appealed, held or closed.
refusal-moderation-kind = Nothing of this kind is moderated here.
refusal-hidden-by-moderation = The moderators have hidden this. You can appeal; until then it cannot be changed.
spam-links = { $times ->
    [one] One web address
   *[other] { $times } web addresses
}
spam-links-only = Hardly anything but web addresses
spam-hiding-link = An address that hides where it leads, or opens a chat
spam-sellers-words = { $times ->
    [one] A phrase that sellers use
   *[other] { $times } phrases that sellers use
}
spam-contact = A way to write or call, beside words of sellers
spam-markup = Markup for links
spam-mixed-letters = { $times ->
    [one] Letters of two alphabets in one word
   *[other] Letters of two alphabets in { $times } words
}
spam-unseen = Characters that cannot be seen
spam-capitals = Almost all in capitals
spam-repetition = The same again and again
spam-sent-before = { $times ->
    [one] The same was sent once before today
   *[other] The same was sent { $times } times before today
}
spam-new-author = Somebody new
saying-moderation-held = Something was held back on { $on } until a moderator has looked.
saying-moderation-hidden = { $by } hid words on { $on }: { $reason }.
saying-moderation-restored = { $by } showed words on { $on } again.
saying-moderation-released = { $by } looked at words on { $on } that were held back, and showed them.
saying-moderation-dismissed = { $by } looked at a report about { $on } and let it stand.
saying-moderation-warned = { $by } warned the author of { $on }: { $reason }.
saying-moderation-appealed = The author of { $on } appealed against a moderator’s decision.
saying-moderation-upheld = { $by } decided on an appeal about { $on }: it stays hidden.
saying-moderation-overturned = { $by } decided on an appeal about { $on }: it is shown again.
mail-moderation-subject = Moderation: { $what }
mail-moderation-hidden = A moderator has hidden words of yours on { $what }. The reason everybody reads: { $why }
mail-moderation-restored = Words of yours on { $what } that a moderator had hidden are shown again.
mail-moderation-released = Words of yours on { $what } were held back; a moderator has looked at them, and everybody can read them now.
mail-moderation-warned = A moderator asks you to be careful with what you write on { $what }. The reason: { $why } Your words stay public.
mail-moderation-upheld = Your appeal about { $what } was looked at by another moderator: the decision stands.
mail-moderation-overturned = Your appeal about { $what } was looked at by another moderator: your words are shown again.
mail-moderation-body =
    { $sentence }

    { $note }Read what was decided, see your words, and appeal here (sign in, or open the private link of your report first):
    { $link }
thanks-held = Your words look like advertising, so a moderator reads them before they appear. What is broken is with the agency already.
desk-hidden-by-moderation = Hidden by moderation: not public, but you may need it
retention-commons-moderation-reports = Who reported what to the moderators, in cases that have ended
retention-commons-moderation-words = Words of moderators and appeals, in cases that have ended; the public log stays
part-document = A file
reasons-title = Reasons of moderation
reasons-lead = What people who report something, and moderators, can choose from. The sentence is public: it stands where something was hidden, and in the log. A decision keeps the words of its day.
reasons-name = Short name
reasons-sentence = Public sentence
reasons-sentence-hint = What everybody reads: “It …”
reasons-position = Place in the list
reasons-position-hint = A number; lower comes first
reasons-offered = Offered
reasons-yes = Yes
reasons-no = Retired
reasons-own = In the town’s own words
reasons-edit = Change this reason
reasons-add = Add a reason
reasons-code = Code
reasons-code-hint = For machines: lower-case letters, digits and hyphens. It stays.
reasons-active = Can be chosen
reasons-active-text = Untick to retire it: what was decided for it stays as it is.
reasons-save = Save
flash-reason = The reason is saved.
subject-moderation-reason = Reason of moderation
saying-moderation-reason-defined = { $by } set the reason of moderation “{ $name }”: { $sentence }
refusal-reason-code = A code has 1 to { $most } lower-case letters, digits and hyphens.
refusal-reason-words = Give the name (at most { $name } characters) and the sentence (at most { $sentence }) in every language of the town.
refusal-reason-position = The place is a whole number from 1 to { $most }.
refusal-reason-taken = There is a reason of this code already. Choose it in the list to change it.
refusal-reason-meanwhile = Somebody else changed this reason while you were reading. Look at it again.
refusal-reason-last = At least one reason must be there to choose.
refusal-reasons-too-many = A town may have at most { $most } reasons. Change one of those there are.
