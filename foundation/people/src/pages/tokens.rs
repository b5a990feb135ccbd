use super::{cookies, mandates::role_name, only_by_browser, person_of, to_put_right};
use crate::{
    commands,
    commands::Grantable,
    mandates, tokens,
    tokens::{TOKEN_DAYS_LIMIT, Token},
};
use axum::{extract::State, http::StatusCode};
use civic::{ApiTokenId, Mandate, Moment};
use database::DbError;
use serde::Serialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::Choice,
    visit::Path,
};

/// The lengths of validity that are offered, in days.
const DAYS: [i64; 4] = [7, 30, 90, 365];

#[derive(askama::Template)]
#[template(path = "people_tokens.html")]
struct TokensPage {
    frame: Frame,
    errors: FormErrors,
    rows: Vec<TokenRow>,
    typed_name: String,
    roles: Vec<Choice>,
    days: Vec<Choice>,
}

#[derive(askama::Template)]
#[template(path = "people_token_made.html")]
struct MadePage {
    frame: Frame,
    secret: String,
    name: String,
    until: String,
}

struct TokenRow {
    id: String,
    name: String,
    role: String,
    created: String,
    expires: String,
    state: String,
    in_force: bool,
}

#[derive(Serialize)]
struct TokenView<'t> {
    id: String,
    name: &'t str,
    role: &'static str,
    created_at: String,
    expires_at: String,
    revoked_at: Option<String>,
}

/// GET /me/tokens
pub(super) async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    if visit.wants == Wants::Json {
        let (all, _) = load(&town, &visit).await?;
        return json(&all.iter().map(view).collect::<Vec<_>>());
    }
    show(&town, &visit, StatusCode::OK, &Submission::default(), FormErrors::default()).await
}

fn view(token: &Token) -> TokenView<'_> {
    TokenView {
        id: token.id.text(),
        name: &token.name,
        role: token.role.word(),
        created_at: token.created_at.rfc3339(),
        expires_at: token.expires_at.rfc3339(),
        revoked_at: token.revoked_at.map(Moment::rfc3339),
    }
}

async fn load(town: &Town, visit: &Visit) -> Answer<(Vec<Token>, Vec<Grantable>)> {
    let (person, now) = (person_of(visit)?, town.now());
    let look = town.db().read(move |tx| {
        let held = mandates::of_person(tx, person, now)?;
        Ok::<_, DbError>((tokens::of_person(tx, person)?, commands::tokens_for(&held)))
    });
    look.await.map_err(Stop::from)
}

async fn show(town: &Town, visit: &Visit, status: StatusCode, form: &Submission, errors: FormErrors) -> Answer {
    let (all, grantable) = load(town, visit).await?;
    let (role, days) = (form.text("role").unwrap_or("resident"), form.text("days").unwrap_or("90"));
    let template = TokensPage {
        frame: Frame::new(town, visit, visit.t.say("people-tokens-heading")).twins(visit, &[Wants::Json]),
        errors,
        rows: all.iter().map(|token| row(token, visit)).collect(),
        typed_name: form.text("name").unwrap_or_default().to_owned(),
        roles: grantable.iter().map(|one| role_choice(one, role, visit)).collect(),
        days: DAYS.iter().map(|one| days_choice(*one, days, visit)).collect(),
    };
    page_with(status, &template)
}

fn row(token: &Token, visit: &Visit) -> TokenRow {
    let (state, in_force) = match token.revoked_at {
        Some(_) => ("people-token-revoked", false),
        None if token.expires_at <= visit.at => ("people-token-over", false),
        None => ("people-token-in-force", true),
    };
    TokenRow {
        id: token.id.text(),
        name: token.name.clone(),
        role: role_name(token.role.word(), &visit.t),
        created: visit.date(token.created_at),
        expires: visit.date(token.expires_at),
        state: visit.t.say(state).to_owned(),
        in_force,
    }
}

/// How a role and its organisation are written in the form: `officer:street-services`.
fn word_of((role, organisation): &Grantable) -> String {
    organisation.as_ref().map_or_else(|| role.word().to_owned(), |(_, code)| format!("{role}:{code}"))
}

fn role_choice(grantable: &Grantable, chosen: &str, visit: &Visit) -> Choice {
    let value = word_of(grantable);
    let name = role_name(grantable.0.word(), &visit.t);
    let label = grantable.1.as_ref().map_or_else(|| name.clone(), |(_, code)| format!("{name} ({code})"));
    let detail = visit.t.say(&format!("people-role-{}-does", grantable.0)).to_owned();
    Choice { chosen: value == chosen, value, label, detail }
}

fn days_choice(days: i64, chosen: &str, visit: &Visit) -> Choice {
    let value = days.to_string();
    let label = visit.t.with1("people-token-days-count", "days", days);
    Choice { chosen: value == chosen, value, label, detail: String::new() }
}

/// POST /me/tokens: the one page that shows the secret.
pub(super) async fn make(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    only_by_browser(&visit)?;
    match try_to_make(&town, &visit, &form).await {
        Ok((token, secret)) => {
            let frame = Frame::new(&town, &visit, visit.t.say("people-token-made-heading"));
            let until = visit.date(token.expires_at);
            page(&MadePage { frame, secret, name: token.name, until }).map(cookies::never_kept)
        }
        Err(stop) => {
            let errors = FormErrors::of(&to_put_right(&visit, stop)?, &visit.t);
            show(&town, &visit, StatusCode::UNPROCESSABLE_ENTITY, &form, errors).await
        }
    }
}

async fn try_to_make(town: &Town, visit: &Visit, form: &Submission) -> Answer<(Token, String)> {
    let (_, grantable) = load(town, visit).await?;
    let word = form.text("role").unwrap_or_default();
    let chosen = grantable.iter().find(|one| word_of(one) == word);
    let (role, organisation) = chosen.ok_or_else(|| Refusal::new("people-token-role").at("role"))?;
    let asked: Mandate = mandates::mandate(*role, organisation.as_ref().map(|(id, _)| *id));
    let days = form
        .text("days")
        .and_then(|days| days.parse::<i64>().ok())
        .filter(|days| (1..=TOKEN_DAYS_LIMIT).contains(days));
    let days = days.ok_or_else(|| Refusal::new("people-token-expiry").at("days").with("most", TOKEN_DAYS_LIMIT))?;
    let name = form.text("name").unwrap_or_default().to_owned();
    commands::make_token(town, visit.actor(), name, asked, town.now().plus_days(days)).await
}

/// POST /me/tokens/{id}/revoke
pub(super) async fn revoke(State(town): State<Town>, visit: Visit, Path(id): Path<String>) -> Answer {
    let id: ApiTokenId = id.parse().map_err(|_| Stop::NotFound)?;
    commands::revoke_token(&town, person_of(&visit)?, id).await?;
    see_other_saying("/me/tokens", "people-token-was-revoked")
}
