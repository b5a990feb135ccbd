//! A vote of the past is taken over from its Pabulib file: looked at first, then kept.

use crate::{
    commands::{PastVote, import_vote, read_past_vote, undo_import},
    count::{self, Contest},
    model::Origin,
    rule::{BudgetMethod, BudgetRule, Completion, Gain, Ties},
};
use axum::{extract::State, http::StatusCode};
use web::{
    Answer, Frame, Refusal, Town, Visit,
    answer::{page_with, see_other_saying},
    dates,
    forms::{FormErrors, Submission},
    parts::{CheckLine, Choice, Crumb},
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "keep_import.html")]
struct ImportPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    methods: Vec<Choice>,
    looked: bool,
    lines: Vec<CheckLine>,
    warnings: Vec<String>,
}

/// What is to be shown of a look at a file.
#[derive(Default)]
struct Look {
    looked: bool,
    lines: Vec<CheckLine>,
    warnings: Vec<String>,
    errors: FormErrors,
}

/// GET /admin/votes/import
pub async fn form(State(town): State<Town>, visit: Visit) -> Answer {
    show(&town, &visit, "", Look::default())
}

/// POST /admin/votes/import: looks at the file; keeps it only when asked to.
pub async fn take(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let method = form.text("method").unwrap_or_default().to_owned();
    let refused = |refusal: Refusal| {
        let look = Look { errors: FormErrors::of(&[refusal], &visit.t), ..Look::default() };
        show(&town, &visit, &method, look)
    };
    let Some(file) = form.file("file") else { return refused(Refusal::new("vote-file-none").at("file")) };
    let (bytes, now, currency, ours) = (file.bytes.clone(), town.now(), town.settings().currency, rule_of(&method));
    let read = tokio::task::spawn_blocking(move || read_past_vote(&bytes, now, currency, ours));
    let past = match read.await.map_err(web::Stop::fault)? {
        Ok(past) => past,
        Err(refusal) => return refused(refusal),
    };
    if form.is_ticked("keep") {
        let vote = import_vote(&town, visit.actor.clone(), past).await?;
        return see_other_saying(&format!("/votes/{}", vote.code), "flash-vote-imported");
    }
    let look = look(&visit, past).await?;
    show(&town, &visit, &method, look)
}

/// POST /admin/votes/{code}/undo-import
pub async fn undo(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    undo_import(&town, visit.actor.clone(), &code).await?;
    see_other_saying("/admin/votes", "flash-vote-import-undone")
}

/// The rule that the reader chose; `None` for the one that the file names.
fn rule_of(word: &str) -> Option<BudgetRule> {
    let method = BudgetMethod::of_word(word)?;
    Some(BudgetRule { method, satisfaction: Gain::Cost, completion: Completion::Add1u, ties: Ties::CostVotes })
}

/// The dry run: what would be kept, and what the rule gives.
async fn look(visit: &Visit, past: PastVote) -> Result<Look, web::Stop> {
    let counting = tokio::task::spawn_blocking(move || {
        let drawn = past.ballots.iter().enumerate();
        let ballots: Vec<crate::ballot::Published> = drawn
            .map(|(place, choices)| crate::ballot::Published {
                receipt: format!("{place:09}"),
                choices: choices.clone(),
            })
            .collect();
        let counted = count::count(Contest::of("", &past.definition, Origin::Imported), &ballots);
        (past, counted)
    });
    let (past, counted) = counting.await.map_err(web::Stop::fault)?;
    let t = &visit.t;
    let language = t.language();
    let definition = &past.definition;
    let line = |key: &str, value: String| CheckLine { label: t.say(key).to_owned(), value, href: String::new() };
    let number = |count: usize| dates::number(count as i64, language);
    let result = match &counted.outcome {
        Ok(_) => t.with2("import-selects", "count", number(counted.selected.len()), "ids", counted.selected.join(", ")),
        Err(why) => why.clone(),
    };
    Ok(Look {
        looked: true,
        lines: vec![
            line("keep-vote-title-plain", definition.title.in_language(language).to_owned()),
            line("fact-budget", crate::views::money(definition.budget_cents(), definition, language)),
            line("import-projects", number(definition.options.len())),
            line("import-ballots", number(past.ballots.len())),
            line("fact-ballot", super::show::ballot_words(definition.ballot, t)),
            line("fact-rule", super::show::rule_words(definition.rule, t)),
            line("import-result", result),
        ],
        warnings: past.warnings,
        errors: FormErrors::default(),
    })
}

fn show(town: &Town, visit: &Visit, method: &str, look: Look) -> Answer {
    let t = &visit.t;
    let own = Choice {
        value: String::new(),
        label: t.say("import-own-rule").to_owned(),
        detail: String::new(),
        chosen: method.is_empty(),
    };
    let methods = BudgetMethod::ALL.iter().map(|one| Choice {
        value: one.word().to_owned(),
        label: t.say(&format!("method-{}", one.word())).to_owned(),
        detail: String::new(),
        chosen: one.word() == method,
    });
    let status = if look.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(
        status,
        &ImportPage {
            frame: Frame::new(town, visit, t.say("import-title")),
            crumbs: super::crumbs(visit, None, t.say("import-title")),
            errors: look.errors,
            methods: std::iter::once(own).chain(methods).collect(),
            looked: look.looked,
            lines: look.lines,
            warnings: look.warnings,
        },
    )
}
