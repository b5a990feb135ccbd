//! “Me too”: somebody else is affected, and says so instead of reporting it again.

use super::browser;
use crate::{
    commands::{Me, support, withdraw_support},
    decide::may_support,
    model::ServiceRequest,
    store,
    views::{Eyes, RequestRow, headline},
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use civic::Code;
use database::Tx;
use people::EmailAddress;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    limits::Gates,
    visit::Path,
};

/// How many are affected, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MeTooView {
    /// The request that goes on, also where a duplicate was asked for.
    pub code: String,
    /// How many others are affected.
    pub me_too: i64,
    /// Whether whoever asks is among them.
    pub counted: bool,
    /// Whether one can still say so.
    pub open: bool,
}

#[derive(askama::Template)]
#[template(path = "me_too.html")]
struct MeTooPage {
    frame: Frame,
    errors: FormErrors,
    row: RequestRow,
    headline: String,
    count: i64,
    counted: bool,
    /// Why one cannot; empty when one can.
    not: String,
    email: String,
}

/// What both forms of the page say.
struct Standing {
    root: ServiceRequest,
    count: i64,
    counted: bool,
}

/// GET /requests/{code}/me-too
pub async fn ask(State(town): State<Town>, visit: Visit, headers: HeaderMap, Path(code): Path<String>) -> Answer {
    let standing = read(&town, &visit, &headers, code).await?;
    if visit.wants == Wants::Json {
        let answer = json(&view(&standing))?;
        return browser::make_known(&town, &visit, &headers, answer);
    }
    let answer = me_too_page(&town, &visit, standing, "", FormErrors::default(), StatusCode::OK)?;
    browser::make_known(&town, &visit, &headers, answer)
}

/// POST /requests/{code}/me-too; with `leave` it is taken back.
pub async fn settle(
    State(town): State<Town>,
    visit: Visit,
    headers: HeaderMap,
    Path(code): Path<String>,
    form: Submission,
) -> Answer {
    let leaves = form.is_ticked("leave");
    let done = if leaves {
        withdraw_support(&town, me(&visit, &headers, None), &code).await
    } else {
        say(&town, &visit, &headers, &form, &code).await
    };
    match done {
        Ok(_) if visit.wants != Wants::Html => json(&view(&read(&town, &visit, &headers, code).await?)),
        Ok(root) => {
            let flash = if leaves { "flash-me-too-left" } else { "flash-me-too" };
            see_other_saying(&super::show::path(root.code.as_str()), flash)
        }
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let (status, errors) = (refusals[0].status, FormErrors::of(&refusals, &visit.t));
            let standing = read(&town, &visit, &headers, code).await?;
            let email = form.text("email").unwrap_or_default();
            let answer = me_too_page(&town, &visit, standing, email, errors, status)?;
            browser::make_known(&town, &visit, &headers, answer)
        }
        Err(stop) => Err(stop),
    }
}

/// Counts whoever sent this form, within the limits of one address.
pub(super) async fn say(
    town: &Town,
    visit: &Visit,
    headers: &HeaderMap,
    form: &Submission,
    code: &str,
) -> Result<ServiceRequest, Stop> {
    let email = form.text("email").map(str::parse::<EmailAddress>).transpose();
    let email = email.map_err(|_| Refusal::new("email-unreadable").at("email"))?;
    let code: Code = code.parse().map_err(|_| Stop::NotFound)?;
    let gates = town.part::<Gates>();
    // Somebody with an account counts once anyway; how often a network makes up new browsers is bounded.
    if visit.actor.person.is_none() {
        gates.again(visit.address, code.as_str())?;
    }
    if email.is_some() {
        gates.mail(visit.address)?;
    }
    support(town, me(visit, headers, email), code.as_str()).await
}

fn me(visit: &Visit, headers: &HeaderMap, email: Option<EmailAddress>) -> Me {
    Me { actor: visit.actor.clone(), browser: browser::known(headers), email, language: visit.t.language() }
}

async fn read(town: &Town, visit: &Visit, headers: &HeaderMap, code: String) -> Result<Standing, Stop> {
    let supporter = me(visit, headers, None).supporter();
    town.db()
        .read(move |tx| {
            let found = store::by_code(tx, &code)?.ok_or(Stop::NotFound)?;
            let root = store::root_of(tx, found)?;
            let counted = store::is_supporter(tx, root.id, &supporter)?;
            Ok(Standing { count: affected(tx, &root)?, root, counted })
        })
        .await
}

/// How many others are affected by what goes on.
pub(super) fn affected(tx: &mut Tx<'_>, root: &ServiceRequest) -> Result<i64, database::DbError> {
    let merged = store::all_merged_into(tx, root.code.as_str())?;
    store::count_affected(tx, root, &merged)
}

fn view(standing: &Standing) -> MeTooView {
    let Standing { root, count, counted } = standing;
    MeTooView { code: root.code.to_string(), me_too: *count, counted: *counted, open: root.state.is_open() }
}

fn me_too_page(
    town: &Town,
    visit: &Visit,
    Standing { root, count, counted }: Standing,
    email: &str,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let row = Eyes::new(town, visit.t.language()).row(&root);
    let not = may_support(&root, visit.actor.person).err().map(|refusal| refusal.sentence(&visit.t));
    page_with(
        status,
        &MeTooPage {
            frame: Frame::new(town, visit, visit.t.say("me-too-title")),
            errors,
            headline: headline(&row),
            row,
            count,
            counted,
            not: not.unwrap_or_default(),
            email: email.to_owned(),
        },
    )
}
