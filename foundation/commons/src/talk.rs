//! What the page of any subject has besides its own: comments with their form, and following. Once, as HTML, for all rooms.

use crate::comments::SeenComment;
use askama::Template as _;
use civic::Subject;
use web::{Sayings, Visit};

/// Comments one page shows.
const COMMENTS_SHOWN: usize = 200;

/// A comment as the page shows it.
struct Line {
    id: String,
    by: String,
    when: String,
    text: String,
    hidden: Option<String>,
    own: bool,
}

#[derive(askama::Template)]
#[template(path = "talk.html")]
struct Talk<'p> {
    t: Sayings,
    kind: &'p str,
    id: &'p str,
    page: &'p str,
    lines: Vec<Line>,
    may_comment: bool,
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
    let line = |seen: SeenComment| Line {
        id: seen.comment.id.text(),
        by: seen.comment.author_name,
        when: visit.date_time(seen.comment.at),
        text: seen.comment.text,
        hidden: seen.hidden.map(|notice| notice.sentence(&visit.t)),
        own: seen.own,
    };
    let talk = Talk {
        t: visit.t.clone(),
        kind: &subject.kind,
        id: &subject.id,
        page,
        lines: comments.into_iter().take(COMMENTS_SHOWN).map(line).collect(),
        may_comment: visit.actor.person.is_some(),
    };
    talk.render().unwrap_or_default()
}

/// The panel by which a subject is followed; with the feed of its page, where it has one.
pub fn follow(visit: &Visit, subject: &Subject, page: &str, followers: i64, rss: bool) -> String {
    let panel = Follow { t: visit.t.clone(), kind: &subject.kind, id: &subject.id, page, followers, rss };
    panel.render().unwrap_or_default()
}
