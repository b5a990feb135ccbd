//! What becomes of each service that a directory offers. Pure.

use super::read::Offered;
use crate::{
    decide::is_code,
    model::{Definition, SERVICES_LIMIT, Service},
};
use std::collections::{BTreeMap, BTreeSet};
use web::Refusal;

/// Characters of a code that come from a name.
const CODE_CHARACTERS: usize = 34;

/// A service that is not taken over.
#[derive(Debug, Clone, PartialEq)]
pub struct Aside {
    /// Its place in the file, from 1.
    pub number: usize,
    /// Its name, where it has one.
    pub name: String,
    /// Why.
    pub reason: Refusal,
}

/// What an import does.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// New drafts: code, UUID, draft.
    pub makes: Vec<(String, String, Definition)>,
    /// Drafts that nobody here touched since an import wrote them: code, before, after.
    pub changes: Vec<(String, Definition, Definition)>,
    /// Codes of services in which nothing changed.
    pub same: Vec<String>,
    /// What is set aside.
    pub asides: Vec<Aside>,
}

/// What to do with what is offered. `written` has for each code what the last import wrote.
///
/// Who edited or published a service here is not overwritten; a UUID is found again, so that an import twice makes nothing twice.
pub fn plan(
    offered: Vec<Offered>,
    asides: Vec<Aside>,
    services: &[Service],
    written: &BTreeMap<String, Definition>,
    may_keep: impl Fn(&Service) -> bool,
) -> Plan {
    let mut plan = Plan { asides, ..Plan::default() };
    let mut taken: BTreeSet<String> = services.iter().map(|one| one.code.clone()).collect();
    for one in offered {
        let number = one.number;
        let mut aside = |reason: Refusal, draft: &Definition| {
            let name = draft.title.in_language(civic::Language::En).to_owned();
            plan.asides.push(Aside { number, name, reason });
        };
        match services.iter().find(|known| known.id == one.id) {
            None if taken.len() as i64 >= SERVICES_LIMIT => {
                aside(Refusal::new("services-many").with("most", SERVICES_LIMIT), &one.draft);
            }
            None => {
                let code = free_code(&one, &taken);
                taken.insert(code.clone());
                plan.makes.push((code, one.id, one.draft));
            }
            Some(known) if !may_keep(known) => aside(Refusal::new("hsds-other-agency"), &one.draft),
            Some(known) => match written.get(&known.code) {
                Some(last) if *last == one.draft => plan.same.push(known.code.clone()),
                Some(last) if is_untouched(known, last) => {
                    plan.changes.push((known.code.clone(), known.draft.clone(), one.draft));
                }
                _ if known.draft == one.draft => plan.same.push(known.code.clone()),
                _ => aside(Refusal::new("hsds-edited").with("code", known.code.as_str()), &one.draft),
            },
        }
    }
    plan.asides.sort_by_key(|one| one.number);
    plan
}

/// Whether a service is still what an import wrote, or found: nobody edited its draft, nobody published it.
pub fn is_untouched(known: &Service, written: &Definition) -> bool {
    known.draft == *written && known.published.is_none()
}

/// A name in addresses, out of the name, that nobody has.
fn free_code(one: &Offered, taken: &BTreeSet<String>) -> String {
    let name = one.draft.title.in_language(civic::Language::En).to_lowercase();
    let mut code = String::new();
    for letter in name.chars() {
        let plain = match letter {
            'á' | 'à' | 'ä' | 'â' | 'ã' => 'a',
            'é' | 'è' | 'ë' | 'ê' => 'e',
            'í' | 'ì' | 'ï' | 'î' => 'i',
            'ó' | 'ò' | 'ö' | 'ô' | 'õ' => 'o',
            'ú' | 'ù' | 'ü' | 'û' => 'u',
            'ñ' => 'n',
            'ç' => 'c',
            other if other.is_ascii_alphanumeric() => other,
            _ => '-',
        };
        if plain != '-' || !(code.is_empty() || code.ends_with('-')) {
            code.push(plain);
        }
    }
    code.truncate(CODE_CHARACTERS);
    let code = code.trim_end_matches('-').to_owned();
    let base = if is_code(&code) { code } else { format!("service-{}", &one.id[..8]) };
    let next = |number: u32| if number == 1 { base.clone() } else { format!("{base}-{number}") };
    (1..).map(next).find(|code| !taken.contains(code)).unwrap_or(base)
}

/// What undoing does to one service of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undo {
    /// It goes.
    Drops,
    /// It becomes what it was.
    Restores(Box<Definition>),
    /// Somebody worked on it since; it stays.
    Leaves,
}

/// What undoing does; `is_used` says whether anything hangs on the service.
pub fn undo(known: &Service, before: Option<&Definition>, after: &Definition, is_used: bool) -> Undo {
    if !is_untouched(known, after) || is_used {
        return Undo::Leaves;
    }
    before.map_or(Undo::Drops, |before| Undo::Restores(Box::new(before.clone())))
}
