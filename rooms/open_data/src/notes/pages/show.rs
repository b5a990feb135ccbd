//! One note with its answers, and what can be done with it.

use super::{crumb, list_path, list_title, state_name};
use crate::{
    acts,
    books::Books,
    notes::{
        commands::{self, Answering},
        model::{Note, NoteAnswer, NoteKind, NoteState},
        passing::{self, Pass, Passing},
        store,
        views::view,
    },
};
use axum::{extract::State, http::StatusCode};
use commons::{comments::SeenComment, moderation, thread::Near};
use database::DbError;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other_saying},
    dates::number,
    forms::{FormErrors, Submission},
    parts::{Choice, Crumb},
    visit::Path,
};

/// A note with all that its page shows.
struct Matter {
    note: Note,
    answers: Vec<NoteAnswer>,
    passes: Vec<Pass>,
    supports: bool,
    notices: Vec<String>,
    comments: Vec<SeenComment>,
    followers: i64,
    near: Vec<Near>,
}

struct AnswerPart {
    heading: String,
    text: String,
    by: String,
}

#[derive(askama::Template)]
#[template(path = "note.html")]
struct NotePage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    path: String,
    subject_kind: &'static str,
    code: String,
    version: i64,
    name: String,
    title: String,
    text: String,
    url: String,
    meta: String,
    state: String,
    chip: &'static str,
    late: bool,
    notices: Vec<String>,
    datasets: Vec<(String, String)>,
    spot: (String, String),
    answers: Vec<AnswerPart>,
    next: String,
    supports: String,
    may_support: bool,
    supported: bool,
    known: bool,
    may_answer: bool,
    pass_to: Vec<Choice>,
    passes: bool,
    why: String,
    states: Vec<Choice>,
    names_dataset: bool,
    typed: (String, String),
    is_public: bool,
    near: String,
    follow: String,
    comments: String,
}

/// What was typed into the forms of the page and not accepted.
#[derive(Default)]
struct Given {
    state: String,
    body: String,
    dataset: String,
    /// To whom it was to be passed on, and why.
    passing: Option<(String, String)>,
}

/// GET /data/requests/{code}
pub async fn request(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    show(&town, &visit, NoteKind::Request, code).await
}

/// GET /data/issues/{code}
pub async fn issue(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    show(&town, &visit, NoteKind::Issue, code).await
}

/// GET /data/showcase/{code}
pub async fn reuse(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    show(&town, &visit, NoteKind::Reuse, code).await
}

async fn show(town: &Town, visit: &Visit, kind: NoteKind, code: String) -> Answer {
    let matter = matter(town, visit, kind, code).await?;
    if visit.wants == Wants::Json {
        let shelves = town.part::<Books>().now();
        let language = visit.t.language();
        let mut shown = view(town, &shelves, &matter.note, &matter.answers, language, visit.at);
        shown.passed_on = matter.passes.iter().map(Into::into).collect();
        return json(&shown);
    }
    render(town, visit, matter, Given::default(), &[])
}

/// What everybody sees; what waits, its author and those who answer.
async fn matter(town: &Town, visit: &Visit, kind: NoteKind, code: String) -> Result<Matter, Stop> {
    let (own, reader) = (town.clone(), visit.clone());
    let read = town.db().read(move |tx| {
        let Some(note) = store::by_code(tx, &code)?.filter(|note| note.kind == kind) else { return Ok(None) };
        let subject = note.subject();
        let notices = moderation::notices(tx, &subject)?;
        Ok::<_, DbError>(Some(Matter {
            answers: store::answers(tx, &code)?,
            passes: passing::passes(tx, &code)?,
            supports: store::is_supporter(tx, &code, reader.actor.person)?,
            notices: notices.iter().map(|notice| notice.sentence(&reader.t)).collect(),
            comments: commons::comments::seen_by(tx, &subject, &reader.actor)?,
            followers: commons::followers::count(tx, &subject)?,
            near: commons::thread::near(&own, tx, &subject, reader.t.language())?,
            note,
        }))
    });
    let found = read.await?.ok_or(Stop::NotFound)?;
    let is_author = found.note.person.is_some() && found.note.person == visit.actor.person;
    let answers = visit.actor.may_for(&acts::PUBLISH, Some(found.note.organisation));
    if found.note.is_public() || is_author || answers { Ok(found) } else { Err(Stop::NotFound) }
}

