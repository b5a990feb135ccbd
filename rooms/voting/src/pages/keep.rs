//! The administrator sets up votes.

mod read;
mod table;

use super::list::chip;
use crate::{
    boxes::BallotBoxes,
    commands::{
        Change, NewOption, add_to_roll, change_vote, create_vote, make_codes, publish_vote, vote_of, withdraw_vote,
    },
    decide,
    model::{BallotKind, Definition, Origin, Phase, Vote, Voters},
    rule::{BudgetMethod, Completion, Gain, PollMethod, Rule, Ties},
    store, views,
};
use axum::{extract::State, http::StatusCode, response::Response};
use civic::{Language, LocalText};
use database::DbError;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page, page_with, see_other, see_other_saying},
    forms::{FormErrors, Submission},
    parts::Choice,
    table::csv_answer,
    visit::Path,
};

/// Addresses without an account that are told one by one.
const UNKNOWN_SHOWN: usize = 20;
/// Votes that the list shows.
const LIST_LIMIT: u32 = 200;

struct Line {
    code: String,
    title: String,
    phase: String,
    chip: &'static str,
    opens: String,
    closes: String,
}

#[derive(askama::Template)]
#[template(path = "keep_list.html")]
struct ListPage {
    frame: Frame,
    errors: FormErrors,
    lines: Vec<Line>,
    titles: Vec<LocalField>,
    kinds: Vec<Choice>,
}

/// A field for one language.
pub(super) struct LocalField {
    id: String,
    name: String,
    label: String,
    value: String,
    lang: &'static str,
}

struct OptionLine {
    id: String,
    title: String,
    cost: String,
    district: String,
}

#[derive(askama::Template)]
#[template(path = "keep_edit.html")]
struct EditPage {
    frame: Frame,
    errors: FormErrors,
    code: String,
    title: String,
    phase: String,
    chip: &'static str,
    version: i64,
    is_draft: bool,
    may_change: bool,
    is_budget: bool,
    missing: Vec<String>,
    titles: Vec<LocalField>,
    texts: Vec<LocalField>,
    budget: String,
    budget_label: String,
    cost_label: String,
    opens: String,
    closes: String,
    voters: Vec<Choice>,
    paper: bool,
    ballots: Vec<Choice>,
    number: String,
    methods: Vec<Choice>,
    satisfactions: Vec<Choice>,
    completions: Vec<Choice>,
    ties: Vec<Choice>,
    seats: String,
    options: Vec<OptionLine>,
    option_titles: Vec<LocalField>,
    option_texts: Vec<LocalField>,
    districts: Vec<Choice>,
    by_codes: bool,
    by_roll: bool,
    roll: String,
    key_missing: bool,
}

/// GET /admin/votes
pub async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    show_list(&town, &visit, FormErrors::default(), None).await
}

async fn show_list(town: &Town, visit: &Visit, errors: FormErrors, typed: Option<&LocalText>) -> Answer {
    let votes = town
        .db()
        .read(|tx| store::page_of(tx, true, None, LIST_LIMIT))
        .await
        .map_err(|error: DbError| Stop::from(error))?;
    let t = &visit.t;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let line = |vote: &Vote| {
        let phase = decide::phase(vote, visit.at);
        Line {
            code: vote.code.to_string(),
            title: vote.definition.title.in_language(t.language()).to_owned(),
            phase: t.say(&format!("phase-{}", phase.word())).to_owned(),
            chip: chip(phase),
            opens: visit.date_time(vote.definition.opens_at),
            closes: visit.date_time(vote.definition.closes_at),
        }
    };
    let kinds = ["budget", "poll"].map(|kind| Choice {
        value: kind.to_owned(),
        label: t.say(&format!("kind-{kind}")).to_owned(),
        detail: t.say(&format!("kind-{kind}-detail")).to_owned(),
        chosen: kind == "budget",
    });
    page_with(
        status,
        &ListPage {
            frame: Frame::new(town, visit, t.say("keep-title")),
            errors,
            lines: votes.items.iter().map(line).collect(),
            titles: local_fields(town, visit, "title", "keep-vote-title", typed),
            kinds: kinds.to_vec(),
        },
    )
}

/// POST /admin/votes
pub async fn create(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let Some(title) = read::local(&form, "title") else {
        let errors = FormErrors::of(&[Refusal::new("vote-title-none").at("title")], &visit.t);
        return show_list(&town, &visit, errors, None).await;
    };
    let definition = read::fresh(&town, title, form.text("kind") == Some("poll"));
    let vote = create_vote(&town, definition, Origin::Held).await?;
    see_other(&format!("/admin/votes/{}", vote.code))
}

