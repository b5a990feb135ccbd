//! The sheets of a form: what is asked on the page, with lines to write on and boxes to tick.

use crate::category::{Attribute, Category, Datatype};
use print::{A4, Anchor, Color, Mark, PrintError, Role, Sheet, Style};
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
struct Form<'f> {
    town: &'f Town,
    t: &'f Sayings,
    category: &'f Category,
    sheets: Vec<Sheet>,
    y: f32,
}

/// Draws the sheets.
pub fn draw(town: &Town, t: &Sayings, category: &Category) -> Result<Vec<Sheet>, PrintError> {
    let mut form = Form { town, t, category, sheets: Vec::new(), y: 0.0 };
    form.begin()?;
    form.intro()?;
    form.lines(t.say("paper-where"), t.say("paper-where-hint"), 2)?;
    for attribute in &category.definition.attributes {
        form.question(attribute)?;
    }
    form.lines(t.say("report-description"), t.say("paper-words-hint"), 4)?;
    form.contact()?;
    Ok(form.sheets)
}

impl Form<'_> {
    /// Begins a sheet with its heading and its foot.
    fn begin(&mut self) -> Result<(), PrintError> {
        let t = self.t;
        let name = self.category.definition.name.in_language(t.language());
        let title = t.with1("paper-sheet-title", "category", name);
        let mut sheet = Sheet {
            size: A4,
            language: t.language(),
            description: title.clone(),
            title: title.clone(),
            marks: Vec::new(),
        };
        sheet.marks.push(Mark::Bar { x: 0.0, y: 0.0, width: A4.0, height: 84.0, color: FIELD });
        let town_name = self.town.settings().name.in_language(t.language());
        sheet.fitted((MARGIN, 34.0), town_name, style(11.0, false, PAPER), WIDTH)?;
        sheet.fitted((MARGIN, 64.0), &title, style(21.0, true, PAPER).of(Role::Title), WIDTH)?;
        self.foot(&mut sheet)?;
        self.sheets.push(sheet);
        self.y = 108.0;
        Ok(())
    }

    /// Where to send it, and the code by which a clerk opens the page of this form.
    fn foot(&self, sheet: &mut Sheet) -> Result<(), PrintError> {
        const SIDE: f32 = 78.0;
        let (t, settings, code) = (self.t, self.town.settings(), self.category.code.as_str());
        let top = A4.1 - 96.0;
        sheet.marks.push(Mark::Rule { from: (MARGIN, top), to: (MARGIN + WIDTH, top), width: 0.8, color: MUTED });
        let address = self.town.url(&format!("/desk/new?channel=mail&category={code}"));
        sheet.code((MARGIN + WIDTH - SIDE, top + 6.0), SIDE, &address)?;
        let wide = WIDTH - SIDE - 24.0;
        let send = t.with1("paper-send", "email", settings.contact_email.as_str());
        let y = sheet.words((MARGIN, top + 20.0), &send, style(9.5, true, INK), wide)?;
        let online = t.with1("paper-online", "link", self.town.url("/report"));
        let y = sheet.words((MARGIN, y + 2.0), &online, style(9.0, false, INK), wide)?;
        let office = t.with2("paper-office", "code", code, "page", self.sheets.len() + 1);
        sheet.words((MARGIN, y + 2.0), &office, style(9.0, false, MUTED), wide).map(|_| ())
    }

    fn intro(&mut self) -> Result<(), PrintError> {
        let when = self.category.definition.description.in_language(self.t.language()).to_owned();
        let lead = format!("{when} {}", self.t.say("paper-lead"));
        let at = (MARGIN, self.y);
        self.y = self.sheet().words(at, &lead, style(9.5, false, MUTED), WIDTH)? + 12.0;
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

    fn heading(&mut self, text: &str, hint: &str) -> Result<(), PrintError> {
        let at = (MARGIN, self.y);
        self.y = self.sheet().words(at, text, style(11.5, true, INK).of(Role::Heading), WIDTH)?;
        if !hint.is_empty() {
            let at = (MARGIN, self.y);
            self.y = self.sheet().words(at, hint, style(8.5, false, MUTED), WIDTH)?;
        }
        Ok(())
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

    fn question(&mut self, attribute: &Attribute) -> Result<(), PrintError> {
        let language = self.t.language();
        let text = attribute.description.in_language(language);
        let is_list = matches!(attribute.datatype, Datatype::SingleValueList | Datatype::MultiValueList);
        if !is_list || attribute.values.len() > BOXES_LIMIT {
            let count = if attribute.datatype == Datatype::Text { 2 } else { 1 };
            return self.lines(text, "", count);
        }
        let key = if attribute.datatype == Datatype::MultiValueList { "paper-several" } else { "paper-one" };
        let rows = attribute.values.len().div_ceil(2);
        self.need(34.0 + 18.0 * rows as f32)?;
        self.heading(text, self.t.say(key))?;
        for pair in attribute.values.chunks(2) {
            self.y += 18.0;
            for (column, choice) in pair.iter().enumerate() {
                let at = (MARGIN + column as f32 * WIDTH / 2.0, self.y - 6.0);
                self.tick(at, choice.name.in_language(language), WIDTH / 2.0 - 24.0)?;
            }
        }
        self.y += 24.0;
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

    /// How to reach whoever reports; all of it may stay empty.
    fn contact(&mut self) -> Result<(), PrintError> {
        let t = self.t;
        self.need(48.0 + 3.0 * LINE)?;
        self.heading(t.say("report-contact-title"), t.say("report-contact-lead"))?;
        for key in ["report-name", "report-email", "report-phone"] {
            self.y += LINE;
            let y = self.y - 8.0;
            let sheet = self.sheet();
            sheet.text((MARGIN, y), t.say(key), style(10.0, false, MUTED), Anchor::Begin);
            let from = (MARGIN + 120.0, y + 2.0);
            sheet.marks.push(Mark::Rule { from, to: (MARGIN + WIDTH, y + 2.0), width: 0.6, color: RULE });
        }
        self.y += 12.0;
        Ok(())
    }
}
