//! Writing a proposal: a draft saved as often as one likes, similar ones shown, handed in when it is ready; corrected later.

use super::{admin::read::units, chip, similar};
use crate::{
    commands::{self, Submitted},
    decide::Words,
    model::{PHOTOS_LIMIT, PhaseAct, Process, Proposal, State},
    store,
    views::{Eyes, ProposalRow},
};
use axum::{
    extract::State as Extract,
    http::{StatusCode, header},
};
use civic::Place;
use commons::files::StoredPhoto;
use database::DbError;
use places::Districts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::{json, json_with, page, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::{Choice, Crumb},
    visit::{Path, Query},
};

/// Which process, and what it grows from.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Begun {
    process: String,
    from: String,
}

/// What was typed so far, and what it belongs to.
struct Sheet {
    process: Process,
    /// The proposal; `None` before the first save.
    proposal: Option<Proposal>,
    words: Words,
    errors: FormErrors,
    status: StatusCode,
    zoom: String,
}

#[derive(askama::Template)]
#[template(path = "proposal_write.html")]
struct WritePage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    action: String,
    code: String,
    is_draft: bool,
    can_submit: bool,
    version: i64,
    process_title: String,
    process_code: String,
    words: Words,
    categories: Vec<Choice>,
    districts: Vec<Choice>,
    asks_cost: bool,
    currency: String,
    picture: String,
    zoom: String,
    bounds: String,
    photos: Vec<String>,
    photos_most: usize,
    similar: Vec<similar::Similar>,
}

#[derive(askama::Template)]
#[template(path = "proposal_choose.html")]
struct ChoosePage {
    frame: Frame,
    cards: Vec<(String, String, String)>,
}

/// GET /proposals/new
pub async fn start(Extract(town): Extract<Town>, visit: Visit, Query(begun): Query<Begun>) -> Answer {
    if begun.process.is_empty() {
        return choose(&town, &visit, &begun.from).await;
    }
    let words = Words { sources: begun.from, ..Words::default() };
    let process = process(&town, begun.process).await?;
    let status = StatusCode::OK;
    show(
        &town,
        &visit,
        Sheet { process, proposal: None, words, errors: FormErrors::default(), status, zoom: String::new() },
    )
    .await
}

async fn process(town: &Town, code: String) -> Result<Process, Stop> {
    town.db().read(move |tx| store::published(tx, &code)?.ok_or(Stop::NotFound)).await
}

/// Which process is it for? Only those that take proposals now.
async fn choose(town: &Town, visit: &Visit, from: &str) -> Answer {
    let processes =
        town.db().read(|tx| store::processes(tx, false)).await.map_err(|error: DbError| Stop::from(error))?;
    let open = processes.iter().filter(|process| process.allows(PhaseAct::Submit, visit.at, 0));
    let language = visit.t.language();
    let card = |process: &Process| {
        let query = [("process", process.code.as_str()), ("from", from)];
        let given: Vec<_> = query.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let href = format!("/proposals/new?{}", serde_urlencoded::to_string(&given).unwrap_or_default());
        let definition = &process.definition;
        let text = |text: &civic::LocalText| text.in_language(language).to_owned();
        (href, text(&definition.title), text(&definition.summary))
    };
    page(&ChoosePage {
        cards: open.map(card).collect(),
        frame: Frame::new(town, visit, visit.t.say("proposal-choose")),
    })
}

async fn show(town: &Town, visit: &Visit, sheet: Sheet) -> Answer {
    let text = format!("{} {}", sheet.words.title, sheet.words.text);
    let own = sheet.proposal.as_ref().map(|one| one.code.to_string()).unwrap_or_default();
    let is_submitted = sheet.proposal.as_ref().is_some_and(|one| one.state != State::Draft);
    let subject = sheet.proposal.as_ref().map(Proposal::subject);
    let look = move |tx: &mut database::Tx<'_>| {
        let files = match subject.filter(|_| is_submitted) {
            Some(subject) => commons::files::of(tx, &subject)?,
            None => Vec::new(),
        };
        Ok::<_, DbError>((similar::find(tx, &text, &own)?, files))
    };
    let (found, files) = town.db().read(look).await.map_err(Stop::from)?;
    let similar = similar::shown(town, found);
    let attached = files.into_iter().map(|file| format!("/files/{}.jpg?small=1", file.id)).collect();
    let status = sheet.status;
    page_with(status, &compose(town, visit, sheet, similar, attached))
}

