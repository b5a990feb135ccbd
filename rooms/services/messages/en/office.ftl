sv-desk-title = Applications to decide
sv-tabs = Which applications
sv-tab-open = Open
sv-tab-free = Nobody's yet
sv-tab-mine = Mine
sv-tab-done = Done
sv-desk-none = Nothing is here
sv-desk-none-text = What residents apply for comes here, what is due first at the top.
sv-due = Due
sv-late = Late
sv-standing = Where it stands
sv-officer = Officer
sv-take = I look after it
sv-language = Language
sv-district = District
sv-email = E-mail
sv-origin = Origin
sv-newer = A newer version is in force: { $number }. It does not change this application.
sv-answers = Answers
sv-why-title = Why do you open this application?
sv-why-lead = The applicant reads who opened it and why. Your answer holds for eight hours.
sv-why-label = Reason
sv-why-go = Open
sv-decide-title = Decide
sv-decide-granted = Grant
sv-decide-refused = Refuse
sv-reasons = Reasons
sv-reasons-hint = For the applicant, in plain words: which rule, and which of the answers decided.
sv-decide = Decide
sv-second = The second pair of eyes
sv-proposed-by = Proposed: { $outcome }, by { $by }. Somebody else must agree.
sv-confirm = I agree: decide so
sv-send-back = Send back
sv-send-back-label = Why do you not agree?
sv-appeal-decide = Decide the appeal
sv-ask = Ask for what is missing
sv-ask-label = What is missing?
sv-ask-hint = Name everything at once. The clock stands still until the applicant answers.
sv-letter = Write a letter
sv-letter-label = Your letter
sv-letter-hint = It goes to the applicant by e-mail and stands on their page.
sv-notes = Internal notes
sv-note = Keep note
sv-note-label = A note for colleagues
sv-flash-taken = You look after it now.
sv-flash-asked = Asked. The clock stands still.
sv-flash-decided = Decided and recorded.
sv-flash-sent-back = Sent back.
sv-flash-note = Kept.
sv-flash-letter = Sent.
sv-flash-saved = Kept.
sv-flash-published = In force.
sv-keep-title = Write services
sv-keep-none = There is no service yet.
sv-keep-draft = Draft, not yet public
sv-keep-changed = changed since
sv-keep-new = A new service
sv-keep-code = Name in addresses
sv-keep-code-hint = Lower-case letters, digits and hyphens, as residents-parking.
sv-keep-make = Make it
sv-keep-see = See the public page
sv-keep-publish = Publish as the next version
sv-keep-form = Form
sv-keep-form-edit = Edit the questions
sv-keep-questions = Questions: { $count }
sv-keep-save = Keep draft
sv-text-title = What it is called
sv-text-summary = In one or two sentences
sv-text-who = Who it is for
sv-text-need = What one needs
sv-text-need-hint = One thing a line.
sv-text-cost = What it costs, in words
sv-text-law = The law it rests on
sv-text-complaints = Where to complain
sv-text-counter = Where and when at the counter
sv-text-counter-hint = Empty where there is none.
sv-keywords = What people type when they look for it
sv-keywords-hint = Words in any language, apart by blanks.
sv-law-url = Address of the law
sv-cost-amount = Cost as one amount
sv-cost-amount-hint = 0 where it is free; empty where it depends.
sv-answer-days = Working days until an answer is promised
sv-answer-days-hint = Counted in the agency's working time; it stands still while the applicant is asked.
sv-appeal-days = Days for an appeal
sv-online = Can be applied for online
sv-online-detail = Else only officers enter applications.
sv-eyes = Two officers decide
sv-eyes-detail = One proposes, another must agree.
sv-rules-label = Rules: who is entitled
sv-rules-hint = In the language of the engine rules, with tests. Empty where there are none.
sv-letter-filed-subject = { $service }: your application { $code } was received
sv-letter-asked-subject = { $service }: something is missing in { $code }
sv-letter-decided-subject = { $service }: decision on { $code }
sv-letter-appeal-decided-subject = { $service }: decision on your appeal { $code }
sv-letter-letter-subject = { $service }: about { $code }
refusal-appeal-same-officer = Whoever decided cannot decide the appeal. Ask a colleague.
refusal-application-no-appeal = There is no appeal to decide.
refusal-application-not-proposed = Nothing is proposed that could be confirmed.
refusal-application-proposed = Somebody has proposed a decision. Agree or send it back.
refusal-application-stale = Somebody else changed this application since you opened the page. Look at it again; what you wrote is still here.
refusal-four-eyes = Another officer must agree than the one who proposed.
refusal-look-why = Say why you open it.
refusal-reasons-short = Reasons have at least { $least } characters: say which rule and which answers decided.
refusal-service-code = Use lower-case letters, digits and hyphens, 2 to 40, as residents-parking.
refusal-service-code-taken = There is a service with this name already.
refusal-service-cost = Write an amount, as 25 or 25.50.
refusal-service-days = Write a number of days from 1 to { $most }.
refusal-service-law-url = The address of the law begins with https://.
refusal-service-no-channel = Say where it can be had: online, at a counter or by telephone.
refusal-service-no-form = A service that can be applied for online needs at least one question.
refusal-service-organisation = Choose an agency for which you may write services.
refusal-service-same = Nothing changed since the last version.
refusal-service-stale = Somebody else changed this service since you opened the page. Open it again.
refusal-service-title = Say what it is called.
refusal-service-unsaid = Before it is published, say who it is for and on which law it rests.
refusal-services-many = A town has at most { $most } services.
sv-rule-tests = Tests of the rules
sv-rule-tests-hint = A JSON list of cases with name, period, input and output. They run before the service is published.
refusal-rules-trouble = Rules, line { $line }: { $problem }
refusal-rules-one-entitlement = The rules of a service have just one entitlement.
refusal-rules-untested = Rules are published with at least one test.
refusal-rules-tests-unreadable = The tests are no JSON list.
refusal-rules-test-failed = The test “{ $name }” failed: { $problem }
sv-work = Applications
sv-letter-filed-body =
    Your application for “{ $service }” was received by { $town }.

    Reference: { $code }
    You get an answer by { $due }.

    See where it stands, answer questions, take it back or appeal by this private link. Keep it to yourself:
    { $link }
sv-letter-asked-body =
    To decide on { $code } (“{ $service }”) the office needs something more:

    { $text }

    Answer by the private link of your receipt. Until then the clock stands still.
sv-letter-decided-body =
    Your application { $code } (“{ $service }”) is decided: { $outcome }.

    { $text }

    You can appeal until { $until } by the private link of your receipt. Somebody else then decides.
sv-letter-appeal-decided-body =
    Your appeal in { $code } (“{ $service }”) is decided: { $outcome }.

    { $text }
sv-letter-letter-body =
    About your application { $code } (“{ $service }”):

    { $text }
sv-ask-questions = Questions to open again
sv-ask-questions-hint = The applicant answers the pages of these questions again, photos included. What was answered stays with the case.
sv-again-title = Answered again
sv-again-changed = Changed on { $date }
sv-again-none = No answer changed.
sv-again-gone = Before:
sv-again-new = Now:
refusal-asked-unknown = The form does not ask “{ $name }” here.
sv-scan = Add a paper
sv-scan-label = A photo or PDF of the paper
sv-scan-hint = As the form that was filled in by hand. The applicant sees it too.
sv-flash-scan = The paper is in the case.
refusal-scan-none = Choose a file.
