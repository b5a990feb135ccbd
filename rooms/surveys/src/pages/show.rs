//! The page of one survey.

use super::{
    list::{card, view},
    outcome::{Shown, shown},
};
use crate::{
    acts,
    answering::Answering,
    model::{Standing, Survey},
    store,
};
use axum::{extract::State, http::HeaderMap};
use civic::Actor;
use database::Tx;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page},
    manifest::Catalogue,
    parts::Crumb,
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "survey.html")]
struct ShowPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    card: super::list::Card,
    code: String,
    about: String,
    private: bool,
    open: bool,
    answered: bool,
    begun: bool,
    closed: bool,
    counted: bool,
    questions: usize,
    answers: i64,
    belongs: Option<(String, String)>,
    keeps: bool,
    outcome: Shown,
    follow: String,
}

/// A survey as somebody may see it: one that is not public is there only for who leads it.
pub(super) fn seen(tx: &mut Tx<'_>, code: &str, actor: &Actor) -> Result<Survey, Stop> {
    let survey = store::by_code(tx, code)?.ok_or(Stop::NotFound)?;
    let visible = survey.published_at.is_some() || actor.may_for(&acts::KEEP, survey.organisation);
    if visible { Ok(survey) } else { Err(Stop::NotFound) }
}

/// GET /surveys/{code}
pub async fn show(State(town): State<Town>, visit: Visit, headers: HeaderMap, Path(code): Path<String>) -> Answer {
    let (own, actor, language) = (town.clone(), visit.actor.clone(), visit.t.language());
    let one = Answering {
        code: code.clone(),
        person: visit.actor.person,
        browser: commons::browser::known(&headers),
        language,
    };
    let read = move |tx: &mut Tx<'_>| {
        let survey = seen(tx, &code, &actor)?;
        let answers = store::count_sent(tx, &code)?;
        let own_row = match one.who() {
            Ok(who) => store::answers_of(tx, &code, &who)?,
            Err(_) => None,
        };
        let belongs = match &survey.definition.belongs_to {
            Some(subject) => {
                let catalogue = own.part::<Catalogue>();
                let brief = catalogue.briefs(&own, tx, std::slice::from_ref(subject), language)?.pop();
                brief.zip(catalogue.page_of(&subject.kind, &subject.id)).map(|(brief, page)| (brief.title, page))
            }
            None => None,
        };
        let followers = commons::followers::count(tx, &survey.subject())?;
        Ok::<_, Stop>((survey, answers, own_row, belongs, followers))
    };
    let (survey, answers, own_row, belongs, followers) = town.db().read(read).await?;
    if visit.wants != Wants::Html {
        return json(&view(&town, &visit, &survey, answers));
    }
    let standing = survey.standing(visit.at);
    let path = format!("/surveys/{}", survey.code);
    let card = card(&visit, &survey, path.clone());
    let about = survey.definition.about.as_ref().map(|about| about.in_language(language).to_owned());
    page(&ShowPage {
        frame: Frame::new(&town, &visit, card.title.clone()).twins(&visit, super::JSON).describe(card.summary.clone()),
        crumbs: vec![
            Crumb { href: "/surveys".to_owned(), label: visit.t.say("surveys-title").to_owned() },
            Crumb { href: String::new(), label: card.title.clone() },
        ],
        code: survey.code.clone(),
        about: about.unwrap_or_default(),
        private: standing == Standing::Private,
        open: standing == Standing::Open,
        closed: standing == Standing::Closed,
        counted: standing == Standing::Counted,
        answered: own_row.as_ref().is_some_and(|row| row.sent.is_some()),
        begun: own_row.is_some_and(|row| row.sent.is_none()),
        questions: survey.definition.form.fields().count(),
        answers,
        belongs,
        keeps: visit.actor.may_for(&acts::KEEP, survey.organisation),
        outcome: shown(&town, &visit, &survey)?,
        follow: if standing == Standing::Private {
            String::new()
        } else {
            commons::talk::follow(&visit, &survey.subject(), &path, followers, false)
        },
        card,
    })
}

/// GET /surveys/{code}/schema
pub async fn schema(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let actor = visit.actor.clone();
    let survey = town.db().read(move |tx| seen(tx, &code, &actor)).await?;
    let id = town.url(&format!("/surveys/{}/schema", survey.code));
    json(&forms::write(&survey.definition.form, &id, &survey.definition.title))
}
