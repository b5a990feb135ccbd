//! The versions of a service: which is in force, which were, and which were only given out in a pilot.

use crate::{
    model::Service,
    pilot::{self, Ending, Pilot},
    store,
};
use civic::{Moment, words};
use database::{DbError, Tx};
use schemars::JsonSchema;
use serde::Serialize;

words! {
    /// Where a version stands.
    Standing {
        /// It holds for whoever applies now.
        InForce = "in-force",
        /// It held before.
        Earlier = "earlier",
        /// It is given to some by chance, in a pilot that goes on; the one in force holds for the others.
        Pilot = "pilot",
        /// It was given out in a pilot and never came into force.
        GivenUp = "given-up",
    }
}

/// A version, for as long as it stood so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// Its number.
    pub number: i64,
    /// Where it stands.
    pub standing: Standing,
    /// Since when.
    pub from: Moment,
    /// Until when; `None` while it goes on.
    pub to: Option<Moment>,
}

/// A version in a list, for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct VersionRow {
    /// Its number.
    pub number: i64,
    /// `in-force`, `earlier`, `pilot` (given to some by chance) or `given-up` (a pilot's that never came into force).
    pub standing: String,
    /// Since when.
    pub from: String,
    /// Until when; none while it goes on.
    pub to: Option<String>,
    /// Its page.
    pub url: String,
}

/// A version in a list, for programs.
pub fn row(service: &str, one: &Version) -> VersionRow {
    VersionRow {
        number: one.number,
        standing: one.standing.word().to_owned(),
        from: one.from.rfc3339(),
        to: one.to.map(Moment::rfc3339),
        url: page_of(service, one.number),
    }
}

/// The page of a version.
pub fn page_of(service: &str, number: i64) -> String {
    format!("/services/{service}/versions/{number}")
}

/// The versions of a service, newest first.
///
/// # Errors
/// Those of the database.
pub fn of_service(tx: &mut Tx<'_>, service: &Service) -> Result<Vec<Version>, DbError> {
    Ok(standings(&store::versions(tx, &service.code)?, &pilot::all(tx, &service.code)?, service.number))
}

/// Where each version stands; `kept` are numbers and days in the order of the answer, `in_force` the number of the one that holds.
fn standings(kept: &[(i64, Moment)], pilots: &[Pilot], in_force: i64) -> Vec<Version> {
    let version = |(number, at): &(i64, Moment)| {
        let (standing, from, to) = match pilots.iter().find(|pilot| pilot.number_b == *number) {
            None => (Standing::Earlier, *at, None),
            Some(pilot) => match pilot.ended {
                None => (Standing::Pilot, pilot.begun_at, None),
                Some((ended, Ending::Kept)) => (Standing::GivenUp, pilot.begun_at, Some(ended)),
                // In force not when it was first given out, but when it was taken for all.
                Some((ended, Ending::Adopted)) => (Standing::Earlier, ended, None),
            },
        };
        Version { number: *number, standing, from, to }
    };
    let mut all: Vec<Version> = kept.iter().map(version).collect();
    let place = |one: &Version| (one.from, one.number);
    let mut begins: Vec<(Moment, i64)> =
        all.iter().filter(|one| one.standing == Standing::Earlier).map(place).collect();
    begins.sort_unstable();
    for one in all.iter_mut().filter(|one| one.standing == Standing::Earlier) {
        if one.number == in_force {
            one.standing = Standing::InForce;
        } else {
            one.to = begins.iter().find(|begin| **begin > place(one)).map(|(from, _)| *from);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{Standing, standings};
    use crate::pilot::{Ending, Pilot};
    use civic::{LocalText, Moment};

    fn pilot(number_a: i64, number_b: i64, begun: i64, ended: Option<(i64, Ending)>) -> Pilot {
        Pilot {
            id: "one".to_owned(),
            service: "parking".to_owned(),
            number_a,
            number_b,
            share_percent: 50,
            why: LocalText::plain("To see"),
            begun_at: Moment(begun),
            begun_a: 0,
            begun_b: 0,
            ended: ended.map(|(at, ending)| (Moment(at), ending)),
        }
    }

    #[test]
    fn each_version_is_called_what_it_was() {
        let kept = [(5, Moment(50)), (4, Moment(30)), (3, Moment(20)), (2, Moment(12)), (1, Moment(10))];
        let pilots = [
            pilot(1, 2, 12, Some((18, Ending::Kept))),
            pilot(3, 4, 30, Some((40, Ending::Adopted))),
            pilot(4, 5, 50, None),
        ];
        let found: Vec<_> = standings(&kept, &pilots, 4)
            .into_iter()
            .map(|one| (one.number, one.standing, one.from.micros(), one.to.map(Moment::micros)))
            .collect();
        assert_eq!(
            found,
            [
                (5, Standing::Pilot, 50, None),
                (4, Standing::InForce, 40, None),
                (3, Standing::Earlier, 20, Some(40)),
                (2, Standing::GivenUp, 12, Some(18)),
                (1, Standing::Earlier, 10, Some(20)),
            ]
        );
    }
}
