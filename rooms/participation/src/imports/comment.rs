//! One row of a file of comments: Decidim's `comments` export, or CONSUL's `comments.csv`.

use super::{
    names::{Names, cell, first},
    row::moment,
};
use civic::{Language, Moment};
use commons::comments::{COMMENT_LIMIT, Side};
use importing::plain;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Where what stands; `None` for what a file does not have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommentColumns {
    id: Option<usize>,
    text: Vec<usize>,
    author: Option<usize>,
    at: Option<usize>,
    side: Option<usize>,
    about: Option<usize>,
    kind: Option<usize>,
    ancestry: Option<usize>,
}

impl CommentColumns {
    /// Finds the columns by the names that Decidim and CONSUL give them; `None` for what is no file of comments: without an id,
    /// words, or what they are about.
    pub fn find(header: &[String], language: Language) -> Option<Self> {
        let names = Names::of(header, language);
        let columns = Self {
            id: names.one(&["id"]),
            text: names.local(&["body"]),
            author: names.one(&["author/name", "author_name", "author", "username"]),
            at: names.one(&["created_at", "published_at"]),
            side: names.one(&["alignment"]),
            about: names.one(&["commentable_id"]),
            kind: names.one(&["commentable_type"]),
            ancestry: names.one(&["ancestry"]),
        };
        (columns.id.is_some() && columns.about.is_some() && !columns.text.is_empty()).then_some(columns)
    }
}

/// What a comment is about, by its id there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A proposal.
    Proposal(String),
    /// A comment that it answers.
    Comment(String),
}

/// A comment as the other platform has it.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedComment {
    /// Its id there.
    pub id: String,
    /// What it says; plain.
    pub text: String,
    /// What its author is called there.
    pub author: String,
    /// When it was written there.
    pub at: Option<Moment>,
    /// The side it takes.
    pub side: Option<Side>,
    /// What it is about.
    pub about: About,
}

/// Reads a row.
///
/// # Errors
/// Column and reason, as the page of an import shows them: a Fluent key.
pub fn read_comment(
    columns: &CommentColumns,
    cells: &[String],
) -> Result<ImportedComment, (&'static str, &'static str)> {
    let cell = |index| cell(cells, index);
    let id = cell(columns.id);
    if id.is_empty() || id.len() > 60 {
        return Err(("id", "proposal-aside-id"));
    }
    let text = plain(first(cells, &columns.text));
    if text.is_empty() || text.chars().count() > COMMENT_LIMIT || text.contains('\0') {
        return Err(("body", "proposal-aside-text"));
    }
    let at = moment(cell(columns.at)).map_err(|()| ("created_at", "proposal-aside-time"))?;
    Ok(ImportedComment {
        id: id.to_owned(),
        text,
        author: cell(columns.author).chars().filter(|c| !c.is_control()).take(80).collect(),
        at,
        side: match cell(columns.side) {
            "1" | "for" => Some(Side::For),
            "-1" | "against" => Some(Side::Against),
            _ => None,
        },
        about: about(cell(columns.kind), cell(columns.about), cell(columns.ancestry))
            .ok_or(("commentable_id", "comment-aside-about"))?,
    })
}

/// Decidim names the comment that is answered as what it is about; CONSUL writes the ids down to it, as `12/15`.
fn about(kind: &str, id: &str, ancestry: &str) -> Option<About> {
    if let Some(parent) = ancestry.rsplit('/').next().filter(|parent| !parent.is_empty()) {
        return Some(About::Comment(parent.to_owned()));
    }
    let id = Some(id.to_owned()).filter(|id| !id.is_empty())?;
    match kind.rsplit("::").next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "" | "proposal" | "investment" | "project" => Some(About::Proposal(id)),
        "comment" => Some(About::Comment(id)),
        _ => None,
    }
}

/// A comment with the line of its row.
pub type Numbered = (u64, ImportedComment);

