//! `polity import`: takes over what another system has.

mod ask;
mod conversation;
mod report;

pub use conversation::conversation;

use crate::{
    assemble::{self, Assembled, Folder, assemble},
    background,
    command_line::{ImportArgs, TownArgs, UndoArgs},
    shell::SystemClock,
    town_commands::{config_of, confirmed, runtime},
};
use anyhow::{Context as _, anyhow, bail};
use civic::{Actor, Clock as _, Moment};
use importing::{Survey, Table};
use indicatif::{ProgressBar, ProgressStyle};
use requests::{
    ImportOrder, ImportReport, ImportStop, import_requests,
    imports::{Mapping, find_mapping, geo_report, mapping_file},
    undo_import,
};
use std::{
    fs,
    io::IsTerminal as _,
    path::{Path, PathBuf},
    sync::Arc,
};
use web::{Stop, Town};

/// Bytes a mapping file may have.
const MAPPING_LIMIT_BYTES: u64 = 4 * 1024 * 1024;
/// Imports that are listed.
const LISTED: u32 = 200;

/// A town that is open for a command.
struct Open {
    assembled: Assembled,
    outgoing: outgoing::Client,
    /// Held while nobody serves the town; whoever serves it signs its record, too.
    held: Option<fs::File>,
}

impl Open {
    fn town(asked: &TownArgs) -> anyhow::Result<Self> {
        if asked.database.is_none() && !assemble::holds_town(&asked.dir) {
            bail!(
                "there is no town in {}; `polity serve --dir {}` makes one",
                asked.dir.display(),
                asked.dir.display()
            );
        }
        let folder = Folder(asked.dir.clone());
        let held = if asked.database.is_none() { folder.occupy().ok() } else { None };
        let config = config_of(asked)?;
        let settings = config.settings(0, false)?;
        let db = assemble::open_database(&assemble::source(&folder, asked.database.as_deref()))?;
        let outgoing = config.outgoing();
        Ok(Self { assembled: assemble(&folder, db, &config, settings, Arc::new(SystemClock))?, outgoing, held })
    }

    fn town_handle(&self) -> &Town {
        &self.assembled.town
    }

    /// Signs what is new and tells the record's followers, unless somebody else does it.
    async fn settle(&self) -> anyhow::Result<()> {
        if self.held.is_none() {
            println!(
                "The town is being served, or lies on PostgreSQL: who serves it signs the new entries and tells its followers."
            );
            return Ok(());
        }
        let bar = ProgressBar::new_spinner().with_message("Signing the record, telling its followers");
        bar.enable_steady_tick(std::time::Duration::from_millis(200));
        background::settle(&self.assembled, self.town_handle().now()).await?;
        bar.finish_and_clear();
        Ok(())
    }
}

/// Who sits at the console: not known to the town by name.
fn console() -> Actor {
    Actor::of_town("console")
}

/// Takes requests over.
///
/// # Errors
/// A sentence that says what stands in the way, with the mapping file to write where something must be said first.
pub fn requests(asked: &ImportArgs) -> anyhow::Result<()> {
    let given = given_mapping(asked)?;
    let open = Open::town(&asked.town)?;
    let (table, origin) = table_of(asked, &given, &open.outgoing)?;
    let survey = Survey::of(&table);
    let mapping = settle_mapping(open.town_handle(), &table, &survey, given, asked.save_map.as_deref())?;
    report::found(&table, &survey, &mapping);
    if let Some(path) = &asked.save_map {
        fs::write(path, mapping_file(&mapping, &[]))
            .with_context(|| format!("{} cannot be written", path.display()))?;
        println!("The mapping is kept in {}.", path.display());
    }
    let order = ImportOrder { table, mapping, origin };
    let beside = aside_path(asked);
    let done = runtime()?.block_on(run(&open, asked, &order, &beside, survey.rows));
    open.town_handle().db().close();
    done
}

async fn run(open: &Open, asked: &ImportArgs, order: &ImportOrder, beside: &Path, rows: u64) -> anyhow::Result<()> {
    let actor = console();
    if asked.dry_run || !asked.yes {
        let tried = import(open.town_handle(), &actor, order, true, rows).await?;
        report::asides(&tried, beside)?;
        println!("Dry run, nothing is stored: {}", tried.tally);
        report::oddities(open.town_handle(), &tried);
        if asked.dry_run {
            return Ok(());
        }
        if !confirmed(&format!("Store {} requests?", tried.tally.stored))? {
            println!("Nothing was stored.");
            return Ok(());
        }
    }
    let done = import(open.town_handle(), &actor, order, false, rows).await?;
    open.settle().await?;
    report::asides(&done, beside)?;
    println!("{}", done.tally);
    report::oddities(open.town_handle(), &done);
    if let Some(code) = &done.code {
        println!("This was import {code}. To take it away again: polity import undo {code}");
    }
    Ok(())
}

async fn import(
    town: &Town,
    actor: &Actor,
    order: &ImportOrder,
    dry_run: bool,
    rows: u64,
) -> anyhow::Result<ImportReport> {
    let style = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} rows, {elapsed}");
    let bar = ProgressBar::new(rows).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message(if dry_run { "Trying" } else { "Storing" });
    let done = import_requests(town, actor, order, dry_run, |tally| bar.set_position(tally.rows)).await;
    bar.finish_and_clear();
    done.map_err(|stop| match stop {
        ImportStop::Mapping(error) => anyhow!("{error}"),
        ImportStop::Stop(stop) => {
            in_words(stop).context("the import broke off; what was stored stays, and the same command completes it")
        }
    })
}

fn in_words(stop: Stop) -> anyhow::Error {
    match stop {
        Stop::NotFound => anyhow!("there is no such import; see `polity import list`"),
        Stop::Busy(why) | Stop::Fault(why) => anyhow!("{why}"),
        other => anyhow!("{other:?}"),
    }
}

