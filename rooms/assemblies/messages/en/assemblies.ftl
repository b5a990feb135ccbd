door-assemblies = Citizens’ assemblies
subject-assembly = Citizens’ assembly
subject-recommendation = Recommendation
assemblies-title = Citizens’ assemblies
assemblies-lead = Residents drawn by lot, put together like the town, answer a question of the town. Everybody can check the draw.
assemblies-none = There is no citizens’ assembly at the moment.
assembly-private = Not published yet
assembly-coming = Registration opens later
assembly-open = Registration is open
assembly-closed = Registration is over
assembly-drawn = Members are drawn
assembly-times = Registration: { $from } to { $until }
assembly-private-note = Only those who hold this assembly see this page.
assembly-remit-label = What it is asked
assembly-remit-hint = The question, and what becomes of the answer. Markdown.
assembly-recommendations = Recommendations
assembly-due = { $body } answers every recommendation by { $day }.
assembly-due-none = { $body } answers every recommendation.
assembly-overdue = The answer is overdue.
assembly-town = The town
assembly-how = How the draw works
assembly-how-quotas = Everybody in the pool gets a chance. The quotas make the assembly look like the town; within them the computer works out the lottery that makes the smallest chance as great as it can be.
assembly-how-seed = Before anybody could register, the town made a secret number by chance and put its hash on the record. After registration the possible panels are fixed and their hash goes on the record too; only then the number is opened, and it decides which panel is drawn.
assembly-how-source = Mixed in, so that not even the town can know the outcome before:
assembly-how-check = Each draw has its page with the seed, everybody’s chances and the command that works it out again.
assembly-seed-hash = Hash of the town’s number (SHA-256)
assembly-quotas = Quotas and members
assembly-seats-count = The assembly has { $count ->
    [one] one member
   *[other] { $count } members
}.
assembly-taken = { $held } of { $seats } seats are given out: { $accepted } accepted, { $asked } still to answer; { $free } free.
assembly-feature = Feature
assembly-value = Value
assembly-quota = Quota
assembly-quota-range = { $least } to { $most }
assembly-in-pool = In the pool
assembly-members = Members
assembly-not-told = not told
assembly-not-told-why = Counts of the pool are told where every group has at least five people, and members as they were when the last draw was made.
assembly-counts-csv = These counts as a table (CSV)
assembly-draws = Draws
assembly-draw-line = Draw { $number }: { $kind }
assembly-draw-first = all members
assembly-draw-again = all members, drawn again
assembly-draw-vacancies = seats that fell free
assembly-state-committed = Seed committed to
assembly-state-working = Being worked out
assembly-state-prepared = Panels fixed
assembly-state-failed = No lottery
assembly-state-drawn = Drawn
assembly-about = About this assembly
assembly-pool = Who can be drawn
assembly-you-are-in = You can be drawn.
assembly-your-ticket = Your ticket in the lottery:
assembly-registered = { $count ->
    [one] One person can be drawn.
   *[other] { $count } people can be drawn.
}
assembly-sign-in = Sign in to register
assembly-register = Register for the draw
assembly-register-lead = Say who you are in the groups of the quotas. You can change it and withdraw until registration closes.
assembly-change-mine = Change what I said
assembly-withdraw = Withdraw
assembly-invited-text = The town enters who can be drawn; nobody registers by themselves.
assembly-who-sees = Nobody is told who registered. Those who hold the assembly see counts, and the names only of those who were drawn.
assembly-edit = Look after this assembly
assembly-way = The way of this assembly
assembly-belongs-to = Belongs to
assembly-step-committed = Published; the seed is committed to
assembly-step-opens = Registration opens
assembly-step-closes = Registration closes
assembly-step-drawn-first = Members are drawn
assembly-step-drawn-again = Members are drawn again
assembly-step-drawn-vacancies = Free seats are drawn for
assembly-step-seated = All seats are accepted
assembly-step-recommended = The assembly recommends
assembly-step-answered = Every recommendation is answered
assembly-again-because = All members were drawn again because:
assembly-freed = Seats filled here: { $declined } of people who declined, { $silent } of people who did not answer in time.
assembly-committed = What was fixed beforehand
assembly-source = Public value that is mixed in
assembly-pool-hash = The pool without names
assembly-quotas-hash = The quotas
assembly-panels-hash = The panels
assembly-outcome = The draw
assembly-seed = The town’s number
assembly-public-value = The public value
assembly-panel-drawn = Panel { $panel } was drawn, of { $panels } numbered from 0, each as likely as the others.
assembly-fair = How fair it was
assembly-chances = The smallest chance was { $least } %, the greatest { $greatest } %; the Gini coefficient of all chances is { $gini } (0 is all equal).
assembly-proved = It was shown that no lottery under these quotas gives everybody a greater chance than { $ideal } %.
assembly-not-proved = The search met its limit: whether a fairer lottery exists was not shown. The best one found gives everybody at least { $ideal } %.
assembly-chart = How many people had which chance
assembly-chart-desc = A bar for each range of chances, as long as there were people with it. The same numbers stand in the table below.
assembly-chance = Chance
assembly-people-count = People
assembly-chance-from = { $from } % to less than { $until } %
assembly-chance-sure = 100 %: on every panel
assembly-quotas-met = Quotas met
assembly-check = Check it yourself
assembly-check-panels = Everybody can hash panels.csv and compare, and find the panel from the seed as the lottery’s README says. Whoever registered finds their ticket in it, and so their chance.
assembly-check-pool = The pool without names could still name somebody by their features, so only auditors and those who hold the assembly download it. With it this command works everything out again:
assembly-file-panels = All panels, by ticket (panels.csv)
assembly-file-quotas = Quotas (quotas.csv)
assembly-file-pool = Pool without names (pool.csv)
assembly-answered = Answered
assembly-unanswered = Not answered yet
assembly-answers-body = { $body } answers.
assembly-answer-of = { $body } answers
assembly-seat-title = Your seat in the citizens’ assembly
assembly-seat-asked = You were drawn. Do you take part?
assembly-seat-accepted = You take part.
assembly-seat-declined = You gave your seat back.
assembly-seat-silent = The day to answer has passed; your seat goes to somebody else.
assembly-seat-dismissed = All members were drawn again, so this seat does not exist any more.
assembly-seat-until = Please answer before { $until }. Then your seat goes to somebody else.
assembly-seat-yes = Yes, I take part
assembly-seat-no = No, draw somebody else
assembly-seat-back = Give my seat back
assembly-seat-private = Whoever has this link can answer for you. Please do not pass it on. Nobody but those who hold the assembly learns what you answer.
assembly-mail-drawn-subject = { $title }: You were drawn
assembly-mail-dismissed-subject = { $title }: members were drawn again
saying-assembly-published = { $by } published the citizens’ assembly { $subject } and committed to its seed.
saying-assembly-changed = { $by } changed the citizens’ assembly { $subject }: { $reason }
saying-assembly-pool-entered = { $by } entered { $rows } people into the pool of { $subject }.
saying-assembly-pool-undone = { $by } took { $rows } people out of the pool of { $subject }.
saying-assembly-draw-begun = { $by } began draw { $draw } of { $subject }.
saying-assembly-draw-prepared = The panels of draw { $draw } of { $subject } are fixed.
saying-assembly-drawn = { $by } drew { $seats } people for { $subject } (draw { $draw }).
saying-assembly-recommended = { $by } published a recommendation of { $subject }.
saying-assembly-answered = { $by } answered a recommendation of { $subject }.
flash-assembly-registered = You can be drawn now.
flash-assembly-withdrawn = You cannot be drawn any more.
flash-assembly-accepted = Thank you; the seat is yours.
flash-assembly-declined = Your seat goes to somebody else.
refusal-assembly-needs-account = To register you need an account. Please sign in.
refusal-assembly-not-open = Registration has not opened yet.
refusal-assembly-closed = Registration is over, so the pool does not change any more.
refusal-assembly-invited = The town enters who can be drawn; nobody registers by themselves.
refusal-assembly-answer = Please choose one of the answers: { $category }.
refusal-assembly-seat-answer = Please say whether you take part: yes or no.
refusal-assembly-seat-late = It is too late to answer; the seat goes to somebody else.
refusal-assembly-seat-settled = This seat is not yours any more.
retention-assemblies-pools = Who could be drawn for a citizens’ assembly, after registration closed
assembly-mail-drawn-body =
    You were drawn for { $title }.

    Please say before { $until } whether you take part. The link is yours alone:
    { $link }

    Whoever does not answer is replaced by somebody else of the pool. What it is about:
    { $page }
assembly-mail-dismissed-body =
    All members of { $title } were drawn again, so your seat ends.

    Why: { $reason }

    Both draws are public:
    { $page }