fn compose(
    town: &Town,
    visit: &Visit,
    sheet: Sheet,
    similar: Vec<similar::Similar>,
    attached: Vec<String>,
) -> WritePage {
    let t = &visit.t;
    let Sheet { process, proposal, words, errors, zoom, .. } = sheet;
    let language = t.language();
    let definition = &process.definition;
    let districts = town.part::<Districts>();
    let title = definition.title.in_language(language).to_owned();
    let code = proposal.as_ref().map(|one| one.code.to_string()).unwrap_or_default();
    let is_draft = proposal.as_ref().is_none_or(|one| one.state == State::Draft);
    let heading = t.say(if is_draft { "proposal-new" } else { "proposal-correct" });
    let named = |topic: &crate::model::Topic| (topic.code.clone(), topic.name.in_language(language).to_owned());
    let offered = districts
        .all()
        .into_iter()
        .filter(|(code, _)| definition.districts.is_empty() || definition.districts.contains(code));
    let picture = if districts.is_empty() {
        String::new()
    } else {
        format!("/districts/pin-map.svg?lat={}&long={}&zoom={zoom}", number(&words.lat), number(&words.long))
    };
    WritePage {
        frame: Frame::new(town, visit, heading),
        errors,
        crumbs: vec![
            Crumb { href: "/processes".to_owned(), label: t.say("processes-title").to_owned() },
            Crumb { href: format!("/processes/{}", process.code), label: title.clone() },
            Crumb { href: String::new(), label: heading.to_owned() },
        ],
        action: if code.is_empty() { "/proposals/new".to_owned() } else { format!("/proposals/{code}/edit") },
        can_submit: process.allows(PhaseAct::Submit, visit.at, 0),
        version: proposal.as_ref().map_or(1, |one| one.version),
        process_title: title,
        categories: super::choices(
            t.say("proposal-no-category"),
            definition.categories.iter().map(named),
            &words.category,
        ),
        districts: super::choices(t.say("proposal-no-district"), offered, &words.district),
        asks_cost: definition.rules.asks_cost,
        currency: town.settings().currency.to_string(),
        bounds: districts.bounds_text(),
        photos: photos(proposal.as_ref(), attached),
        photos_most: PHOTOS_LIMIT,
        process_code: process.code,
        is_draft,
        code,
        picture,
        zoom,
        words,
        similar,
    }
}

/// Only a number goes into the address of the picture.
fn number(text: &str) -> String {
    text.trim()
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite())
        .map(|number| number.to_string())
        .unwrap_or_default()
}

/// Photos of a draft, which only its authors see, and those that are public.
fn photos(proposal: Option<&Proposal>, attached: Vec<String>) -> Vec<String> {
    let Some(proposal) = proposal else { return attached };
    let of_draft = proposal.photos.iter().map(|id| format!("/files/{id}.jpg?small=1&draft={}", proposal.photo_key));
    of_draft.chain(attached).collect()
}

/// What a form says.
pub(super) fn words_of(form: &Submission) -> Words {
    let field = |name: &str| form.text(name).unwrap_or_default().to_owned();
    Words {
        title: field("title"),
        text: form.raw("text").unwrap_or_default().to_owned(),
        category: field("category"),
        district: field("district"),
        lat: field("lat"),
        long: field("long"),
        address: field("address"),
        cost: field("cost"),
        sources: field("sources"),
    }
}

/// The words of a proposal, to be typed over.
fn words_again(proposal: &Proposal) -> Words {
    let degrees = |of: fn(Place) -> f64| proposal.place.map(|place| of(place).to_string()).unwrap_or_default();
    Words {
        title: proposal.title.clone(),
        text: proposal.text.clone(),
        category: proposal.category.clone(),
        // Where there is a pin, the district follows from it.
        district: proposal.district.clone().filter(|_| proposal.place.is_none()).unwrap_or_default(),
        lat: degrees(Place::lat),
        long: degrees(Place::long),
        address: proposal.address.clone(),
        cost: units(proposal.cost_cents),
        sources: proposal.sources.join(", "),
    }
}

/// A click on `<input type="image" name="map">` sends `map.x` and `map.y`: the pin is there now. Returns the district to show
/// larger; `None` without a click.
fn clicked(town: &Town, form: &Submission, words: &mut Words) -> Option<String> {
    if form.text("whole").is_some() {
        return Some(String::new());
    }
    let number = |name| form.text(name).and_then(|text| text.parse::<f64>().ok());
    let (x, y) = number("map.x").zip(number("map.y"))?;
    let districts = town.part::<Districts>();
    let place = districts.place_of_click(form.text("zoom").unwrap_or_default(), x, y)?;
    (words.lat, words.long) = (place.lat().to_string(), place.long().to_string());
    Some(districts.locate(place).unwrap_or_default())
}

