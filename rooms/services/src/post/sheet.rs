//! A letter on sheets of paper: as many as it needs.

use super::KeptLetter;
use print::{A4, Color, Mark, PrintError, Role, Sheet, Style};
use web::Town;

const INK: Color = Color(16, 32, 30);
const MUTED: Color = Color(78, 98, 93);
const MARGIN: f32 = 62.0;
const WIDTH: f32 = A4.0 - 2.0 * MARGIN;
/// Where text begins on a sheet and where it ends.
const TOP: f32 = 72.0;
const BOTTOM: f32 = A4.1 - 84.0;

/// The letter as sheets. Its code leads to the page of the application, which opens by the applicant's own link.
///
/// # Errors
/// When a font of the program cannot be read.
pub fn draw(town: &Town, one: &KeptLetter) -> Result<Vec<Sheet>, PrintError> {
    let t = town.words().of(one.language);
    let date = web::dates::date(one.at, &town.settings().zone, one.language);
    let mut paper = Paper { sheets: vec![fresh(one)], y: TOP };
    paper.line(town.settings().name.in_language(one.language), Style::new(10.5, true, INK))?;
    paper.line(&date, Style::new(10.5, false, MUTED))?;
    paper.y += 30.0;
    paper.line(&one.subject, Style::new(14.0, true, INK).of(Role::Title))?;
    paper.y += 10.0;
    for paragraph in one.body.trim().split('\n') {
        if paragraph.trim().is_empty() {
            paper.y += 9.0;
        } else {
            paper.line(paragraph, Style::new(11.0, false, INK))?;
        }
    }
    paper.room_for(120.0);
    let address = town.url(&format!("/applications/{}", one.code));
    let y = paper.y + 12.0;
    if let Some(sheet) = paper.sheets.last_mut() {
        sheet.code((MARGIN, y), 84.0, &address)?;
        sheet.words((MARGIN, y + 102.0), t.say("sv-paper-code"), Style::new(9.0, false, MUTED), WIDTH)?;
    }
    Ok(paper.sheets)
}

fn fresh(one: &KeptLetter) -> Sheet {
    Sheet {
        size: A4,
        language: one.language,
        title: one.subject.clone(),
        description: one.subject.clone(),
        marks: Vec::new(),
    }
}

/// Sheets that are written on, and where the next line stands.
struct Paper {
    sheets: Vec<Sheet>,
    y: f32,
}

impl Paper {
    /// Begins another sheet where so many points are not left on this one.
    fn room_for(&mut self, height: f32) {
        if self.y + height > BOTTOM {
            let next = self.sheets.last().map(|sheet| Sheet { marks: Vec::new(), ..sheet.clone() });
            self.sheets.extend(next);
            self.y = TOP;
        }
    }

    /// Writes words in as many lines as they need, each on the sheet that has room for it.
    fn line(&mut self, words: &str, style: Style) -> Result<(), PrintError> {
        let Some(sheet) = self.sheets.last() else { return Ok(()) };
        let mut draft = Sheet { marks: Vec::new(), ..sheet.clone() };
        draft.words((MARGIN, 0.0), words, style, WIDTH)?;
        for mark in draft.marks {
            self.room_for(0.0);
            if let (Mark::Text { x, text, style, anchor, .. }, Some(sheet)) = (mark, self.sheets.last_mut()) {
                self.y += style.size * 1.35;
                sheet.marks.push(Mark::Text { x, y: self.y, text, style, anchor });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{BOTTOM, Paper, fresh};
    use crate::post::KeptLetter;
    use civic::{Language, Moment};
    use print::{Color, Mark, Style};

    #[test]
    fn a_long_letter_goes_on_the_next_sheet_and_nothing_of_it_is_lost() {
        let one = KeptLetter {
            step: "1".to_owned(),
            code: "A-1".to_owned(),
            at: Moment(0),
            language: Language::En,
            subject: "About it".to_owned(),
            body: String::new(),
            by_post: true,
            posted: None,
        };
        let words: Vec<String> = (0..900).map(|at| format!("word{at}")).collect();
        let mut paper = Paper { sheets: vec![fresh(&one)], y: super::TOP };
        paper.line(&words.join(" "), Style::new(11.0, false, Color(0, 0, 0))).unwrap();
        assert!(paper.sheets.len() > 1);
        let texts = |mark: &Mark| match mark {
            Mark::Text { text, y, .. } => Some((text.clone(), *y)),
            _ => None,
        };
        let all: Vec<(String, f32)> =
            paper.sheets.iter().flat_map(|sheet| sheet.marks.iter().filter_map(texts)).collect();
        assert!(all.iter().all(|(_, y)| *y <= BOTTOM + 15.0));
        let read: Vec<String> = all.iter().flat_map(|(text, _)| text.split(' ').map(str::to_owned)).collect();
        assert_eq!(read, words);
    }
}
