//! What became of promises: who answers for them, and the commitments that grew out of them.

use crate::{
    books::Known,
    model::{PROMISE, Promise},
    views::{PromiseView, by_language, promise_path},
};
use civic::{Language, Subject};
use commons::links::{self, Relation};
use database::{DbError, Tx};
use people::organisations::{self, Organisation};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use web::{
    Stop, Town,
    manifest::{Brief, Catalogue},
};

/// Something that grew out of a promise, for machines.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct GrownView {
    /// Its subject, as `commitment/K-7K2M`.
    pub subject: String,
    /// What people call it.
    pub title: String,
    /// How it stands, in words; empty where it has no state.
    pub state: String,
    /// Its page.
    pub url: Option<String>,
}

/// What is known of the promises of some conversations beyond their words.
#[derive(Debug, Clone, Default)]
pub struct Promised {
    organisations: Vec<Organisation>,
    grown: BTreeMap<String, Vec<Brief>>,
}

impl Promised {
    /// Reads what became of the promises of a conversation.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn of(town: &Town, known: &Known, language: Language) -> Result<Self, Stop> {
        if known.promises.is_empty() {
            return Ok(Self::default());
        }
        let code = known.conversation.code.to_string();
        let subjects = known.promises.iter().map(|one| Promise::subject(&code, one.number)).collect();
        Self::read(town, subjects, language).await
    }

    /// The same for several conversations at once.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn of_all(town: &Town, all: impl IntoIterator<Item = &Known>, language: Language) -> Result<Self, Stop> {
        let of = |known: &Known| {
            let code = known.conversation.code.to_string();
            known.promises.iter().map(move |one| Promise::subject(&code, one.number)).collect::<Vec<_>>()
        };
        Self::read(town, all.into_iter().flat_map(of).collect(), language).await
    }

    async fn read(town: &Town, subjects: Vec<Subject>, language: Language) -> Result<Self, Stop> {
        if subjects.is_empty() {
            return Ok(Self::default());
        }
        let own = town.clone();
        let read = town.db().read(move |tx| look(&own, tx, &subjects, language));
        read.await.map_err(|error: DbError| error.into())
    }

    /// What grew out of a promise, oldest first.
    pub fn grown(&self, conversation: &str, number: i64) -> &[Brief] {
        self.grown.get(&Promise::subject(conversation, number).id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The organisation that promised; nothing for the whole town.
    pub fn organisation(&self, promise: &Promise) -> Option<&Organisation> {
        let id = promise.organisation?;
        self.organisations.iter().find(|one| one.id == id)
    }

    /// The name of whoever promised; `whole` is what the town as a whole is called.
    pub fn by_whom(&self, promise: &Promise, language: Language, whole: &str) -> String {
        match self.organisation(promise) {
            Some(one) => one.name.in_language(language).to_owned(),
            None if promise.by_whom.is_empty() => whole.to_owned(),
            None => promise.by_whom.clone(),
        }
    }

    /// A promise, for machines.
    pub fn view(&self, town: &Town, conversation: &str, promise: &Promise, language: Language) -> PromiseView {
        let catalogue = town.part::<Catalogue>();
        let t = town.words().of(language);
        let whole = t.say("facilitate-organisation-none");
        let grown = |brief: &Brief| GrownView {
            subject: brief.subject.to_string(),
            title: brief.title.clone(),
            state: brief.state.clone().unwrap_or_default(),
            url: catalogue.page_of(&brief.subject.kind, &brief.subject.id).map(|page| town.url(&page)),
        };
        PromiseView {
            number: promise.number,
            subject: Promise::subject(conversation, promise.number).to_string(),
            url: town.url(&promise_path(conversation, promise.number)),
            words: by_language(&promise.words),
            by_whom: self.by_whom(promise, language, whole),
            organisation: self.organisation(promise).map(|one| one.code.clone()),
            due_on: promise.due_on.clone(),
            statements: promise.statements.clone(),
            led_to: self.grown(conversation, promise.number).iter().map(grown).collect(),
        }
    }
}

fn look(town: &Town, tx: &mut Tx<'_>, subjects: &[Subject], language: Language) -> Result<Promised, DbError> {
    let mut grown = BTreeMap::new();
    for subject in subjects {
        let after = links::of(tx, subject)?
            .into_iter()
            .filter(|link| link.relation == Relation::GrewOutOf && link.to == *subject && link.from.kind != PROMISE.0);
        let after: Vec<Subject> = after.map(|link| link.from).collect();
        if !after.is_empty() {
            grown.insert(subject.id.clone(), town.part::<Catalogue>().briefs(town, tx, &after, language)?);
        }
    }
    Ok(Promised { organisations: organisations::list(tx)?, grown })
}
