//! `polity import conversation`: takes over a conversation that was held with Polis.

use super::{Open, confirmed, console, in_words};
use crate::{
    command_line::{ConversationArgs, UndoArgs},
    town_commands::runtime,
};
use anyhow::{Context as _, anyhow};
use conversations::{Export, Imported, Origin, import_conversation, read_folder, undo_import};
use web::Stop;

/// Things set aside that are printed one by one.
const PRINTED: usize = 100;

/// Takes a conversation over.
///
/// # Errors
/// A sentence that says what stands in the way.
pub fn conversation(asked: &ConversationArgs) -> anyhow::Result<()> {
    let export = read_folder(&asked.folder).map_err(|aside| anyhow!("{aside}"))?;
    let open = Open::town(&asked.town)?;
    let done = runtime()?.block_on(run(&open, asked, &export));
    open.town_handle().db().close();
    done
}

/// Undoes the taking over of a conversation.
///
/// # Errors
/// A sentence that says what stands in the way.
pub fn undo(asked: &UndoArgs) -> anyhow::Result<()> {
    let open = Open::town(&asked.town)?;
    if !asked.yes && !confirmed(&format!("Take away {} with its statements and answers?", asked.import))? {
        println!("Nothing was taken away.");
        return Ok(());
    }
    let done = runtime()?.block_on(async {
        let undone = undo_import(open.town_handle(), console(), &asked.import).await;
        let undone = undone.map_err(|stop| in_a_sentence(&open, stop))?;
        open.settle().await?;
        println!(
            "{} people, {} statements and {} answers were taken away. The SHA-256 of their votes.csv, now in the record: {}",
            undone.people, undone.statements, undone.answers, undone.votes_sha256
        );
        Ok(())
    });
    open.town_handle().db().close();
    done
}

async fn run(open: &Open, asked: &ConversationArgs, export: &Export) -> anyhow::Result<()> {
    for aside in export.asides.iter().take(PRINTED) {
        println!("Set aside: {aside}");
    }
    if asked.dry_run || !asked.yes {
        let tried = import(open, asked, export, true).await?;
        println!("Dry run, nothing is stored: {}", sentence(&tried));
        if asked.dry_run {
            return Ok(());
        }
        if !confirmed("Store it?")? {
            println!("Nothing was stored.");
            return Ok(());
        }
    }
    let done = import(open, asked, export, false).await?;
    println!("{}", sentence(&done));
    if let Some(code) = &done.code {
        // Whoever serves the town meanwhile draws the map.
        if open.held.is_some() {
            conversations::draw(open.town_handle(), code).await.context("the map was not drawn")?;
        }
        println!("This is conversation {code}.");
    }
    open.settle().await
}

async fn import(open: &Open, asked: &ConversationArgs, export: &Export, dry_run: bool) -> anyhow::Result<Imported> {
    let origin = Origin {
        system: "polis".to_owned(),
        attribution: asked.attribution.clone(),
        url: export.url.clone(),
        language: String::new(),
    };
    let done = import_conversation(open.town_handle(), console(), export.clone(), origin, dry_run).await;
    done.map_err(|stop| in_a_sentence(open, stop))
}

fn in_a_sentence(open: &Open, stop: Stop) -> anyhow::Error {
    match stop {
        Stop::Refused(refusals) => {
            let t = open.town_handle().words().of(civic::Language::En);
            anyhow!("{}", refusals.iter().map(|refusal| refusal.sentence(&t)).collect::<Vec<_>>().join(" "))
        }
        Stop::NotFound => anyhow!("there is no such conversation"),
        other => in_words(other),
    }
}

/// What was taken over, in numbers that come out even.
fn sentence(done: &Imported) -> String {
    let groups: Vec<String> = done.groups.iter().map(|(label, size)| format!("{label}: {size}")).collect();
    format!(
        "{} people, {} statements ({} not shown), {} answers that count, {} that were changed later, {} set aside; groups there {}",
        done.people,
        done.statements,
        done.statements_out,
        done.answers,
        done.superseded,
        done.set_aside,
        if groups.is_empty() { "none".to_owned() } else { groups.join(", ") }
    )
}
