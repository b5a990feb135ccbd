sv-joint-title = Applying together
sv-joint-lead = { $least ->
    [0] { $most ->
        [one] One other person can apply together with you.
       *[other] Up to { $most } people can apply together with you.
    }
   *[other] { $most ->
        [one] One other person applies together with you.
       *[other] At least { $least } and at most { $most } people apply together with you.
    }
} Each must say so themselves before it can be granted. They read all answers and get the decision.
sv-joint-name = Name
sv-joint-email = E-mail
sv-joint-email-hint = A link of their own goes there. Empty: they confirm at the counter.
sv-joint-add = Add this person
sv-joint-drop = Take out
sv-joint-asked = not yet confirmed
sv-joint-confirmed = applies too
sv-joint-declined = does not apply
sv-joint-counter = confirms at the counter
sv-joint-by-counter = confirmed at the counter, noted by { $by }
sv-joint-ask = You were named as somebody who applies too. Read the answers below, then say whether that is right.
sv-joint-ask-again = You said that you do not apply. If that is not so, say it here; then you can read the whole application.
sv-joint-ask-over = It is decided or taken back; there is nothing to say any more.
sv-joint-answers = What was answered
sv-joint-yes = Yes, I apply too
sv-joint-no = No, I do not apply
sv-joint-here = Is here and confirms
sv-joint-most = How many others can apply together with somebody
sv-joint-most-hint = 0: everybody applies alone. At most 10.
sv-joint-least = How many others must
sv-step-joint-confirmed = Applies too
sv-step-joint-declined = Does not apply
sv-step-joint-answered = What a joint applicant answered was changed
sv-flash-joint-confirmed = Noted: applies too.
sv-flash-joint-declined = Noted: does not apply.
sv-letter-joint-subject = { $service }: do you apply too? ({ $code })
sv-letter-joint-body =
    { $name },

    an application for “{ $service }” to { $town } names you as somebody who applies too. Reference: { $code }

    Read it, and say until { $until } whether that is right, by this private link. Keep it to yourself. Once you have said yes, letters and the decision reach you too:
    { $link }
refusal-joint-numbers = Write how many others can apply together: from 0 to { $most }, and not fewer than must.
refusal-joint-many = At most { $most } others can apply together with you.
refusal-joint-name = Write a name, with at most { $most } characters.
refusal-joint-email = Write an e-mail address, as name@example.org, or leave it empty.
refusal-joint-few = At least { $least } others must apply together with you: add them.
refusal-joint-over = It is decided or taken back; that can no longer be changed.
refusal-joint-open = It cannot be granted yet: { $names } must say first that they apply too.
refusal-joint-declined = It cannot be granted: { $names } said that they do not apply.
sv-joint-each = What each of them is asked too
sv-joint-each-hint = One page of the form, answered by each joint applicant for themselves before they confirm. Not a page with photos, sums, several entries or a condition.
sv-joint-each-none = Nothing
sv-joint-each-lead = This is asked of everybody who applies: answer it for yourself. Those who apply together with you, and the office, read it.
sv-joint-each-clerk = You write for the person in front of you. They have identified themselves and read the answers.
sv-joint-each-answers = What they answered
refusal-joint-page = Each joint applicant is asked a page of the form that is there, without photos, sums, several entries or a condition. Choose another one, or nothing, among the words of the service.
sv-joint-expired = the invitation has expired
sv-joint-until = invited until { $date }
sv-joint-again = Send a new link
sv-flash-joint-again = A new link is on its way. The one before opens nothing any more.
refusal-joint-expired = This invitation has expired. Ask whoever named you to send it again from the page of the application, or confirm at the counter.
refusal-joint-again = No new link can be sent to this person: they said that they do not apply, have no address here, or it is decided or taken back. At the counter they can still say what holds.
refusal-joint-soon = A link was sent to this person within the last hour. Wait a little before you send another.
sv-letter-joint-link-subject = { $service }: your link to { $code }
sv-letter-joint-link-body =
    { $name },

    whoever applies together with you for “{ $service }” ({ $code }) had a new private link sent to you. The one before opens nothing any more. Keep it to yourself:
    { $link }
sv-letter-answered-subject = { $service }: answers in { $code } were changed
sv-letter-answered-body =
    Questions of the application { $code } (“{ $service }”) to { $town } were answered again. You apply too, so you are told:

    { $text }

    The answers stand on the page of your private link. Whoever has said that they apply too applies with these answers from now on, unless they say before the decision that they do not.
sv-letter-moved-subject = { $service }: letters about { $code } go to another address
sv-letter-moved-body =
    Another e-mail address was given for the application { $code } (“{ $service }”) to { $town }. Letters about it go there from now on, and to this address no more.

    If it was not you, tell the office at once, and name the reference.
refusal-answers-email = Only the first applicant can change the e-mail address. Leave it as it was, or let them send the answers.
