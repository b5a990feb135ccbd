door-proposals-desk = Proposals to answer
subject-proposal = Proposal
subject-argument = Argument
subject-amendment = Amendment
part-proposal-title = The title
part-proposal-text = The text
part-proposal-old-title = An earlier title
part-proposal-old-text = An earlier text
part-argument = The argument
part-amendment-why = The reason given
proposal-state-draft = Draft
proposal-state-open = Open
proposal-state-feasible = Feasible
proposal-state-infeasible = Not feasible
proposal-state-answered = Answered
proposal-state-withdrawn = Withdrawn
proposal-state-merged = Merged
proposal-overdue = Answer overdue
proposals-title = Proposals
proposals-all = All proposals
proposals-feed = New proposals
proposals-filters = Filter the proposals
proposals-words = Words
proposals-process = Process
proposals-state = State
proposals-sort = Order
proposals-sort-newest = Newest
proposals-sort-supported = Most supported
proposals-sort-discussed = Most discussed
proposals-sort-random = By chance
proposals-filter = Filter
proposals-clear = Clear the filter
proposals-found = Proposals found
proposals-none = No proposals here
proposals-none-text = Widen the filter, or be the first to propose something.
proposals-all-processes = All processes
proposals-all-categories = All categories
proposals-all-districts = All districts
proposals-all-states = All states
proposals-total = { $count ->
    [one] One proposal
   *[other] { $shown } proposals
}
proposals-map = Proposals by district
proposals-map-desc = Most are in { $most }: { $count }. The table has all numbers.
proposals-map-legend = Proposals:
proposals-map-table = Proposals, the same numbers as a list
proposals-mine = My proposals
proposals-mine-none = You have not proposed anything yet
proposals-mine-none-text = Drafts and what you handed in will be here.
proposals-desk = Proposals to answer
proposals-desk-lead = Where an answer is due by a day, it comes first; then what most people support.
proposals-desk-none = Nothing waits for an answer
proposals-desk-none-text = Proposals appear here while their process is answered.
proposal-new = Make a proposal
proposal-correct = Correct your proposal
proposal-choose = What is your proposal for?
proposal-choose-none = No process takes proposals now
proposal-choose-none-text = Look when the next one begins.
proposal-untitled = Without a title yet
proposal-title = Title
proposal-title-hint = What should happen, in a few words
proposal-text = Your proposal
proposal-text-hint = What you want, where, for whom, and why. Everybody will read it. *Stars*, # headings, - lists and [links](https://…) work, as in Markdown.
proposal-category = Category
proposal-no-category = Choose a category
proposal-cost-in = What it may cost, in { $currency }
proposal-cost-hint = Your guess, as 12000. Officers will work it out.
proposal-map = Where on the map
proposal-map-hint = Click where it would be. It can stay empty.
proposal-map-keys = Arrow keys move the pin.
proposal-map-alt = Map of where it would be
proposal-map-whole = Show the whole town
proposal-district = District
proposal-district-hint = Not needed where there is a pin.
proposal-no-district = No district
proposal-address = The place in words
proposal-coordinates = Coordinates
proposal-lat = Latitude
proposal-long = Longitude
proposal-photo = Add a photo
proposal-photo-hint = JPEG, PNG or WebP. What the camera noted is taken out.
proposal-photo-number = Photo { $number }
proposal-sources = What it grew from
proposal-sources-hint = References of reports or earlier proposals, like R-7K2M, with commas between.
proposal-save = Save the draft and look for similar ones
proposal-submit = Hand in the proposal
proposal-save-correction = Save the correction
proposal-draft-text = A draft is yours alone. Once you hand it in, everybody sees it with your name.
proposal-correct-text = The text before stays to be compared.
proposal-similar = Is there one like it?
proposal-similar-none = Save the draft, and what is similar will be here: proposals of all years, and reports.
proposal-similar-text = If it says the same, support it or propose an amendment instead.
proposal-together = Write together
proposal-together-text = Who joins decides about the words as you do.
proposal-invite-email = E-mail address of a co-author
proposal-invite = Invite
proposal-join = Write a proposal together
proposal-join-text = You were asked to write “{ $title }” together. You will be named with it, and decide about its words.
proposal-join-yes = Yes, I join
mail-join-subject = Write proposal { $code } together?
mail-join-body =
    { $name } asks you to write a proposal together: { $title }

    Read it and join here:
    { $link }

    If you do not want to, do nothing.
