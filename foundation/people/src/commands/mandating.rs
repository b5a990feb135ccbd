use crate::{
    EmailAddress, accounts,
    accounts::NewPerson,
    mandates,
    mandates::{Ending, GivenMandate},
    organisations,
    organisations::{NewOrganisation, WorkingHours},
};
use civic::{Actor, MandateId, Role, Subject};
use record::Entry;
use web::{Answer, Refusal, Stop, Town};

/// A mandate to give.
pub(crate) struct GiveMandate {
    /// To whom; an account is made for whoever has none yet.
    pub email: EmailAddress,
    /// What they are to be.
    pub role: Role,
    /// The code of the organisation they are to answer for.
    pub organisation: Option<String>,
}

/// Gives a mandate, in public.
pub(crate) async fn give_mandate(town: &Town, by: &Actor, asked: GiveMandate) -> Answer<GivenMandate> {
    check_role(&asked)?;
    let (now, chance, by) = (town.now(), town.chance_handle(), by.clone());
    let given = town.db().write(move |tx| {
        let organisation = match &asked.organisation {
            None => None,
            Some(code) => Some(organisations::by_code(tx, code)?.ok_or_else(unknown_organisation)?),
        };
        let new = NewPerson { kind: "resident", email: &asked.email, name: "", language: by.language };
        let person = accounts::find_or_make(tx, &new, now, &*chance)?;
        let given =
            mandates::give(tx, (person.id, &person.handle), asked.role, organisation.as_ref(), &by, now, &*chance)?;
        let given = given.ok_or_else(held_already)?;
        Ok(tx.commit(mandates::entry(&given, mandates::GIVEN, &by, now, &*chance)?, given)?)
    });
    given.await
}

/// Officers answer for an organisation; every other mandate is for the whole town.
fn check_role(asked: &GiveMandate) -> Result<(), Refusal> {
    if !mandates::GIVEN_ROLES.contains(&asked.role) {
        return Err(Refusal::new("people-role").at("role"));
    }
    match (asked.role, &asked.organisation) {
        (Role::Officer, None) => Err(Refusal::new("people-organisation-needed").at("organisation")),
        (Role::Officer, Some(_)) | (_, None) => Ok(()),
        (_, Some(_)) => Err(Refusal::new("people-organisation-not-for").at("organisation")),
    }
}

fn unknown_organisation() -> Refusal {
    Refusal::new("people-organisation-unknown").at("organisation")
}

fn held_already() -> Refusal {
    Refusal::conflict("people-mandate-held").at("role").with("most", mandates::MANDATES_LIMIT)
}

/// Ends a mandate, in public.
pub(crate) async fn end_mandate(town: &Town, by: &Actor, id: MandateId) -> Answer<()> {
    let (now, chance, by) = (town.now(), town.chance_handle(), by.clone());
    let ended = town.db().write(move |tx| match mandates::end(tx, id, now)? {
        Ending::Ended(mandate) => Ok(tx.commit(mandates::entry(&mandate, mandates::ENDED, &by, now, &*chance)?, ())?),
        Ending::NoSuchMandate => Err(Stop::NotFound),
        Ending::LastAdministrator => Err(Refusal::new("people-ends-last-administrator").into()),
    });
    ended.await
}

/// Adds an organisation, in public.
pub(crate) async fn add_organisation(town: &Town, by: &Actor, new: NewOrganisation) -> Answer<()> {
    let (now, chance, by) = (town.now(), town.chance_handle(), by.clone());
    let added = town.db().write(move |tx| {
        let added = organisations::create(tx, &new, now, &*chance)?;
        let added = added.ok_or_else(|| Refusal::conflict("people-organisation-taken").at("code"))?;
        Ok(tx.commit(organisations::entry(&added, &by, now, &*chance)?, ())?)
    });
    added.await
}

/// Sets when an organisation works, in public: promises made from now on are counted in this time.
pub(crate) async fn set_hours(town: &Town, by: &Actor, code: String, works: WorkingHours) -> Answer<()> {
    let (now, chance, by) = (town.now(), town.chance_handle(), by.clone());
    let set = town.db().write(move |tx| {
        if !organisations::set_hours(tx, &code, &works)? {
            return Err(Stop::NotFound);
        }
        let what = serde_json::json!({"code": code, "hours": works.hours, "holidays": works.holidays});
        let subject = Subject::new(organisations::KIND, code);
        let entry = Entry::about(subject, organisations::HOURS_SET, &by, now, &*chance).publicly(&what)?;
        Ok(tx.commit(entry, ())?)
    });
    set.await
}
