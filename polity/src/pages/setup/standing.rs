//! How far the setup is.

use super::Step;
use crate::kept;
use civic::Role;
use people::{MailSettings, mandates, organisations, organisations::Organisation};
use std::collections::BTreeMap;
use web::{Answer, Stop, Town, Visit};

/// What is there already.
pub struct Standing {
    kept: BTreeMap<String, String>,
    /// The agencies.
    pub organisations: Vec<Organisation>,
    /// The codes of the categories.
    pub categories: Vec<String>,
    districts: usize,
    officers: usize,
}

impl Standing {
    /// How far it is at the moment.
    pub async fn of(town: &Town) -> Answer<Self> {
        let now = town.now();
        let look = town.db().read(move |tx| {
            let officers = mandates::list(tx, now)?.iter().filter(|given| given.role == Role::Officer).count();
            Ok((kept::all(tx)?, organisations::list(tx)?, officers))
        });
        let (kept, organisations, officers) = look.await.map_err(|error: database::DbError| Stop::from(error))?;
        let categories = requests::category_codes(town);
        let districts = town.part::<places::Districts>().all().len();
        Ok(Self { kept, organisations, categories, districts, officers })
    }

    /// `done`, `skipped` or `open`; what is there is done, whether by this way or another.
    pub fn state(&self, step: Step) -> &'static str {
        let is_there = match step {
            Step::Districts => self.districts > 0,
            Step::Agencies => !self.organisations.is_empty(),
            Step::Categories => !self.categories.is_empty(),
            Step::Officers => self.officers > 0,
            Step::Name | Step::Languages | Step::Time | Step::Hues | Step::Mail => false,
        };
        match self.kept.get(&step.key()).map(String::as_str) {
            _ if is_there => "done",
            Some("done") => "done",
            Some(_) => "skipped",
            None => "open",
        }
    }

    /// Sentences on what is there.
    pub fn notes(&self, town: &Town, visit: &Visit, step: Step) -> Vec<String> {
        let t = &visit.t;
        match step {
            Step::Districts => vec![t.with1("setup-districts-count", "count", self.districts as i64)],
            Step::Officers => vec![t.with1("setup-officers-count", "count", self.officers as i64)],
            Step::Agencies => {
                self.organisations.iter().map(|one| one.name.in_language(t.language()).to_owned()).collect()
            }
            Step::Categories if self.organisations.is_empty() => {
                vec![t.say("setup-categories-agency-first").to_owned()]
            }
            Step::Mail => {
                let mail = town.part::<MailSettings>();
                match mail.smtp_url {
                    Some(_) => vec![t.with1("setup-mail-smtp", "from", mail.from.as_str())],
                    None => vec![t.say("setup-mail-none").to_owned()],
                }
            }
            _ => Vec::new(),
        }
    }
}

/// Where the work of a step is done on a page of its own.
pub fn links(visit: &Visit, step: Step) -> Vec<(String, String)> {
    let (href, key) = match step {
        Step::Districts => ("/admin/districts", "setup-districts-open"),
        Step::Agencies => ("/admin/organisations", "setup-agencies-open"),
        Step::Categories => ("/admin/categories", "setup-categories-open"),
        Step::Officers => ("/admin/people", "setup-officers-open"),
        _ => return Vec::new(),
    };
    vec![(href.to_owned(), visit.t.say(key).to_owned())]
}