fn render(town: &Town, visit: &Visit, matter: Matter, given: Given, refusals: &[Refusal]) -> Answer {
    let (t, note) = (&visit.t, &matter.note);
    let (kind, shelves) = (note.kind, town.part::<Books>().now());
    let (path, subject) = (kind.page(note.code.as_str()), note.subject());
    let title = if note.title.is_empty() {
        t.with1("note-issue-named", "code", note.code.as_str())
    } else {
        note.title.clone()
    };
    let agency = shelves.agency_name(note.organisation, t.language()).to_owned();
    let may_answer = visit.actor.may_for(&acts::PUBLISH, Some(note.organisation));
    let named = |name: &String| {
        let title = shelves.find(name).map(|one| one.dataset.meta.title.in_language(t.language()).to_owned());
        (format!("/data/{name}"), title.unwrap_or_else(|| name.clone()))
    };
    let option = |state: &NoteState| Choice {
        value: state.word().to_owned(),
        label: state_name(t, kind, *state),
        detail: String::new(),
        chosen: state.word() == given.state,
    };
    let next = match note.due_at.filter(|_| note.state.is_open()) {
        Some(due) => t.with2("note-due", "agency", agency.clone(), "date", visit.date(due)),
        None => String::new(),
    };
    let page = NotePage {
        frame: Frame::new(town, visit, title.clone()).twins(visit, &[Wants::Json]),
        errors: FormErrors::of(refusals, t),
        crumbs: vec![
            crumb("/data", t.say("open-data-title")),
            crumb(list_path(kind), &list_title(t, kind)),
            crumb("", note.code.as_str()),
        ],
        subject_kind: kind.subject_kind().0,
        code: note.code.to_string(),
        version: note.version,
        name: t.say(&format!("subject-{}", kind.subject_kind().0)).to_owned(),
        title,
        text: note.body.clone(),
        url: note.url.clone(),
        meta: format!("{agency} · {}", visit.date(note.made_at)),
        state: state_name(t, kind, note.state),
        chip: note.state.chip(),
        late: note.is_late(visit.at),
        notices: matter.notices.clone(),
        datasets: note.datasets.iter().map(named).collect(),
        spot: spot(visit, note),
        answers: answers(&shelves, visit, &matter),
        next,
        supports: if kind == NoteKind::Request { number(note.supports, t.language()) } else { String::new() },
        may_support: crate::notes::decide::may_support(note).is_ok(),
        supported: matter.supports,
        known: visit.actor.person.is_some(),
        may_answer,
        pass_to: if may_answer { pass_to(town, visit, &matter, given.passing.as_ref()) } else { Vec::new() },
        passes: given.passing.is_some(),
        why: given.passing.map(|(_, why)| why).unwrap_or_default(),
        states: kind.answers().iter().map(option).collect(),
        names_dataset: kind == NoteKind::Request,
        typed: (given.body, given.dataset),
        is_public: note.is_public(),
        near: commons::thread::panel(town, visit, &subject, &matter.near),
        follow: commons::talk::follow(visit, &subject, &path, matter.followers, false),
        comments: commons::talk::comments(visit, &subject, &path, matter.comments),
        path,
    };
    page_with(refusals.first().map_or(StatusCode::OK, |refusal| refusal.status), &page)
}

/// Answers and steps of its way, in the order in which they came.
fn answers(shelves: &crate::books::Shelves, visit: &Visit, matter: &Matter) -> Vec<AnswerPart> {
    let by = |agency: &str, at| format!("{} · {}", agency_named(shelves, agency, visit), visit.date(at));
    let answer = |one: &NoteAnswer| {
        let heading = state_name(&visit.t, matter.note.kind, one.state);
        (one.at, AnswerPart { heading, text: one.body.clone(), by: by(&one.agency, one.at) })
    };
    let pass = |one: &Pass| {
        let heading = visit.t.with1("note-passed-on", "agency", agency_named(shelves, &one.to, visit));
        (one.at, AnswerPart { heading, text: one.body.clone(), by: by(&one.from, one.at) })
    };
    let mut all: Vec<_> = matter.answers.iter().map(answer).chain(matter.passes.iter().map(pass)).collect();
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, part)| part).collect()
}

/// To whom a request can be passed on, with who was chosen before; to nobody where it cannot.
fn pass_to(town: &Town, visit: &Visit, matter: &Matter, before: Option<&(String, String)>) -> Vec<Choice> {
    let shelves = town.part::<Books>().now();
    let own = shelves.agency_code(matter.note.organisation);
    let all = passing::next(town, own, &matter.passes, visit.t.language());
    let may = |code: &str| passing::may_pass(&matter.note, own, code, &matter.passes).is_ok();
    if !all.iter().any(|(code, _)| may(code)) {
        return Vec::new();
    }
    let none = (String::new(), visit.t.say("data-choose").to_owned());
    let is_chosen = |code: &str| before.is_some_and(|(to, _)| to == code);
    let choice =
        |(value, label): (String, String)| Choice { chosen: is_chosen(&value), value, label, detail: String::new() };
    std::iter::once(none).chain(all).map(choice).collect()
}

