//! The sheets of a form: what its pages ask, with lines to write on and boxes to tick.

use crate::model::Definition;
use forms::{Condition, Field, FormPage, Kind};
use print::{A4, Color, Mark, PrintError, Role, Sheet, Style};
use web::{Sayings, Town};

const FIELD: Color = Color(11, 59, 54);
const INK: Color = Color(16, 32, 30);
const MUTED: Color = Color(78, 98, 93);
const RULE: Color = Color(150, 165, 160);
const PAPER: Color = Color(255, 255, 255);
/// Points of margin at each side, and the width between them.
const MARGIN: f32 = 44.0;
const WIDTH: f32 = A4.0 - 2.0 * MARGIN;
/// Below this nothing is written but the foot.
const END: f32 = A4.1 - 108.0;
/// From one line to write on to the next: 9 mm, for large handwriting.
const LINE: f32 = 25.5;
/// Choices beyond which a question gets a line to write on instead of boxes.
const BOXES_LIMIT: usize = 24;

fn style(size: f32, is_bold: bool, color: Color) -> Style {
    Style::new(size, is_bold, color)
}

/// A form that grows by a sheet when one is full.
struct Paper<'f> {
    town: &'f Town,
    t: &'f Sayings,
    code: &'f str,
    number: i64,
    definition: &'f Definition,
    sheets: Vec<Sheet>,
    y: f32,
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
    let mut paper = Paper { town, t, code, number, definition, sheets: Vec::new(), y: 0.0 };
    paper.begin()?;
    paper.lead()?;
    for page in &definition.form.pages {
        paper.page(page)?;
    }
    Ok(paper.sheets)
}

