//! The sheets of a form: what its pages ask, with lines to write on and boxes to tick.

use crate::model::Definition;
use forms::{Condition, Field, FormPage, Kind};
use print::{FormFrame, PrintError, Sheet};
use web::{Sayings, Town};

struct Paper<'f> {
    t: &'f Sayings,
    definition: &'f Definition,
    form: print::Form<'f>,
}

/// Draws the sheets of version `number` of a service.
///
/// # Errors
/// [`PrintError`].
pub(super) fn draw(
    town: &Town,
    t: &Sayings,
    code: &str,
    number: i64,
    definition: &Definition,
) -> Result<Vec<Sheet>, PrintError> {
    let language = t.language();
    let foot = move |page: usize| {
        let counter = crate::views::words(definition.counter.as_ref(), language);
        let bring = if counter.is_empty() {
            t.say("sv-paper-bring").to_owned()
        } else {
            t.with1("sv-paper-bring-to", "counter", counter)
        };
        let values = [("code", code.into()), ("number", number.into()), ("page", page.into())];
        let online = t.with1("sv-paper-online", "link", town.url(&format!("/services/{code}")));
        [bring, online, t.with("sv-paper-office", &values)]
    };
    let form = print::Form::new(FormFrame {
        language,
        town: town.settings().name.in_language(language),
        title: definition.title.in_language(language).to_owned(),
        // The page on which a clerk types an application of this version.
        address: town.url(&format!("/services/{code}/apply?paper={number}")),
        foot: Box::new(foot),
    })?;
    let mut paper = Paper { t, definition, form };
    paper.lead()?;
    for page in &definition.form.pages {
        paper.page(page)?;
    }
    Ok(paper.form.sheets())
}

impl Paper<'_> {
    fn lead(&mut self) -> Result<(), PrintError> {
        let need = crate::views::lines(self.definition, self.t.language()).join(" · ");
        let mut lead = self.t.say("sv-paper-lead").to_owned();
        if !need.is_empty() {
            lead = format!("{lead} {}", self.t.with1("sv-paper-need", "need", need));
        }
        self.form.lead(&lead)
    }

    /// What one page asks; one question that is its page has no heading of its own.
    fn page(&mut self, page: &FormPage) -> Result<(), PrintError> {
        let t = self.t;
        let only = page.show_if.as_ref().map(|condition| self.only_if(condition)).unwrap_or_default();
        if forms::is_single(page) {
            return page.fields.iter().try_for_each(|field| self.question(field, &only));
        }
        let each =
            if page.repeat > 0 { t.with1("sv-paper-each", "most", i64::from(page.repeat)) } else { String::new() };
        let notes: Vec<&str> = [only.as_str(), &each].into_iter().filter(|note| !note.is_empty()).collect();
        self.form.part(page.title.in_language(t.language()), &notes)?;
        page.fields.iter().try_for_each(|field| self.question(field, ""))
    }

    /// On which answer a page hangs, in words.
    fn only_if(&self, condition: &Condition) -> String {
        let language = self.t.language();
        let Some((_, field)) = self.definition.form.field(&condition.field) else { return String::new() };
        let choice = field.choices.iter().find(|choice| choice.value == condition.is);
        let answer = match choice {
            Some(choice) => choice.label.in_language(language),
            None => self.t.say(if condition.is == "yes" { "form-yes" } else { "form-no" }),
        };
        self.t.with2("sv-paper-only-if", "question", field.label.in_language(language), "answer", answer)
    }

    fn question(&mut self, field: &Field, note: &str) -> Result<(), PrintError> {
        let (t, language) = (self.t, self.t.language());
        let how = match field.kind {
            // What is worked out is worked out again when it is typed in.
            Kind::Calculated => return Ok(()),
            Kind::Upload => t.say("sv-paper-upload"),
            Kind::Date => t.say("sv-paper-date"),
            Kind::Several => t.say("sv-paper-several"),
            Kind::Choice | Kind::YesNo => t.say("sv-paper-one"),
            _ => "",
        };
        let own = field.hint.as_ref().map(|hint| hint.in_language(language)).unwrap_or_default();
        let optional = if field.required { "" } else { t.say("sv-paper-optional") };
        let notes: Vec<&str> = [note, own, how, optional].into_iter().filter(|note| !note.is_empty()).collect();
        let (notes, label) = (notes.join(" "), field.label.in_language(language));
        match field.kind {
            Kind::YesNo => self.form.choices(label, &notes, &["form-yes", "form-no"].map(|key| t.say(key))),
            Kind::Choice | Kind::Several => {
                let choices: Vec<&str> = field.choices.iter().map(|one| one.label.in_language(language)).collect();
                self.form.choices(label, &notes, &choices)
            }
            Kind::Upload => self.form.lines(label, &notes, 0),
            Kind::LongText => self.form.lines(label, &notes, 4),
            Kind::Address => self.form.lines(label, &notes, 2),
            _ => self.form.lines(label, &notes, 1),
        }
    }
}
