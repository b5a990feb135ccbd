//! The page of one meeting.

use super::list::{Card, card, view};
use crate::{
    acts,
    commands::{self, Place},
    model::{Meeting, Minutes, Standing},
    store,
};
use axum::extract::State;
use civic::{Actor, Subject};
use commons::{comments::SeenComment, thread::Near};
use database::{DbError, Tx};
use serde_json::json;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json as json_answer, page, see_other_saying},
    manifest::Catalogue,
    parts::Crumb,
    visit::Path,
};

/// Another matter as the page names it.
struct Named {
    title: String,
    page: String,
}

struct DecisionLine {
    words: String,
    about: Option<Named>,
}

#[derive(askama::Template)]
#[template(path = "meeting.html")]
struct ShowPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    card: Card,
    code: String,
    private: bool,
    cancelled: String,
    agenda: Vec<String>,
    online: String,
    taken: String,
    full: bool,
    waiting: i64,
    registers: bool,
    known: bool,
    mine: String,
    registered: bool,
    belongs: Option<Named>,
    minutes: Option<String>,
    attended: String,
    decisions: Vec<DecisionLine>,
    keeps: bool,
    threads: String,
    follow: String,
    talk: String,
}

/// Everything that is public of a meeting, and how the reader stands to it.
struct Matter {
    meeting: Meeting,
    counts: (i64, i64),
    mine: Option<i64>,
    belongs: Option<Named>,
    about: Vec<Option<Named>>,
    followers: i64,
    comments: Vec<SeenComment>,
    near: Vec<Near>,
}

/// A meeting as somebody may see it: one that is not announced is there only for who holds it.
pub(super) fn seen(tx: &mut Tx<'_>, code: &str, actor: &Actor) -> Result<Meeting, Stop> {
    let meeting = store::by_code(tx, code)?.ok_or(Stop::NotFound)?;
    let visible = meeting.published_at.is_some() || actor.may_for(&acts::KEEP, meeting.organisation);
    if visible { Ok(meeting) } else { Err(Stop::NotFound) }
}

fn read(town: &Town, visit: &Visit, tx: &mut Tx<'_>, code: &str) -> Result<Matter, Stop> {
    let language = visit.t.language();
    let named = |tx: &mut Tx<'_>, subject: &Subject| {
        let catalogue = town.part::<Catalogue>();
        let brief = catalogue.briefs(town, tx, std::slice::from_ref(subject), language)?.pop();
        let page = catalogue.page_of(&subject.kind, &subject.id);
        Ok::<_, DbError>(brief.zip(page).map(|(brief, page)| Named { title: brief.title, page }))
    };
    let meeting = seen(tx, code, &visit.actor)?;
    let subject = meeting.subject();
    let belongs = match &meeting.plan.belongs_to {
        Some(subject) => named(tx, subject)?,
        None => None,
    };
    let mut about = Vec::new();
    for decision in meeting.minutes.iter().flat_map(|(_, minutes)| &minutes.decisions) {
        about.push(match &decision.about {
            Some(subject) => named(tx, subject)?,
            None => None,
        });
    }
    Ok(Matter {
        counts: store::counts(tx, code)?,
        mine: match visit.actor.person {
            Some(person) => store::of_person(tx, code, person)?,
            None => None,
        },
        belongs,
        about,
        followers: commons::followers::count(tx, &subject)?,
        comments: commons::comments::seen_by(tx, &subject, &visit.actor)?,
        near: commons::thread::near(town, tx, &subject, language)?,
        meeting,
    })
}

/// GET /meetings/{code}
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let (own, reader) = (town.clone(), visit.clone());
    let matter = town.db().read(move |tx| read(&own, &reader, tx, &code)).await?;
    if visit.wants != Wants::Html {
        return json_answer(&view(&town, &visit, &matter.meeting, matter.counts));
    }
    page(&compose(&town, &visit, matter))
}

fn compose(town: &Town, visit: &Visit, matter: Matter) -> ShowPage {
    let Matter { meeting, counts, mine, belongs, about, followers, comments, near } = matter;
    let (t, language) = (&visit.t, visit.t.language());
    let standing = meeting.standing(visit.at);
    let subject = meeting.subject();
    let path = format!("/meetings/{}", meeting.code);
    let card = card(town, visit, &meeting, path.clone());
    let agenda = meeting.plan.agenda.as_ref().map(|text| text.in_language(language)).unwrap_or_default();
    let is_public = standing != Standing::Private;
    let minutes = meeting.minutes.as_ref().map(|(_, minutes)| minutes);
    let line = |(decision, about): (&crate::model::Decision, Option<Named>)| DecisionLine {
        words: decision.words.clone(),
        about,
    };
    let attended =
        minutes.and_then(|one| one.attended).map(|count| t.with1("meeting-attended", "count", i64::from(count)));
    ShowPage {
        frame: Frame::new(town, visit, card.title.clone()).twins(visit, super::JSON).describe(card.summary.clone()),
        crumbs: vec![
            Crumb { href: "/meetings".to_owned(), label: t.say("meetings-title").to_owned() },
            Crumb { href: String::new(), label: card.title.clone() },
        ],
        code: meeting.code.to_string(),
        private: !is_public,
        cancelled: meeting.cancelled.as_ref().map(|(_, reason)| reason.clone()).unwrap_or_default(),
        agenda: agenda.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        online: meeting.plan.online_url.clone(),
        taken: match meeting.plan.places {
            Some(places) => t.with2("meeting-taken", "taken", counts.0, "places", i64::from(places)),
            None => String::new(),
        },
        full: counts.1 > 0 || meeting.plan.places.is_some_and(|places| counts.0 >= i64::from(places)),
        waiting: counts.1,
        registers: standing == Standing::Coming && meeting.plan.places.is_some(),
        known: visit.actor.person.is_some(),
        mine: match mine {
            Some(0) => t.say("meeting-you-have-place").to_owned(),
            Some(before) => t.with1("meeting-you-wait", "place", before),
            None => String::new(),
        },
        registered: mine.is_some(),
        belongs,
        minutes: minutes.map(|one: &Minutes| commons::markdown::html(one.text.in_language(language))),
        attended: attended.unwrap_or_default(),
        decisions: minutes.into_iter().flat_map(|one| &one.decisions).zip(about).map(line).collect(),
        keeps: visit.actor.may_for(&acts::KEEP, meeting.organisation),
        threads: if is_public { commons::thread::panel(town, visit, &subject, &near) } else { String::new() },
        follow: if is_public { commons::talk::follow(visit, &subject, &path, followers, false) } else { String::new() },
        talk: if is_public { commons::talk::comments(visit, &subject, &path, comments) } else { String::new() },
        card,
    }
}

/// POST /meetings/{code}/register
pub async fn register(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let place = commands::register(&town, visit.actor.clone(), code.clone()).await?;
    if visit.wants != Wants::Html {
        return json_answer(&match place {
            Place::Taken => json!({"place": "taken"}),
            Place::Waiting(before) => json!({"place": "waiting", "before": before}),
        });
    }
    let flash = if place == Place::Taken { "flash-meeting-place" } else { "flash-meeting-waiting" };
    see_other_saying(&format!("/meetings/{code}"), flash)
}

/// POST /meetings/{code}/leave
pub async fn leave(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    commands::leave(&town, visit.actor.clone(), code.clone()).await?;
    if visit.wants != Wants::Html {
        return json_answer(&json!({"place": "none"}));
    }
    see_other_saying(&format!("/meetings/{code}"), "flash-meeting-left")
}
