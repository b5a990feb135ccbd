//! Making and leading a conversation.

use super::{
    choices::{choices, language_choices, organisation_choices, promisers},
    desk_path, led, read,
    typed::Typed,
};
use crate::{
    books::{Books, Known},
    commands::{self, Advance, may_lead},
    decide::seeds_of,
    model::{Conversation, Entry, MapShown, Moderation, Phase},
    pages::{
        list::{Line, line},
        shown::coordination,
    },
    views::path,
};
use axum::{extract::State, http::StatusCode};
use civic::LocalText;
use people::organisations::{self, Organisation};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    locals::{LocalField, labelled_fields},
    parts::{Choice, Crumb},
    visit::Path,
};

/// A conversation at the desk.
struct DeskLine {
    line: Line,
    href: String,
    waiting: usize,
}

#[derive(askama::Template)]
#[template(path = "desk_conversations.html")]
struct DeskPage {
    frame: Frame,
    lines: Vec<DeskLine>,
    may_import: bool,
}

#[derive(askama::Template)]
#[template(path = "desk_conversation.html")]
struct EditPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    is_new: bool,
    action: String,
    desk: String,
    own: String,
    phase: &'static str,
    phase_words: String,
    can_reopen: bool,
    waiting: usize,
    seeds: usize,
    questions: Vec<LocalField>,
    introductions: Vec<LocalField>,
    facts: Vec<LocalField>,
    /// In which language the facts are written.
    originals: Vec<Choice>,
    /// By whom they are translated into each language: the field, its label, the choices.
    hands: Vec<(String, String, Vec<Choice>)>,
    sources: String,
    /// Statements to begin with that were refused.
    seeds_typed: String,
    promises: Vec<LocalField>,
    /// Who can promise something.
    promisers: Vec<Choice>,
    due: String,
    /// The statements that a promise answers.
    answered: String,
    organisations: Vec<Choice>,
    moderations: Vec<Choice>,
    entries: Vec<Choice>,
    least_age: String,
    lives_in: String,
    by_roll: bool,
    languages: Vec<Choice>,
    opens: String,
    closes: String,
    writing: String,
    maps: Vec<Choice>,
    census: String,
    about: String,
    take_part: String,
    /// What may be coordinated, in sentences.
    coordination: Vec<String>,
    /// How the taking over can be undone, and until when; empty where it cannot.
    undo: String,
}

/// GET /desk/conversations
pub async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    let mut lines = Vec::new();
    for known in town.part::<Books>().all() {
        if may_lead(visit.actor(), &known.conversation) && known.conversation.undone_at.is_none() {
            let line = line(&visit, &known);
            lines.push(DeskLine { href: desk_path(&line.code), waiting: waiting(&known), line });
        }
    }
    page(&DeskPage {
        frame: Frame::new(&town, &visit, visit.t.say("facilitate-title")),
        lines,
        may_import: visit.actor.may(&crate::acts::IMPORT),
    })
}

/// How many statements wait for somebody to look at them.
fn waiting(known: &Known) -> usize {
    known.statements.iter().filter(|one| one.standing == crate::model::Standing::Waiting).count()
}

/// GET /desk/conversations/new
pub async fn new(State(town): State<Town>, visit: Visit) -> Answer {
    show(&town, &visit, None, Typed::default(), FormErrors::default(), StatusCode::OK).await
}

/// GET /desk/conversations/{code}
pub async fn edit(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let known = led(&town, &visit, &code)?;
    show(&town, &visit, Some(&known), Typed::default(), FormErrors::default(), StatusCode::OK).await
}

/// POST /desk/conversations
pub async fn start(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let organisations = all_organisations(&town).await?;
    let made = match read::definition(&town, &visit, &form, &organisations) {
        Ok(definition) => commands::start_conversation(&town, visit.actor.clone(), definition).await,
        Err(refusals) => Err(Stop::Refused(refusals)),
    };
    match made {
        Ok(made) => see_other_saying(&desk_path(made.code.as_str()), "flash-conversation-saved"),
        Err(Stop::Refused(refusals)) => again(&town, &visit, None, &form, &refusals).await,
        Err(stop) => Err(stop),
    }
}

/// POST /desk/conversations/{code}
pub async fn save(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let known = led(&town, &visit, &code)?;
    let organisations = all_organisations(&town).await?;
    let saved = match read::definition(&town, &visit, &form, &organisations) {
        Ok(definition) => commands::save_conversation(&town, visit.actor.clone(), &code, definition).await,
        Err(refusals) => Err(Stop::Refused(refusals)),
    };
    settled(&town, &visit, &known, &form, saved).await
}