/// Takes in the photo that came with a form.
async fn photo_of(town: &Town, form: &Submission, secret: &str) -> Result<Vec<StoredPhoto>, Stop> {
    match form.file("photo") {
        Some(upload) => Ok(vec![commons::files::take_in(town, upload.bytes.clone(), secret).await?]),
        None => Ok(Vec::new()),
    }
}

/// POST /proposals/new: the first save of a draft. The photo, if there is one, is taken in with the second step, as only a
/// draft has the secret by which it is seen.
pub async fn begin(Extract(town): Extract<Town>, visit: Visit, form: Submission) -> Answer {
    let code = form.text("process").unwrap_or_default().to_owned();
    let process = process(&town, code.clone()).await?;
    let mut words = words_of(&form);
    if let Some(zoom) = clicked(&town, &form, &mut words) {
        let sheet =
            Sheet { process, proposal: None, words, errors: FormErrors::default(), status: StatusCode::OK, zoom };
        return show(&town, &visit, sheet).await;
    }
    match commands::save_draft(&town, visit.actor.clone(), code, None, words.clone(), Vec::new()).await {
        Ok(draft) => continue_with(&town, &visit, &form, process, draft, words).await,
        Err(Stop::Refused(refusals)) => {
            let (errors, status) = (FormErrors::of(&refusals, &visit.t), refusals[0].status);
            show(&town, &visit, Sheet { process, proposal: None, words, errors, status, zoom: String::new() }).await
        }
        Err(stop) => Err(stop),
    }
}

/// GET /proposals/{code}/edit
pub async fn edit(Extract(town): Extract<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let (proposal, process) = own(&town, &visit, code).await?;
    let words = words_again(&proposal);
    let zoom = proposal.place.and_then(|place| town.part::<Districts>().locate(place)).unwrap_or_default();
    let status = StatusCode::OK;
    show(&town, &visit, Sheet { process, proposal: Some(proposal), words, errors: FormErrors::default(), status, zoom })
        .await
}

/// One's own proposal. Another's draft might as well not exist; what is public is simply not one's own.
async fn own(town: &Town, visit: &Visit, code: String) -> Result<(Proposal, Process), Stop> {
    let person = visit.actor.person;
    town.db()
        .read(move |tx| {
            let proposal = store::by_code(tx, &code)?.ok_or(Stop::NotFound)?;
            if !store::decides(tx, &code, person)? {
                return Err(if proposal.submitted_at.is_some() { Stop::NotAllowed } else { Stop::NotFound });
            }
            let process = store::process(tx, &proposal.process)?.ok_or(Stop::NotFound)?;
            Ok((proposal, process))
        })
        .await
}

/// POST /proposals/{code}/edit
pub async fn save(Extract(town): Extract<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let (proposal, process) = own(&town, &visit, code.clone()).await?;
    let mut words = words_of(&form);
    if let Some(zoom) = clicked(&town, &form, &mut words) {
        let (errors, status) = (FormErrors::default(), StatusCode::OK);
        return show(&town, &visit, Sheet { process, proposal: Some(proposal), words, errors, status, zoom }).await;
    }
    if proposal.state == State::Draft {
        let (actor, of) = (visit.actor.clone(), process.code.clone());
        return match commands::save_draft(&town, actor, of, Some(code), words.clone(), Vec::new()).await {
            Ok(draft) => continue_with(&town, &visit, &form, process, draft, words).await,
            Err(stop) => again(&town, &visit, process, proposal, words, stop).await,
        };
    }
    let done = correct(&town, &visit, &proposal, &form, words.clone()).await;
    match done {
        Ok(()) => see_other_saying(&format!("/proposals/{code}"), "flash-proposal-edited"),
        Err(stop) => again(&town, &visit, process, proposal, words, stop).await,
    }
}

async fn correct(town: &Town, visit: &Visit, proposal: &Proposal, form: &Submission, words: Words) -> Result<(), Stop> {
    let photos = photo_of(town, form, &proposal.photo_key).await?;
    let seen = form.text("version").and_then(|text| text.parse().ok()).unwrap_or(proposal.version);
    commands::edit(town, visit.actor.clone(), proposal.code.to_string(), seen, words, photos).await.map(|_| ())
}

