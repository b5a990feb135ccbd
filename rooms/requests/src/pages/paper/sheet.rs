//! The sheets of a form: what is asked on the page, with lines to write on and boxes to tick.

use crate::category::{Attribute, Category, Datatype};
use print::{Form, FormFrame, PrintError, Sheet};
use web::{Sayings, Town};

/// Draws the sheets.
pub fn draw(town: &Town, t: &Sayings, category: &Category) -> Result<Vec<Sheet>, PrintError> {
    let (language, settings, code) = (t.language(), town.settings(), category.code.as_str());
    let mut form = Form::new(FormFrame {
        language,
        town: settings.name.in_language(language),
        title: t.with1("paper-sheet-title", "category", category.definition.name.in_language(language)),
        // The page on which a clerk types the form.
        address: town.url(&format!("/desk/new?channel=mail&category={code}")),
        foot: Box::new(move |page| {
            [
                t.with1("paper-send", "email", settings.contact_email.as_str()),
                t.with1("paper-online", "link", town.url("/report")),
                t.with2("paper-office", "code", code, "page", page),
            ]
        }),
    })?;
    form.lead(&format!("{} {}", category.definition.description.in_language(language), t.say("paper-lead")))?;
    form.lines(t.say("paper-where"), t.say("paper-where-hint"), 2)?;
    for attribute in &category.definition.attributes {
        question(&mut form, t, attribute)?;
    }
    form.lines(t.say("report-description"), t.say("paper-words-hint"), 4)?;
    // How to reach whoever reports; all of it may stay empty.
    let labels = ["report-name", "report-email", "report-phone"].map(|key| t.say(key));
    form.labelled(t.say("report-contact-title"), t.say("report-contact-lead"), &labels)?;
    Ok(form.sheets())
}

fn question(form: &mut Form<'_>, t: &Sayings, attribute: &Attribute) -> Result<(), PrintError> {
    let language = t.language();
    let text = attribute.description.in_language(language);
    let key = match attribute.datatype {
        Datatype::MultiValueList => "paper-several",
        Datatype::SingleValueList => "paper-one",
        Datatype::Text => return form.lines(text, "", 2),
        _ => return form.lines(text, "", 1),
    };
    let choices: Vec<&str> = attribute.values.iter().map(|choice| choice.name.in_language(language)).collect();
    form.choices(text, t.say(key), &choices)
}
