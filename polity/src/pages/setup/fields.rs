//! The fields of each step, with what holds now or what was typed.

use super::{Standing, Step, starter};
use crate::{config::TownFacts, settings::Source};
use civic::Language;
use web::{
    Settings, Town, Visit,
    forms::Submission,
    hues::{Colour, DOORS},
    parts::Choice,
};

/// A field of a step.
pub struct Field {
    pub name: String,
    pub label: String,
    pub hint: String,
    pub value: String,
    pub lang: &'static str,
    pub kind: Kind,
}

/// How a field is filled in.
pub enum Kind {
    Line,
    Area,
    Menu(Vec<Choice>),
    Ticks(Vec<Choice>),
    /// Not here: it comes from the file or the environment.
    Fixed,
}

/// A colour, the shade that was found for it, and what is said of them.
pub struct Swatch {
    pub label: String,
    pub shade: String,
    pub words: String,
}

/// Makes the fields of one step.
struct Maker<'a> {
    town: &'a Town,
    visit: &'a Visit,
    form: Option<&'a Submission>,
}

/// The fields of a step.
pub fn of(
    town: &Town,
    visit: &Visit,
    step: Step,
    standing: &Standing,
    facts: &TownFacts,
    form: Option<&Submission>,
) -> Vec<Field> {
    let maker = Maker { town, visit, form };
    let settings = town.settings();
    match step {
        Step::Name => maker.name(settings),
        Step::Languages => maker.languages(settings),
        Step::Time => maker.time(facts),
        Step::Hues => maker.hues(settings),
        Step::Categories if !standing.organisations.is_empty() => maker.categories(standing),
        _ => Vec::new(),
    }
}

