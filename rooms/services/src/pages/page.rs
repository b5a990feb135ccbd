//! One page of an application that is being written.

use super::apply::private;
use crate::{
    commands::{self, Saving},
    model::{Channel, Definition},
    store::{self, Draft},
};
use axum::{extract::State, http::StatusCode, response::IntoResponse as _};
use forms::{FormPage, Kind, QUESTIONS, Question, visible_pages};
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other, text},
    forms::{FormErrors, Submission},
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "apply_page.html")]
struct ApplyPage {
    frame: Frame,
    errors: FormErrors,
    secret: String,
    files_at: String,
    id: String,
    service: String,
    title: String,
    hint: String,
    step: String,
    back: String,
    clerk: bool,
    single: bool,
    uploads: bool,
    questions: Vec<Question>,
    entries: Vec<String>,
    repeats: bool,
    may_add: bool,
    next: String,
    link: String,
    kept: String,
    any_optional: bool,
}

/// GET /apply/{draft}/{page}
pub async fn show(State(town): State<Town>, visit: Visit, Path((secret, id)): Path<(String, String)>) -> Answer {
    let (draft, definition) = commands::load(&town, &secret).await?;
    let page = definition.form.page(&id).ok_or(Stop::NotFound)?;
    // Only pages with uploads show files.
    let has_files = page.fields.iter().any(|field| field.kind == Kind::Upload);
    let file_names = if has_files { file_names(&town, &draft).await? } else { Vec::new() };
    render(
        &town,
        &visit,
        &Shown { secret: &secret, draft: &draft, definition: &definition, page, file_names: &file_names },
        FormErrors::default(),
        None,
    )
}

struct Shown<'s> {
    secret: &'s str,
    draft: &'s Draft,
    definition: &'s Definition,
    page: &'s FormPage,
    file_names: &'s [(String, String)],
}

async fn file_names(town: &Town, draft: &Draft) -> Result<Vec<(String, String)>, Stop> {
    let hash = draft.hash.clone();
    let files = town.db().read(move |tx| store::files_of(tx, &hash)).await.map_err(Stop::from)?;
    Ok(files.into_iter().map(|file| (file.id, file.name)).collect())
}

fn render(
    town: &Town,
    visit: &Visit,
    shown_page: &Shown<'_>,
    errors: FormErrors,
    typed: Option<&Submission>,
) -> Answer {
    let Shown { secret, draft, definition, page, file_names } = *shown_page;
    let t = &visit.t;
    let language = t.language();
    let answers = draft.answers.clone().settled(&definition.form);
    let pages = visible_pages(&definition.form, &answers);
    let at = pages.iter().position(|one| one.id == page.id).unwrap_or(0);
    let entries: Vec<String> = forms::entries(town, visit, page, &answers);
    let questions = forms::questions(town, visit, page, &answers, typed, file_names);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let until = draft.updated_at.plus_days(i64::from(commands::DRAFT_DAYS));
    let answer = page_with(
        status,
        &ApplyPage {
            frame: Frame::new(town, visit, page.title.in_language(language)),
            errors,
            secret: secret.to_owned(),
            files_at: format!("/apply/{secret}/photo/"),
            id: page.id.clone(),
            service: definition.title.in_language(language).to_owned(),
            title: page.title.in_language(language).to_owned(),
            hint: crate::views::words(page.hint.as_ref(), language),
            step: t.with2("sv-step", "at", at + 1, "of", pages.len()),
            back: if at == 0 {
                format!("/services/{}/apply", draft.service)
            } else {
                format!("/apply/{secret}/{}", pages[at - 1].id)
            },
            clerk: draft.channel != Channel::Online,
            uploads: page.fields.iter().any(|field| field.kind == Kind::Upload),
            single: forms::is_single(page),
            any_optional: questions.iter().any(|question| !question.required),
            questions,
            repeats: page.repeat > 0,
            may_add: page.repeat == 0 || entries.len() < page.repeat as usize,
            entries,
            next: next_of(&pages, at, secret),
            link: town.url(&format!("/apply/{secret}/{}", page.id)),
            kept: t.with1("sv-kept-until", "date", visit.date(until)),
        },
    )?;
    Ok(private(answer))
}