fn agency_named(shelves: &crate::books::Shelves, code: &str, visit: &Visit) -> String {
    let known = shelves.organisations.values().find(|one| one.code == code);
    known.map_or(code, |one| one.name.in_language(visit.t.language())).to_owned()
}

/// Where a mistake is, in words, and where that can be seen.
fn spot(visit: &Visit, note: &Note) -> (String, String) {
    let (spot, t) = (&note.spot, &visit.t);
    let Some(dataset) = note.datasets.first().filter(|_| !spot.table.is_empty()) else { return Default::default() };
    let row = spot.row.map(|row| t.with1("data-row", "number", row)).unwrap_or_default();
    let column =
        if spot.column.is_empty() { String::new() } else { format!("{}: {}", t.say("data-column"), spot.column) };
    let version = spot.version.map(|version| t.with1("data-in-version", "version", version)).unwrap_or_default();
    let parts = [spot.table.clone(), row, column, version];
    let words: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let table = format!("/data/{dataset}/{}", spot.table);
    let end = spot.version.map(|version| format!("?version={version}")).unwrap_or_default();
    let to = spot.row.map_or(table.clone(), |row| format!("{table}/row/{row}"));
    (words.join(" · "), format!("{to}{end}"))
}

/// POST /data/requests/{code}/support
pub async fn support(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    supported(&town, &visit, code, true).await
}

/// POST /data/requests/{code}/unsupport
pub async fn unsupport(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    supported(&town, &visit, code, false).await
}

async fn supported(town: &Town, visit: &Visit, code: String, gives: bool) -> Answer {
    let note = commands::support(town, visit.actor.clone(), code, gives).await?;
    done(town, visit, &note, if gives { "flash-note-supported" } else { "flash-note-unsupported" })
}

fn done(town: &Town, visit: &Visit, note: &Note, flash: &'static str) -> Answer {
    if visit.wants == Wants::Html {
        return see_other_saying(&note.kind.page(note.code.as_str()), flash);
    }
    json(&view(town, &town.part::<Books>().now(), note, &[], visit.t.language(), visit.at))
}

/// POST /data/requests/{code}/answer
pub async fn answer_request(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    form: Submission,
) -> Answer {
    answer(&town, &visit, NoteKind::Request, code, &form).await
}

/// POST /data/issues/{code}/answer
pub async fn answer_issue(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    form: Submission,
) -> Answer {
    answer(&town, &visit, NoteKind::Issue, code, &form).await
}

/// POST /data/showcase/{code}/answer
pub async fn answer_reuse(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    form: Submission,
) -> Answer {
    answer(&town, &visit, NoteKind::Reuse, code, &form).await
}

async fn answer(town: &Town, visit: &Visit, kind: NoteKind, code: String, form: &Submission) -> Answer {
    let field = |name: &str| form.text(name).unwrap_or_default().to_owned();
    let given = Given { state: field("state"), body: field("body"), dataset: field("dataset"), passing: None };
    let answered = match NoteState::of_word(&given.state) {
        Some(state) => {
            let seen = form.text("version").and_then(|version| version.parse().ok());
            let answering = Answering { state, body: given.body.clone(), dataset: given.dataset.clone(), seen };
            commands::answer(town, visit.actor.clone(), kind, code.clone(), answering).await
        }
        None => Err(Refusal::new("note-state").at("state").into()),
    };
    match answered {
        Ok(note) => done(town, visit, &note, "flash-note-answered"),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            render(town, visit, matter(town, visit, kind, code).await?, given, &refusals)
        }
        Err(stop) => Err(stop),
    }
}

/// POST /data/requests/{code}/pass
pub async fn pass(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let field = |name: &str| form.text(name).unwrap_or_default().to_owned();
    let seen = form.text("version").and_then(|version| version.parse().ok());
    let body = field("why");
    let said = if body.is_empty() { field("body") } else { body };
    let passing = Passing { to: field("organisation").trim().to_owned(), body: said, seen };
    let typed = (passing.to.clone(), passing.body.clone());
    match passing::pass(&town, visit.actor.clone(), code.clone(), passing).await {
        // Who passed it on may not answer it any more, but everybody reads it.
        Ok(note) => done(&town, &visit, &note, "flash-note-passed"),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let matter = matter(&town, &visit, NoteKind::Request, code).await?;
            render(&town, &visit, matter, Given { passing: Some(typed), ..Given::default() }, &refusals)
        }
        Err(stop) => Err(stop),
    }
}