/// POST /desk/conversations/{code}/advance
pub async fn advance(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let known = led(&town, &visit, &code)?;
    let advance = match form.text("to") {
        Some("publish") => Advance::Publish,
        Some("close") => Advance::Close,
        Some("reopen") => Advance::Reopen,
        _ => return again(&town, &visit, Some(&known), &form, &[Refusal::new("conversation-not-now")]).await,
    };
    let done = commands::advance_conversation(&town, visit.actor.clone(), &code, advance).await;
    settled(&town, &visit, &known, &form, done).await
}

/// POST /desk/conversations/{code}/facts
pub async fn facts(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let known = led(&town, &visit, &code)?;
    let done = commands::set_facts(&town, visit.actor.clone(), &code, read::facts(&town, &form)).await;
    settled(&town, &visit, &known, &form, done).await
}

/// POST /desk/conversations/{code}/seeds
pub async fn seeds(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let known = led(&town, &visit, &code)?;
    let language = form.text("language").and_then(|text| text.parse().ok()).unwrap_or(visit.t.language());
    let seeds = seeds_of(form.text("seeds").unwrap_or_default());
    let done = if seeds.is_empty() {
        Err(Refusal::new("statement-short").at("seeds").into())
    } else {
        commands::add_seeds(&town, visit.actor.clone(), &code, language, seeds).await.map(|_| ())
    };
    settled(&town, &visit, &known, &form, done).await
}

/// POST /desk/conversations/{code}/promises
pub async fn promise(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let known = led(&town, &visit, &code)?;
    let organisations = all_organisations(&town).await?;
    let done = match read::promise(&town, &form, &organisations) {
        Ok(promise) => commands::add_promise(&town, visit.actor.clone(), &code, promise).await,
        Err(refusal) => Err(refusal.into()),
    };
    settled(&town, &visit, &known, &form, done).await
}

/// POST /desk/conversations/{code}/undo-import
pub async fn undo_import(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let known = led(&town, &visit, &code)?;
    let done = if form.is_ticked("sure") {
        commands::undo_import(&town, visit.actor.clone(), &code).await
    } else {
        Err(Refusal::new("conversation-undo-sure").at("sure").into())
    };
    match done {
        Ok(_) => see_other_saying("/desk/conversations", "flash-import-undone"),
        Err(Stop::Refused(refusals)) => again(&town, &visit, Some(&known), &form, &refusals).await,
        Err(stop) => Err(stop),
    }
}

/// What the page says of undoing.
fn undo_sentence(visit: &Visit, known: &Known) -> String {
    let deadline = commands::undo_deadline(&known.conversation).filter(|deadline| visit.at < *deadline);
    let Some(deadline) = deadline.filter(|_| visit.actor.may(&crate::acts::IMPORT)) else { return String::new() };
    let (people, answers) = known.totals;
    let values = [
        ("date", visit.date_time(deadline).into()),
        ("statements", known.statements.len().into()),
        ("people", people.into()),
        ("answers", answers.into()),
    ];
    visit.t.with("import-undo-text", &values)
}

async fn settled(town: &Town, visit: &Visit, known: &Known, form: &Submission, done: Result<(), Stop>) -> Answer {
    match done {
        Ok(()) => see_other_saying(&desk_path(known.conversation.code.as_str()), "flash-conversation-saved"),
        Err(Stop::Refused(refusals)) => again(town, visit, Some(known), form, &refusals).await,
        Err(stop) => Err(stop),
    }
}

/// The page again with what is wrong, and with everything that was typed.
async fn again(town: &Town, visit: &Visit, known: Option<&Known>, form: &Submission, refusals: &[Refusal]) -> Answer {
    let status = refusals.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |refusal| refusal.status);
    show(town, visit, known, Typed(Some(form)), FormErrors::of(refusals, &visit.t), status).await
}

async fn all_organisations(town: &Town) -> Result<Vec<Organisation>, Stop> {
    town.db().read(organisations::list).await.map_err(Stop::from)
}

