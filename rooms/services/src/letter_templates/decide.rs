//! What stands in the way of a kept letter. Pure.

use super::{LetterTemplate, Written};
use crate::{
    commands::fields_of,
    decide::{WORDS_LIMIT, fields_in},
    model::{Application, Definition, Service},
};
use civic::{Language, LocalText, OrganisationId};
use web::Refusal;

/// Characters of a name.
const NAME_LIMIT: usize = 100;

/// A field that some services have no question for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// The field.
    pub name: String,
    /// The services without it.
    pub services: Vec<String>,
}

/// What is wrong with what was written.
///
/// # Errors
/// `letter-template-name`, `letter-template-service` for a service of somebody else, `words-none`, `words-long`; `letter-template-field` for a
/// field that none of the services it is for has: nobody could ever get that letter.
pub fn check(written: &Written, organisation: OrganisationId, services: &[Service]) -> Result<LocalText, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let length = written.name.trim().chars().count();
    if length == 0 || length > NAME_LIMIT {
        refusals.push(Refusal::new("letter-template-name").at("name").with("most", NAME_LIMIT));
    }
    let own = |one: &&Service| one.code == written.service && one.organisation == organisation;
    if !written.service.is_empty() && !services.iter().any(|one| own(&one)) {
        refusals.push(Refusal::new("letter-template-service").at("service"));
    }
    let Some(texts) = written.texts.clone() else {
        refusals.push(Refusal::new("words-none").at("text-en"));
        return Err(refusals);
    };
    let known = known(Some(written.service.as_str()), organisation, services);
    for language in Language::ALL {
        let Some(text) = texts.exactly(language) else { continue };
        if text.chars().count() > WORDS_LIMIT {
            refusals.push(Refusal::new("words-long").at(field(language)).with("most", WORDS_LIMIT));
        }
        let mut said: Vec<&str> = Vec::new();
        for name in fields_in(text) {
            if !said.contains(&name) && !known.iter().any(|(_, names)| names.iter().any(|known| known == name)) {
                refusals.push(Refusal::new("letter-template-field").at(field(language)).with("name", name));
                said.push(name);
            }
        }
    }
    if refusals.is_empty() { Ok(texts) } else { Err(refusals) }
}

fn field(language: Language) -> &'static str {
    match language {
        Language::En => "text-en",
        Language::Es => "text-es",
        Language::Ar => "text-ar",
    }
}

/// Fields of a kept letter that some of the services it is for have no question for: their applicants cannot get it.
pub fn lacks(one: &LetterTemplate, services: &[Service]) -> Vec<Lack> {
    let known = known(one.service.as_deref(), one.organisation, services);
    let mut lacks: Vec<Lack> = Vec::new();
    for name in Language::ALL.into_iter().filter_map(|language| one.texts.exactly(language)).flat_map(fields_in) {
        let without = known.iter().filter(|(code, names)| !code.is_empty() && !names.iter().any(|own| own == name));
        let services: Vec<String> = without.map(|(code, _)| code.clone()).collect();
        if !services.is_empty() && !lacks.iter().any(|lack| lack.name == name) {
            lacks.push(Lack { name: name.to_owned(), services });
        }
    }
    lacks
}

/// The fields of each service that a letter is for, by its form in force, else as it is being written. The first, without a code, are those
/// that every application has.
fn known(service: Option<&str>, organisation: OrganisationId, services: &[Service]) -> Vec<(String, Vec<String>)> {
    let service = service.filter(|code| !code.is_empty());
    let is_for = |one: &&Service| one.organisation == organisation && service.is_none_or(|code| code == one.code);
    let fields = |one: &Service| {
        let definition = one.published.as_ref().unwrap_or(&one.draft);
        (one.code.clone(), fields_of(std::iter::once(definition)))
    };
    let all = (String::new(), fields_of(std::iter::empty::<&Definition>()));
    std::iter::once(all).chain(services.iter().filter(is_for).map(fields)).collect()
}

/// Whether it can be chosen for all of these applications.
pub(super) fn is_for_all(one: &LetterTemplate, applications: &[Application]) -> bool {
    one.retired_at.is_none()
        && applications.iter().all(|of| {
            one.organisation == of.organisation && one.service.as_ref().is_none_or(|service| *service == of.service)
        })
}
