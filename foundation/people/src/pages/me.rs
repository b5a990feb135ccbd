use super::{cookies, only_by_browser, person_of, setup::read_name, to_put_right};
use crate::{
    accounts, accounts::Person, commands, looks, looks::Look, mandates, mandates::GivenMandate, privacy, sessions,
    sessions::Session,
};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
};
use civic::Language;
use database::DbError;
use serde::Serialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other, see_other_saying},
    forms::{FormErrors, Submission},
    manifest::Catalogue,
    parts::Choice,
    serve::LANGUAGE_COOKIE,
};

#[derive(askama::Template)]
#[template(path = "people_me.html")]
struct MePage {
    frame: Frame,
    errors: FormErrors,
    me: MyAccount,
    visit: Visit,
    languages: Vec<Choice>,
}

impl MePage {
    /// The day is kept as one of UTC and must not be moved by the town's zone.
    fn last_here(&self, session: &Session) -> String {
        web::dates::date(session.last_seen, &jiff::tz::TimeZone::UTC, self.visit.t.language())
    }
}

#[derive(askama::Template)]
#[template(path = "people_erase.html")]
struct ErasePage {
    frame: Frame,
    errors: FormErrors,
    stays: String,
}

/// What people see of their own account.
struct MyAccount {
    person: Person,
    email: String,
    mandates: Vec<GivenMandate>,
    sessions: Vec<Session>,
    looks: Vec<Look>,
}

#[derive(Serialize)]
struct MyView<'m> {
    handle: &'m str,
    name: &'m str,
    email: &'m str,
    language: Language,
    mandates: Vec<super::mandates::MandateView>,
}

/// GET /me
pub(super) async fn show(State(town): State<Town>, visit: Visit) -> Answer {
    let me = load(&town, &visit).await?;
    if visit.wants == Wants::Json {
        let mandates = me.mandates.iter().map(super::mandates::MandateView::from).collect();
        let (handle, name, email) = (me.person.handle.as_str(), me.person.name.as_str(), me.email.as_str());
        return json(&MyView { handle, name, email, language: me.person.language, mandates });
    }
    show_page(&town, &visit, StatusCode::OK, me, FormErrors::default())
}

async fn load(town: &Town, visit: &Visit) -> Answer<MyAccount> {
    let (person, now) = (person_of(visit)?, town.now());
    let look = town.db().read(move |tx| {
        let person_row = accounts::by_id(tx, person)?.ok_or(DbError::NotFound)?;
        Ok::<_, DbError>(MyAccount {
            email: person_row.email.as_ref().map(ToString::to_string).unwrap_or_default(),
            person: person_row,
            mandates: mandates::of_person(tx, person, now)?,
            sessions: sessions::of_person(tx, person, now)?,
            looks: looks::of_person(tx, person)?,
        })
    });
    look.await.map_err(Stop::from)
}

fn show_page(town: &Town, visit: &Visit, status: StatusCode, me: MyAccount, errors: FormErrors) -> Answer {
    let frame = Frame::new(town, visit, visit.t.say("people-me-heading")).twins(visit, &[Wants::Json]);
    let languages = town.settings().languages.iter().map(|one| language_choice(*one, me.person.language)).collect();
    page_with(status, &MePage { frame, errors, me, visit: visit.clone(), languages })
}

fn language_choice(language: Language, chosen: Language) -> Choice {
    let (value, label) = (language.tag().to_owned(), language.own_name().to_owned());
    Choice { value, label, detail: String::new(), chosen: language == chosen }
}

/// POST /me
pub(super) async fn save(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    match try_to_save(&town, &visit, &form).await {
        Ok(language) => {
            let mut response = see_other_saying("/me", "people-me-saved")?;
            let cookie = format!("{LANGUAGE_COOKIE}={language}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax");
            response.headers_mut().append(header::SET_COOKIE, HeaderValue::from_str(&cookie).map_err(Stop::fault)?);
            Ok(response)
        }
        Err(stop) => {
            let errors = FormErrors::of(&to_put_right(&visit, stop)?, &visit.t);
            let me = load(&town, &visit).await?;
            show_page(&town, &visit, StatusCode::UNPROCESSABLE_ENTITY, me, errors)
        }
    }
}

async fn try_to_save(town: &Town, visit: &Visit, form: &Submission) -> Answer<Language> {
    let name = read_name(form)?;
    let language: Option<Language> = form.text("language").and_then(|text| text.parse().ok());
    let language = language
        .filter(|language| town.settings().languages.contains(language))
        .ok_or_else(|| Refusal::new("people-language").at("language"))?;
    commands::rename(town, person_of(visit)?, name, language).await?;
    Ok(language)
}

/// POST /me/sessions/end-others
pub(super) async fn end_others(State(town): State<Town>, visit: Visit, headers: HeaderMap) -> Answer {
    only_by_browser(&visit)?;
    let kept = cookies::session_of(&headers).unwrap_or_default();
    commands::end_other_sessions(&town, person_of(&visit)?, kept).await?;
    see_other_saying("/me", "people-me-others-ended")
}

/// GET /me/export: everything that all rooms keep about the visitor.
pub(super) async fn export(State(town): State<Town>, visit: Visit) -> Answer {
    only_by_browser(&visit)?;
    let (person, rooms) = (person_of(&visit)?, town.part::<Catalogue>().privacy.clone());
    let all = town.db().read_long(move |tx| privacy::export_all(tx, &rooms, person)).await.map_err(Stop::from)?;
    let mut response = json(&all).map(cookies::never_kept)?;
    let name = HeaderValue::from_static("attachment; filename=\"my-data.json\"");
    response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

/// GET /me/erase
pub(super) async fn ask_to_erase(State(town): State<Town>, visit: Visit) -> Answer {
    erase_page(&town, &visit, StatusCode::OK, FormErrors::default())
}

fn erase_page(town: &Town, visit: &Visit, status: StatusCode, errors: FormErrors) -> Answer {
    let frame = Frame::new(town, visit, visit.t.say("people-erase-heading"));
    let stays = visit.t.with1("people-erase-stays", "handle", visit.actor.handle.clone());
    page_with(status, &ErasePage { frame, errors, stays })
}

/// POST /me/erase
pub(super) async fn erase(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    only_by_browser(&visit)?;
    match try_to_erase(&town, &visit, &form).await {
        Ok(secret) => cookies::without_session(&town, see_other(&format!("/me/erased/{secret}"))?),
        Err(stop) => {
            let errors = FormErrors::of(&to_put_right(&visit, stop)?, &visit.t);
            erase_page(&town, &visit, StatusCode::UNPROCESSABLE_ENTITY, errors)
        }
    }
}

/// Erases; answers the secret of the receipt.
async fn try_to_erase(town: &Town, visit: &Visit, form: &Submission) -> Answer<String> {
    if !form.is_ticked("sure") {
        return Err(Refusal::new("people-not-sure").at("sure").into());
    }
    commands::erase_account(town, visit.actor()).await
}
