//! What may become of an application of several. Pure.

use super::{CoApplicant, Consent, Joint};
use crate::model::{Definition, Outcome, State};
use civic::{Language, Moment};
use forms::{Answers, FormPage, Given, Kind, read_page};
use people::EmailAddress;
use web::{Refusal, forms::Submission};

/// Others who can apply together with the first applicant.
pub const JOINT_LIMIT: u32 = 10;
/// Characters of a name.
const NAME_LIMIT: usize = 120;

/// Whether a service can ask for so many.
///
/// # Errors
/// `joint-numbers`.
pub fn check_joint(joint: Joint) -> Result<(), Refusal> {
    if joint.least <= joint.most && joint.most <= JOINT_LIMIT {
        return Ok(());
    }
    Err(Refusal::new("joint-numbers").at("joint-most").with("most", i64::from(JOINT_LIMIT)))
}

/// Name and address of one more.
///
/// # Errors
/// `joint-many`, `joint-name`, `joint-email`.
pub fn named(joint: Joint, known: usize, name: &str, email: &str) -> Result<(String, Option<EmailAddress>), Refusal> {
    if known >= joint.most as usize {
        return Err(Refusal::new("joint-many").at("joint-name").with("most", i64::from(joint.most)));
    }
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > NAME_LIMIT {
        return Err(Refusal::new("joint-name").at("joint-name").with("most", NAME_LIMIT));
    }
    let email = match email.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| Refusal::new("joint-email").at("joint-email"))?),
    };
    Ok((name, email))
}

/// Whether enough people are named to send an application.
///
/// # Errors
/// `joint-few`.
pub fn enough(joint: Joint, known: usize) -> Result<(), Refusal> {
    if known >= joint.least as usize {
        return Ok(());
    }
    Err(Refusal::new("joint-few").at("joint-name").with("least", i64::from(joint.least)))
}

/// Whether somebody can say so now: while it is looked at; and where it was refused or is appealed against, all but taking their word
/// back, because a grant on appeal needs the word of those who had not said it yet.
pub fn may_say(one: &CoApplicant, state: &State, confirms: bool) -> bool {
    match state {
        // Whoever takes their word back while it is decided about would undo what the office has just done.
        State::InAppeal { .. } | State::Decided { outcome: Outcome::Refused } => {
            confirms || !one.consent.is_confirmed()
        }
        state => state.is_open(),
    }
}

/// Days for which an invitation holds.
pub const INVITED_DAYS: i64 = 14;
/// Seconds between two invitations of the same person.
const AGAIN_SECONDS: i64 = 3_600;

/// Whether the link of who was named no longer asks them. Who has confirmed reads by it as long as there is something to read.
pub fn has_expired(one: &CoApplicant, now: Moment) -> bool {
    !one.consent.is_confirmed() && one.expires_at.is_some_and(|until| now > until)
}

/// Whether the first applicant can have a new link sent to somebody: to who has not said anything while they still can, and to who applies
/// too and lost theirs; never to who said no.
pub fn may_invite(one: &CoApplicant, state: &State) -> bool {
    one.email.is_some()
        && match one.consent {
            Consent::Asked => may_say(one, state, true),
            Consent::Confirmed { .. } => true,
            Consent::Declined { .. } => false,
        }
}

/// Until when a new link holds.
///
/// # Errors
/// `joint-again` where [`may_invite`] says no; `joint-soon` within an hour of the last.
pub fn invited_again(one: &CoApplicant, state: &State, now: Moment) -> Result<Moment, Refusal> {
    if !may_invite(one, state) {
        return Err(Refusal::conflict("joint-again"));
    }
    let last = one.expires_at.map(|until| until.plus_days(-INVITED_DAYS));
    let left = last.map_or(0, |last| AGAIN_SECONDS - now.seconds_since(last));
    if left > 0 {
        return Err(Refusal::new("joint-soon").again_in(u32::try_from(left).unwrap_or(u32::MAX)));
    }
    Ok(now.plus_days(INVITED_DAYS))
}

/// What somebody says about applying too; `None` where they had said the same before.
///
/// # Errors
/// `joint-over` where [`may_say`] says no.
pub fn said(
    one: &CoApplicant,
    state: &State,
    confirms: bool,
    by: &str,
    now: Moment,
) -> Result<Option<Consent>, Refusal> {
    let is_same = match &one.consent {
        Consent::Asked => false,
        Consent::Confirmed { .. } => confirms,
        Consent::Declined { .. } => !confirms,
    };
    if is_same {
        return Ok(None);
    }
    if !may_say(one, state, confirms) {
        return Err(Refusal::conflict("joint-over"));
    }
    let consent =
        if confirms { Consent::Confirmed { at: now, by: by.to_owned() } } else { Consent::Declined { at: now } };
    Ok(Some(consent))
}

