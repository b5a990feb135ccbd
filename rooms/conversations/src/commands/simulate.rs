//! Fills a conversation of the demo with a population that is simulated, and said to be.

use super::touched;
use crate::{books::Books, drawing, model::Reaction, store};
use civic::Moment;
use database::OffRecord;
use opinion_map::Stance;
use web::{Stop, Town};

/// Somebody who does not exist.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulated {
    /// The code of the district they would live in.
    pub district: Option<String>,
    /// Statement, answer, whether it is important, when; in the order of time.
    pub answers: Vec<(i64, Stance, bool, Moment)>,
}

/// Lets simulated people answer, all at once, and asks for the map with so many frames of its playback.
///
/// # Errors
/// `NotFound` where the town is no demo, or there is no such conversation; those of the database.
pub async fn simulate(town: &Town, code: &str, people: Vec<Simulated>, frames: usize) -> Result<(), Stop> {
    if !town.settings().demo {
        return Err(Stop::NotFound);
    }
    let (now, chance, own) = (town.now(), town.chance_handle(), code.to_owned());
    town.db()
        .write(move |tx| {
            let conversation = store::by_code_to_change(tx, &own)?.ok_or(Stop::NotFound)?;
            let first = store::count(tx, &own)?;
            let numbered = || (first..).zip(&people);
            let rows: Vec<_> = numbered()
                .map(|(number, one)| {
                    let joined = one.answers.first().map(|answer| answer.3);
                    (number, format!("simulated:{number}"), None, joined)
                })
                .collect();
            store::join_many(tx, &own, &rows)?;
            let reactions: Vec<Reaction> = numbered()
                .flat_map(|(participant, one)| {
                    one.answers.iter().map(move |(statement, stance, important, at)| Reaction {
                        participant,
                        statement: *statement,
                        stance: Some(*stance),
                        important: *important,
                        at: Some(*at),
                    })
                })
                .collect();
            store::give_many(tx, &own, &reactions)?;
            for (number, one) in numbered().filter(|(_, one)| one.district.is_some()) {
                store::set_district(tx, &own, number, one.district.as_deref())?;
            }
            drawing::ask_with_frames(tx, &own, frames, now, &*chance)?;
            store::update(tx, &touched(conversation, now))?;
            tx.commit(OffRecord("nobody did it: the people of a demo are simulated"), ()).map_err(Stop::from)
        })
        .await?;
    Books::reread(town, code).await.map_err(Stop::from)
}
