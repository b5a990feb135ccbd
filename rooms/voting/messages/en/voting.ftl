door-votes = Votes
subject-vote = Vote
subject-vote-option = Choice in a vote

votes-title = Votes
votes-lead = Share out the town's budget and decide in polls. Who voted for what stays secret; how it is counted does not.
front-votes-all = All votes
votes-none = No votes yet
votes-none-text = When the town plans a vote, it is announced here first.
votes-opens = Opens { $date }
votes-closes = Until { $date }
votes-closed = { $date }
kind-budget = Budget
kind-budget-detail = Projects with costs share one budget.
kind-poll = Poll
kind-poll-detail = One or several of the choices win.

phase-draft = Draft
phase-announced = Announced
phase-open = Open
phase-counting = Being counted
phase-decided = Decided
phase-undecided = No result
phase-withdrawn = Withdrawn
origin-imported = This vote was held elsewhere. Its ballots come from a published file; the outcome was worked out again here.
origin-simulated = These ballots are simulated: a program made them up to show what a vote looks like. No person cast them.
option-selected = Selected
option-not-selected = Not selected

vote-won-budget = { $count ->
    [one] One project is funded
   *[other] { $count } projects are funded
}
vote-won-poll = The result
vote-results = See why, project by project
vote-projects = { $count ->
    [one] One project
   *[other] { $count } projects
}
vote-options = { $count ->
    [one] One choice
   *[other] { $count } choices
}
vote-options-none = Nothing to choose from yet.
vote-from = Where it comes from
vote-aside = Taking part
vote-turnout-title = Turnout
vote-turnout = ballots cast
vote-until = You can vote until { $date }.
vote-now = Vote now
vote-channels = How ballots came
vote-stands = Where it stands
vote-rule = The rule
vote-rule-lead = Chosen before the vote opened, and on the public record since. Nobody can change it afterwards.
vote-ballots = All ballots
channel-online = Online
channel-paper = On paper
channel-assisted = With help
standing-sign-in = You need an account. You will be asked to sign in.
standing-may = You have not voted yet.
standing-has = You have voted. Thank you.
standing-code = You need the code that you were given.
standing-nobody = Only people with an account of their own can vote.
step-announced = Announced
step-announced-detail = Question and rule are on the record
step-open = Opens
step-closed = Closes
step-decided = Counted and explained
step-decided-todo = Within minutes after the close, or when the paper is counted
fact-budget = Budget
fact-voters = Who may vote
fact-roll = On the roll
fact-ballot = The ballot
fact-rule = How it is counted
fact-ties = Ties
voters-residents = Everybody with an account
voters-roll = People on the roll of this vote
voters-codes = Whoever holds a code that the town handed out
ballot-one = Choose one.
ballot-approval = { $number ->
    [one] Choose one.
   *[other] Choose up to { $number }.
}
ballot-cart = Choose as many as fit the budget together.
ballot-ranking = Put up to { $number } in order, the best first.
ballot-points = Give { $number } points in all.
ballot-score = Give each a score from 0 to { $number }.
ballot-grades = Give each a grade. No grade counts as the worst.
method-equal-shares = Equal Shares: every voter gets the same share of the money
method-most-votes = Most votes first
method-greedy = Most satisfaction for the money first
method-phragmen = Phragmén's rule
method-plurality = Most votes
method-approval = Most approvals
method-score = Highest sum of scores
method-majority-judgment = Majority judgment: the best middle grade
method-transferable = Transferable vote: the weakest drop out round by round
method-schulze = Schulze's method: every pair compared
gain-cost = a project counts by its cost
gain-cardinality = every project counts the same
gain-points = a project counts by its points
gain-borda = a project counts by its rank
completion-add1u = what is left goes to further projects
completion-add1 = shares are raised until the budget is used
completion-greedy = what is left goes by satisfaction for money
completion-none = what is left stays unspent
seats-many = { $count } are chosen
ties-cost-votes-file = The cheaper one, then the one with more votes, then the order of the ballot
ties-votes-cost-file = The one with more votes, then the cheaper one, then the order of the ballot
ties-file = The order of the ballot
ties-order = Earlier rounds, where there are any, then the order of the ballot

secret-title = What is secret, and what is not
secret-apart = That somebody voted and what was voted are kept apart. Your ballot is sealed before it is stored, with a key that is not in the database. No time, number or order joins the two.
secret-results = Nobody sees results before the close. Sealed ballots are not counted before.
secret-after = After the close all ballots are opened at once, mixed and published. Then the key is thrown away, and with it who voted.
secret-server = While you vote, the town's computer sees your ballot for a moment. Whoever controlled that computer and its key during the vote could read along. Ballots that are sealed in your own browser will come later.
secret-receipt = Your receipt finds your ballot among the published ones. Whoever you show it to can see how you voted, so keep it to yourself.
secret-final = A ballot is final: to change it, we would have to know which one is yours.