fn next_of(pages: &[&FormPage], at: usize, secret: &str) -> String {
    pages.get(at + 1).map_or_else(|| format!("/apply/{secret}/check"), |next| format!("/apply/{secret}/{}", next.id))
}

/// POST /apply/{draft}/{page}
pub async fn save(
    State(town): State<Town>,
    visit: Visit,
    Path((secret, id)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let (draft, definition) = commands::load(&town, &secret).await?;
    let page = definition.form.page(&id).ok_or(Stop::NotFound)?;
    let here = format!("/apply/{secret}/{id}");
    if let Some(at) = form.text("drop").and_then(|text| text.parse().ok()) {
        commands::drop_entry(&town, secret, id, at).await?;
        return Ok(private(see_other(&here)?));
    }
    if let Some(file) = form.text("drop-photo") {
        commands::drop_photo(&town, secret, file.to_owned()).await?;
        return Ok(private(see_other(&here)?));
    }
    let saved = match photos(&town, &secret, page, &form).await {
        Ok(()) => commands::save_page(&town, saving(&secret, page, &form, false)).await,
        Err(stop) => Err(stop),
    };
    match saved {
        Ok(_) if visit.wants == Wants::Json => json(&serde_json::json!({"kept": true})),
        Ok(_) if page.repeat > 0 || form.text("stay").is_some() => Ok(private(see_other(&here)?)),
        Ok(saved) => {
            let pages = visible_pages(&definition.form, &saved.answers);
            let at = pages.iter().position(|one| one.id == page.id).unwrap_or(0);
            let to = if form.text("to") == Some("check") {
                format!("/apply/{secret}/check")
            } else {
                next_of(&pages, at, &secret)
            };
            Ok(private(see_other(&to)?))
        }
        Err(Stop::Refused(refusals)) if visit.wants != Wants::Json => {
            // Photos that came with it were kept: the page shows them.
            let (draft, _) = commands::load(&town, &secret).await.unwrap_or((draft, definition.clone()));
            let file_names = file_names(&town, &draft).await?;
            let shown =
                Shown { secret: &secret, draft: &draft, definition: &definition, page, file_names: &file_names };
            render(&town, &visit, &shown, FormErrors::of(&refusals, &visit.t), Some(&form))
        }
        Err(other) => Err(other),
    }
}

/// Takes the photos of a page in, each on its own.
async fn photos(town: &Town, secret: &str, page: &FormPage, form: &Submission) -> Result<(), Stop> {
    for (field, id) in page.fields.iter().zip(QUESTIONS).filter(|(field, _)| field.kind == Kind::Upload) {
        let Some(upload) = form.file(id) else { continue };
        let (secret, name) = (secret.to_owned(), field.name.clone());
        let added = commands::add_photo(town, secret, name, &upload.file_name, upload.bytes.clone()).await;
        added.map_err(|stop| match stop {
            Stop::Refused(refusals) => Stop::Refused(refusals.into_iter().map(|refusal| refusal.at(id)).collect()),
            other => other,
        })?;
    }
    Ok(())
}

fn saving(secret: &str, page: &FormPage, form: &Submission, is_typing: bool) -> Saving {
    let texts = forms::texts(page, form);
    Saving { secret: secret.to_owned(), page: page.id.clone(), texts, is_typing }
}

/// POST /apply/{draft}/{page}/keep: while somebody types.
pub async fn keep(State(town): State<Town>, Path((secret, id)): Path<(String, String)>, form: Submission) -> Answer {
    let (_, definition) = commands::load(&town, &secret).await?;
    let page = definition.form.page(&id).ok_or(Stop::NotFound)?;
    commands::save_page(&town, saving(&secret, page, &form, true)).await?;
    Ok(private(StatusCode::NO_CONTENT.into_response()))
}

/// GET /apply/{draft}/photo/{file}
pub async fn photo(State(town): State<Town>, Path((secret, file)): Path<(String, String)>) -> Answer {
    let (draft, _) = commands::load(&town, &secret).await?;
    picture(&town, draft.hash, file).await
}

/// A photo of this owner, and of no other.
pub(super) async fn picture(town: &Town, owner: String, file: String) -> Answer {
    let bytes = town.db().read(move |tx| store::file(tx, &owner, &file)).await.map_err(Stop::from)?;
    let bytes = bytes.ok_or(Stop::NotFound)?;
    Ok(private(text("image/jpeg", bytes)))
}
