//! The job that writes the mails: one for each who listens, with all that is new.

use crate::{
    commands::hash_of,
    decide::is_due,
    model::{NEWS_LIMIT, News, Subscription, What},
    pages::{area_name, area_query},
    store,
};
use civic::{Moment, secret};
use database::{DbError, OffRecord, Tx};
use people::mail::{self, Mail};
use std::{fmt::Write as _, sync::Arc};
use web::{
    Sayings, Town,
    manifest::{Brief, Catalogue, JobKind},
};

/// The kind of the job, and after how many seconds it comes again.
const TELL: &str = "alerts.tell";
const EVERY_SECONDS: i64 = 60;
/// Subscriptions looked at together.
const LOOKED_AT_ONCE: u32 = 200;

/// The job.
pub fn job_kind() -> JobKind {
    JobKind::every(
        TELL,
        EVERY_SECONDS,
        Arc::new(|town, _| Box::pin(async move { tell_all(&town).await.map_err(|error| error.to_string()) })),
    )
}

/// Tells everybody for whom it is time, each in a transaction of their own.
async fn tell_all(town: &Town) -> Result<(), DbError> {
    let mut after = String::new();
    loop {
        let from = after.clone();
        let waiting = town.db().read(move |tx| store::waiting_subscriptions(tx, &from, LOOKED_AT_ONCE)).await?;
        let Some(last) = waiting.last() else { return Ok(()) };
        after.clone_from(last);
        for id in waiting {
            let own = town.clone();
            town.db()
                .write(move |tx| {
                    tell(&own, tx, &id)?;
                    tx.commit(OffRecord("a mail to who listens is no act"), ())
                })
                .await
                .map_err(|error: DbError| error)?;
        }
    }
}

/// Writes the mail and forgets what waited, together: whatever happens, each piece of news is told once.
fn tell(town: &Town, tx: &mut Tx<'_>, id: &str) -> Result<(), DbError> {
    let now = town.now();
    let found = store::by_id(tx, id)?.filter(|one| one.confirmed_at.is_some());
    let Some(subscription) = found.filter(|one| is_due(one.pace, one.told_at, now, &town.settings().zone)) else {
        return Ok(());
    };
    let (news, count) = store::take_waiting(tx, id, NEWS_LIMIT)?;
    let subjects: Vec<_> = news.iter().map(|one| one.subject.clone()).collect();
    let briefs = town.part::<Catalogue>().briefs(town, tx, &subjects, subscription.language)?;
    // What is not public any more is not told.
    let shown = titled(&news, &briefs);
    if shown.is_empty() {
        return Ok(());
    }
    store::told(tx, id, now)?;
    let token = secret(town.chance());
    store::new_token(tx, id, &hash_of(&token), now)?;
    let link = town.url(&format!("/alerts/mail/{token}"));
    let mail = compose(town, &subscription, &shown, count, &link);
    mail::put_listed(tx, &mail, &link, now, town.chance()).map(|_| ())
}

/// Each subject once, by its newest news, with its line.
fn titled<'a>(news: &'a [News], briefs: &'a [Brief]) -> Vec<(&'a News, &'a Brief)> {
    let mut shown: Vec<(&News, &Brief)> = Vec::new();
    for one in news {
        let brief = briefs.iter().find(|brief| brief.subject == one.subject);
        if let Some(brief) = brief.filter(|_| shown.iter().all(|(before, _)| before.subject != one.subject)) {
            shown.push((one, brief));
        }
    }
    shown
}

fn compose(town: &Town, subscription: &Subscription, shown: &[(&News, &Brief)], count: i64, link: &str) -> Mail {
    let t = town.words().of(subscription.language);
    let name = area_name(town, &t, &subscription.area);
    let mut list = String::new();
    for what in [What::Began, What::Changed, What::Ended] {
        let of_kind: Vec<_> = shown.iter().filter(|(news, _)| news.what == what).collect();
        if !of_kind.is_empty() {
            // Writing to a String cannot fail.
            let _ = writeln!(list, "{}", t.say(what.key()));
            for (news, brief) in of_kind {
                let _ = write!(list, "{}", line(town, &t, news, brief));
            }
            list.push('\n');
        }
    }
    let more = count - i64::try_from(shown.len()).unwrap_or(count);
    let all = town.url(&format!("/alerts?{}", area_query(&subscription.area)));
    let values = [
        ("area", name.as_str().into()),
        ("list", list.trim_end().into()),
        ("more", more.max(0).into()),
        ("all", all.into()),
        ("link", link.into()),
    ];
    let subject = t.with2("alerts-mail-news-subject", "area", &name, "count", shown.len());
    Mail { to: subscription.email.clone(), subject, body_text: t.with("alerts-mail-news-body", &values) }
}

/// One piece of news: what it is, where it stands, and its page.
fn line(town: &Town, t: &Sayings, news: &News, brief: &Brief) -> String {
    let state = brief.state.as_deref().map(|state| format!(" ({state})")).unwrap_or_default();
    let page = town.part::<Catalogue>().page_of(&news.subject.kind, &news.subject.id).unwrap_or_default();
    let date = date(town, t, news.at);
    format!("- {}{state}, {date}\n  {}\n", brief.title, town.url(&page))
}

fn date(town: &Town, t: &Sayings, at: Moment) -> String {
    web::dates::date(at, &town.settings().zone, t.language())
}