/// GET /admin/votes/{code}
pub async fn edit(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let vote = vote_of(&town, &code).await?;
    show_edit(&town, &visit, &vote, FormErrors::default()).await
}

/// POST /admin/votes/{code}: everything but the options.
pub async fn save(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = vote_of(&town, &code).await?;
    let settings = match read::settings(&town, &vote, &form) {
        Ok(settings) => settings,
        Err(refusals) => return show_edit(&town, &visit, &vote, FormErrors::of(&refusals, &visit.t)).await,
    };
    let version = read::version(&form)?;
    let changed =
        change_vote(&town, visit.actor.clone(), &code, version, Change::Settings(Box::new(settings.clone()))).await;
    let typed = Vote { definition: Definition { options: vote.definition.options.clone(), ..settings }, ..vote };
    answered(&town, &visit, &typed, changed, "flash-vote-kept").await
}

/// POST /admin/votes/{code}/options: one option, a table of them, or what another subject offers.
pub async fn add(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = vote_of(&town, &code).await?;
    let new = match form.text("how").unwrap_or("one") {
        "table" => table::options(&town, &form),
        "subject" => offered(&town, &form).await?,
        _ => read::option(&form, vote.is_budget()).map(|option| vec![option]),
    };
    let new = match new {
        Ok(new) => new,
        Err(refusals) => return show_edit(&town, &visit, &vote, FormErrors::of(&refusals, &visit.t)).await,
    };
    let changed = change_vote(&town, visit.actor.clone(), &code, read::version(&form)?, Change::Add(new)).await;
    answered(&town, &visit, &vote, changed, "flash-vote-options").await
}

/// What a subject of any room offers, as options.
async fn offered(town: &Town, form: &Submission) -> Result<Result<Vec<NewOption>, Vec<Refusal>>, Stop> {
    let typed = form.text("subject").unwrap_or_default();
    let unknown = || vec![Refusal::new("vote-subject").at("subject")];
    let Some((kind, id)) = typed.split_once('/') else { return Ok(Err(unknown())) };
    let subject = civic::Subject { kind: kind.to_owned(), id: id.to_owned() };
    let own = town.clone();
    let offers = town.db().read(move |tx| own.part::<web::manifest::Catalogue>().offers(&own, tx, &subject)).await;
    let offers = offers.map_err(|error: DbError| Stop::from(error))?.unwrap_or_default();
    let currency = town.settings().currency;
    let option = |offer: web::manifest::Offer| NewOption {
        title: LocalText::plain(offer.title),
        text: (!offer.summary.is_empty()).then(|| LocalText::plain(offer.summary)),
        cost_cents: offer.cost.filter(|cost| cost.currency == currency).map_or(0, |cost| cost.amount_cents),
        district: offer.district,
        from: Some(offer.subject),
    };
    if offers.is_empty() { Ok(Err(unknown())) } else { Ok(Ok(offers.into_iter().map(option).collect())) }
}

/// POST /admin/votes/{code}/remove
pub async fn remove(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = vote_of(&town, &code).await?;
    let option = form.text("option").unwrap_or_default().to_owned();
    let changed = change_vote(&town, visit.actor.clone(), &code, read::version(&form)?, Change::Remove(option)).await;
    answered(&town, &visit, &vote, changed, "flash-vote-options").await
}

/// POST /admin/votes/{code}/publish
pub async fn publish(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let vote = vote_of(&town, &code).await?;
    let published = publish_vote(&town, visit.actor.clone(), &code).await;
    answered(&town, &visit, &vote, published, "flash-vote-published").await
}

/// POST /admin/votes/{code}/withdraw
pub async fn withdraw(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = vote_of(&town, &code).await?;
    let withdrawn = withdraw_vote(&town, visit.actor.clone(), &code, form.text("why").unwrap_or_default()).await;
    answered(&town, &visit, &vote, withdrawn, "flash-vote-withdrawn").await
}

/// POST /admin/votes/{code}/codes: a file of codes, told once.
pub async fn codes(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = vote_of(&town, &code).await?;
    let count = form.text("codes").and_then(|text| text.parse().ok()).unwrap_or(0);
    let made = if vote.definition.voters == Voters::Codes {
        make_codes(&town, visit.actor.clone(), &code, count).await
    } else {
        Err(Refusal::new("vote-codes-none").at("codes").into())
    };
    match made {
        Ok(codes) => {
            let url = town.url(&format!("/votes/{}/ballot", vote.code));
            let mut answer = csv_answer(&["code", "url"], codes.into_iter().map(|code| [code, url.clone()]))?;
            download(&mut answer, &format!("{}-codes.csv", vote.code))?;
            Ok(answer)
        }
        Err(Stop::Refused(refusals)) => show_edit(&town, &visit, &vote, FormErrors::of(&refusals, &visit.t)).await,
        Err(other) => Err(other),
    }
}