/// The word of somebody who had said yes before and says it again with these answers; `None` where they answered the same before.
///
/// # Errors
/// `joint-over` where [`may_say`] says no: what was answered stays.
pub fn answered_anew(
    one: &CoApplicant,
    state: &State,
    answers: &Answers,
    by: &str,
    now: Moment,
) -> Result<Option<Consent>, Refusal> {
    if one.answers == *answers {
        return Ok(None);
    }
    if !may_say(one, state, true) {
        return Err(Refusal::conflict("joint-over"));
    }
    Ok(Some(Consent::Confirmed { at: now, by: by.to_owned() }))
}

/// Whether a page can be asked of each: what is answered there rests on nothing else in the form, and is kept as it is written.
pub fn is_for_each(page: &FormPage) -> bool {
    page.repeat == 0
        && page.show_if.is_none()
        && page.fields.iter().all(|field| !matches!(field.kind, Kind::Upload | Kind::Calculated))
}

/// What somebody answers for themselves with their word; nothing where the service asks nothing of each. `districts` are their codes,
/// `language` is that of whoever reads the refusals, which name questions in it.
///
/// # Errors
/// One refusal for each question to put right, as in the form of the first applicant.
pub fn own_answers(
    definition: &Definition,
    sent: &Submission,
    districts: &[String],
    language: Language,
) -> Result<Answers, Vec<Refusal>> {
    let Some(page) = definition.page_of_each() else { return Ok(Answers::default()) };
    let texts = forms::texts(page, sent);
    let given = Given {
        texts: &|place, _| texts.get(place).cloned().unwrap_or_default(),
        districts,
        language,
        is_typing: false,
    };
    let mut answers = Answers::default();
    let read = read_page(&definition.form, page, &answers, &given)?;
    answers.take(page, read);
    Ok(answers)
}

