door-processes = Proposals
subject-process = Process
process-template-budget = Participatory budget
process-template-consultation = Consultation
process-template-initiative = Citizens’ initiative
process-template-petition = Petitions
phase-vote = Voting
phase-evaluate = The town checks and answers
phase-submit = Proposals
phase-support = Collecting support
phase-amend = Amendments
phase-discuss = Discussion
phase-monitor = Following what becomes of it
process-coming = Coming
process-open = Open
process-between = Between two phases
process-over = Over
process-until = until { $date }
process-from = from { $date }
process-ended = ended on { $date }
process-held = Its time is over, but answers are missing: what comes next waits for them.
process-phase-times = { $from } to { $until }
process-proposals = { $count ->
    [one] { $count } proposal
   *[other] { $count } proposals
}
process-waiting = { $count ->
    [one] { $count } proposal still waits for the answer it must have.
   *[other] { $count } proposals still wait for the answer they must have.
} Until then the next phase does not begin.
process-waiting-which = See which
process-overdue = { $count ->
    [one] The town is late with { $count } answer.
   *[other] The town is late with { $count } answers.
}
process-no-proposals = There is no proposal yet.
process-all-proposals = All proposals of this process
process-about = About this process
process-phases = Phases
process-calendar = Put the dates into your calendar (.ics)
process-rules = Rules
process-budget = Money there is
process-cost-most = A proposal may cost at most
process-supports-min = Supports from which on the town must answer
process-supports-most = Supports one person may give
process-answer-days = Then an answer is due within
process-account-days = The account must exist for
process-districts = Districts
process-working-days = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
process-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
process-follow-rss = New proposals by RSS
process-private = Private draft
process-edit = Edit this process
processes-title = Take part
processes-lead = Propose, discuss and support in processes with fixed times and rules. The town answers in public, with reasons.
processes-open = Open now
processes-coming = Coming
processes-over = Over
processes-none = There is no process yet
processes-none-text = When the town asks for proposals, it will be here.
processes-admin = Processes
processes-admin-lead = Begin a process from a template, or copy one of an earlier year. It stays private until you publish it.
processes-admin-none = You lead no process yet.
process-name = Name
process-template = Template
process-begins = Begins
process-ends = Ends
process-public = Public
process-yes = Yes
process-new = Begin a process
process-title-in = Name ({ $language })
process-summary-in = In one or two sentences ({ $language })
process-about-in = All there is to say ({ $language })
process-phase-in = Name, if not after its first act ({ $language })
process-code = Name in the address
process-code-hint = Lower-case letters, digits and hyphens, like budget-2027. It stays for ever.
process-origin = Begin from
process-origin-hint = A copy takes everything over and moves the phases by a year.
process-copy-of = Copy of “{ $title }”, a year later
process-organisation = Who answers
process-organisation-hint = Its officers evaluate the proposals.
process-town-itself = The town
process-begin = Begin
process-edit-title = Edit “{ $title }”
process-private-lead = Only stewards see it. Publish it when it is ready.
process-public-lead = Everybody sees it. A change goes on the public record; what is over stays as it was.
process-see = See its page
process-publish = Publish
process-words = Words
process-phases-hint = In order of time, on the clock of { $zone }. What may be done ends at the very second. Leave both times empty to take a phase away.
process-phase-number = Phase { $number }
process-opens = From
process-closes = Until
process-acts = What may be done
process-rules-hint = They hold from the first phase on, and cannot change after that. The money can then only become more, and a category with proposals stays.
process-asks-cost = Proposals are about money: officers must say what each costs
process-supports-min-hint = 0 where every proposal is answered.
process-answer-days-hint = Working days, counted on the town’s calendar. Empty for no promise.
process-supports-most-hint = Empty for any number.
process-needs-place = A proposal needs a place or a district
process-categories = Categories
process-categories-hint = One a line: code, then its name in each language, between bars: parks {"|"} Parks {"|"} Parques {"|"} حدائق
process-districts-hint = None for the whole town.
process-save = Save
flash-process = The process is saved.
flash-process-published = The process is public.
saying-process-published = The process { $subject } was published.
saying-process-changed = The process { $subject } was changed; its phases and rules stand in the entry.
participation-front = Take part
participation-front-all = All proposals ({ $count })
participation-front-none = No process is open just now.
participation-front-overdue = { $count ->
    [one] The town is late with one answer
   *[other] The town is late with { $shown } answers
}
refusal-proposal-needs-account = A program cannot do this in somebody’s name; please sign in with an account.
refusal-phase-not-submit = Proposals cannot be handed in or corrected now. The phases are on the page of the process.
refusal-phase-not-amend = Amendments are not possible now. The phases are on the page of the process.
refusal-phase-not-discuss = There is no discussion here now. The phases are on the page of the process.
refusal-phase-not-support = Supports are not collected now. The phases are on the page of the process.
refusal-phase-not-evaluate = Proposals of this process are not answered now. The phases are on its page.
refusal-phase-not-now = This is not possible in the present phase.
refusal-process-code = Use 2 to 60 lower-case letters, digits and inner hyphens, like budget-2027.
refusal-process-code-taken = There is a process of this name already. Choose another.
refusal-process-origin = Choose a template or an earlier process.
refusal-process-words-missing = Name and summary must be there in { $language }.
refusal-process-no-phase = A process needs at least one phase.
refusal-process-too-many-phases = A process may have at most { $most } phases.
refusal-process-phase-backwards = Phase { $number } ends before it begins.
refusal-process-phase-without-act = Choose what may be done in phase { $number }.
refusal-process-phase-time = Give phase { $number } a beginning and an end, as 2027-03-01T09:00.
refusal-process-phases-overlap = Phase { $number } begins before the one before it ends.
refusal-process-past-phase = What has begun or is over cannot be moved.
refusal-process-rules-fixed = The rules hold since the first phase began. They cannot change now.
refusal-process-answer-without-threshold = A due answer needs a number of supports from which on it is due.
refusal-process-number = Give a whole number up to { $most }.
refusal-process-category = The line “{ $line }” is not a category: a code that is there once, then names, between bars.
refusal-process-categories = A process may have at most { $most } categories.
refusal-process-changed = Somebody else changed this process meanwhile. Open it again.
refusal-process-published = This process is public already.
refusal-account-too-new = This process asks for an account that is at least { $days } days old.
proposal-imports-title = Take proposals over
proposal-imports-lead = From Decidim’s export of proposals (CSV or JSON) or CONSUL’s (CSV). Try it first: nothing is stored, and you see what would be set aside.
proposal-imports-file = File
proposal-imports-file-hint = Titles, texts, places, answers and counts of supporters are taken over; people are not: authors are only named.
proposal-imports-try = Only try
proposal-imports-store = Store
proposal-imports-tried = Nothing is stored. { $stored } would be, { $already } came before, { $aside } would be set aside.
proposal-imports-done = { $stored } are stored, { $already } came before, { $aside } were set aside.
proposal-imports-counts = { $stored } stored, { $already } came before, { $aside } set aside
proposal-imports-undone = Undone: { $removed } taken away, { $stayed } stayed because somebody acted on them
proposal-imports-asides = Set aside, with the reason
proposal-imports-line = Line
proposal-imports-column = Column
proposal-imports-value = Value
proposal-imports-reason = Reason
proposal-imports-before = Earlier imports
proposal-imports-undo = Take it away again
proposal-aside-id = It has no id
proposal-aside-title = The title is missing or too long
proposal-aside-text = The text is missing or too long
proposal-aside-time = The time cannot be read
proposal-aside-ragged = It has another number of cells than there are columns
proposal-aside-answer = Stored as open: its answer has no reasons
flash-proposal-import-undone = What nobody acted on is taken away.
saying-process-imported = Proposals taken over into { $subject } ({ $import }): { $stored }.
saying-process-import-undone = The import { $import } into { $subject } was undone. Proposals taken away: { $removed }.
saying-proposal-removed = { $subject } was taken away with its import.
refusal-proposals-import-no-file = Choose a file.
refusal-proposals-import-unreadable = The file cannot be read: { $problem }
refusal-proposals-import-too-many = A file may have at most { $most } proposals.
refusal-proposals-import-columns = These are not proposals of Decidim or CONSUL: columns for id, title and text are needed.
process-supports-least = Supports one person must give before they count
process-supports-least-hint = Empty where each support counts at once.
process-grades = The highest grade of a support
process-grades-hint = From 2 to 5. Empty where supports have no grade.
refusal-process-grades = Grades go from 1 up to a number from 2 to { $most }; leave it empty for supports without a grade.
refusal-process-supports-range = Nobody can give enough supports: the least number is larger than the most.
refusal-process-money-fixed = The first phase has begun: the money can become more, not less.
refusal-process-category-used = The first phase has begun, and there are proposals in the category { $code }. It stays.
