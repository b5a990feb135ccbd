//! From a form to the way an agency is reached.

use crate::{
    elsewhere::{ApiKey, Channel, Server, Way},
    room::Books,
};
use outgoing::{OutgoingRefusal, check_address};
use people::organisations::Organisation;
use std::collections::BTreeMap;
use web::{Refusal, Town, forms::Submission};

/// Characters of a jurisdiction, a key, or a service code of theirs.
const TEXT_LIMIT: usize = 200;

/// What was typed, or what is kept.
pub(super) struct Typed {
    pub way: String,
    pub url: String,
    pub jurisdiction: String,
    key: String,
    forget_key: bool,
    pub services: BTreeMap<String, String>,
    pub email: String,
}

impl Typed {
    /// What is kept; never the key.
    pub(super) fn of_channel(channel: Option<&Channel>, organisation: &Organisation) -> Self {
        let own = organisation.email.as_ref().map(ToString::to_string).unwrap_or_default();
        let (way, server, email) = match channel.map(|channel| channel.way.clone()) {
            Some(Way::Open311(server)) => ("open311", server, own),
            Some(Way::Letter(email)) => ("letter", Server::default(), email.to_string()),
            None => ("here", Server::default(), own),
        };
        Self {
            way: way.to_owned(),
            url: server.url,
            jurisdiction: server.jurisdiction,
            key: String::new(),
            forget_key: false,
            services: server.services,
            email,
        }
    }

    pub(super) fn of_form(town: &Town, form: &Submission) -> Self {
        let text = |name: &str| form.text(name).unwrap_or_default().to_owned();
        let book = town.part::<Books>().categories();
        let services = book.all().into_iter().filter_map(|category| {
            let theirs = form.text(&format!("service-{}", category.code))?;
            Some((category.code.clone(), theirs.to_owned()))
        });
        Self {
            way: text("way"),
            url: text("url"),
            jurisdiction: text("jurisdiction"),
            key: text("key"),
            forget_key: form.is_ticked("forget-key"),
            services: services.collect(),
            email: text("email"),
        }
    }

    /// The way; none for an agency that answers here. A key that is not typed stays as it is, unless the address has another
    /// host: a key goes to nobody it was not given for.
    ///
    /// # Errors
    /// Every reason against it.
    pub(super) fn way(&self, town: &Town, present: Option<&Channel>) -> Result<Option<Way>, Vec<Refusal>> {
        match self.way.as_str() {
            "here" => Ok(None),
            "letter" => match self.email.parse() {
                Ok(email) => Ok(Some(Way::Letter(email))),
                Err(_) => Err(vec![Refusal::new("agency-email").at("email")]),
            },
            "open311" => self.server(town, present).map(|server| Some(Way::Open311(server))),
            _ => Err(vec![Refusal::new("agency-way").at("way")]),
        }
    }

    fn server(&self, town: &Town, present: Option<&Channel>) -> Result<Server, Vec<Refusal>> {
        let mut refusals = Vec::new();
        let url = self.url.trim_end_matches('/');
        if let Err(why) = check_address(url, town.part::<outgoing::Client>().policy()) {
            refusals.push(Refusal::new(code_of(&why)).at("url"));
        } else if url.contains(['?', '#']) {
            refusals.push(Refusal::new("agency-address").at("url"));
        }
        let mut limited = |text: &str, field: &'static str| {
            if text.chars().count() > TEXT_LIMIT || text.chars().any(char::is_control) {
                refusals.push(Refusal::new("text-too-long").at(field).with("most", TEXT_LIMIT as i64));
            }
        };
        limited(&self.jurisdiction, "jurisdiction");
        limited(&self.key, "key");
        self.services.values().for_each(|service| limited(service, "services"));
        if !refusals.is_empty() {
            return Err(refusals);
        }
        Ok(Server {
            url: url.to_owned(),
            jurisdiction: self.jurisdiction.clone(),
            key: self.key(url, present),
            services: self.services.clone(),
        })
    }

    fn key(&self, url: &str, present: Option<&Channel>) -> ApiKey {
        let kept = present.and_then(|channel| match &channel.way {
            Way::Open311(server) if origin(&server.url) == origin(url) => Some(server.key.clone()),
            _ => None,
        });
        match (self.key.is_empty(), self.forget_key) {
            (false, _) => ApiKey(self.key.clone()),
            (true, true) => ApiKey::default(),
            (true, false) => kept.unwrap_or_default(),
        }
    }
}

/// Scheme, host and port.
fn origin(url: &str) -> String {
    url.split('/').take(3).collect::<Vec<_>>().join("/").to_lowercase()
}

fn code_of(why: &OutgoingRefusal) -> &'static str {
    match why {
        OutgoingRefusal::NotHttps => "agency-not-https",
        OutgoingRefusal::NotPublic => "agency-not-public",
        _ => "agency-address",
    }
}
