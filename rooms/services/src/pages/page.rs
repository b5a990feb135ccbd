//! One page of an application that is being written.

use super::apply::private;
use crate::{
    commands::{self, Saving},
    form::{Answers, Field, FormPage, Kind, QUESTIONS, shown, visible_pages},
    model::{Channel, Definition},
    store::{self, Draft},
};
use axum::{extract::State, http::StatusCode, response::IntoResponse as _};
use serde_json::Value;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other, text},
    forms::{FormErrors, Submission},
    parts::Choice,
    visit::Path,
};

/// A question as the page shows it.
struct Question {
    id: &'static str,
    kind: &'static str,
    label: String,
    hint: String,
    value: String,
    choices: Vec<Choice>,
    files: Vec<(String, String)>,
    required: bool,
    input: &'static str,
    autocomplete: &'static str,
}

#[derive(askama::Template)]
#[template(path = "apply_page.html")]
struct ApplyPage {
    frame: Frame,
    errors: FormErrors,
    secret: String,
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
    let file_names = file_names(&town, &draft).await?;
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
    let entries: Vec<String> = entries(town, visit, page, &answers);
    // One question that is its page: the heading says it, and its label is for those who hear the page.
    let single = page.fields.len() == 1 && page.repeat == 0 && page.fields[0].label == page.title;
    let questions: Vec<Question> = page
        .fields
        .iter()
        .zip(QUESTIONS)
        .filter(|(field, _)| field.kind != Kind::Calculated || page.repeat == 0)
        .map(|(field, id)| {
            question(town, visit, field, id, typed_or_kept(typed, id, page, field, &answers), file_names, &answers)
        })
        .collect();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let until = draft.updated_at.plus_days(i64::from(commands::DRAFT_DAYS));
    let answer = page_with(
        status,
        &ApplyPage {
            frame: Frame::new(town, visit, page.title.in_language(language)),
            errors,
            secret: secret.to_owned(),
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
            single,
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

/// The entries of a page that is filled in several times, in a line each.
fn entries(town: &Town, visit: &Visit, page: &FormPage, answers: &Answers) -> Vec<String> {
    let all = answers.0.get(&page.id).and_then(Value::as_array).filter(|_| page.repeat > 0);
    let line = |entry: &Value| {
        let parts = page.fields.iter().filter_map(|field| Some(shown(field, entry.get(&field.name)?, &visit.t, town)));
        parts.collect::<Vec<_>>().join(", ")
    };
    all.into_iter().flatten().map(line).collect()
}

/// What a question shows as answered: what was just typed, else what is kept.
fn typed_or_kept(
    typed: Option<&Submission>,
    id: &str,
    page: &FormPage,
    field: &Field,
    answers: &Answers,
) -> Vec<String> {
    if let Some(form) = typed {
        return form.all(id).map(str::to_owned).collect();
    }
    if page.repeat > 0 {
        return Vec::new();
    }
    match answers.0.get(&field.name) {
        None => Vec::new(),
        Some(Value::Bool(yes)) => vec![if *yes { "yes" } else { "no" }.to_owned()],
        Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Number(number)) if matches!(field.kind, Kind::Money | Kind::Calculated) => {
            let cents = number.as_i64().unwrap_or_default();
            vec![if cents % 100 == 0 {
                (cents / 100).to_string()
            } else {
                format!("{}.{:02}", cents / 100, cents % 100)
            }]
        }
        Some(other) => vec![other.to_string()],
    }
}

fn question(
    town: &Town,
    visit: &Visit,
    field: &Field,
    id: &'static str,
    values: Vec<String>,
    file_names: &[(String, String)],
    answers: &Answers,
) -> Question {
    let (t, language) = (&visit.t, visit.t.language());
    let choice =
        |value: String, label: String| Choice { chosen: values.contains(&value), value, label, detail: String::new() };
    let choices: Vec<Choice> = match field.kind {
        Kind::YesNo => {
            ["yes", "no"].map(|word| choice(word.to_owned(), t.say(&format!("sv-{word}")).to_owned())).to_vec()
        }
        Kind::Choice | Kind::Several => field
            .choices
            .iter()
            .map(|one| choice(one.value.clone(), one.label.in_language(language).to_owned()))
            .collect(),
        Kind::District => {
            let none = Choice {
                value: String::new(),
                label: t.say("sv-choose").to_owned(),
                detail: String::new(),
                chosen: values.is_empty(),
            };
            std::iter::once(none)
                .chain(town.part::<places::Districts>().all().into_iter().map(|(code, name)| choice(code, name)))
                .collect()
        }
        _ => Vec::new(),
    };
    let currency = town.settings().currency.to_string();
    let hint = crate::views::words(field.hint.as_ref(), language);
    let hint = match field.kind {
        Kind::Money if hint.is_empty() => t.with1("sv-hint-money", "currency", currency),
        Kind::Upload if hint.is_empty() => t.say("sv-hint-upload").to_owned(),
        Kind::Signature if hint.is_empty() => t.say("sv-hint-signature").to_owned(),
        _ => hint,
    };
    let (input, autocomplete) = match field.kind {
        Kind::Number => ("number", "off"),
        Kind::Date => ("date", "off"),
        Kind::Email => ("email", "email"),
        Kind::Phone => ("tel", "tel"),
        Kind::Signature => ("text", "name"),
        _ => ("text", "off"),
    };
    let value = match (field.kind, answers.0.get(&field.name)) {
        (Kind::Calculated, Some(value)) => shown(field, value, t, town),
        (Kind::Calculated, None) => String::new(),
        _ => values.first().cloned().unwrap_or_default(),
    };
    let files = values.iter().map(|id| {
        (id.clone(), file_names.iter().find(|(of, _)| of == id).map_or_else(String::new, |(_, name)| name.clone()))
    });
    Question {
        id,
        kind: match field.kind {
            Kind::LongText | Kind::Address => "area",
            Kind::YesNo | Kind::Choice => "radios",
            Kind::Several => "several",
            Kind::District => "menu",
            Kind::Upload => "upload",
            Kind::Calculated => "calculated",
            _ => "field",
        },
        label: field.label.in_language(language).to_owned(),
        hint,
        files: if field.kind == Kind::Upload { files.collect() } else { Vec::new() },
        value,
        choices,
        required: field.required,
        input,
        autocomplete,
    }
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

/// What was sent, by question: under `q1`, `q2`, …, or by programs under the name of the question.
fn saving(secret: &str, page: &FormPage, form: &Submission, is_typing: bool) -> Saving {
    let texts = |(field, id): (&Field, &'static str)| {
        let sent: Vec<String> = form.all(id).map(str::to_owned).collect();
        if sent.is_empty() { form.all(&field.name).map(str::to_owned).collect() } else { sent }
    };
    let texts = page.fields.iter().zip(QUESTIONS).map(texts).collect();
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