/// The form once more, with what stands in the way.
async fn again(town: &Town, visit: &Visit, process: Process, proposal: Proposal, words: Words, stop: Stop) -> Answer {
    let Stop::Refused(refusals) = stop else { return Err(stop) };
    let (errors, status) = (FormErrors::of(&refusals, &visit.t), refusals[0].status);
    show(town, visit, Sheet { process, proposal: Some(proposal), words, errors, status, zoom: String::new() }).await
}

/// The draft is saved: keep its photo, then hand it in, or show it again with what is similar.
async fn continue_with(
    town: &Town,
    visit: &Visit,
    form: &Submission,
    process: Process,
    draft: Proposal,
    words: Words,
) -> Answer {
    let code = draft.code.to_string();
    let (actor, of) = (visit.actor.clone(), process.code.clone());
    let kept = match photo_of(town, form, &draft.photo_key).await {
        Ok(photos) if photos.is_empty() => Ok(draft.clone()),
        Ok(photos) => commands::save_draft(town, actor, of, Some(code.clone()), words.clone(), photos).await,
        Err(stop) => Err(stop),
    };
    if let Err(stop) = kept {
        return again(town, visit, process, draft, words, stop).await;
    }
    if form.text("submit").is_none() {
        return see_other_saying(&format!("/proposals/{code}/edit"), "flash-draft-saved");
    }
    match commands::submit(town, visit.actor.clone(), code.clone()).await {
        Ok(Submitted { held, .. }) => {
            let flash = if held { "flash-proposal-held" } else { "flash-proposal-submitted" };
            see_other_saying(&format!("/proposals/{code}"), flash)
        }
        Err(stop) => again(town, visit, process, draft, words, stop).await,
    }
}

/// POST /proposals: from a program, in one go.
pub async fn propose(Extract(town): Extract<Town>, visit: Visit, form: Submission) -> Answer {
    let process = form.text("process").unwrap_or_default().to_owned();
    let Submitted { proposal, .. } = commands::propose(&town, visit.actor.clone(), process, words_of(&form)).await?;
    if visit.wants == web::Wants::Html {
        return see_other_saying(&format!("/proposals/{}", proposal.code), "flash-proposal-submitted");
    }
    let process = self::process(&town, proposal.process.clone()).await?;
    let row = Eyes::new(&town, visit.t.language(), [process]).row(&proposal);
    let location = row.url.parse().map_err(Stop::fault)?;
    let mut answer = json_with(StatusCode::CREATED, &row)?;
    answer.headers_mut().insert(header::LOCATION, location);
    Ok(answer)
}

/// A proposal of one's own.
#[derive(Debug, Serialize, JsonSchema)]
struct MineView {
    /// Drafts too.
    proposals: Vec<MineRow>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct MineRow {
    #[serde(flatten)]
    row: ProposalRow,
    part: &'static str,
}

struct MineLine {
    href: String,
    title: String,
    process: String,
    state: String,
    chip: &'static str,
    changed: String,
}

#[derive(askama::Template)]
#[template(path = "proposals_mine.html")]
struct MinePage {
    frame: Frame,
    lines: Vec<MineLine>,
}

/// GET /proposals/mine
pub async fn mine(Extract(town): Extract<Town>, visit: Visit) -> Answer {
    let person = commands::person_of(&visit.actor)?;
    let look = move |tx: &mut database::Tx<'_>| {
        Ok::<_, DbError>((store::named_with(tx, person)?, store::processes(tx, false)?))
    };
    let (named, processes) = town.db().read(look).await.map_err(Stop::from)?;
    let eyes = Eyes::new(&town, visit.t.language(), processes);
    if visit.wants != web::Wants::Html {
        let row = |(proposal, part): &(Proposal, crate::model::AuthorPart)| MineRow {
            row: eyes.row(proposal),
            part: part.word(),
        };
        return json(&MineView { proposals: named.iter().map(row).collect() });
    }
    let line = |(proposal, _): &(Proposal, crate::model::AuthorPart)| {
        let is_draft = proposal.state == State::Draft;
        let untitled = || visit.t.say("proposal-untitled").to_owned();
        MineLine {
            href: format!("/proposals/{}{}", proposal.code, if is_draft { "/edit" } else { "" }),
            title: if proposal.title.is_empty() { untitled() } else { proposal.title.clone() },
            process: eyes.process(&proposal.process).name,
            state: visit.t.say(proposal.state.word().key()).to_owned(),
            chip: chip(proposal.state.word()),
            changed: visit.date(proposal.updated_at),
        }
    };
    let frame = Frame::new(&town, &visit, visit.t.say("proposals-mine"));
    page(&MinePage { lines: named.iter().map(line).collect(), frame })
}
