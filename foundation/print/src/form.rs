//! Forms on paper: a head, a foot with a code on each sheet, lines to write on and boxes to tick.

use crate::{A4, Anchor, Color, Mark, PrintError, Role, Sheet, Style};
use civic::Language;

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
/// From one row of boxes to the next.
const ROW: f32 = 18.0;
/// Choices beyond which a question gets a line to write on instead of boxes.
const BOXES_LIMIT: usize = 24;

/// What stands on each sheet of a form.
pub struct FormFrame<'f> {
    /// The language it is written in.
    pub language: Language,
    /// Who asks: the name of the town.
    pub town: &'f str,
    /// What the form is called.
    pub title: String,
    /// The address in the code of the foot, which tells an office what the sheet belongs to.
    pub address: String,
    /// The foot of the sheet of this number, from 1 on: what to do with it, where else to go, and what only the office needs.
    pub foot: Box<dyn Fn(usize) -> [String; 3] + 'f>,
}

/// A form that grows by a sheet when one is full.
pub struct Form<'f> {
    frame: FormFrame<'f>,
    sheets: Vec<Sheet>,
    y: f32,
}

impl<'f> Form<'f> {
    /// A form with its first sheet.
    ///
    /// # Errors
    /// [`PrintError`].
    pub fn new(frame: FormFrame<'f>) -> Result<Self, PrintError> {
        let mut form = Self { frame, sheets: Vec::new(), y: 0.0 };
        form.begin()?;
        Ok(form)
    }

    /// All sheets.
    pub fn sheets(self) -> Vec<Sheet> {
        self.sheets
    }

    /// What is said before the first question.
    ///
    /// # Errors
    /// [`PrintError`].
    pub fn lead(&mut self, text: &str) -> Result<(), PrintError> {
        self.words(text, Style::new(9.5, false, MUTED))?;
        self.y += 12.0;
        Ok(())
    }

    /// The heading of questions that belong together, with what is to be known of all of them.
    ///
    /// # Errors
    /// [`PrintError`].
    pub fn part(&mut self, title: &str, notes: &[&str]) -> Result<(), PrintError> {
        self.need(60.0 + LINE)?;
        self.words(title, Style::new(13.0, true, FIELD).of(Role::Heading))?;
        for note in notes {
            self.words(note, Style::new(8.5, false, MUTED))?;
        }
        self.y += 8.0;
        Ok(())
    }

    /// A question with so many lines to write on; with none, what is asked is brought along.
    ///
    /// # Errors
    /// [`PrintError`].
    pub fn lines(&mut self, text: &str, hint: &str, count: usize) -> Result<(), PrintError> {
        self.need(36.0 + LINE * count as f32)?;
        self.heading(text, hint)?;
        for _ in 0..count {
            self.y += LINE;
            self.rule(MARGIN, self.y - 8.0);
        }
        self.y += 14.0;
        Ok(())
    }

    /// A question with a box for each choice; a line to write on where there are too many.
    ///
    /// # Errors
    /// [`PrintError`].
    pub fn choices(&mut self, text: &str, hint: &str, choices: &[&str]) -> Result<(), PrintError> {
        if choices.len() > BOXES_LIMIT {
            return self.lines(text, hint, 1);
        }
        self.need(40.0 + ROW * choices.len().div_ceil(2) as f32)?;
        self.heading(text, hint)?;
        for pair in choices.chunks(2) {
            self.y += ROW;
            for (column, choice) in pair.iter().enumerate() {
                let at = (MARGIN + column as f32 * WIDTH / 2.0, self.y - 6.0);
                self.tick(at, choice, WIDTH / 2.0 - 24.0)?;
            }
        }
        self.y += 24.0;
        Ok(())
    }

    /// A heading with several short answers, each beside its label.
    ///
    /// # Errors
    /// [`PrintError`].
    pub fn labelled(&mut self, text: &str, hint: &str, labels: &[&str]) -> Result<(), PrintError> {
        self.need(48.0 + labels.len() as f32 * LINE)?;
        self.heading(text, hint)?;
        for label in labels {
            self.y += LINE;
            let y = self.y - 8.0;
            self.sheet().text((MARGIN, y), *label, Style::new(10.0, false, MUTED), Anchor::Begin);
            self.rule(MARGIN + 120.0, y + 2.0);
        }
        self.y += 12.0;
        Ok(())
    }