/// POST /admin/votes/{code}/roll: addresses of accounts; those that have none are told.
pub async fn roll(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = vote_of(&town, &code).await?;
    let added = if vote.definition.voters == Voters::Roll {
        add_to_roll(&town, visit.actor.clone(), &code, form.text("roll").unwrap_or_default()).await
    } else {
        Err(Refusal::new("vote-roll-not").at("roll").into())
    };
    let refusals = match added {
        Ok(unknown) if unknown.is_empty() => {
            return see_other_saying(&format!("/admin/votes/{}", vote.code), "flash-vote-roll");
        }
        Ok(unknown) => {
            let shown = unknown.iter().take(UNKNOWN_SHOWN).cloned().collect::<Vec<_>>().join(", ");
            vec![
                Refusal::new("vote-roll-unknown")
                    .at("roll")
                    .with("count", unknown.len() as i64)
                    .with("addresses", shown),
            ]
        }
        Err(Stop::Refused(refusals)) => refusals,
        Err(other) => return Err(other),
    };
    show_edit(&town, &visit, &vote, FormErrors::of(&refusals, &visit.t)).await
}

fn download(answer: &mut Response, name: &str) -> Result<(), Stop> {
    use axum::http::{HeaderValue, header};
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).map_err(Stop::fault)?;
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(())
}

/// Back to the page of the vote, with what stands against it where something does.
async fn answered(town: &Town, visit: &Visit, vote: &Vote, done: Result<Vote, Stop>, flash: &'static str) -> Answer {
    match done {
        Ok(vote) => see_other_saying(&format!("/admin/votes/{}", vote.code), flash),
        Err(Stop::Refused(refusals)) if refusals.iter().all(|one| one.status == StatusCode::UNPROCESSABLE_ENTITY) => {
            show_edit(town, visit, vote, FormErrors::of(&refusals, &visit.t)).await
        }
        Err(other) => Err(other),
    }
}

async fn show_edit(town: &Town, visit: &Visit, vote: &Vote, errors: FormErrors) -> Answer {
    let asked = vote.code.as_str().to_owned();
    let roll =
        town.db().read(move |tx| store::count_roll(tx, &asked)).await.map_err(|error: DbError| Stop::from(error))?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page_of_it = edit_page(town, visit, vote, errors, roll);
    if status == StatusCode::OK { page(&page_of_it) } else { page_with(status, &page_of_it) }
}

fn edit_page(town: &Town, visit: &Visit, vote: &Vote, errors: FormErrors, roll: i64) -> EditPage {
    let t = &visit.t;
    let definition = &vote.definition;
    let phase = decide::phase(vote, visit.at);
    let (is_draft, may_change) = (phase == Phase::Draft, matches!(phase, Phase::Draft | Phase::Announced));
    let missing = if is_draft { decide::judge(definition, visit.at) } else { Vec::new() };
    let currency = definition.budget.map(|budget| budget.currency.to_string()).unwrap_or_default();
    let local = |field: &str, key: &str, text: Option<&LocalText>| local_fields(town, visit, field, key, text);
    let (methods, satisfactions, completions, ties, seats) = rule_fields(visit, definition.rule);
    EditPage {
        frame: Frame::new(town, visit, t.say("keep-edit")),
        errors,
        code: vote.code.to_string(),
        title: definition.title.in_language(t.language()).to_owned(),
        phase: t.say(&format!("phase-{}", phase.word())).to_owned(),
        chip: chip(phase),
        version: vote.version,
        is_draft,
        may_change,
        is_budget: vote.is_budget(),
        missing: missing.iter().map(|refusal| refusal.sentence(t)).collect(),
        titles: local("title", "keep-vote-title", Some(&definition.title)),
        texts: local("text", "keep-vote-text", definition.text.as_ref()),
        budget: budgeting::amount::written(definition.budget_cents().into(), 2),
        budget_label: t.with1("keep-budget", "currency", currency.as_str()),
        cost_label: t.with1("keep-cost", "currency", currency.as_str()),
        opens: read::typed(definition.opens_at, &visit.zone),
        closes: read::typed(definition.closes_at, &visit.zone),
        voters: choices(visit, Voters::ALL.iter().map(|one| one.word()), "voters", definition.voters.word()),
        paper: definition.paper,
        ballots: choices(visit, read::BUDGET_BALLOTS.into_iter(), "kind-of-ballot", definition.ballot.word()),
        number: definition.ballot.number().map(|number| number.to_string()).unwrap_or_default(),
        methods,
        satisfactions,
        completions,
        ties,
        seats,
        options: definition.options.iter().map(|option| option_line(town, visit, vote, option)).collect(),
        option_titles: local("option-title", "keep-option-title", None),
        option_texts: local("option-text", "keep-option-text", None),
        districts: district_choices(town, visit),
        by_codes: definition.voters == Voters::Codes,
        by_roll: definition.voters == Voters::Roll,
        roll: web::dates::number(roll, t.language()),
        key_missing: !matches!(phase, Phase::Decided | Phase::Undecided | Phase::Withdrawn)
            && town.part::<BallotBoxes>().key(vote.code.as_str(), &vote.key_print).is_err(),
    }
}

