//! What the demo's simulated residents tell those who publish: they ask for data, report a mistake, show what they made.

use super::replay::in_words;
use civic::{Actor, Moment};
use open_data::{Answering, Asking, NoteKind, NoteState, Typed, answer, ask, support, town_itself};
use web::Town;

/// A note with what became of it: days before the demo stands still, what was written, its datasets, who else supports it, the answer.
struct Told<'t> {
    kind: NoteKind,
    days: i64,
    words: [&'t str; 3],
    datasets: &'t [&'t str],
    spot: [&'t str; 2],
    supports: usize,
    answer: Option<(NoteState, &'t str, &'t str)>,
}

const TOLD: [Told<'_>; 6] = [
    Told {
        kind: NoteKind::Request,
        days: 41,
        words: [
            "Borders of the council districts",
            "I teach geography and would like to draw the districts with my class. A file with the borders would do.",
            "",
        ],
        datasets: &[],
        spot: ["", ""],
        supports: 17,
        answer: Some((
            NoteState::Published,
            "The fifteen districts are published now, as GeoJSON and as a table. They change at most once in ten years.",
            "council-districts",
        )),
    },
    Told {
        kind: NoteKind::Request,
        days: 12,
        words: [
            "Where public toilets are, and when they are open",
            "For everybody who cannot walk far without one. Opening hours and whether a wheelchair fits matter most.",
            "",
        ],
        datasets: &[],
        spot: ["", ""],
        supports: 34,
        answer: None,
    },
    Told {
        kind: NoteKind::Request,
        days: 55,
        words: ["Names of those who report most", "It would be interesting to know who reports so much.", ""],
        datasets: &[],
        spot: ["", ""],
        supports: 2,
        answer: Some((
            NoteState::Refused,
            "Who reports something is nobody else’s business, so this is not published, nor is anything from which it could be told.",
            "",
        )),
    },
    Told {
        kind: NoteKind::Issue,
        days: 9,
        words: ["", "Why is there no pressure in this hour? The hours before and after have one.", ""],
        datasets: &["weather-jfk-2013"],
        spot: ["12", "pressure"],
        supports: 0,
        answer: Some((
            NoteState::Answered,
            "Thank you. The station gave none for this hour: NA in the file means that nothing was read, and the table leaves the cell empty.",
            "",
        )),
    },
    Told {
        kind: NoteKind::Issue,
        days: 3,
        words: ["", "What does an empty district mean: outside the town, or not known?", ""],
        datasets: &["service-requests"],
        spot: ["", "district"],
        supports: 0,
        answer: None,
    },
    Told {
        kind: NoteKind::Reuse,
        days: 20,
        words: [
            "A lesson on dark streets (simulated)",
            "Two hours for the eighth form: read the table of reports, draw a map, and ask the town a question.",
            "https://school.example/dark-streets",
        ],
        datasets: &["service-requests", "districts"],
        spot: ["", ""],
        supports: 0,
        answer: Some((NoteState::Shown, "Thank you; this is what the data is for.", "")),
    },
];

/// Writes, supports and answers them.
///
/// # Errors
/// When an act is refused.
pub(super) async fn tell(town: &Town, stands_at: Moment, crowd: &[Actor]) -> anyhow::Result<()> {
    for (number, told) in TOLD.iter().enumerate() {
        let Some(author) = crowd.get(number) else { continue };
        let then = town.at(stands_at.plus_days(-told.days));
        let [title, body, url] = told.words.map(str::to_owned);
        let typed = Typed {
            title,
            body,
            url,
            table: String::new(),
            row: told.spot[0].to_owned(),
            column: told.spot[1].to_owned(),
            version: String::new(),
        };
        let datasets = told.datasets.iter().map(|name| (*name).to_owned()).collect();
        let asking = Asking { kind: told.kind, typed, datasets, organisation: String::new() };
        let (note, _) = ask(&then, author.clone(), asking).await.map_err(in_words)?;
        for supporter in crowd.iter().filter(|one| one.person != author.person).take(told.supports) {
            support(&then, supporter.clone(), note.code.to_string(), true).await.map_err(in_words)?;
        }
        if let Some((state, body, dataset)) = told.answer {
            let later = town.at(stands_at.plus_days(2 - told.days));
            let answering = Answering { state, body: body.to_owned(), dataset: dataset.to_owned(), seen: None };
            answer(&later, town_itself(), told.kind, note.code.to_string(), answering).await.map_err(in_words)?;
        }
    }
    Ok(())
}
