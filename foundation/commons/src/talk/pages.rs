//! Pages of discussions: all comments of a subject, one thread, the form by which somebody answers; and where comments come in.

use super::{
    Line, THREADS_SHOWN,
    docs::{list_doc, send_doc, show_doc, thread_doc},
    lines, side_choices,
    views::{csv, page_view, view},
};
use crate::{
    acts,
    comments::{self, Discussion, Order, SeenComment, Sides, THREAD_PAGE},
    moderation::{self, Seen},
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
};
use civic::{Language, Subject};
use database::{Cursor, DbError, Tx};
use serde::Deserialize;
use web::{
    Answer, Frame, Refusal, Route, Stop, Town, Visit, Wants,
    answer::{json, json_with, page, page_with, see_other, see_other_saying},
    forms::{FormErrors, Submission},
    manifest::Catalogue,
    paging,
    parts::{Choice, Crumb},
    visit::{Path, Query},
};

const TWINS: &[Wants] = &[Wants::Json];
const LIST_TWINS: &[Wants] = &[Wants::Json, Wants::Csv];

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/comments", acts::READ, list).twins(LIST_TWINS).documented(list_doc()),
        Route::post("/comments", acts::COMMENT, send).documented(send_doc()),
        Route::get("/comments/{id}", acts::READ, show).twins(TWINS).documented(show_doc()),
        Route::get("/comments/{id}/thread", acts::READ, thread).twins(TWINS).documented(thread_doc()),
        Route::get("/comments/{id}/reply", acts::COMMENT, reply),
    ]
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    kind: String,
    id: String,
    sort: String,
    side: String,
    after: Option<String>,
    limit: Option<String>,
    to: Option<String>,
}

/// Which part of a thread.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct AskedThread {
    after: String,
    to: String,
}

#[derive(askama::Template)]
#[template(path = "talk_list.html")]
struct ListPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    back: String,
    what: String,
    kind: String,
    id: String,
    orders: Vec<Choice>,
    sides: Vec<Choice>,
    no_side: bool,
    unsided: String,
    lines: Vec<Line>,
    first: String,
    next: String,
}

#[derive(askama::Template)]
#[template(path = "talk_write.html")]
struct WritePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    lines: Vec<Line>,
    kind: String,
    id: String,
    answers: String,
    text: String,
    sides: Vec<Choice>,
    no_side: bool,
}

/// A public subject in a line, with its page.
struct Matter {
    subject: Subject,
    title: String,
    page: String,
}

fn matter(town: &Town, tx: &mut Tx<'_>, subject: Subject, language: Language) -> Result<Matter, Stop> {
    let catalogue = town.part::<Catalogue>();
    let page = catalogue.page_of(&subject.kind, &subject.id).ok_or(Stop::NotFound)?;
    let brief = catalogue.briefs(town, tx, std::slice::from_ref(&subject), language)?.pop().ok_or(Stop::NotFound)?;
    Ok(Matter { subject, title: brief.title, page })
}

fn is_open(town: &Town, tx: &mut Tx<'_>, subject: &Subject) -> Result<bool, DbError> {
    Ok(town.part::<Catalogue>().quiet(town, tx, subject)?.is_none())
}

/// The address of a list, as it was asked for, without where it begins.
fn address_of(asked: &Asked) -> String {
    let limit = asked.limit.clone().unwrap_or_default();
    let fields =
        [("kind", &asked.kind), ("id", &asked.id), ("sort", &asked.sort), ("side", &asked.side), ("limit", &limit)];
    let given: Vec<_> = fields.iter().filter(|(_, value)| !value.is_empty()).collect();
    format!("/comments.csv?{}", serde_urlencoded::to_string(&given).unwrap_or_default())
}

/// How many comments take each side, on a subject that has sides.
fn sides(town: &Town, tx: &mut Tx<'_>, subject: &Subject) -> Result<Option<Sides>, DbError> {
    let has = comments::has_sides(town.part::<Catalogue>(), &subject.kind);
    has.then(|| comments::sides(tx, subject)).transpose()
}

