//! Payments at the desk: what came in, and what the provider sees differently.

use super::{
    super::{desk::own_organisations, own::title_of},
    own::amount,
};
use crate::{
    fees::{self, Difference, Listed, Payment, TakenBy},
    store,
};
use axum::{extract::State, http::StatusCode};
use database::{Cursor, DbError, Page};
use serde::Deserialize;
use serde_json::json;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json as json_answer, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    paging,
    parts::{Choice, Crumb},
    table::csv_answer,
    visit::Query,
};

/// Rows of a CSV file.
const CSV_LIMIT: u32 = 50_000;
const STATES: [&str; 7] = ["unknown", "due", "paid", "refunding", "refunded", "waived", "nothing"];

/// Which payments.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    state: String,
    service: String,
    after: String,
}

struct Line {
    code: String,
    service: String,
    amount: String,
    state: String,
    chip: &'static str,
    by: String,
    made: String,
}

#[derive(askama::Template)]
#[template(path = "payments.html")]
struct ListPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    states: Vec<Choice>,
    services: Vec<Choice>,
    lines: Vec<Line>,
    csv: String,
    first: String,
    next: String,
}

/// GET /desk/services/payments
pub async fn list(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let (after, limit) = paging::read(Some(&asked.after), None)?;
    let limit = if visit.wants == Wants::Csv { CSV_LIMIT } else { limit };
    let filter = Listed {
        organisations: own_organisations(visit.actor()),
        state: asked.state.clone(),
        service: asked.service.clone(),
    };
    let begun = after.is_some();
    let found = town
        .db()
        .read(move |tx| Ok((fees::list(tx, &filter, after.as_ref(), limit)?, store::services_all(tx)?)))
        .await
        .map_err(|error: DbError| Stop::from(error))?;
    let (found, services): (Page<Payment>, Vec<crate::model::Service>) = found;
    match visit.wants {
        Wants::Csv => return csv(&town, &found.items),
        Wants::Json => {
            let next = found.next.as_ref().map(Cursor::encode);
            let rows: Vec<_> = found.items.iter().map(view).collect();
            return json_answer(&json!({"payments": rows, "next": next}));
        }
        _ => {}
    }
    let t = &visit.t;
    let line = |one: &Payment| {
        let shown = super::own::shown(&town, &visit, one);
        Line {
            code: one.application.clone(),
            service: title_of(&services, &one.service, t.language()),
            amount: shown.amount,
            state: shown.state,
            chip: shown.chip,
            by: one.state.taken_by().map(|by| taken_by(&visit, by)).unwrap_or_default(),
            made: visit.date(one.made_at),
        }
    };
    let choice = |value: &str, label: String, chosen: &str| Choice {
        value: value.to_owned(),
        label,
        detail: String::new(),
        chosen: value == chosen,
    };
    let mut states = vec![choice("", t.say("sv-fee-any").to_owned(), &asked.state)];
    states.extend(STATES.map(|state| choice(state, t.say(&format!("sv-fee-{state}")).to_owned(), &asked.state)));
    let mut all = vec![choice("", t.say("sv-figures-all").to_owned(), &asked.service)];
    let own = services.iter().filter(|one| visit.actor.may_for(&crate::acts::HANDLE, Some(one.organisation)));
    all.extend(own.map(|one| choice(&one.code, title_of(&services, &one.code, t.language()), &asked.service)));
    let query = serde_urlencoded::to_string([("state", &asked.state), ("service", &asked.service)]).unwrap_or_default();
    let next = found.next.as_ref().map(Cursor::encode);
    page_with(
        StatusCode::OK,
        &ListPage {
            frame: Frame::new(&town, &visit, t.say("sv-fees-title")).twins(&visit, super::TWINS),
            crumbs: crumbs(&visit),
            lines: found.items.iter().map(line).collect(),
            csv: format!("/desk/services/payments.csv?{query}"),
            first: if begun { format!("/desk/services/payments?{query}") } else { String::new() },
            next: next.map(|next| format!("/desk/services/payments?{query}&after={next}")).unwrap_or_default(),
            states,
            services: all,
        },
    )
}

fn crumbs(visit: &Visit) -> Vec<Crumb> {
    vec![
        Crumb { href: "/desk/services".to_owned(), label: visit.t.say("sv-desk-title").to_owned() },
        Crumb { href: String::new(), label: visit.t.say("sv-fees-title").to_owned() },
    ]
}

fn taken_by(visit: &Visit, by: &TakenBy) -> String {
    match by {
        TakenBy::Counter { reference } => format!("{} · {reference}", visit.t.say("sv-fee-counter")),
        TakenBy::Provider { name, .. } => name.clone(),
    }
}

