//! A map in words: the same for whoever sees the picture and whoever does not.

use crate::{
    books::Known,
    importance::SMALL,
    map_view::{BurstView, MapView, MarkView},
    picture::{Labels, key_svg, map_svg, people_a_mark},
    views::{Said, said},
};
use civic::Language;
use web::{
    Visit,
    dates::{decimal, number},
};

/// Statements a list shows.
const LISTED: usize = 8;

/// A statement with how it was answered, as a sentence.
pub(super) struct Line {
    pub said: Said,
    pub figures: String,
}

/// A group for a reader.
pub(super) struct GroupShown {
    pub name: String,
    pub key: String,
    pub size: String,
    pub firm: String,
    pub marks: Vec<Line>,
    /// What it agrees with most, where it does not differ from others by that.
    pub agreed_most: Vec<Line>,
}

/// A statement on which groups differ.
pub(super) struct Differing {
    pub said: Said,
    pub shares: Vec<(String, String)>,
}

/// Groups that another system made.
pub(super) struct GivenShown {
    pub sentence: String,
    pub rows: Vec<(String, String, Vec<String>)>,
}

/// A statement with how many people it is important to.
pub(super) struct ImportantRow {
    pub said: Said,
    pub people: String,
    pub share: String,
}

/// How many people and answers came at one level.
pub(super) struct LevelRow {
    pub name: String,
    pub people: String,
    pub answers: String,
}

/// A map for a reader.
pub(super) struct Shown {
    pub svg: String,
    pub verdict: String,
    pub explanation: String,
    pub warnings: Vec<String>,
    pub counts: String,
    pub scale: String,
    pub has_groups: bool,
    pub groups: Vec<GroupShown>,
    pub agreed: Vec<Line>,
    pub across: Vec<Line>,
    pub rejected: Vec<Line>,
    pub divisive: Vec<Differing>,
    pub uncertain: Vec<Line>,
    pub important: Vec<ImportantRow>,
    pub important_few: String,
    pub levels: Vec<LevelRow>,
    pub coordination: Vec<String>,
    /// Many who came at once and answer as everybody does.
    pub arrivals: Vec<String>,
    pub given: Option<GivenShown>,
    pub method: Vec<(String, String)>,
}

/// What a group is called: a letter of the reader's script.
pub(super) fn group_name(visit: &Visit, group: usize) -> String {
    const ARABIC: [&str; 9] = ["أ", "ب", "ج", "د", "ه", "و", "ز", "ح", "ط"];
    const LATIN: [&str; 9] = ["A", "B", "C", "D", "E", "F", "G", "H", "I"];
    let letters = if visit.t.language() == Language::Ar { ARABIC } else { LATIN };
    visit.t.with1("omap-group", "letter", letters[group % letters.len()])
}

/// Puts a map into words. `you` is the place of the reader.
pub(super) fn shown(visit: &Visit, known: &Known, map: &MapView, you: Option<(i32, i32)>) -> Shown {
    let eyes = Eyes { visit, known, map };
    let names: Vec<String> = (0..map.groups.len()).map(|group| group_name(visit, group)).collect();
    let t = &visit.t;
    let counts = t.with(
        "omap-counts",
        &[
            ("people", eyes.count(map.people).into()),
            ("placed", eyes.count(map.people_on_map).into()),
            ("answers", eyes.count(map.reactions).into()),
            ("when", visit.date_time(civic::Moment::parse(&map.drawn_at).unwrap_or(visit.at)).into()),
        ],
    );
    let verdict = t.with1(&format!("omap-verdict-{}", map.clarity), "count", map.groups.len());
    let labels = Labels {
        title: t.say("omap-title-picture"),
        desc: &format!("{verdict} {counts}"),
        groups: &names,
        you: t.say("omap-you"),
    };
    Shown {
        svg: map_svg(map, you, &labels),
        explanation: t.say(&format!("omap-explained-{}", map.clarity)).to_owned(),
        warnings: map
            .warnings
            .iter()
            .filter(|code| t.has(&format!("omap-warning-{code}")))
            .map(|code| t.say(&format!("omap-warning-{code}")).to_owned())
            .collect(),
        scale: match people_a_mark(map) {
            1 => String::new(),
            people => t.with1("omap-scale", "count", people),
        },
        has_groups: map.has_groups(),
        groups: if map.groups.len() > 1 { eyes.groups(&names) } else { Vec::new() },
        agreed: eyes.lines(&map.agreed, true),
        across: map.across_groups(LISTED).iter().filter_map(|one| eyes.line(one.number, true)).collect(),
        rejected: eyes.lines(&map.rejected, false),
        divisive: if map.has_groups() { eyes.divisive(&names) } else { Vec::new() },
        uncertain: eyes.uncertain(),
        important: eyes.important(),
        important_few: match map.important_to_few() {
            0 => String::new(),
            few => t.with2("omap-important-few", "count", few, "least", SMALL),
        },
        levels: eyes.levels(),
        coordination: eyes.coordination(),
        arrivals: eyes.arrivals(),
        given: eyes.given(&names),
        method: eyes.method(),
        verdict,
        counts,
    }
}