fn option_line(town: &Town, visit: &Visit, vote: &Vote, option: &crate::model::VoteOption) -> OptionLine {
    let district = option.district.as_deref().unwrap_or_default();
    OptionLine {
        id: option.id.clone(),
        title: option.title.in_language(visit.t.language()).to_owned(),
        cost: views::money(option.cost_cents, &vote.definition, visit.t.language()),
        district: town.part::<places::Districts>().name(district).unwrap_or_else(|| district.to_owned()),
    }
}

type RuleFields = (Vec<Choice>, Vec<Choice>, Vec<Choice>, Vec<Choice>, String);

fn rule_fields(visit: &Visit, rule: Rule) -> RuleFields {
    let words = |prefix: &str, all: Vec<&'static str>, chosen: &str| choices(visit, all.into_iter(), prefix, chosen);
    match rule {
        Rule::Budget(rule) => (
            words("method", BudgetMethod::ALL.iter().map(|one| one.word()).collect(), rule.method.word()),
            words("gain", Gain::ALL.iter().map(|one| one.word()).collect(), rule.satisfaction.word()),
            words("completion", Completion::ALL.iter().map(|one| one.word()).collect(), rule.completion.word()),
            words("ties", Ties::ALL.iter().map(|one| one.word()).collect(), rule.ties.word()),
            String::new(),
        ),
        Rule::Poll(rule) => (
            words("method", PollMethod::ALL.iter().map(|one| one.word()).collect(), rule.method.word()),
            Vec::new(),
            Vec::new(),
            Vec::new(),
            rule.seats.to_string(),
        ),
    }
}

fn choices(visit: &Visit, words: impl Iterator<Item = &'static str>, prefix: &str, chosen: &str) -> Vec<Choice> {
    words
        .map(|word| Choice {
            value: word.to_owned(),
            label: visit.t.say(&format!("{prefix}-{}", word.replace(',', "-"))).to_owned(),
            detail: String::new(),
            chosen: word == chosen,
        })
        .collect()
}

fn district_choices(town: &Town, visit: &Visit) -> Vec<Choice> {
    let all = town.part::<places::Districts>().all();
    let named = all.into_iter().map(|(value, label)| Choice { value, label, detail: String::new(), chosen: false });
    let none = Choice {
        label: visit.t.say("keep-no-district").to_owned(),
        value: String::new(),
        detail: String::new(),
        chosen: true,
    };
    std::iter::once(none).chain(named).collect()
}

pub(super) fn local_fields(
    town: &Town,
    visit: &Visit,
    field: &str,
    key: &str,
    text: Option<&LocalText>,
) -> Vec<LocalField> {
    let of = |(place, language): (usize, &Language)| LocalField {
        // The first takes the name of the field as its id, so that the error summary can lead there.
        id: if place == 0 { field.to_owned() } else { format!("{field}-{}", language.tag()) },
        name: format!("{field}-{}", language.tag()),
        label: visit.t.with1(key, "language", language.own_name()),
        value: text.and_then(|text| text.exactly(*language)).unwrap_or_default().to_owned(),
        lang: language.tag(),
    };
    town.settings().languages.iter().enumerate().map(of).collect()
}

/// The kind of ballot of this word, with its number.
fn ballot_kind(word: &str, number: u16) -> Option<BallotKind> {
    Some(match word {
        "one" => BallotKind::One,
        "approval" => BallotKind::Approval { most: number },
        "cart" => BallotKind::Cart,
        "ranking" => BallotKind::Ranking { most: number },
        "points" => BallotKind::Points { total: number },
        _ => return None,
    })
}