grade-0 = Excellent
grade-1 = Very good
grade-2 = Good
grade-3 = Fair
grade-4 = Poor
grade-5 = To reject
ballot-title = Your ballot
ballot-code = Your code
ballot-code-hint = Sixteen letters and digits from the letter you received. It works once.
ballot-legend = Your choice
ballot-check = Check my ballot
ballot-leave = Leave without voting
ballot-no-value = No answer
ballot-chosen = Chosen
cart-budget = The budget is
cart-spent = You have chosen for
cart-left = Left for you to spend:
cart-over = Too much by:
cart-plain = On the next page you see what your choice costs in all.
points-all = Points to give:
points-given = Points given
points-left = Points left
points-over = Too many by:
points-plain = On the next page you see how many you gave.
check-title = Check your ballot
check-lead = This is what you are about to cast.
check-final = A ballot is final. You cannot change it or take it back.
check-cast = Cast my ballot
check-again = Change it
receipt-title = Your ballot is in the box
receipt-lead = Your receipt:
receipt-what = What the receipt is for
receipt-once = We show it once and keep it nowhere but in your sealed ballot. Write it down if you want to check.
receipt-find = After the count (the vote closes { $date }), look for it among the published ballots: that is your ballot, as it was counted.
receipt-proof = Whoever sees your receipt can find your ballot too. Do not show it to anybody who might press you.
receipt-back = Back to the vote

ballots-title = Published ballots
ballots-lead = Every ballot as it was counted, in the order of the receipts, which were drawn by lot.
ballots-receipt = Receipt
ballots-find = Find
ballots-not-found = No ballot has this receipt. Check each letter; if it still is not there, tell the town: a missing ballot is serious.
ballots-says = Ballot
ballots-file = The file of ballots

results-title = Result
results-lead-budget = { $count ->
    [one] { $count } of { $all } projects is funded
   *[other] { $count } of { $all } projects are funded
} for { $spent } of { $budget }. { $ballots ->
    [one] { $voters } ballot was counted.
   *[other] { $voters } ballots were counted.
}
results-lead-poll = { $winners }. { $ballots ->
    [one] { $voters } ballot was counted.
   *[other] { $voters } ballots were counted.
}
results-by = Counted by this rule, fixed before the vote opened:
results-money = Where the money goes
results-money-desc = The budget in parts, one for each funded project
results-further = Further funded projects
results-left = Not spent
results-each = Project by project
results-each-poll = How each fared
results-option = Choice
results-cost = Cost
results-votes = Votes
results-fate = What became of it, and why
results-by-order = Some were equal, and the order of the ballot decided, as the rule says.
results-rounds = Round by round
results-what-if = What if another rule had counted?
results-what-if-lead = The same ballots under other rules. A dot means that the project would be funded.
results-compare = If the most votes had simply gone first, the number of voters with none of their projects funded would be { $there }. Under the rule of this vote it is { $here }.
results-rule = Rule
results-spent = Spent
results-nothing = Voters with none of their projects
results-average = Funded projects per voter
results-ours = The rule of this vote
results-check = Check it yourself
results-find = Find your ballot by your receipt
results-outcome = The outcome with every step (JSON)
results-recount = Recount it in your browser, with a second program
results-command = Or count the file with our command:
results-certificate = Counted on { $date }. The result is certified on the public record by these hashes (SHA-256).
results-record = See the record
results-outcome-hash = Outcome
results-ballots-hash = Ballots
results-steps = The count step by step (in English)
why-chosen = It came next under the rule, and there was enough money.
why-completed = It was funded from money that the shares had left over.
why-free = It costs nothing, and somebody supports it.
why-mandatory = It had to be funded.
why-tied = It was level with another one; the rule for ties decided.
why-paid-one = Its only supporter paid for it alone, with their share.
why-paid = Its { $supporters } supporters paid for it with their shares: { $each } each.
why-paid-rest = Its { $supporters } supporters paid for it with their shares: { $full } of them { $each } each, { $rest } gave what they had left.
lost-no-support = Nobody voted for it.
lost-threshold = It got { $has } votes; { $needs } were needed.
lost-fit = When its turn came, { $left } were left: { $missing } too little.
lost-fit-needed = With { $needed } votes it would have come before “{ $other }” and been funded.
lost-not-reached = The count ended before its turn; { $left } were left.
lost-pay = Its supporters had { $had } of their shares left together, { $missing } too little. { $more ->
    [one] One more supporter
   *[other] { $more } more supporters
} would have been enough.
lost-stopped = The rule ended before its supporters' turn.
lost-other = Another selection came before it under the rule.

