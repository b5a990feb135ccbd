//! One page of an application that is being written.

use super::{apply::private, files};
use crate::{
    again::{self, Again},
    commands::{self, Saving},
    model::{Channel, Definition},
    store::{self, Draft},
};
use axum::{extract::State, http::StatusCode, response::IntoResponse as _};
use forms::{Answers, FormPage, Kind, QUESTIONS, Question, visible_pages};
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other},
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
    let again = again::of_draft(&town, &draft).await?;
    may_answer(again.as_ref(), &definition, &draft, page)?;
    // Only pages with uploads show files.
    let has_files = page.fields.iter().any(|field| field.kind == Kind::Upload);
    let file_names = if has_files { file_names(&town, &draft).await? } else { Vec::new() };
    render(
        &town,
        &visit,
        &Shown {
            secret: &secret,
            draft: &draft,
            definition: &definition,
            page,
            file_names: &file_names,
            again: again.as_ref(),
        },
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
    again: Option<&'s Again>,
}

/// The pages of a draft: all that are shown, or those that are open again.
pub(super) fn pages_of<'d>(again: Option<&Again>, definition: &'d Definition, answers: &Answers) -> Vec<&'d FormPage> {
    match again {
        Some(again) => again.pages(definition, answers),
        None => visible_pages(&definition.form, answers),
    }
}

/// Only open pages are answered again.
fn may_answer(again: Option<&Again>, definition: &Definition, draft: &Draft, page: &FormPage) -> Result<(), Stop> {
    let is_open = again.is_none_or(|again| {
        again.pages(definition, &draft.answers.clone().settled(&definition.form)).iter().any(|one| one.id == page.id)
    });
    if is_open { Ok(()) } else { Err(Stop::NotFound) }
}

async fn file_names(town: &Town, draft: &Draft) -> Result<Vec<(String, String)>, Stop> {
    let (hash, of) = (draft.hash.clone(), draft.reopens.clone());
    let read = move |tx: &mut database::Tx<'_>| {
        let mut files = store::files_of(tx, &hash)?;
        if !of.is_empty() {
            files.extend(store::files_of(tx, &of)?);
        }
        Ok(files)
    };
    let files = town.db().read(read).await.map_err(|error: database::DbError| Stop::from(error))?;
    Ok(files.into_iter().map(|file| (file.id, file.name)).collect())
}

fn render(
    town: &Town,
    visit: &Visit,
    shown_page: &Shown<'_>,
    errors: FormErrors,
    typed: Option<&Submission>,
) -> Answer {
    let Shown { secret, draft, definition, page, file_names, again } = *shown_page;
    let t = &visit.t;
    let language = t.language();
    let answers = draft.answers.clone().settled(&definition.form);
    let pages = pages_of(again, definition, &answers);
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
            back: if at == 0 && again.is_some() {
                format!("/applications/{}?key={secret}", draft.reopens)
            } else if at == 0 {
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
    let again = again::of_draft(&town, &draft).await?;
    may_answer(again.as_ref(), &definition, &draft, page)?;
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
            let pages = pages_of(again.as_ref(), &definition, &saved.answers);
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
            let shown = Shown {
                secret: &secret,
                draft: &draft,
                definition: &definition,
                page,
                file_names: &file_names,
                again: again.as_ref(),
            };
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
    let (draft, definition) = commands::load(&town, &secret).await?;
    let page = definition.form.page(&id).ok_or(Stop::NotFound)?;
    may_answer(again::of_draft(&town, &draft).await?.as_ref(), &definition, &draft, page)?;
    commands::save_page(&town, saving(&secret, page, &form, true)).await?;
    Ok(private(StatusCode::NO_CONTENT.into_response()))
}

/// GET /apply/{draft}/photo/{file}: a photo, or a PDF to be saved.
pub async fn photo(State(town): State<Town>, Path((secret, file)): Path<(String, String)>) -> Answer {
    let (draft, _) = commands::load(&town, &secret).await?;
    // What was sent before stays with the application.
    match files::given(&town, draft.hash, file.clone()).await {
        Err(Stop::NotFound) if !draft.reopens.is_empty() => files::given(&town, draft.reopens, file).await,
        shown => shown,
    }
}
