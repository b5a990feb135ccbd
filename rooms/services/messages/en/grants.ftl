sv-grant = Amount granted
sv-grant-proposed = The rules say { $amount }.
sv-grant-why = Why another amount
sv-grant-why-hint = Only where it differs from what the rules say. The applicant reads it.
sv-granted-amount = Granted: { $amount }.
sv-granted-why = Why it is another amount than the rules say: { $why }
sv-against-label = { $finding }. I decide otherwise, and my reasons say why.
sv-entitled-law = By: { $law }
sv-letter-finding = What the rules say of your answers: { $finding }
sv-letter-law = The law: { $law }
sv-letter-again = If you no longer have your private link, have a new one sent to this address: { $link }
sv-letter-appealed-subject = { $service }: your appeal in { $code } was received
sv-letter-appealed-body =
    Your appeal in { $code } (“{ $service }”) was received by { $town }. Somebody who has not decided before looks at it, and answers by { $due }.

    What you wrote:

    { $text }
sv-letter-link-subject = { $service }: a new private link to { $code }
sv-letter-link-body =
    A new private link to your application { $code } (“{ $service }”) was asked for. With it you see where it stands, answer, and appeal. Keep it to yourself:
    { $link }

    The link of your receipt still works. If you did not ask for this, you need do nothing: it went to you alone.
sv-link-title = A new private link
sv-link-lead = Give the reference of your application. A new link goes to the e-mail address that was filed with it, and nowhere else.
sv-link-code-hint = As A-7K2M4P; it stands on your receipt and in every letter.
sv-link-send = Send a new link
sv-link-sent = If there is an application with this reference and an e-mail address, a new link is on its way to that address.
sv-link-else = Nothing comes? One link is sent in an hour. Whoever gave no address comes to the counter with a paper that shows who they are.
sv-link-lost = I lost my link
refusal-outcome-none = Choose whether it is granted or refused.
refusal-against-finding = The rules of this version say otherwise. Read once more what they say, and tick below that you decide otherwise.
refusal-grant-none = Say how much is granted: the rules name no amount here.
refusal-grant-amount = Write an amount, as 250 or 250.50.
refusal-grant-why = The rules say another amount. Say why, with at least { $least } characters.
refusal-link-code = Write the reference of your application.
sv-proof-file = The proof as a file
sv-proof-file-text = Keep it: it proves what was decided on which answers, also without the town. Check it with polity verify --receipt.