    /// Begins a sheet with its head and its foot.
    fn begin(&mut self) -> Result<(), PrintError> {
        let FormFrame { language, town, title, .. } = &self.frame;
        let mut sheet = Sheet {
            size: A4,
            language: *language,
            description: title.clone(),
            title: title.clone(),
            marks: Vec::new(),
        };
        sheet.marks.push(Mark::Bar { x: 0.0, y: 0.0, width: A4.0, height: 84.0, color: FIELD });
        sheet.fitted((MARGIN, 34.0), town, Style::new(11.0, false, PAPER), WIDTH)?;
        sheet.fitted((MARGIN, 64.0), title, Style::new(21.0, true, PAPER).of(Role::Title), WIDTH)?;
        self.foot(&mut sheet)?;
        self.sheets.push(sheet);
        self.y = 108.0;
        Ok(())
    }

    fn foot(&self, sheet: &mut Sheet) -> Result<(), PrintError> {
        const SIDE: f32 = 78.0;
        let top = A4.1 - 96.0;
        sheet.marks.push(Mark::Rule { from: (MARGIN, top), to: (MARGIN + WIDTH, top), width: 0.8, color: MUTED });
        sheet.code((MARGIN + WIDTH - SIDE, top + 6.0), SIDE, &self.frame.address)?;
        let wide = WIDTH - SIDE - 24.0;
        let [send, online, office] = (self.frame.foot)(self.sheets.len() + 1);
        let y = sheet.words((MARGIN, top + 20.0), &send, Style::new(9.5, true, INK), wide)?;
        let y = sheet.words((MARGIN, y + 2.0), &online, Style::new(9.0, false, INK), wide)?;
        sheet.words((MARGIN, y + 2.0), &office, Style::new(9.0, false, MUTED), wide).map(|_| ())
    }

    /// The sheet that is being filled.
    fn sheet(&mut self) -> &mut Sheet {
        self.sheets.last_mut().expect("`new` puts the first sheet there")
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

    fn heading(&mut self, text: &str, hint: &str) -> Result<(), PrintError> {
        self.words(text, Style::new(11.5, true, INK).of(Role::Heading))?;
        if hint.is_empty() { Ok(()) } else { self.words(hint, Style::new(8.5, false, MUTED)) }
    }

    /// A line to write on, from `x` to the margin.
    fn rule(&mut self, x: f32, y: f32) {
        self.sheet().marks.push(Mark::Rule { from: (x, y), to: (MARGIN + WIDTH, y), width: 0.6, color: RULE });
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
        sheet.fitted((x + 15.0, y), words, Style::new(10.5, false, INK), width)
    }
}

#[cfg(test)]
mod tests {
    use super::{END, Form, FormFrame};
    use crate::{Mark, Sheet};
    use civic::Language;

    #[test]
    fn a_form_grows_by_sheets_and_each_has_its_foot() {
        let frame = FormFrame {
            language: Language::En,
            town: "Springfield",
            title: "A place at school".to_owned(),
            address: "https://town.example/services/school".to_owned(),
            foot: Box::new(|page| ["Bring it".to_owned(), "Or online".to_owned(), format!("Sheet {page}")]),
        };
        let mut form = Form::new(frame).unwrap();
        form.lead("Write clearly.").unwrap();
        for _ in 0..12 {
            form.lines("Your name", "", 2).unwrap();
            form.choices("Which?", "One of them", &["this", "that", "neither"]).unwrap();
        }
        let many: Vec<String> = (0..25).map(|number| number.to_string()).collect();
        form.choices("Too many for boxes", "", &many.iter().map(String::as_str).collect::<Vec<_>>()).unwrap();
        let sheets = form.sheets();
        assert!(sheets.len() > 1, "{}", sheets.len());
        for (sheet, page) in sheets.iter().zip(1..) {
            let texts =
                |wanted: &str| sheet.marks.iter().any(|mark| matches!(mark, Mark::Text { text, .. } if text == wanted));
            assert!(texts(&format!("Sheet {page}")) && texts("A place at school"));
            // A code is drawn as an outline too, and is larger.
            assert!(boxes(sheet).all(|y| y < END), "no box in the foot");
        }
        let all: usize = sheets.iter().map(|sheet| boxes(sheet).count()).sum();
        assert_eq!(all, 12 * 3, "a question with too many choices has a line");
    }

    /// Where the boxes to tick are.
    fn boxes(sheet: &Sheet) -> impl Iterator<Item = f32> {
        sheet.marks.iter().filter_map(|mark| match mark {
            Mark::Outline { at, width, .. } if *width < 10.0 => Some(at.1),
            _ => None,
        })
    }
}