/// Whether nothing is missing that a grant needs: each has said that they apply too.
///
/// # Errors
/// `joint-declined`, `joint-open`, with the names.
pub fn may_grant(all: &[CoApplicant]) -> Result<(), Refusal> {
    let of = |is: fn(&Consent) -> bool| {
        all.iter().filter(|one| is(&one.consent)).map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    for (code, names) in [
        ("joint-declined", of(|consent| matches!(consent, Consent::Declined { .. }))),
        ("joint-open", of(|consent| matches!(consent, Consent::Asked))),
    ] {
        if !names.is_empty() {
            return Err(Refusal::conflict(code).with("names", names));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{
        CoApplicant, Consent, Joint, answered_anew, check_joint, enough, has_expired, invited_again, may_grant, named,
        said,
    };
    use crate::model::{Outcome, State};
    use civic::Moment;

    const TWO: Joint = Joint { least: 1, most: 2 };

    fn one(consent: Consent) -> CoApplicant {
        CoApplicant {
            id: "1".to_owned(),
            name: "Bo".to_owned(),
            email: None,
            consent,
            added_at: Moment(0),
            expires_at: None,
            answers: forms::Answers::default(),
        }
    }

    #[test]
    fn as_many_as_the_service_asks_for() {
        assert_eq!(named(TWO, 2, "Bo", "").unwrap_err().code, "joint-many");
        assert_eq!(named(TWO, 0, " ", "").unwrap_err().code, "joint-name");
        assert_eq!(named(TWO, 0, "Bo", "bo@").unwrap_err().code, "joint-email");
        assert_eq!(named(TWO, 1, " Bo  Li ", "").unwrap(), ("Bo Li".to_owned(), None));
        assert_eq!((enough(TWO, 0).unwrap_err().code, enough(TWO, 1)), ("joint-few", Ok(())));
        assert!(
            check_joint(Joint { least: 2, most: 1 }).is_err() && check_joint(Joint { least: 0, most: 11 }).is_err()
        );
    }

    #[test]
    fn an_invitation_ends_and_is_sent_again_but_not_to_who_said_no() {
        let until = Moment(0).plus_days(14);
        let asked = CoApplicant {
            email: Some("bo@example.org".parse().unwrap()),
            expires_at: Some(until),
            ..one(Consent::Asked)
        };
        assert!(!has_expired(&asked, until) && has_expired(&asked, until.plus_seconds(1)));
        let confirmed =
            CoApplicant { consent: Consent::Confirmed { at: Moment(1), by: String::new() }, ..asked.clone() };
        assert!(!has_expired(&confirmed, until.plus_days(1)));
        let again = |one: &CoApplicant, state: &State, at: Moment| invited_again(one, state, at).map_err(|no| no.code);
        assert_eq!(again(&asked, &State::Received, Moment(0).plus_seconds(3_599)), Err("joint-soon"));
        let later = until.plus_days(1);
        assert_eq!(again(&asked, &State::Received, later), Ok(later.plus_days(14)));
        assert_eq!(again(&asked, &State::Withdrawn, later), Err("joint-again"));
        assert_eq!(again(&confirmed, &State::Withdrawn, later), Ok(later.plus_days(14)), "to read by");
        let declined = CoApplicant { consent: Consent::Declined { at: Moment(1) }, ..asked.clone() };
        assert_eq!(again(&declined, &State::Received, later), Err("joint-again"));
        assert_eq!(again(&CoApplicant { email: None, ..asked }, &State::Received, later), Err("joint-again"));
    }

    #[test]
    fn a_grant_needs_the_word_of_each() {
        let confirmed = one(Consent::Confirmed { at: Moment(1), by: String::new() });
        assert_eq!(may_grant(std::slice::from_ref(&confirmed)), Ok(()));
        assert_eq!(may_grant(&[confirmed.clone(), one(Consent::Asked)]).unwrap_err().code, "joint-open");
        let declined = one(Consent::Declined { at: Moment(1) });
        assert_eq!(may_grant(&[declined, confirmed]).unwrap_err().code, "joint-declined");
    }

    #[test]
    fn a_word_can_be_changed_until_it_is_decided() {
        let confirmed = one(Consent::Confirmed { at: Moment(1), by: String::new() });
        assert_eq!(said(&confirmed, &State::Received, true, "", Moment(2)), Ok(None), "said twice");
        let declined = said(&confirmed, &State::UnderReview, false, "", Moment(2)).unwrap().unwrap();
        assert_eq!(declined, Consent::Declined { at: Moment(2) });
        assert!(said(&one(declined), &State::UnderReview, true, "", Moment(3)).unwrap().is_some());
        for over in [
            State::Decided { outcome: Outcome::Granted },
            State::InAppeal { outcome: Outcome::Refused },
            State::Withdrawn,
        ] {
            assert_eq!(said(&confirmed, &over, false, "", Moment(2)).unwrap_err().code, "joint-over");
        }
    }

    #[test]
    fn other_answers_are_kept_while_a_yes_could_be_said() {
        let confirmed = one(Consent::Confirmed { at: Moment(1), by: String::new() });
        let mut other = forms::Answers::default();
        assert_eq!(answered_anew(&confirmed, &State::Withdrawn, &other, "", Moment(2)), Ok(None), "the same");
        other.0.insert("rent".to_owned(), 5.into());
        for state in [State::UnderReview, State::InAppeal { outcome: Outcome::Refused }] {
            let anew = answered_anew(&confirmed, &state, &other, "olga", Moment(2)).unwrap();
            assert_eq!(anew, Some(Consent::Confirmed { at: Moment(2), by: "olga".to_owned() }));
        }
        for over in [State::Decided { outcome: Outcome::Granted }, State::Withdrawn] {
            assert_eq!(answered_anew(&confirmed, &over, &other, "", Moment(2)).unwrap_err().code, "joint-over");
        }
    }

    #[test]
    fn where_it_was_refused_the_missing_word_can_still_be_said() {
        let declined = one(Consent::Declined { at: Moment(1) });
        for state in [State::Decided { outcome: Outcome::Refused }, State::InAppeal { outcome: Outcome::Refused }] {
            for before in [&one(Consent::Asked), &declined] {
                let said = said(before, &state, true, "olga", Moment(2)).unwrap();
                assert_eq!(said, Some(Consent::Confirmed { at: Moment(2), by: "olga".to_owned() }));
            }
        }
        for over in [
            State::Decided { outcome: Outcome::Granted },
            State::Closed { outcome: Outcome::Refused },
            State::Withdrawn,
        ] {
            assert_eq!(said(&declined, &over, true, "", Moment(2)).unwrap_err().code, "joint-over");
        }
    }
}