proposal-by = Proposed by { $name } on { $date }.
proposal-changed-times = { $count ->
    [one] Changed once;
   *[other] Changed { $count } times;
}
proposal-compare = compare the versions
proposal-description = { $process }. { $state }.
proposal-merged-into = It goes on, with its authors and supporters, in
proposal-merged-here = Merged into this one
proposal-amend = Propose an amendment
proposal-amendments = Amendments
proposal-arguments = Arguments
arguments-for = In favour ({ $count })
arguments-against = Against ({ $count })
argument-side = Are you for it or against it?
argument-for = In favour
argument-against = Against
argument-label = Your argument
argument-hint = One reason, in a few sentences. It is public.
argument-button = Add the argument
proposal-comments-count = { $count ->
    [one] { $count } comment
   *[other] { $count } comments
}
proposal-comments-closed = The discussion is not open now.
proposal-about = About this proposal
proposal-supports = Supports
proposal-supports-word = { $count ->
    [one] support
   *[other] supports
}
proposal-supporters = { $count ->
    [one] supporter
   *[other] supporters
}
proposal-goal = { $count ->
    [one] supporter.
   *[other] supporters.
} From { $least } on the town must answer.
proposal-goal-answer = { $count ->
    [one] supporter.
   *[other] supporters.
} From { $least } on the town must answer within { $days } working days.
proposal-support = Support this proposal
proposal-support-leave = Take my support back
proposal-support-yours = You support this proposal. Nobody sees that but you.
proposal-support-until = You can support, and take it back, until { $date }.
proposal-support-from = Supports are collected from { $date } on.
proposal-support-over = Supports are no longer collected.
proposal-support-sign-in = Sign in to support it
proposal-answer = Answer this proposal
proposal-stands = Where it stands
proposal-step-submitted = Proposed
proposal-step-reached = Enough supports for an answer
proposal-facts = Facts
proposal-place = Place
proposal-cost-idea = Cost, say the authors
proposal-cost-estimate = Cost, says the town
proposal-due = Answer due
author-co = Written together with
author-amender = Words by
author-merged = From a merged proposal
proposal-endorsements = Endorsed by
proposal-endorse = Endorse for { $name }
proposal-unendorse = No longer endorse for { $name }
proposal-withdraw = Withdraw the proposal
proposal-withdraw-text = Everybody will still see that it was there. It cannot be handed in again.
proposal-withdraw-yes = Yes, withdraw it
proposal-merge = Merge
proposal-merge-label = Reference of the proposal that goes on
proposal-merge-button = Merge into that one
proposal-separate = Separate it again
proposal-follow = Follow
proposal-follow-email = Your e-mail address
proposal-follow-button = Send me news
proposal-check = Check it yourself
proposal-check-text = Every step is an entry of the public record, signed and open to everybody.
amendment-title = Amendment { $code }
amendment-of = Amendment by { $name }
amendment-by = By { $name } on { $date }, for
amendment-lead = Change the words as you would have them. The authors of the proposal decide, and nobody else.
amendment-text-hint = The whole text, with your changes in it.
amendment-why = Why
amendment-send = Propose this amendment
amendment-changes = What would change
amendment-settle = You decide, as an author
amendment-answer = Answer of the authors
amendment-answer-hint = Needed when you do not take it.
amendment-accept = Take these words
amendment-reject = Do not take them
amendment-take-back = Take my amendment back
amendment-is-stale = The proposal has changed since this was written, so it cannot be taken as it is.
amendment-waiting = Waits for the authors
amendment-accepted = Accepted
amendment-rejected = Not accepted
amendment-withdrawn = Taken back
diff-key = Underlined words are new, crossed out ones are gone.
versions = Versions
versions-title = Versions of “{ $title }”
version-number = Version { $number }
version-present = The present one
version-until = Until { $date }
version-first = As it was handed in
version-from-amendment = from amendment { $code }
evaluation-verdict = Your answer
evaluation-feasible = It can be done
evaluation-feasible-detail = It may go to the vote or be carried out.
evaluation-infeasible = It cannot be done
evaluation-infeasible-detail = Say which law, cost or fact stands against it.
evaluation-answered = The town’s answer
evaluation-answered-detail = Where feasible or not is not the question.
evaluation-cost = About { $cost }
evaluation-cost-in = Cost in { $currency }
evaluation-reasons = Reasons
evaluation-reasons-hint = Everybody will read them. No answer without reasons.
evaluation-send = Publish the answer
evaluation-by = { $who }, { $when }
flash-draft-saved = The draft is saved.
flash-proposal-submitted = Your proposal is public.
flash-proposal-held = Thank you. A moderator looks at your proposal first.
flash-proposal-edited = The correction is public; the text before stays to be compared.
flash-proposal-withdrawn = The proposal is withdrawn.
flash-supported = Your support is counted.
flash-support-taken-back = Your support is taken back.
flash-argument = Your argument is on the page.
flash-argument-held = Thank you. A moderator looks at your argument first.
flash-endorsed = The endorsement is public.
flash-unendorsed = The endorsement is taken back.
flash-invited = The invitation is on its way.
flash-joined = You write this proposal together now.
flash-amendment = Your amendment is public. The authors decide.
flash-amendment-held = Thank you. A moderator looks at your amendment first.
flash-amendment-accepted = The words of the amendment are the proposal’s now.
flash-amendment-rejected = The amendment is not accepted; your answer is public.
flash-amendment-withdrawn = The amendment is taken back.
flash-proposal-answered = The answer is public.
flash-proposal-merged = The proposals are merged.
flash-proposal-separated = The proposals are separate again.
saying-proposal-submitted = { $subject } was proposed ({ $process }).
saying-proposal-edited = The text of { $subject } was corrected by its authors.
saying-proposal-withdrawn = { $subject } was withdrawn by its authors.
saying-proposal-reached = { $subject } has enough supports ({ $supports }): the town must answer.
saying-proposal-argued = { $by } argued about { $subject }.
saying-proposal-endorsed = { $organisation } endorses { $subject }.
saying-proposal-unendorsed = { $organisation } no longer endorses { $subject }.
saying-proposal-joined = { $by } joined the authors of { $subject }.
saying-proposal-amendment-proposed = Amendment { $amendment } was proposed for { $subject }.
saying-proposal-amendment-accepted = The authors of { $subject } took amendment { $amendment }.
saying-proposal-amendment-rejected = The authors of { $subject } did not take amendment { $amendment }.
saying-proposal-amendment-withdrawn = Amendment { $amendment } for { $subject } was taken back.
saying-proposal-evaluated = The town answered { $subject }: { $verdict }.
saying-proposal-merged = { $subject } goes on in { $into }.
saying-proposal-separated = { $subject } is separate from { $from } again.
retention-participation-drafts = Drafts of proposals, after they were last changed
retention-participation-invitations = Invitations to write together, after they were sent
retention-participation-supports = Who supported which proposal, after the process ended; the counts stay
erased-stays-proposal = The words of proposals that the town answered, or that others wrote with you, stay without your name.
refusal-proposal-too-long = This text may have at most { $most } characters.
refusal-proposal-too-short = This needs at least { $least } characters.
refusal-proposal-control = This text holds characters that no page can show. Please type it again.
refusal-proposal-words-missing = Please write something here.
refusal-proposal-pin = Give latitude and longitude in degrees, like 34.05 and -118.24, or neither.
refusal-proposal-cost = Give an amount like 12000 or 12000.50, at most { $most }.
refusal-proposal-no-cost = This process does not ask for costs.
refusal-proposal-cost-most = In this process a proposal may cost at most { $most }.
refusal-proposal-category = Choose one of the categories of this process.
refusal-proposal-district = Choose one of the districts of the town.
refusal-proposal-other-district = This process is for other districts.
refusal-proposal-outside = The pin lies outside the town.
refusal-proposal-place = Say where: a pin on the map or a district.
refusal-proposal-source = Nothing public has the reference { $code }.
refusal-proposal-sources = Name at most { $most } matters.
refusal-proposal-photos = A proposal may have at most { $most } photos.
refusal-proposal-changed = The text has changed since you opened it. Read the new one and try again.
refusal-proposal-words-hidden = Moderators have hidden words here. Until they come back, nobody can change them.
refusal-proposal-is-draft = This is a draft still.
refusal-proposal-is-merged = This proposal goes on in another one. Take part there.
refusal-proposal-is-withdrawn = This proposal was withdrawn.
refusal-proposal-is-answered = The town has answered this proposal already, so it stays as it is.
refusal-drafts-too-many = You have { $most } drafts in this process. Hand one in first.
refusal-supports-used-up = You have given all { $most } supports of this process. Take one back first.
refusal-argument-side = Say whether you are for it or against it.
refusal-argument-too-often = You may add { $most } arguments an hour. Please wait a little.
refusal-authors-too-many = A proposal may be written by at most { $most } people together.
refusal-endorsement-organisation = There is no such organisation.
refusal-amendment-own = You are an author: correct the proposal itself.
refusal-amendment-same = Nothing is different.
refusal-amendment-settled = This amendment is settled already.
refusal-amendment-stale = The proposal has changed since this was written. It cannot be taken as it is.
refusal-evaluation-verdict = Choose an answer.
refusal-evaluation-cost = Say what it costs.
refusal-proposal-merge-unknown = There is no proposal of that reference.
refusal-proposal-merge-itself = A proposal cannot be merged into itself.
refusal-proposal-merge-elsewhere = Both must be of one process.
refusal-proposal-merge-not-open = Both must be open.
refusal-proposal-separate = This proposal is not merged.
refusal-proposals-sort = The order is newest, supported, discussed or random.
refusal-proposals-seed = The seed is a whole number from 1 to { $most }.
refusal-proposals-state = There is no such state.
proposal-grades = How much do you want it?
proposal-grade = Grade { $grade }
proposal-points = { $count ->
    [one] One point from the grades
   *[other] { $count } points from the grades
}
proposal-supports-least = Your supports count once you have given { $least } in this process.
refusal-support-grade = The grade of a support is a number from 1 to { $most }.
proposal-kept-now = Kept as a draft that only its authors see.
proposal-split = Take a part out as a proposal of its own
proposal-split-text = A proposal that wants two things is hard to answer. The part you write here becomes a proposal of its own, with the same authors, and says where it came from. The supports stay where they were given.
proposal-split-button = Make two of it
proposal-split-whole = The whole proposal
flash-proposal-split = There are two proposals now.
saying-proposal-split = A part of { $subject } goes on as { $into }.
saying-proposal-split-off = { $subject } came out of { $from }.
refusal-proposal-split-not-open = Only an open proposal can become two.
proposal-files = Files
proposal-file-about = { $kind }, { $size } kB
proposal-file-add = Add a file
proposal-file-hint = PDF, text, or a document of LibreOffice or Microsoft Office without macros, at most 10 MB. Everybody can save it.
proposal-file-button = Add this file
proposal-file-remove = Take away
flash-document-added = The file is beside your proposal.
flash-document-removed = The file is gone.
saying-proposal-file-added = { $by } added a file to { $subject }.
saying-proposal-file-removed = { $by } took a file of { $subject } away.
refusal-documents-many = A proposal may have at most { $most } files. Take one away first.
mail-merged-subject = Your proposal { $code } goes on in another one
mail-merged-body =
    “{ $title }” was merged into “{ $into }”. Your supporters count there, and you are named there.

    Why: { $why }

    Read it here:
    { $link }
proposal-merged-why = Why:
proposal-merge-why = Why (everybody can read it, and the authors are told)
proposal-supports-elsewhere = { $count } in the old system, not counted here
refusal-evaluation-own = You wrote this proposal. Somebody else has to answer it.
refusal-proposals-too-many = You have handed in { $most } proposals within an hour. Your draft is kept: hand it in later.