/// Rows with their lines in an order in which what is answered comes before its answers; beside them those that answer each other
/// in a circle.
pub fn in_order(rows: Vec<Numbered>) -> (Vec<Numbered>, Vec<Numbered>) {
    let ids: BTreeSet<String> = rows.iter().map(|(_, row)| row.id.clone()).collect();
    let mut ready = VecDeque::new();
    let mut waiting: BTreeMap<String, Vec<Numbered>> = BTreeMap::new();
    for (line, row) in rows {
        match &row.about {
            About::Comment(parent) if ids.contains(parent) => {
                waiting.entry(parent.clone()).or_default().push((line, row));
            }
            _ => ready.push_back((line, row)),
        }
    }
    let mut ordered = Vec::new();
    while let Some((line, row)) = ready.pop_front() {
        ready.extend(waiting.remove(&row.id).unwrap_or_default());
        ordered.push((line, row));
    }
    (ordered, waiting.into_values().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::{About, CommentColumns, ImportedComment, Numbered, in_order, read_comment};
    use civic::Language;
    use commons::comments::Side;
    use proptest::prelude::*;

    fn row(id: &str, about: About) -> ImportedComment {
        ImportedComment { id: id.to_owned(), text: "x".to_owned(), author: String::new(), at: None, side: None, about }
    }

    #[test]
    fn both_platforms_are_read() {
        let header = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
        let decidim = header("id,created_at,body/en,author/name,alignment,depth,commentable_id,commentable_type");
        let columns = CommentColumns::find(&decidim, Language::En).unwrap();
        let read = |cells: &str| read_comment(&columns, &header(cells));
        let first = read("5,2020-11-26 08:30:00 UTC,<p>Yes</p>,Leyla,-1,0,7,Decidim::Proposals::Proposal").unwrap();
        assert_eq!((first.text.as_str(), first.side), ("Yes", Some(Side::Against)));
        assert_eq!(first.about, About::Proposal("7".to_owned()));
        assert_eq!(read("6,,No,Tom,0,1,5,Decidim::Comments::Comment").unwrap().about, About::Comment("5".to_owned()));
        assert_eq!(read("6,,No,Tom,0,1,5,Decidim::Blogs::Post").unwrap_err().1, "comment-aside-about");
        assert_eq!(read("6,,,Tom,0,1,5,Decidim::Comments::Comment").unwrap_err().0, "body");
        let consul = header("id,commentable_id,commentable_type,body,created_at,ancestry");
        let columns = CommentColumns::find(&consul, Language::En).unwrap();
        let answer = read_comment(&columns, &header("9,70,Proposal,Well,2019-05-01 10:00:00 +0200,2/8")).unwrap();
        assert_eq!(answer.about, About::Comment("8".to_owned()));
        assert!(CommentColumns::find(&header("id,title,body"), Language::En).is_none());
    }

    #[test]
    fn a_circle_stays_outside() {
        let of = |id: &str, parent: &str| (1, row(id, About::Comment(parent.to_owned())));
        let (ordered, circle) = in_order(vec![
            of("3", "2"),
            of("2", "1"),
            (1, row("1", About::Proposal("7".to_owned()))),
            of("4", "5"),
            of("5", "4"),
            of("6", "99"),
        ]);
        let ids = |rows: &[Numbered]| rows.iter().map(|(_, row)| row.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&ordered), ["1", "6", "2", "3"]);
        assert_eq!(ids(&circle), ["5", "4"]);
    }

    proptest! {
        #[test]
        fn what_is_answered_comes_first_and_nothing_is_lost(parents in proptest::collection::vec(0_usize..12, 0..12)) {
            let rows: Vec<_> = parents.iter().enumerate().map(|(id, parent)| {
                (id as u64, row(&id.to_string(), About::Comment(parent.to_string())))
            }).collect();
            let (ordered, circle) = in_order(rows.clone());
            prop_assert_eq!(ordered.len() + circle.len(), rows.len());
            for (place, (_, one)) in ordered.iter().enumerate() {
                let About::Comment(parent) = &one.about else { continue };
                let at = ordered.iter().position(|(_, other)| other.id == *parent);
                prop_assert!(at.is_none_or(|at| at < place));
                prop_assert!(circle.iter().all(|(_, other)| other.id != *parent));
            }
        }
    }
}