/// GET /comments
async fn list(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let order = match asked.sort.as_str() {
        "" => Order::default(),
        word => word.parse().map_err(|()| Stop::from(Refusal::new("talk-order-unknown").at("sort")))?,
    };
    let limit = asked.limit.clone().unwrap_or_else(|| THREADS_SHOWN.to_string());
    let (after, limit) = paging::read(asked.after.as_deref(), Some(&limit))?;
    let subject = Subject { kind: asked.kind.clone(), id: asked.id.clone() };
    let (own, actor, language) = (town.clone(), visit.actor.clone(), visit.t.language());
    let side = comments::read_side(town.part::<Catalogue>(), &subject.kind, &asked.side)?;
    let read = move |tx: &mut Tx<'_>| {
        let matter = matter(&own, tx, subject, language)?;
        let open = is_open(&own, tx, &matter.subject)?;
        let found = comments::discussion(tx, &matter.subject, (order, side), after.as_ref(), limit, &actor)?;
        let sides = sides(&own, tx, &matter.subject)?;
        Ok::<_, Stop>((matter, open, found, sides))
    };
    let (matter, open, found, sides) = town.db().read(read).await?;
    match visit.wants {
        Wants::Json => return json(&page_view(&visit, &matter.subject, found, sides)),
        Wants::Csv => return csv(&town, &visit, &matter.subject, found, &address_of(&asked)),
        _ => {}
    }
    let address = |more: &str| {
        let (kind, id) = (&matter.subject.kind, &matter.subject.id);
        let side = if asked.side.is_empty() { String::new() } else { format!("&side={}", asked.side) };
        format!("/comments?kind={kind}&id={id}&sort={}{side}{more}", order.word())
    };
    let unsided = format!("/comments?kind={}&id={}&sort={}", matter.subject.kind, matter.subject.id, order.word());
    let order_choice = |one: Order| Choice {
        value: one.word().to_owned(),
        label: visit.t.say(one.key()).to_owned(),
        detail: String::new(),
        chosen: one == order,
    };
    let (first, next) = pager(asked.after.is_some(), found.next.as_ref(), address);
    let title = visit.t.say("talk-comments");
    let orders = Order::ALL.map(order_choice).into();
    let sides = side_choices(&visit, sides, &asked.side);
    let parts = ListParts { open, orders, sides, unsided, first, next, here: String::new() };
    page(&list_page(&town, &visit, title, matter, found, parts))
}

/// What a page of comments has besides the comments.
struct ListParts {
    open: bool,
    orders: Vec<Choice>,
    sides: Vec<Choice>,
    /// The address of the list with comments of all sides.
    unsided: String,
    first: String,
    next: String,
    here: String,
}

fn list_page(town: &Town, visit: &Visit, title: &str, matter: Matter, found: Discussion, parts: ListParts) -> ListPage {
    ListPage {
        frame: Frame::new(town, visit, title).twins(visit, if parts.unsided.is_empty() { TWINS } else { LIST_TWINS }),
        crumbs: crumbs(&matter, title),
        lines: lines(visit, found.comments, &found.left, parts.open, &parts.here),
        back: matter.page,
        what: matter.title,
        kind: matter.subject.kind,
        id: matter.subject.id,
        orders: parts.orders,
        no_side: parts.sides.iter().all(|side| !side.chosen),
        sides: parts.sides,
        unsided: parts.unsided,
        first: parts.first,
        next: parts.next,
    }
}

fn crumbs(matter: &Matter, here: &str) -> Vec<Crumb> {
    vec![
        Crumb { href: matter.page.clone(), label: matter.title.clone() },
        Crumb { href: String::new(), label: here.to_owned() },
    ]
}

/// The addresses of the first page and of the next.
fn pager(later: bool, next: Option<&Cursor>, address: impl Fn(&str) -> String) -> (String, String) {
    let first = if later { address("") } else { String::new() };
    (first, next.map(|next| address(&format!("&after={}", next.encode()))).unwrap_or_default())
}

