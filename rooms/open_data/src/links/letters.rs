//! Mails to those who publish: once, when a link has failed three days in a row.

use super::{Link, model::named_by, run::off_record, store};
use crate::{books::Books, model::Dataset};
use civic::{Language, Moment, OrganisationId, Role};
use database::{DbError, Tx};
use people::{
    EmailAddress,
    mail::{self, Mail},
};
use std::collections::{BTreeMap, BTreeSet};
use web::{Stop, Town};

/// Links of which one look tells.
const TOLD_LIMIT: u32 = 2_000;
/// Links that one mail lists.
const LISTED: usize = 30;

/// Writes one mail for each who publishes for an agency, with all links of its datasets that are to be told of.
pub(super) async fn tell(town: &Town) -> Result<(), Stop> {
    let now = town.now();
    let read = town.db().read(|tx| store::untold(tx, TOLD_LIMIT)).await;
    let mut links = read.map_err(|error: DbError| Stop::from(error))?;
    links.retain(|one| one.is_to_tell(now));
    if links.is_empty() {
        return Ok(());
    }
    let by_agency = by_agency(town, &links);
    let own = town.clone();
    off_record(town, move |tx| {
        for (agency, lines) in &by_agency {
            for (to, language) in recipients(tx, &own, *agency, now)? {
                write(tx, &own, to, language, lines, now)?;
            }
        }
        links.iter().try_for_each(|one| store::put(tx, &Link { told_at: Some(now), ..one.clone() }))
    })
    .await
}

/// For each agency, its datasets by name with their links that fail; those of drafts too.
type Lines = Vec<(Dataset, Link)>;

fn by_agency(town: &Town, links: &[Link]) -> BTreeMap<OrganisationId, Lines> {
    let failing: BTreeMap<&str, &Link> = links.iter().map(|one| (one.url.as_str(), one)).collect();
    let mut all: BTreeMap<OrganisationId, Lines> = BTreeMap::new();
    let shelves = town.part::<Books>().now();
    for dataset in shelves.datasets.values().map(|filed| &filed.dataset).filter(|dataset| !dataset.is_gone()) {
        let urls: BTreeSet<&str> = named_by(dataset).into_keys().collect();
        let own = urls.into_iter().filter_map(|url| failing.get(url));
        all.entry(dataset.organisation).or_default().extend(own.map(|link| (dataset.clone(), (*link).clone())));
    }
    all.retain(|_, lines| !lines.is_empty());
    all
}

fn write(
    tx: &mut Tx<'_>,
    town: &Town,
    to: EmailAddress,
    language: Language,
    lines: &[(Dataset, Link)],
    now: Moment,
) -> Result<(), DbError> {
    let t = town.words().of(language);
    let line = |(dataset, link): &(Dataset, Link)| {
        let since = link.failing_since.map(|at| web::dates::date(at, &town.settings().zone, language));
        let values = [
            ("title", dataset.meta.title.in_language(language).into()),
            ("url", link.url.as_str().into()),
            ("date", since.unwrap_or_default().into()),
            ("link", town.url(&format!("/data/{}/edit", dataset.name)).into()),
        ];
        t.with("data-links-mail-line", &values)
    };
    let list: Vec<String> = lines.iter().take(LISTED).map(line).collect();
    let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let more = count - i64::try_from(list.len()).unwrap_or(0);
    let mut body_text = format!("{}\n\n{}", t.with1("data-links-mail-body", "count", count), list.join("\n\n"));
    if more > 0 {
        body_text.push_str(&format!("\n\n{}", t.with1("data-links-mail-more", "count", more)));
    }
    let subject = t.with1("data-links-mail-subject", "count", count);
    mail::put(tx, &Mail { to, subject, body_text }, now, town.chance()).map(|_| ())
}

/// The agency and its officers, each address once, with their language.
fn recipients(
    tx: &mut Tx<'_>,
    town: &Town,
    agency: OrganisationId,
    now: Moment,
) -> Result<Vec<(EmailAddress, Language)>, DbError> {
    let own = town.settings().languages.first().copied().unwrap_or_default();
    let email = people::organisations::by_id(tx, agency)?.and_then(|agency| agency.email);
    let mut all: Vec<_> = email.map(|email| (email, own)).into_iter().collect();
    for (officer, _) in people::mandates::holders(tx, Role::Officer, agency, now)? {
        let account = people::accounts::by_id(tx, officer)?;
        all.extend(account.and_then(|account| account.email.map(|email| (email, account.language))));
    }
    all.sort_by(|one, other| one.0.as_str().cmp(other.0.as_str()));
    all.dedup_by(|one, other| one.0 == other.0);
    Ok(all)
}
