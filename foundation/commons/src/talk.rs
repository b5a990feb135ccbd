//! What the page of any subject has besides its own: comments with their form, and following. Once, as HTML, for all rooms.

mod docs;
pub(crate) mod pages;
pub(crate) mod views;

use crate::comments::{ANSWERS_SHOWN, SeenComment, Side, Sides};
use askama::Template as _;
use civic::Subject;
use std::collections::BTreeMap;
use web::{Sayings, Visit, parts::Choice};

/// Threads the page of a subject shows; the others are one link away.
pub(crate) const THREADS_SHOWN: usize = 30;

/// A comment as pages show it.
pub(crate) struct Line {
    pub id: String,
    pub by: String,
    pub when: String,
    pub text: String,
    pub hidden: Option<String>,
    pub own: bool,
    pub gone: bool,
    /// Whether it can be answered.
    pub open: bool,
    /// Whether the address names it.
    pub here: bool,
    /// Whether answers to it follow.
    pub opens: bool,
    /// How many levels end behind it.
    pub closes: usize,
    /// The words of the side it takes, and the colour of their chip.
    pub side: Option<(String, &'static str)>,
    /// The words of the link to the answers that are not shown.
    pub more: String,
}

#[derive(askama::Template)]
#[template(path = "talk.html")]
struct Talk<'p> {
    t: Sayings,
    kind: &'p str,
    id: &'p str,
    page: &'p str,
    count: usize,
    lines: Vec<Line>,
    all: bool,
    closed: &'p str,
    known: bool,
    sides: Vec<Choice>,
}

#[derive(askama::Template)]
#[template(path = "follow_panel.html")]
struct Follow<'p> {
    t: Sayings,
    kind: &'p str,
    id: &'p str,
    page: &'p str,
    followers: i64,
    rss: bool,
}

/// The comments of a subject and the form for another; `page` is the path of the subject's page.
pub fn comments(visit: &Visit, subject: &Subject, page: &str, comments: Vec<SeenComment>) -> String {
    comments_unless(visit, subject, page, comments, "")
}

/// As [`comments`], but where `closed` says why nobody comments now, without a form.
pub fn comments_unless(
    visit: &Visit,
    subject: &Subject,
    page: &str,
    comments: Vec<SeenComment>,
    closed: &str,
) -> String {
    write(visit, subject, page, comments, closed, None)
}

/// As [`comments_unless`], on a subject about which people argue: with the sides and how many comments take each.
pub fn comments_with_sides(
    visit: &Visit,
    subject: &Subject,
    page: &str,
    comments: Vec<SeenComment>,
    closed: &str,
    sides: Sides,
) -> String {
    write(visit, subject, page, comments, closed, Some(sides))
}

/// The sides to choose from or to narrow by, each with how many comments take it.
pub(crate) fn side_choices(visit: &Visit, sides: Option<Sides>, chosen: &str) -> Vec<Choice> {
    let Some(sides) = sides else { return Vec::new() };
    let choice = |side: &Side| Choice {
        value: side.word().to_owned(),
        label: visit.t.say(side.key()).to_owned(),
        detail: web::dates::number(sides.of(*side), visit.t.language()),
        chosen: side.word() == chosen,
    };
    Side::ALL.iter().map(choice).collect()
}

fn chip(side: Side) -> &'static str {
    match side {
        Side::For => "g",
        Side::Against => "r",
        Side::Neutral => "k",
    }
}

fn write(
    visit: &Visit,
    subject: &Subject,
    page: &str,
    comments: Vec<SeenComment>,
    closed: &str,
    sides: Option<Sides>,
) -> String {
    let count = comments.iter().filter(|seen| !seen.comment.gone).count();
    let (shown, left, all) = cut(comments);
    let talk = Talk {
        t: visit.t.clone(),
        kind: &subject.kind,
        id: &subject.id,
        page,
        count,
        lines: lines(visit, shown, &left, closed.is_empty(), ""),
        all,
        closed,
        known: visit.actor.person.is_some(),
        sides: side_choices(visit, sides, ""),
    };
    talk.render().unwrap_or_default()
}

/// What the page of a subject shows of its comments, how many answers of which thread it leaves out, and whether there are more
/// threads.
fn cut(comments: Vec<SeenComment>) -> (Vec<SeenComment>, Vec<(String, i64)>, bool) {
    let (mut shown, mut left) = (Vec::new(), BTreeMap::new());
    let (mut threads, mut answers) = (0, 0);
    for seen in comments {
        if seen.comment.depth == 0 {
            (threads, answers) = (threads + 1, 0);
            if threads > THREADS_SHOWN {
                return (shown, left.into_iter().collect(), true);
            }
        } else {
            answers += 1;
            if answers > ANSWERS_SHOWN {
                *left.entry(seen.comment.root.text()).or_insert(0) += 1;
                continue;
            }
        }
        shown.push(seen);
    }
    (shown, left.into_iter().collect(), false)
}

/// Comments as lines of nested lists: a comment whose answers follow opens a level, the last of a level ends it.
pub(crate) fn lines(
    visit: &Visit,
    comments: Vec<SeenComment>,
    left: &[(String, i64)],
    open: bool,
    here: &str,
) -> Vec<Line> {
    let levels = levels(&comments);
    let line = |(number, seen): (usize, SeenComment)| {
        let id = seen.comment.id.text();
        let level = levels[number];
        let next = levels.get(number + 1).copied().unwrap_or(0);
        let more = left.iter().find(|(root, _)| *root == id).map(|(_, count)| *count);
        Line {
            by: seen.comment.author_name,
            when: visit.date_time(seen.comment.at),
            open: open && seen.hidden.is_none() && !seen.comment.gone,
            text: seen.comment.text,
            hidden: seen.hidden.map(|notice| notice.sentence(&visit.t)),
            own: seen.own,
            gone: seen.comment.gone,
            side: seen.comment.side.map(|side| (visit.t.say(side.key()).to_owned(), chip(side))),
            here: id == here,
            opens: next > level,
            closes: level.saturating_sub(next),
            more: more.map(|count| visit.t.with1("talk-more", "count", count)).unwrap_or_default(),
            id,
        }
    };
    comments.into_iter().enumerate().map(line).collect()
}

/// How deep each comment stands on the page: never more than one level under the line above it, which a page that begins within
/// a thread, or a comment that only its author sees, would otherwise break.
fn levels(comments: &[SeenComment]) -> Vec<usize> {
    let mut levels: Vec<usize> = Vec::new();
    for seen in comments {
        let most = levels.last().map_or(0, |above| above + 1);
        levels.push(usize::try_from(seen.comment.depth).unwrap_or(0).min(most));
    }
    levels
}

/// The panel by which a subject is followed; with the feed of its page, where it has one.
pub fn follow(visit: &Visit, subject: &Subject, page: &str, followers: i64, rss: bool) -> String {
    let panel = Follow { t: visit.t.clone(), kind: &subject.kind, id: &subject.id, page, followers, rss };
    panel.render().unwrap_or_default()
}