/// GET /comments/{id}: for people the place where it stands, for machines itself.
async fn show(State(town): State<Town>, visit: Visit, Path(id): Path<String>) -> Answer {
    let actor = visit.actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        let (about, seen) = comments::one_seen_by(tx, &id, &actor)?.ok_or(Stop::NotFound)?;
        let place = comments::place_of(tx, &about, &seen.comment)?;
        Ok::<_, Stop>((about, seen, place))
    };
    let (about, seen, (threads, above)) = town.db().read(read).await?;
    if visit.wants == Wants::Json {
        return json(&view(&visit, &about, seen));
    }
    let id = seen.comment.id;
    let on_page = threads < THREADS_SHOWN as i64 && above <= comments::ANSWERS_SHOWN;
    if !on_page {
        return see_other(&format!("/comments/{id}/thread?to={id}#comment-{id}"));
    }
    let page = town.part::<Catalogue>().page_of(&about.kind, &about.id).unwrap_or_else(|| "/".to_owned());
    see_other(&format!("{page}#comment-{id}"))
}

/// GET /comments/{id}/thread: the thread a comment is of; with `to`, from the page on where that comment stands.
async fn thread(
    State(town): State<Town>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<AskedThread>,
) -> Answer {
    let (after, _) = paging::read(Some(&asked.after), None)?;
    let (own, actor, language) = (town.clone(), visit.actor.clone(), visit.t.language());
    let (to, later) = (asked.to, after.is_some());
    let seeks = to == id;
    let one = id.clone();
    let read = move |tx: &mut Tx<'_>| {
        let (about, seen) = comments::one_seen_by(tx, &one, &actor)?.ok_or(Stop::NotFound)?;
        let matter = matter(&own, tx, about, language)?;
        let open = is_open(&own, tx, &matter.subject)?;
        let root = seen.comment.root.text();
        let mut found = comments::thread(tx, &matter.subject, &root, after.as_ref(), &actor)?;
        let (_, above) = comments::place_of(tx, &matter.subject, &seen.comment)?;
        for _ in 0..if seeks { above / i64::from(THREAD_PAGE) } else { 0 } {
            let Some(next) = found.next.clone() else { break };
            found = comments::thread(tx, &matter.subject, &root, Some(&next), &actor)?;
        }
        Ok::<_, Stop>((matter, open, found))
    };
    let (matter, open, found) = town.db().read(read).await?;
    if visit.wants == Wants::Json {
        return json(&page_view(&visit, &matter.subject, found, None));
    }
    let (first, next) =
        pager(later, found.next.as_ref(), |more| format!("/comments/{id}/thread{}", more.replacen('&', "?", 1)));
    let title = visit.t.say("talk-thread");
    let (orders, sides, unsided) = (Vec::new(), Vec::new(), String::new());
    let parts = ListParts { open, orders, sides, unsided, first, next, here: to };
    page(&list_page(&town, &visit, title, matter, found, parts))
}

/// GET /comments/{id}/reply
async fn reply(State(town): State<Town>, visit: Visit, Path(id): Path<String>) -> Answer {
    let (own, actor, language) = (town.clone(), visit.actor.clone(), visit.t.language());
    let read = move |tx: &mut Tx<'_>| {
        let (about, seen) = comments::one_seen_by(tx, &id, &actor)?.ok_or(Stop::NotFound)?;
        let matter = matter(&own, tx, about, language)?;
        if let Some(refusal) = own.part::<Catalogue>().quiet(&own, tx, &matter.subject)? {
            return Err(refusal.into());
        }
        comments::parent(tx, &matter.subject, &seen.comment.id.text(), &actor)?;
        Ok::<_, Stop>((matter, seen))
    };
    let (matter, seen) = town.db().read(read).await?;
    page(&write_page(&town, &visit, matter, Some(seen), Typed::default(), FormErrors::default()))
}

/// What was written.
#[derive(Default)]
struct Typed {
    text: String,
    side: String,
}

fn write_page(
    town: &Town,
    visit: &Visit,
    matter: Matter,
    answered: Option<SeenComment>,
    typed: Typed,
    errors: FormErrors,
) -> WritePage {
    let has_sides = comments::has_sides(town.part::<Catalogue>(), &matter.subject.kind);
    let sides = side_choices(visit, has_sides.then(Sides::default), &typed.side);
    let title = match &answered {
        Some(seen) => visit.t.with1("talk-reply-to", "name", seen.comment.author_name.as_str()),
        None => visit.t.say("talk-label").to_owned(),
    };
    WritePage {
        frame: Frame::new(town, visit, title.clone()),
        crumbs: crumbs(&matter, &title),
        errors,
        answers: answered.as_ref().map(|seen| seen.comment.id.text()).unwrap_or_default(),
        lines: lines(visit, answered.into_iter().collect(), &[], false, ""),
        kind: matter.subject.kind,
        id: matter.subject.id,
        text: typed.text,
        no_side: sides.iter().all(|side| !side.chosen),
        sides,
    }
}