impl Maker<'_> {
    fn say(&self, key: &str) -> String {
        self.visit.t.say(key).to_owned()
    }

    /// A field of this key, or its value where it cannot be changed here.
    fn field(&self, key: &str, name: &str, label: String, hint: &str, now: String, kind: Kind) -> Field {
        let fixed = self.town.part::<Source>().is_fixed(key);
        let typed = self.form.and_then(|form| form.raw(name)).map(str::to_owned);
        Field {
            name: name.to_owned(),
            label,
            hint: if hint.is_empty() || fixed { String::new() } else { self.say(hint) },
            value: if fixed { now } else { typed.unwrap_or(now) },
            lang: "",
            kind: if fixed { Kind::Fixed } else { kind },
        }
    }

    fn name(&self, settings: &Settings) -> Vec<Field> {
        let local = |key, name: &str, label: &str, text: &civic::LocalText, language: Language| {
            let label = self.visit.t.with1(label, "language", language.own_name());
            let now = text.exactly(language).unwrap_or_default().to_owned();
            let name = format!("{name}[{}]", language.tag());
            Field { lang: language.tag(), ..self.field(key, &name, label, "", now, Kind::Line) }
        };
        let mut fields = Vec::new();
        for language in &settings.languages {
            fields.push(local("town.name", "name", "setup-town-name", &settings.name, *language));
        }
        for language in &settings.languages {
            fields.push(local("town.tagline", "tagline", "setup-town-tagline", &settings.tagline, *language));
        }
        let label = self.say("setup-contact");
        fields.push(self.field("town.contact_email", "contact", label, "", settings.contact_email.clone(), Kind::Line));
        fields
    }

    fn languages(&self, settings: &Settings) -> Vec<Field> {
        let choice = |language: Language, chosen: bool| Choice {
            value: language.tag().to_owned(),
            label: language.own_name().to_owned(),
            detail: String::new(),
            chosen,
        };
        let own = settings.languages.first().copied().unwrap_or_default();
        let owns = Language::ALL.iter().map(|language| choice(*language, *language == own)).collect();
        let offered = Language::ALL.iter().map(|language| choice(*language, settings.languages.contains(language)));
        let names: Vec<&str> = settings.languages.iter().map(|language| language.own_name()).collect();
        let key = "town.languages";
        let ticks = Kind::Ticks(offered.collect());
        let mut fields = vec![self.field(key, "languages", self.say("setup-languages"), "", names.join(", "), ticks)];
        if !matches!(fields[0].kind, Kind::Fixed) {
            let label = self.say("setup-language-own");
            fields.push(self.field(key, "own", label, "", String::new(), Kind::Menu(owns)));
        }
        fields
    }

    fn time(&self, facts: &TownFacts) -> Vec<Field> {
        let (zone, hours, days) = (&facts.time_zone, facts.working_hours.join("\n"), facts.holidays.join("\n"));
        vec![
            self.field("town.time_zone", "zone", self.say("setup-zone"), "setup-zone-hint", zone.clone(), Kind::Line),
            self.field("town.working_hours", "hours", self.say("setup-hours"), "setup-hours-hint", hours, Kind::Area),
            self.field(
                "town.holidays",
                "holidays",
                self.say("setup-holidays"),
                "setup-holidays-hint",
                days,
                Kind::Area,
            ),
        ]
    }

    fn hues(&self, settings: &Settings) -> Vec<Field> {
        let door = |(door, _): &(&str, Colour)| {
            let now = settings.hues.get(*door).map(ToString::to_string).unwrap_or_default();
            let label = self.say(&format!("setup-hue-{door}"));
            self.field("town.hues", door, label, "setup-hue-hint", now, Kind::Line)
        };
        DOORS.iter().map(door).collect()
    }

    /// What taking a category promises in public, to be read before it is taken.
    fn promised(&self, one: &starter::Starter) -> String {
        let Some((key, count)) = one.promise.map(requests::Promise::words) else { return String::new() };
        let within = self.visit.t.with1(key, "count", count);
        format!(" {}", self.visit.t.with1("report-promise", "within", within))
    }

    fn categories(&self, standing: &Standing) -> Vec<Field> {
        let language = self.visit.t.language();
        let chosen = self.form.map(|form| form.all("categories").map(str::to_owned).collect::<Vec<_>>());
        let agency = |one: &people::organisations::Organisation| Choice {
            value: one.code.clone(),
            label: one.name.in_language(language).to_owned(),
            detail: String::new(),
            chosen: self.form.is_some_and(|form| form.text("organisation") == Some(&one.code)),
        };
        let agencies = standing.organisations.iter().map(agency).collect();
        let choice = |one: &starter::Starter| {
            let is_there = standing.categories.contains(&one.code);
            let there =
                if is_there { format!(" ({})", self.visit.t.say("setup-categories-there")) } else { String::new() };
            Choice {
                value: one.code.clone(),
                label: format!("{}{there}", one.name.in_language(language)),
                detail: format!("{}{}", one.description.in_language(language), self.promised(one)),
                chosen: chosen.as_ref().map_or(!is_there, |chosen| chosen.contains(&one.code)),
            }
        };
        let ticks = starter::all().iter().map(choice).collect();
        let line = |name: &str, label: &str, kind| self.field("", name, self.say(label), "", String::new(), kind);
        vec![
            line("organisation", "setup-categories-agency", Kind::Menu(agencies)),
            line("categories", "setup-categories-choose", Kind::Ticks(ticks)),
        ]
    }
}

/// How the doors look now.
pub fn swatches(town: &Town, visit: &Visit) -> Vec<Swatch> {
    let hues = &town.settings().hues;
    // Isolated, so that the sign before the digits stays before them in every script.
    let code = |colour: Colour| format!("\u{2066}{colour}\u{2069}");
    let swatch = |(door, own): &(&str, Colour)| {
        let asked = hues.get(*door).copied().unwrap_or(*own);
        let shade = asked.shade();
        let contrast = web::dates::decimal(shade.least_contrast(), 1, visit.t.language());
        let words = if shade == asked {
            visit.t.with2("setup-hue-good", "shade", code(shade), "contrast", contrast)
        } else {
            let values = [("asked", code(asked).into()), ("shade", code(shade).into()), ("contrast", contrast.into())];
            visit.t.with("setup-hue-shade", &values)
        };
        Swatch { label: visit.t.say(&format!("setup-hue-{door}")).to_owned(), shade: shade.to_string(), words }
    };
    DOORS.iter().map(swatch).collect()
}