/// What may be coordinated, in sentences; none while there is no map.
pub(super) fn coordination(visit: &Visit, known: &Known) -> Vec<String> {
    known.map.as_ref().map(|map| Eyes { visit, known, map }.coordination()).unwrap_or_default()
}

struct Eyes<'e> {
    visit: &'e Visit,
    known: &'e Known,
    map: &'e MapView,
}

impl Eyes<'_> {
    fn language(&self) -> Language {
        self.visit.t.language()
    }

    fn count(&self, count: usize) -> String {
        number(i64::try_from(count).unwrap_or(i64::MAX), self.language())
    }

    fn percent(&self, part: u32, all: u32) -> String {
        decimal(100.0 * f64::from(part) / f64::from(all.max(1)), 0, self.language())
    }

    fn figure(&self, value: f64) -> String {
        decimal(value, 2, self.language())
    }

    fn said(&self, number: i64) -> Option<Said> {
        let one = self.known.statement(number).filter(|one| !one.words.original.is_empty())?;
        Some(said(one, self.language()))
    }

    /// A statement with the share of everybody who agreed, or disagreed.
    fn line(&self, number: i64, agrees: bool) -> Option<Line> {
        let figures = self.map.figures(number)?;
        let seen = figures.agrees + figures.disagrees + figures.passes;
        let (part, key) =
            if agrees { (figures.agrees, "omap-agree-share") } else { (figures.disagrees, "omap-disagree-share") };
        let values = [("share", self.percent(part, seen).into()), ("seen", self.count(seen as usize).into())];
        Some(Line { said: self.said(number)?, figures: self.visit.t.with(key, &values) })
    }

    fn lines(&self, numbers: &[i64], agrees: bool) -> Vec<Line> {
        numbers.iter().take(LISTED).filter_map(|number| self.line(*number, agrees)).collect()
    }

    fn uncertain(&self) -> Vec<Line> {
        let line = |number: &i64| {
            let figures = self.map.figures(*number)?;
            let seen = figures.agrees + figures.disagrees + figures.passes;
            let values =
                [("share", self.percent(figures.passes, seen).into()), ("seen", self.count(seen as usize).into())];
            Some(Line { said: self.said(*number)?, figures: self.visit.t.with("omap-pass-share", &values) })
        };
        self.map.uncertain.iter().take(LISTED).filter_map(line).collect()
    }

    fn groups(&self, names: &[String]) -> Vec<GroupShown> {
        let firmness = self.map.stability.as_ref().map(|one| one.groups.as_slice()).unwrap_or_default();
        let group = |(group, name): (&crate::map_view::GroupView, &String)| {
            let share = self.percent(group.size as u32, self.map.people_on_map as u32);
            let marks = |which: &dyn Fn(&MarkView) -> bool| {
                group.marks.iter().filter(|mark| which(mark)).filter_map(|mark| self.mark(mark, group.id)).collect()
            };
            GroupShown {
                name: name.clone(),
                key: key_svg(group.id),
                size: self.visit.t.with2("omap-group-size", "count", group.size, "share", share),
                firm: firmness.get(group.id).map(|found| self.firm(*found)).unwrap_or_default(),
                marks: marks(&|mark| mark.marks || !mark.best_agree),
                agreed_most: marks(&|mark| !mark.marks && mark.best_agree),
            }
        };
        self.map.groups.iter().zip(names).map(group).collect()
    }

    /// How well a group is found again, by Hennig's steps.
    fn firm(&self, found: f64) -> String {
        let key = match found {
            found if found >= 0.85 => "omap-firm-much",
            found if found >= 0.6 => "omap-firm-some",
            _ => "omap-firm-little",
        };
        self.visit.t.with1(key, "found", self.figure(found))
    }

    /// What marks a group, with the share of everybody else beside it.
    fn mark(&self, mark: &MarkView, group: usize) -> Option<Line> {
        let figures = self.map.figures(mark.statement)?;
        let own = mark.counts;
        let others = figures.by_group.iter().enumerate().filter(|(at, _)| *at != group);
        let (agrees, disagrees, seen) =
            others.fold((0, 0, 0), |sum, (_, one)| (sum.0 + one.0, sum.1 + one.1, sum.2 + one.2));
        // What a group agrees with most is told by who agrees, also where a few of it stand out by disagreeing.
        let (part, elsewhere, key) = if mark.agrees || (mark.best_agree && !mark.marks) {
            (own.0, agrees, "omap-mark-agree")
        } else {
            (own.1, disagrees, "omap-mark-disagree")
        };
        let values = [
            ("share", self.percent(part, own.2).into()),
            ("seen", self.count(own.2 as usize).into()),
            ("elsewhere", self.percent(elsewhere, seen).into()),
        ];
        Some(Line { said: self.said(mark.statement)?, figures: self.visit.t.with(key, &values) })
    }

    fn divisive(&self, names: &[String]) -> Vec<Differing> {
        let one = |one: &crate::map_view::DivisiveView| {
            let figures = self.map.figures(one.statement)?;
            let share = |((agrees, _, seen), name): (&(u32, u32, u32), &String)| {
                let values =
                    [("share", self.percent(*agrees, *seen).into()), ("seen", self.count(*seen as usize).into())];
                (name.clone(), self.visit.t.with("omap-agree-share", &values))
            };
            let shares = figures.by_group.iter().zip(names).map(share).collect();
            Some(Differing { said: self.said(one.statement)?, shares })
        };
        self.map.divisive.iter().take(LISTED).filter_map(one).collect()
    }

    /// The levels at which people came; none for a conversation that was taken over or simulated as a whole.
    fn levels(&self) -> Vec<LevelRow> {
        if self.map.levels.iter().all(|one| one.level.is_empty()) {
            return Vec::new();
        }
        let t = &self.visit.t;
        let count = |count: Option<i64>| match count {
            Some(count) => number(count, self.language()),
            None => t.with1("levels-few", "least", SMALL),
        };
        let name = |level: &str| if level.is_empty() { "none" } else { level }.to_owned();
        let row = |one: &crate::levels::LevelView| LevelRow {
            name: t.say(&format!("level-{}", name(&one.level))).to_owned(),
            people: count(one.people),
            answers: count(one.answers),
        };
        self.map.levels.iter().map(row).collect()
    }

    fn important(&self) -> Vec<ImportantRow> {
        let row = |(number, people, answered): (i64, i64, i64)| {
            Some(ImportantRow {
                said: self.said(number)?,
                people: web::dates::number(people, self.language()),
                share: decimal(100.0 * people as f64 / answered as f64, 0, self.language()),
            })
        };
        self.map.most_important().into_iter().filter_map(row).take(LISTED).collect()
    }

    fn coordination(&self) -> Vec<String> {
        let (found, t) = (&self.map.coordination, &self.visit.t);
        let mut sentences = Vec::new();
        for one in &found.identical {
            sentences.push(t.with2("omap-identical", "count", one.size, "seen", one.seen));
        }
        let alike = found.bursts.iter().filter(|one| one.answers_alike());
        sentences.extend(alike.map(|one| self.burst("omap-burst", one)));
        if !found.rapid.is_empty() {
            sentences.push(t.with1("omap-rapid", "count", found.rapid.len()));
        }
        sentences
    }

    fn arrivals(&self) -> Vec<String> {
        let others = self.map.coordination.bursts.iter().filter(|one| !one.answers_alike());
        let key = |one: &BurstView| if one.from_the_start { "omap-arrivals-opening" } else { "omap-arrivals-many" };
        others.map(|one| self.burst(key(one), one)).collect()
    }

    fn burst(&self, key: &str, one: &BurstView) -> String {
        let values = [
            ("count", one.size.into()),
            ("when", self.visit.date_time(civic::Moment(one.begun_at_ms.saturating_mul(1_000))).into()),
            ("expected", decimal(one.expected, 1, self.language()).into()),
            ("alike", self.percent((one.alike_share * 1_000.0) as u32, 1_000).into()),
            ("all", self.percent((one.alike_share_of_all * 1_000.0) as u32, 1_000).into()),
        ];
        self.visit.t.with(key, &values)
    }

    fn given(&self, names: &[String]) -> Option<GivenShown> {
        let given = self.map.given.as_ref()?;
        let row = |group: &crate::map_view::GivenGroup| {
            let cells = group.in_ours.iter().take(names.len()).map(|count| self.count(*count)).collect();
            (group.label.clone(), self.count(group.size), cells)
        };
        Some(GivenShown {
            sentence: self.visit.t.with1("omap-given-agreement", "index", self.figure(given.agreement)),
            rows: given.groups.iter().map(row).collect(),
        })
    }

    fn method(&self) -> Vec<(String, String)> {
        let t = &self.visit.t;
        let mut facts = vec![(t.say("omap-method-seed").to_owned(), self.map.seed.to_string())];
        let share = self.map.variance_share;
        let axes = [
            ("across", decimal(100.0 * share[0], 0, self.language()).into()),
            ("up", decimal(100.0 * share[1], 0, self.language()).into()),
        ];
        facts.push((t.say("omap-method-axes").to_owned(), t.with("omap-method-axes-value", &axes)));
        if let Some(one) = &self.map.separation {
            let values = [
                ("own", self.figure(one.silhouette).into()),
                ("round", self.figure(one.round_cloud).into()),
                ("stretched", self.figure(one.stretched_cloud).into()),
            ];
            facts.push((t.say("omap-method-separation").to_owned(), t.with("omap-method-separation-value", &values)));
        }
        if let Some(one) = &self.map.stability {
            let values = [
                ("count", one.resamples.into()),
                ("agreement", self.figure(one.agreement).into()),
                ("same", decimal(100.0 * one.same_number_share, 0, self.language()).into()),
            ];
            facts.push((t.say("omap-method-stability").to_owned(), t.with("omap-method-stability-value", &values)));
        }
        facts
    }
}
