//! Asking at the terminal what the table does not say.

use anyhow::bail;
use requests::imports::Question;
use std::io::{BufRead, Write};

/// Choices that are shown at first; the others by `m`.
const SHOWN: usize = 12;

/// Asks one question until it is answered; the answer is a column, an order or a code, empty for none.
///
/// # Errors
/// When the input ends.
pub fn ask(question: &Question, from: &mut impl BufRead, to: &mut impl Write) -> anyhow::Result<String> {
    let (words, choices, none) = worded(question);
    let mut shown = SHOWN.min(choices.len());
    loop {
        writeln!(to, "\n{words}")?;
        for (number, (_, label)) in (1..).zip(choices.iter().take(shown)) {
            writeln!(to, "  {number:3}  {label}")?;
        }
        if shown < choices.len() {
            writeln!(to, "    m  {} more", choices.len() - shown)?;
        }
        if let Some(none) = none {
            writeln!(to, "    0  {none}")?;
        }
        write!(to, "> ")?;
        to.flush()?;
        let mut line = String::new();
        if from.read_line(&mut line)? == 0 {
            bail!("the question was not answered; nothing was stored");
        }
        let line = line.trim();
        match line.parse::<usize>() {
            Ok(0) if none.is_some() => return Ok(String::new()),
            Ok(number) if (1..=choices.len()).contains(&number) => return Ok(choices[number - 1].0.clone()),
            _ if line == "m" => shown = choices.len(),
            _ => match choices.iter().find(|(answer, _)| answer == line) {
                Some((answer, _)) => return Ok(answer.clone()),
                None => writeln!(to, "Type one of the numbers.")?,
            },
        }
    }
}

type Worded = (String, Vec<(String, String)>, Option<&'static str>);

/// The question, its choices as answer and label, and what 0 means.
fn worded(question: &Question) -> Worded {
    match question {
        Question::Column { field, choices, needed } => {
            let choices = choices.iter().map(|column| (column.clone(), column.clone())).collect();
            let none = if *needed { None } else { Some("none of them") };
            (format!("Which column is “{field}”?"), choices, none)
        }
        Question::Dates { field, column, examples, choices } => {
            let choices = choices.iter().map(|order| (order.as_str().to_owned(), order.as_str().to_owned())).collect();
            let cells = examples.join(", ");
            (format!("In which order are the dates of “{column}” ({field}), as {cells}?"), choices, None)
        }
        Question::Value { field, value, rows, choices, .. } => {
            let label = |(code, name): &(String, String)| {
                if code == name { code.clone() } else { format!("{code}: {name}") }
            };
            let choices = choices.iter().map(|choice| (choice.0.clone(), label(choice))).collect();
            (format!("What is the {field} “{value}” ({rows} rows) here?"), choices, Some("set these rows aside"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ask;
    use importing::DateOrder;
    use requests::imports::{Mapping, Question};

    #[test]
    fn it_asks_again_until_it_understands() {
        let question = Question::Dates {
            field: "opened",
            column: "created".to_owned(),
            examples: vec!["01/02/2024".to_owned()],
            choices: vec![DateOrder::DayFirst, DateOrder::MonthFirst],
        };
        let mut shown = Vec::new();
        let answer = ask(&question, &mut &b"perhaps\n3\n2\n"[..], &mut shown).unwrap();
        assert_eq!(answer, "month-first");
        let shown = String::from_utf8(shown).unwrap();
        assert!(shown.contains("01/02/2024") && shown.matches("Type one of the numbers").count() == 2, "{shown}");
        let mut mapping = Mapping::default();
        question.answer(&mut mapping, &answer);
        assert_eq!(mapping.dates["opened"], DateOrder::MonthFirst);
    }

    #[test]
    fn zero_sets_aside_and_the_end_of_the_input_stops() {
        let question = Question::Value {
            field: "category",
            value: "Feedback".to_owned(),
            rows: 3,
            choices: vec![("other".to_owned(), "Something else".to_owned())],
            likely: 0,
        };
        assert_eq!(ask(&question, &mut &b"0\n"[..], &mut Vec::new()).unwrap(), "");
        assert_eq!(ask(&question, &mut &b"other\n"[..], &mut Vec::new()).unwrap(), "other");
        assert!(ask(&question, &mut &b""[..], &mut Vec::new()).is_err());
    }
}