impl Paper<'_> {
    /// Begins a sheet with its heading and its foot.
    fn begin(&mut self) -> Result<(), PrintError> {
        let title = self.definition.title.in_language(self.t.language()).to_owned();
        let mut sheet = Sheet {
            size: A4,
            language: self.t.language(),
            description: title.clone(),
            title: title.clone(),
            marks: Vec::new(),
        };
        sheet.marks.push(Mark::Bar { x: 0.0, y: 0.0, width: A4.0, height: 84.0, color: FIELD });
        let town_name = self.town.settings().name.in_language(self.t.language());
        sheet.fitted((MARGIN, 34.0), town_name, style(11.0, false, PAPER), WIDTH)?;
        sheet.fitted((MARGIN, 64.0), &title, style(21.0, true, PAPER).of(Role::Title), WIDTH)?;
        self.foot(&mut sheet)?;
        self.sheets.push(sheet);
        self.y = 108.0;
        Ok(())
    }

    /// Where to bring it, and the code by which a clerk opens the page of this version.
    fn foot(&self, sheet: &mut Sheet) -> Result<(), PrintError> {
        const SIDE: f32 = 78.0;
        let t = self.t;
        let top = A4.1 - 96.0;
        sheet.marks.push(Mark::Rule { from: (MARGIN, top), to: (MARGIN + WIDTH, top), width: 0.8, color: MUTED });
        let address = self.town.url(&format!("/services/{}/apply?paper={}", self.code, self.number));
        sheet.code((MARGIN + WIDTH - SIDE, top + 6.0), SIDE, &address)?;
        let wide = WIDTH - SIDE - 24.0;
        let counter = crate::views::words(self.definition.counter.as_ref(), t.language());
        let bring = if counter.is_empty() {
            t.say("sv-paper-bring").to_owned()
        } else {
            t.with1("sv-paper-bring-to", "counter", counter)
        };
        let y = sheet.words((MARGIN, top + 20.0), &bring, style(9.5, true, INK), wide)?;
        let link = self.town.url(&format!("/services/{}", self.code));
        let y =
            sheet.words((MARGIN, y + 2.0), &t.with1("sv-paper-online", "link", link), style(9.0, false, INK), wide)?;
        let values =
            [("code", self.code.into()), ("number", self.number.into()), ("page", (self.sheets.len() + 1).into())];
        let office = t.with("sv-paper-office", &values);
        sheet.words((MARGIN, y + 2.0), &office, style(9.0, false, MUTED), wide).map(|_| ())
    }

    fn lead(&mut self) -> Result<(), PrintError> {
        let need = crate::views::lines(self.definition, self.t.language()).join(" · ");
        let mut lead = self.t.say("sv-paper-lead").to_owned();
        if !need.is_empty() {
            lead = format!("{lead} {}", self.t.with1("sv-paper-need", "need", need));
        }
        self.words(&lead, style(9.5, false, MUTED))?;
        self.y += 12.0;
        Ok(())
    }

    /// The sheet that is being filled.
    fn sheet(&mut self) -> &mut Sheet {
        self.sheets.last_mut().expect("`begin` puts the first sheet there")
    }

    /// Makes sure of so many points on the sheet.
    fn need(&mut self, height: f32) -> Result<(), PrintError> {
        if self.y + height > END { self.begin() } else { Ok(()) }
    }

    fn words(&mut self, text: &str, style: Style) -> Result<(), PrintError> {
        let at = (MARGIN, self.y);
        self.y = self.sheet().words(at, text, style, WIDTH)?;
        Ok(())
    }

    /// What one page asks; one question that is its page has no heading of its own.
    fn page(&mut self, page: &FormPage) -> Result<(), PrintError> {
        let t = self.t;
        let only = page.show_if.as_ref().map(|condition| self.only_if(condition)).unwrap_or_default();
        if !forms::is_single(page) {
            self.need(60.0 + LINE)?;
            self.words(page.title.in_language(t.language()), style(13.0, true, FIELD).of(Role::Heading))?;
            let each =
                if page.repeat > 0 { t.with1("sv-paper-each", "most", i64::from(page.repeat)) } else { String::new() };
            for note in [only.as_str(), &each].into_iter().filter(|note| !note.is_empty()) {
                self.words(note, style(8.5, false, MUTED))?;
            }
            self.y += 8.0;
            return page.fields.iter().try_for_each(|field| self.question(field, ""));
        }
        page.fields.iter().try_for_each(|field| self.question(field, &only))
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
        let language = self.t.language();
        let choices: Vec<String> = match field.kind {
            // What is worked out is worked out again when it is typed in.
            Kind::Calculated => return Ok(()),
            Kind::YesNo => ["form-yes", "form-no"].map(|key| self.t.say(key).to_owned()).to_vec(),
            Kind::Choice | Kind::Several => {
                field.choices.iter().map(|choice| choice.label.in_language(language).to_owned()).collect()
            }
            _ => Vec::new(),
        };
        let own = field.hint.as_ref().map(|hint| hint.in_language(language).to_owned()).unwrap_or_default();
        let how = match field.kind {
            Kind::Upload => self.t.say("sv-paper-upload"),
            Kind::Date => self.t.say("sv-paper-date"),
            Kind::Several => self.t.say("sv-paper-several"),
            Kind::Choice | Kind::YesNo => self.t.say("sv-paper-one"),
            _ => "",
        };
        let optional = if field.required { "" } else { self.t.say("sv-paper-optional") };
        let notes: Vec<&str> = [note, &own, how, optional].into_iter().filter(|note| !note.is_empty()).collect();
        let (notes, label) = (notes.join(" "), field.label.in_language(language));
        if field.kind == Kind::Upload {
            self.need(36.0)?;
            return self.heading(label, &notes).map(|()| self.y += 12.0);
        }
        if choices.is_empty() || choices.len() > BOXES_LIMIT {
            let count = match field.kind {
                Kind::LongText => 4,
                Kind::Address => 2,
                _ => 1,
            };
            return self.lines(label, &notes, count);
        }
        self.need(40.0 + 18.0 * choices.len().div_ceil(2) as f32)?;
        self.heading(label, &notes)?;
        for pair in choices.chunks(2) {
            self.y += 18.0;
            for (column, choice) in pair.iter().enumerate() {
                let at = (MARGIN + column as f32 * WIDTH / 2.0, self.y - 6.0);
                self.tick(at, choice, WIDTH / 2.0 - 24.0)?;
            }
        }
        self.y += 24.0;
        Ok(())
    }

    fn heading(&mut self, text: &str, hint: &str) -> Result<(), PrintError> {
        self.words(text, style(11.5, true, INK).of(Role::Heading))?;
        if hint.is_empty() { Ok(()) } else { self.words(hint, style(8.5, false, MUTED)) }
    }

    /// A heading with lines to write on.
    fn lines(&mut self, text: &str, hint: &str, count: usize) -> Result<(), PrintError> {
        self.need(36.0 + LINE * count as f32)?;
        self.heading(text, hint)?;
        for _ in 0..count {
            self.y += LINE;
            let y = self.y - 8.0;
            self.sheet().marks.push(Mark::Rule { from: (MARGIN, y), to: (MARGIN + WIDTH, y), width: 0.6, color: RULE });
        }
        self.y += 14.0;
        Ok(())
    }

    /// A box to tick with its words.
    fn tick(&mut self, (x, y): (f32, f32), words: &str, width: f32) -> Result<(), PrintError> {
        const SIDE: f32 = 9.0;
        let ring = vec![(0.0, 0.0), (SIDE, 0.0), (SIDE, SIDE), (0.0, SIDE)];
        let sheet = self.sheet();
        sheet.marks.push(Mark::Outline {
            at: (x, y - SIDE + 1.0),
            width: SIDE,
            rings: vec![ring],
            color: PAPER,
            line: Some((0.9, INK)),
            alt: String::new(),
        });
        sheet.fitted((x + 15.0, y), words, style(10.5, false, INK), width)
    }
}
