//! A report for a reader: the words of facilitators, statements with the figures that stood, promises with what became of them.

use crate::{
    books::Known,
    importance::SMALL,
    model::{Frozen, FrozenStatement, ReportContent, Section},
    pages::{
        show::{PromiseShown, promise_shown},
        shown::group_name,
    },
    promised::Promised,
    views::{Said, is_public, said},
};
use civic::{Language, LocalText, Moment};
use web::{
    Stop, Town, Visit,
    dates::{decimal, number},
};

/// A statement of a report.
pub(in crate::pages) struct Chosen {
    pub number: i64,
    /// Its words; nothing where they are not public any more.
    pub said: Option<Said>,
    pub figures: String,
    /// The same in each group.
    pub groups: Vec<(String, String)>,
}

/// A part of a report.
pub(in crate::pages) struct PartShown {
    pub heading: String,
    pub heading_lang: &'static str,
    /// What facilitators say, as HTML that is all ours.
    pub words: String,
    pub words_lang: &'static str,
    pub statements: Vec<Chosen>,
    pub promises: Vec<PromiseShown>,
}

/// A report for a reader.
pub(in crate::pages) struct Composed {
    pub parts: Vec<PartShown>,
    /// What the figures come from: name and value.
    pub basis: Vec<(String, String)>,
}

/// Puts a report together; without figures where `frozen` is none.
pub(in crate::pages) async fn composed(
    town: &Town,
    visit: &Visit,
    known: &Known,
    content: &ReportContent,
    frozen: Option<&Frozen>,
) -> Result<Composed, Stop> {
    let promised = Promised::of(town, known, visit.t.language()).await?;
    let part = |one: &Section| {
        let promise = |number: &i64| known.promises.iter().find(|promise| promise.number == *number);
        let promises = one.promises.iter().filter_map(promise);
        let (heading, heading_lang) = worded(&one.heading, visit.t.language());
        let (words, words_lang) = worded(&one.words, visit.t.language());
        PartShown {
            heading: heading.to_owned(),
            heading_lang,
            words: commons::markdown::html(words),
            words_lang,
            statements: one.statements.iter().map(|number| chosen(visit, known, *number, frozen)).collect(),
            promises: promises.map(|promise| promise_shown(town, visit, known, &promised, promise)).collect(),
        }
    };
    Ok(Composed {
        parts: content.sections.iter().map(part).collect(),
        basis: frozen.map(|frozen| basis(visit, frozen)).unwrap_or_default(),
    })
}

/// What a reader reads of a text, and the language it is in.
fn worded(text: &LocalText, language: Language) -> (&str, &'static str) {
    let words = text.in_language(language);
    let own = std::iter::once(language).chain(Language::ALL).find(|one| text.exactly(*one) == Some(words));
    (words, own.unwrap_or(language).tag())
}

fn chosen(visit: &Visit, known: &Known, number: i64, frozen: Option<&Frozen>) -> Chosen {
    let statement = known.statement(number).filter(|one| is_public(one));
    let figures = frozen.and_then(|frozen| frozen.of(number));
    Chosen {
        number,
        said: statement.map(|one| said(one, visit.t.language())),
        figures: figures.map(|figures| sentence(visit, figures)).unwrap_or_default(),
        groups: figures.map(|figures| by_group(visit, figures)).unwrap_or_default(),
    }
}

fn share(part: u32, all: u32, language: Language) -> String {
    decimal(100.0 * f64::from(part) / f64::from(all.max(1)), 0, language)
}

fn sentence(visit: &Visit, figures: &FrozenStatement) -> String {
    let (t, language) = (&visit.t, visit.t.language());
    let Some([agrees, disagrees, passes]) = figures.counts else {
        return t.with1("creport-figures-few", "least", SMALL);
    };
    let seen = agrees + disagrees + passes;
    let values = [
        ("agree", share(agrees, seen, language).into()),
        ("disagree", share(disagrees, seen, language).into()),
        ("pass", share(passes, seen, language).into()),
        ("seen", number(i64::from(seen), language).into()),
    ];
    t.with("creport-figures", &values)
}

fn by_group(visit: &Visit, figures: &FrozenStatement) -> Vec<(String, String)> {
    let language = visit.t.language();
    let one = |(group, [agrees, disagrees, seen]): (usize, &[u32; 3])| {
        let values = [
            ("agree", share(*agrees, *seen, language).into()),
            ("disagree", share(*disagrees, *seen, language).into()),
            ("seen", number(i64::from(*seen), language).into()),
        ];
        (group_name(visit, group), visit.t.with("creport-figures-group", &values))
    };
    figures.groups.iter().enumerate().map(one).collect()
}

fn basis(visit: &Visit, frozen: &Frozen) -> Vec<(String, String)> {
    let (t, language) = (&visit.t, visit.t.language());
    let count = |count: usize| number(i64::try_from(count).unwrap_or(i64::MAX), language);
    let drawn = Moment::parse(&frozen.map_drawn_at).map(|at| visit.date_time(at)).unwrap_or_default();
    let mut facts = vec![
        ("creport-basis-drawn", drawn),
        ("creport-basis-map", frozen.map_version.to_string()),
        ("omap-method-seed", frozen.seed.to_string()),
        ("ccensus-people", count(frozen.people)),
        ("conversation-answers", count(frozen.answers)),
    ];
    if !frozen.groups.is_empty() {
        let sizes = frozen.groups.iter().enumerate().map(|(at, size)| {
            let people = t.with1("creport-basis-people", "count", *size);
            format!("{}: {people}", group_name(visit, at))
        });
        facts.push(("omap-groups", sizes.collect::<Vec<_>>().join(t.say("creport-basis-comma"))));
    }
    facts.into_iter().map(|(key, value)| (t.say(key).to_owned(), value)).collect()
}