/// POST /comments
async fn send(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let (subject, back) = crate::pages::subject_of(&town, &form).await?;
    let said = add(&town, &visit, &form, subject.clone()).await;
    let (id, seen) = match said {
        Ok(said) => said,
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            return again(&town, &visit, &form, subject, refusals).await;
        }
        Err(stop) => return Err(stop),
    };
    if visit.wants == Wants::Html {
        let flash = if seen == Seen::Held { "flash-comment-held" } else { "flash-comment" };
        let to = if form.text("answers").is_some() { format!("/comments/{id}") } else { format!("{back}#comments") };
        return see_other_saying(&to, flash);
    }
    let (actor, asked) = (visit.actor.clone(), id.clone());
    let found = town.db().read(move |tx| comments::one_seen_by(tx, &asked, &actor)).await.map_err(Stop::from)?;
    let (about, seen) = found.ok_or(Stop::NotFound)?;
    let mut answer = json_with(StatusCode::CREATED, &view(&visit, &about, seen))?;
    let location = HeaderValue::from_str(&town.url(&format!("/comments/{id}"))).map_err(Stop::fault)?;
    answer.headers_mut().insert(header::LOCATION, location);
    Ok(answer)
}

async fn add(town: &Town, visit: &Visit, form: &Submission, subject: Subject) -> Result<(String, Seen), Stop> {
    let text = comments::read_words(form.raw("text").unwrap_or_default())?;
    let word = form.text("side").unwrap_or_default();
    let side = comments::read_side(town.part::<Catalogue>(), &subject.kind, word)?;
    let answers = form.text("answers").map(str::to_owned);
    let (chance, actor, own) = (town.chance_handle(), visit.actor.clone(), town.clone());
    town.db()
        .write(move |tx| {
            let now = own.now();
            if let Some(refusal) = own.part::<Catalogue>().quiet(&own, tx, &subject)? {
                return Err(refusal.into());
            }
            comments::check_pace(tx, &actor, now)?;
            let parent = answers.map(|id| comments::parent(tx, &subject, &id, &actor)).transpose()?;
            let words = comments::Words { text: &text, side, answers: parent.as_ref() };
            let said = comments::say(tx, &subject, &words, &actor, now, &*chance)?;
            tx.commit(said.entry, (said.id.text(), said.seen)).map_err(Stop::from)
        })
        .await
}

/// The form once more, with what was written and what stands in the way.
async fn again(town: &Town, visit: &Visit, form: &Submission, subject: Subject, refusals: Vec<Refusal>) -> Answer {
    let (own, actor, language) = (town.clone(), visit.actor.clone(), visit.t.language());
    let answers = form.text("answers").map(str::to_owned);
    let read = move |tx: &mut Tx<'_>| {
        let matter = matter(&own, tx, subject, language)?;
        let answered = match answers {
            Some(id) => comments::one_seen_by(tx, &id, &actor)?,
            None => None,
        };
        let same = answered.filter(|(about, _)| *about == matter.subject);
        Ok::<_, Stop>((matter, same.map(|(_, seen)| seen)))
    };
    let Ok((matter, answered)) = town.db().read(read).await else { return Err(Stop::Refused(refusals)) };
    let (errors, status) = (FormErrors::of(&refusals, &visit.t), refusals[0].status);
    let text = form.raw("text").unwrap_or_default().to_owned();
    let typed = Typed { text, side: form.text("side").unwrap_or_default().to_owned() };
    page_with(status, &write_page(town, visit, matter, answered, typed, errors))
}

/// Whether a subject is one that moderators look after and that stands under another, as a comment: it has no comments of its own.
pub(crate) fn stands_under_another(town: &Town, tx: &mut Tx<'_>, subject: &Subject) -> Result<bool, DbError> {
    let catalogue = town.part::<Catalogue>();
    let found = moderation::book::contents(catalogue, tx, subject)?;
    let is_known = catalogue.moderated(&subject.kind).is_some();
    Ok(is_known && found.is_none_or(|(_, contents)| contents.about != *subject))
}
