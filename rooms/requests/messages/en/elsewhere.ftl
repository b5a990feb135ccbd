saying-request-forwarded = { $subject } was sent on to { $organisation } ({ $way }).
saying-organisation-reached-by = How { $organisation } is reached was set: { $way }.
way-here = Desk in this town
way-here-detail = Its officers sign in and answer at the desk.
way-open311 = Server of its own (Open311)
way-open311-detail = Reports are sent there, and what becomes of them is shown here.
way-letter = E-mail
way-letter-detail = It gets a letter with the report and a private link, and answers in the browser without an account.
step-forwarded = Sent on to the agency
forwarded-title = Sent on
forwarded-by-open311 = { $agency } works with a system of its own. What it says there comes onto this thread by itself.
forwarded-by-letter = { $agency } gets a letter with a private link and answers by it.
forwarded-waiting = To be sent
forwarded-sending = Being sent
forwarded-token = Taken, no reference yet
forwarded-sent = Arrived
forwarded-refused = Refused there
forwarded-ended = Not sent: it was no longer needed
forwarded-again = Send it once more
flash-forward-again = It is being sent once more.
refusal-forward-not-refused = It was not refused, so it is not sent once more.
elsewhere-done = The agency closed it as done in its own system, without further words.
elsewhere-not-done = The agency closed it as not to be done in its own system, without further words.
agencies-title = How agencies are reached
agencies-lead = An agency may answer at its desk here, by a server of its own, or by e-mail. What it says comes onto the public thread in each case.
agencies-none = There is no agency yet.
agencies-way = How it is reached
agencies-state = State
agencies-state-good = Fine
agencies-state-new = Not asked yet
agencies-state-trouble = In trouble
agencies-waiting = To be sent
agencies-refused = Refused
agency-page = How { $name } is reached
agency-page-lead = New reports go there from now on; what is open already stays at the desk. What residents say later on the public page goes there too. Names and addresses of residents are never sent.
agency-url = Address of the server
agency-url-hint = Up to where /requests.json would follow, as https://agency.example/open311/v2
agency-jurisdiction = Its jurisdiction_id (optional)
agency-jurisdiction-hint = Only where the server asks for one.
agency-key = Its key for us (api_key)
agency-key-hint = Never shown again. Leave it empty where the server wants none.
agency-key-kept = A key is kept. Leave this empty to go on with it; for another server, type its key.
agency-key-forget = Forget the key
agency-services = What our categories are called there
agency-services-hint = The service_code of each. Leave empty what is called the same.
agency-email = E-mail address of the agency
agency-email-hint = Letters with reports and private links go there.
agency-save = Save
agency-test = Try it
agency-test-hint = Asks the server for its services, or sends a letter to try. Nothing is reported.
agency-test-good = { $count ->
    [one] The server answers. It has one service.
   *[other] The server answers. It has { $count } services.
}
agency-test-missing = These have no service of their code there:
agency-test-services = Its services
agency-test-trouble = It does not work: { $trouble }.
agency-asked = Last asked on { $date }.
agency-trouble = The last time it did not work:
flash-agency-reached = Saved.
flash-agency-letter = The letter is on its way.
refusal-agency-way = Choose how the agency is reached.
refusal-agency-email = Write an e-mail address, as name@example.org.
refusal-agency-address = Write the full address of the server, as https://agency.example/open311/v2, without question mark.
refusal-agency-not-https = The address must begin with https://.
refusal-agency-not-public = This address is not in the public network.
refusal-agency-no-channel = This agency answers at its desk here; there is nothing to try.
agency-title = Answer { $code }
agency-lead = You answer for { $agency }. What you write becomes public.
agency-until = This link is yours alone; it is good until { $date }.
agency-ended = It has ended; there is nothing more to do.
flash-agency-said = Thank you. It is on the public page.
refusal-agency-link-over = The time of this link is over. Please ask the town for a new letter.
refusal-agency-said-already = These very words are on the page already.
refusal-agency-act = Choose what to do.
mail-forward-subject = Report { $code }: { $what }
mail-forward-body =
    A resident reports:

    { $what }

    { $report }

    The public page: { $page }

    Answer, resolve or decline it here, without an account. The link is for your office alone, and good until { $until }:
    { $link }
mail-forward-test-subject = A letter to try
mail-forward-test-body =
    Reports for your office will come to this address, from { $address }. There is nothing to do.
retention-requests-forward-news = Which updates of agencies’ own systems were taken already
later-title = Said since then
told-waiting = To be told
told-told = Told
told-refused = Not taken there
told-dropped = Not told: no longer public, or no longer theirs
later-comment = A resident adds:
later-edited = The reporter has corrected the report. It now reads:
later-replied = The reporter answers:
later-disputed = A neighbour says that it is not fixed:
later-reopened = It was opened again:
later-withdrawn = The reporter has taken the report back. There is nothing more to do.
mail-forward-later-subject = More about report { $code }