async fn show(
    town: &Town,
    visit: &Visit,
    known: Option<&Known>,
    typed: Typed<'_>,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let organisations = all_organisations(town).await?;
    let t = &visit.t;
    let one = known.map(|known| &known.conversation);
    let code = one.map(|one| one.code.to_string()).unwrap_or_default();
    let facts = known.and_then(|known| known.facts.as_ref());
    let languages = &town.settings().languages;
    let local = |field: &str, key: &str, text: Option<&LocalText>| {
        labelled_fields(visit, languages, field, key, |language| {
            let given = typed.given(&format!("{field}[{}]", language.tag()));
            given.or_else(|| text?.exactly(language))
        })
    };
    let title = if known.is_some() { t.say("facilitate-edit") } else { t.say("facilitate-new") };
    let phase = one.map_or("draft", |one| one.phase(visit.at).word());
    let sources =
        facts.map(|facts| facts.sources.iter().map(|one| format!("{} | {}", one.label, one.url)).collect::<Vec<_>>());
    page_with(
        status,
        &EditPage {
            frame: Frame::new(town, visit, title),
            crumbs: edit_crumbs(visit, one),
            errors,
            is_new: known.is_none(),
            action: if known.is_some() { desk_path(&code) } else { "/desk/conversations".to_owned() },
            desk: desk_path(&code),
            own: path(&code),
            phase_words: t.say(&format!("conversation-phase-{phase}")).to_owned(),
            phase,
            can_reopen: one.is_some_and(|one| {
                matches!(one.phase(visit.at), Phase::Closed(_)) && one.closed_at.is_some() && one.origin.is_none()
            }),
            waiting: known.map_or(0, waiting),
            seeds: known.map_or(0, |known| known.statements.len()),
            questions: local("question", "facilitate-question", one.map(|one| &one.question)),
            introductions: local("introduction", "facilitate-introduction", one.map(|one| &one.introduction)),
            facts: local("facts", "facilitate-facts", facts.map(|facts| &facts.words)),
            originals: typed.chosen("original", super::translated::originals(town, visit, facts)),
            hands: super::translated::hands(town, visit, facts)
                .into_iter()
                .map(|(id, label, choices)| (id.clone(), label, typed.chosen(&id, choices)))
                .collect(),
            sources: typed.or("sources", || sources.unwrap_or_default().join("\n")),
            seeds_typed: typed.or("seeds", String::new),
            promises: local("promise", "facilitate-promise", None),
            promisers: typed.chosen("by", promisers(visit, &organisations, one)),
            due: typed.or("due", String::new),
            answered: typed.or("statements", String::new),
            organisations: typed.chosen("organisation", organisation_choices(visit, &organisations, one)),
            moderations: typed.chosen(
                "moderation",
                choices(
                    visit,
                    "conversation-moderation",
                    Moderation::ALL.iter().map(|one| one.word()),
                    one.map_or("first", |one| one.moderation.word()),
                ),
            ),
            entries: typed.chosen(
                "entry",
                choices(
                    visit,
                    "conversation-entry",
                    Entry::ALL.iter().map(|one| one.word()),
                    one.map_or("anybody", |one| one.entry.word()),
                ),
            ),
            least_age: typed.or("least_age", || {
                one.and_then(|one| one.eligible.least_age).map(|age| age.to_string()).unwrap_or_default()
            }),
            lives_in: typed.or("lives_in", || one.map(|one| one.eligible.lives_in.join(", ")).unwrap_or_default()),
            by_roll: one.is_some_and(|one| one.entry == Entry::Roll),
            languages: typed.chosen("language", language_choices(town, visit)),
            opens: typed.or("opens", || read::local_text(visit, one.and_then(|one| one.opens_at))),
            writing: typed.or("writing", || read::local_text(visit, one.and_then(|one| one.writing_until))),
            maps: typed.chosen(
                "map_shown",
                choices(
                    visit,
                    "conversation-map-shown",
                    MapShown::ALL.iter().map(|one| one.word()),
                    one.map_or("open", |one| one.map_shown.word()),
                ),
            ),
            closes: typed.or("closes", || read::local_text(visit, one.and_then(|one| one.closes_at))),
            census: typed.or("census", || one.map(census_lines).unwrap_or_default()),
            about: typed
                .or("about", || one.and_then(|one| one.about.as_ref()).map(ToString::to_string).unwrap_or_default()),
            coordination: known.map(|known| coordination(visit, known)).unwrap_or_default(),
            undo: known.map(|known| undo_sentence(visit, known)).unwrap_or_default(),
            take_part: town.url(&format!("{}/take-part", path(&code))),
        },
    )
}

fn edit_crumbs(visit: &Visit, one: Option<&Conversation>) -> Vec<Crumb> {
    let label = match one {
        Some(one) => one.question.in_language(visit.t.language()).chars().take(60).collect(),
        None => visit.t.say("facilitate-new").to_owned(),
    };
    let desk = Crumb { href: "/desk/conversations".to_owned(), label: visit.t.say("facilitate-title").to_owned() };
    vec![desk, Crumb { href: String::new(), label }]
}

fn census_lines(one: &Conversation) -> String {
    one.census.iter().map(|(code, people)| format!("{code}, {people}")).collect::<Vec<_>>().join("\n")
}