saying-vote-published = A vote was announced, with its question and its rule
saying-vote-changed = A vote was changed before it opened
saying-vote-withdrawn = A vote was withdrawn before it opened
saying-vote-codes-made = Codes to vote with were made: { $codes }
saying-vote-roll-added = { $added } people were put on the roll of a vote
saying-vote-paper-given = A voter was given a ballot on paper
saying-vote-sheet-entered = Sheet { $sheet } was entered by a clerk
saying-vote-paper-finished = All ballots on paper are entered
saying-vote-closed = A vote was closed by the clock; { $voted } had voted
saying-vote-decided = A vote was decided. Ballots: { $ballots }
saying-vote-undecided = A vote was counted without a result
saying-vote-imported = A vote of the past was taken over. Ballots: { $ballots }

refusal-vote-cast = You have voted already. Each person votes once; your ballot is in the box.
refusal-vote-closed = This vote is closed. No ballot can be cast any more.
refusal-vote-not-open = This vote is not open yet.
refusal-vote-withdrawn = This vote was withdrawn.
refusal-vote-undecided = The rule gave no result for these ballots.
refusal-vote-not-on-roll = You are not on the roll of this vote. If you think you should be, ask the town before it closes.
refusal-vote-code = Type your code: sixteen letters and digits, as in your letter.
refusal-vote-code-unknown = This code is not on the roll of this vote. Check each letter.
refusal-ballot-empty = Choose at least one.
refusal-ballot-most = Choose at most { $most }.
refusal-ballot-over-budget = Your choice costs more than the budget. Take something out.
refusal-ballot-points = You gave { $given } points; there are { $most }.
refusal-ballot-ranks = Give each rank once: 1, 2, 3 and so on, without a gap.
refusal-ballot-beyond = Use numbers from 0 to { $most }.
refusal-ballot-number = Use whole numbers.
refusal-ballot-twice = The same choice stands on the ballot twice.
refusal-ballot-unknown = The ballot names something that is not on it. Load the page again.

vote-areas = The budget, district by district
fact-age = At least how old
fact-age-value = { $age } years on the day the vote closes
fact-lives = Lives in
fact-areas = Where one votes
votes-in-own = In the whole town, and in the district where one lives by the roll
votes-in-chosen = { $most ->
    [one] In the whole town, and in one district of one's choice
   *[other] In the whole town, and in up to { $most } districts of one's choice
}
area-town = The whole town
ballot-where = Where do you want to vote?
ballot-districts-how = { $most ->
    [one] Each district has a sum of its own. Choose one district; everybody votes on what is for the whole town.
   *[other] Each district has a sum of its own. Choose up to { $most } districts; everybody votes on what is for the whole town.
}
ballot-districts-own = Each district has a sum of its own. Choose the district for which you were given the code.
ballot-town-only = Only on what is for the whole town
ballot-go-on = Go on to the ballot
ballot-elsewhere = Vote in another district
ballot-each-area = This holds for each area by itself.
ballot-nothing-here = There is nothing to vote on in this district.
results-areas = District by district
results-areas-lead = Each area was counted by itself: its sum, its projects, and the ballots that name at least one of them.
results-areas-check = Each area has its own file of ballots, its outcome with every step, and a recount in your browser: open it above.
results-ballots = Ballots
results-funded = Funded
results-of = { $count } of { $all }

retention-voting-rolls = Rolls of votes that never opened or never could be counted, from the day the vote was begun or closed. All others are erased with the count.
saying-vote-roll-emptied = The roll of a vote was emptied before it opened
refusal-vote-age = You are too young for this vote by its roll: one must be { $age } years old on the day it closes. If the roll is wrong, ask the town before it closes.
refusal-vote-residence = This vote is for people who live in certain districts, and by its roll you live elsewhere. If the roll is wrong, ask the town before it closes.
refusal-ballot-district = You vote in the district where you live. Take out what is for other districts.
refusal-ballot-districts = Choose in { $most ->
    [one] one district
   *[other] { $most } districts
} at most, besides the whole town.
refusal-ballot-districts-choose = Choose a district of this vote.
saying-vote-import-undone = The import of a vote of the past was undone
vote-calendar = In your calendar (.ics)
votes-calendar = Calendar of votes (.ics)
vote-calendar-open = Vote: { $title }
vote-calendar-close = Last hour to vote: { $title }
saying-vote-clerk-named = { $clerk } was named as clerk for ballots on paper
saying-vote-clerk-ended = { $clerk } is no longer clerk for ballots on paper
saying-vote-mark-taken-back = The mark of a voter on paper was taken back by two clerks
saying-vote-sheet-struck = A sheet that was entered by mistake was struck out by two clerks
secret-paper = What is on a sheet of paper is sealed in the same way as soon as a clerk has entered it; the clerks see the sheet in their hands. Stored beside it until the count: its number, the clerk, and which way it came. Which voters were marked and which sheets were entered is on the public record only in numbers, at the end.
vote-not-counted = { $channel }: { $marked } cast, { $counted } counted. { $blank } blank, { $spoilt } spoilt, { $missing } not in the urn.
refusal-vote-cast-paper = You are marked to have voted on paper. If you were given none, tell the town before the vote closes: another clerk can take the mark back.
option-hidden = Hidden by moderation