fn view(one: &Payment) -> serde_json::Value {
    let by = one.state.taken_by();
    json!({
        "payment": one.id, "application": one.application, "service": one.service, "state": one.state.word(),
        "amount_cents": one.state.amount_cents(), "taken_by": by.map(TakenBy::word), "reference": by.map(TakenBy::reference),
        "made_at": one.made_at.rfc3339(), "version": one.version,
    })
}

fn csv(town: &Town, items: &[Payment]) -> Answer {
    let header =
        ["payment", "application", "service", "state", "amount", "currency", "taken_by", "reference", "made_at"];
    let currency = town.settings().currency.to_string();
    let row = |one: &Payment| {
        let by = one.state.taken_by();
        vec![
            one.id.clone(),
            one.application.clone(),
            one.service.clone(),
            one.state.word().to_owned(),
            // Not known is empty, nothing is 0.00.
            one.state.amount_cents().map(|cents| format!("{}.{:02}", cents / 100, cents % 100)).unwrap_or_default(),
            currency.clone(),
            by.map(TakenBy::word).unwrap_or_default().to_owned(),
            by.map(TakenBy::reference).unwrap_or_default().to_owned(),
            one.made_at.rfc3339(),
        ]
    };
    csv_answer(&header, items.iter().map(row))
}

struct Differing {
    what: String,
    code: String,
    reference: String,
    here: String,
    there: String,
    may_take: bool,
    may_refund: bool,
}

#[derive(askama::Template)]
#[template(path = "payment_differences.html")]
struct DifferencesPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    has_provider: bool,
    sandbox: bool,
    lines: Vec<Differing>,
}

/// GET /desk/services/payments/differences
pub async fn differences(State(town): State<Town>, visit: Visit) -> Answer {
    let found = fees::differences(&town, visit.actor.clone()).await?;
    match visit.wants {
        Wants::Json => json_answer(
            &json!({"provider": found.is_some(), "differences": rows(found.as_deref().unwrap_or_default())}),
        ),
        Wants::Csv => {
            let text = |cents: Option<i64>| cents.map(|cents| cents.to_string()).unwrap_or_default();
            let row = |one: Difference| {
                vec![
                    one.kind.to_owned(),
                    one.payment,
                    one.application,
                    one.reference,
                    text(one.here_cents),
                    text(one.there_cents),
                ]
            };
            let header = ["kind", "payment", "application", "reference", "here_cents", "there_cents"];
            csv_answer(&header, found.unwrap_or_default().into_iter().map(row))
        }
        _ => render(&town, &visit, found, FormErrors::default()),
    }
}

fn rows(found: &[Difference]) -> Vec<serde_json::Value> {
    let row = |one: &Difference| {
        json!({"kind": one.kind, "payment": one.payment, "application": one.application, "reference": one.reference,
               "here_cents": one.here_cents, "there_cents": one.there_cents})
    };
    found.iter().map(row).collect()
}

fn render(town: &Town, visit: &Visit, found: Option<Vec<Difference>>, errors: FormErrors) -> Answer {
    let t = &visit.t;
    let port = fees::port_of(town);
    let line = |one: &Difference| Differing {
        what: t.say(&format!("sv-differs-{}", one.kind)).to_owned(),
        code: one.application.clone(),
        reference: one.reference.chars().take(12).collect(),
        here: one.here_cents.map(|cents| amount(town, visit, cents)).unwrap_or_default(),
        there: one.there_cents.map(|cents| amount(town, visit, cents)).unwrap_or_default(),
        may_take: matches!(one.kind, "paid-there" | "refunded-there") && one.here_cents == one.there_cents,
        may_refund: matches!(one.kind, "paid-there" | "twice" | "refunded-here"),
    };
    let has_provider = found.is_some();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut crumbs = crumbs(visit);
    crumbs[1].href = "/desk/services/payments".to_owned();
    crumbs.push(Crumb { href: String::new(), label: t.say("sv-differs-title").to_owned() });
    page_with(
        status,
        &DifferencesPage {
            frame: Frame::new(town, visit, t.say("sv-differs-title")).twins(visit, super::TWINS),
            errors,
            crumbs,
            has_provider,
            sandbox: port.is_some_and(fees::PaymentPort::is_sandbox),
            lines: found.unwrap_or_default().iter().map(line).collect(),
        },
    )
}

/// POST /desk/services/payments/differences: `take` over what the provider says of an application, or `refund` it there.
pub async fn settle(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let word = |name: &str| form.text(name).unwrap_or_default().to_owned();
    let (act, application, reference) = (word("act"), word("application"), word("reference"));
    match fees::settle_difference(&town, visit.actor.clone(), application, reference, &act).await {
        Ok(()) => see_other_saying("/desk/services/payments/differences", "sv-flash-fee"),
        Err(Stop::Refused(refusals)) => {
            let found = fees::differences(&town, visit.actor.clone()).await?;
            super::super::with_status(render(&town, &visit, found, FormErrors::of(&refusals, &visit.t)), &refusals)
        }
        Err(other) => Err(other),
    }
}