/// What is said before anything is looked at.
fn given_mapping(asked: &ImportArgs) -> anyhow::Result<Mapping> {
    let mut mapping = match &asked.map {
        None => Mapping::default(),
        Some(path) => {
            let size = fs::metadata(path).with_context(|| format!("{} cannot be read", path.display()))?.len();
            if size > MAPPING_LIMIT_BYTES {
                bail!("{} is too large for a mapping", path.display());
            }
            let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
            Mapping::read(&text).with_context(|| format!("{} is no mapping", path.display()))?
        }
    };
    mapping.source = asked.source.clone().or(mapping.source).or_else(|| Some(name_of_source(asked)));
    // Read once more, so that a name from the command line is checked like one from the file.
    Mapping::read(&mapping.text()).map_err(|error| anyhow!("{error}"))
}

/// By the name of the file or of the host.
fn name_of_source(asked: &ImportArgs) -> String {
    let named = match (&asked.open311, &asked.file) {
        (Some(url), _) => {
            let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
            rest.split(['/', ':']).next().unwrap_or_default().to_owned()
        }
        (None, Some(file)) => file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default(),
        (None, None) => String::new(),
    };
    let code: String = named.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let code: String = code.trim_matches('-').chars().take(40).collect();
    if code.is_empty() { "elsewhere".to_owned() } else { code }
}

fn table_of(asked: &ImportArgs, given: &Mapping, client: &outgoing::Client) -> anyhow::Result<(Table, String)> {
    if let Some(path) = &asked.file {
        let file = fs::File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let table = Table::read(file, &given.wish()).map_err(|refusal| anyhow!("{}: {refusal}", path.display()))?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        return Ok((table, name));
    }
    let url = asked.open311.clone().context("say a FILE, or --open311 URL")?;
    let since = asked.since.as_deref().map(day).transpose()?;
    let until = SystemClock.now();
    let server = geo_report::Server { url: url.clone(), jurisdiction: asked.jurisdiction.clone(), since, until };
    let bar = ProgressBar::new_spinner();
    let table = geo_report::fetch(client, &server, &std::thread::sleep, |had| {
        bar.set_message(format!("{had} requests were had"))
    });
    bar.finish_and_clear();
    Ok((table.map_err(|refusal| anyhow!("{url}: {refusal}"))?, url))
}

fn day(text: &str) -> anyhow::Result<Moment> {
    Moment::parse(&format!("{text}T00:00:00Z")).map_err(|_| anyhow!("“{text}” is not a day, as 2024-01-01"))
}

/// Asks until nothing is unsure; where nobody can be asked, says what to write into a mapping file, or writes it where it may.
fn settle_mapping(
    town: &Town,
    table: &Table,
    survey: &Survey,
    mut given: Mapping,
    save_map: Option<&Path>,
) -> anyhow::Result<Mapping> {
    let can_ask = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    loop {
        let (mapping, questions) = find_mapping(town, table, survey, &given).map_err(|error| anyhow!("{error}"))?;
        if questions.is_empty() {
            return Ok(mapping);
        }
        given = mapping;
        if !can_ask {
            let unsure = mapping_file(&given, &questions);
            let few = if questions.len() == 1 { "One thing".to_owned() } else { format!("{} things", questions.len()) };
            if let Some(path) = save_map {
                fs::write(path, &unsure).with_context(|| format!("{} cannot be written", path.display()))?;
                let path = path.display();
                bail!(
                    "{few} must be said first. Complete the lines of {path} that begin with #, and give it with --map {path}"
                );
            }
            bail!(
                "{few} must be said first. Keep this as a mapping file, complete the lines that begin with #, and give it with --map FILE:\n\n{unsure}"
            );
        }
        for question in &questions {
            let answer = ask::ask(question, &mut std::io::stdin().lock(), &mut std::io::stdout())?;
            question.answer(&mut given, &answer);
        }
    }
}

/// What is set aside is written beside the table.
fn aside_path(asked: &ImportArgs) -> PathBuf {
    match &asked.file {
        Some(file) => {
            let mut name = file.clone().into_os_string();
            name.push(".set-aside.csv");
            PathBuf::from(name)
        }
        None => PathBuf::from(format!("{}.set-aside.csv", name_of_source(asked))),
    }
}

/// Lists what was imported.
///
/// # Errors
/// A sentence that says what stands in the way.
pub fn list(asked: &TownArgs) -> anyhow::Result<()> {
    let open = Open::town(asked)?;
    let imports = open.town_handle().db().read_blocking(|tx| requests::list_imports(tx, LISTED))?;
    open.town_handle().db().close();
    report::list(&imports);
    Ok(())
}

/// Undoes an import.
///
/// # Errors
/// A sentence that says what stands in the way.
pub fn undo(asked: &UndoArgs) -> anyhow::Result<()> {
    // References of conversations begin with a C, those of imports of requests with an I.
    if asked.import.starts_with("C-") {
        return conversation::undo(asked);
    }
    let open = Open::town(&asked.town)?;
    if !asked.yes && !confirmed(&format!("Take away what {} stored?", asked.import))? {
        println!("Nothing was taken away.");
        return Ok(());
    }
    let done = runtime()?.block_on(async {
        let bar = ProgressBar::new_spinner();
        let (town, actor) = (open.town_handle(), console());
        let told = |so_far| bar.set_message(format!("{so_far} requests"));
        let undone = undo_import(town, &actor, &asked.import, told).await.map_err(in_words)?;
        bar.finish_and_clear();
        open.settle().await?;
        report::undone(&undone);
        Ok(())
    });
    open.town_handle().db().close();
    done
}
