//! `polity witness`: cosigns the checkpoints of other towns' records (c2sp.org/tlog-witness).

mod http;
mod watched;

use crate::{
    command_line::WitnessArgs,
    serve,
    shell::{SystemChance, SystemClock},
};
use anyhow::{Context as _, bail};
use civic::Clock;
use std::{fs, path::Path, sync::Arc};
use transparency_log::{KeyKind, SigningKey, VerifierKey};
use watched::Watched;

/// Logs one witness watches.
const LOGS_LIMIT: usize = 1_000;

/// Serves a witness until it is told to stop.
///
/// # Errors
/// A sentence that says what stands in the way.
pub fn run(asked: &WitnessArgs) -> anyhow::Result<()> {
    fs::create_dir_all(&asked.dir).with_context(|| format!("the folder {} cannot be made", asked.dir.display()))?;
    let key = key_of(asked)?;
    let logs = logs_of(asked)?;
    let listener = serve::listen(asked.listen)?;
    println!("This witness cosigns with the key\n  {}", key.verifier());
    println!("It watches {} at {}. A town names it in its settings:", in_words(logs.len()), listener.local_addr()?);
    println!("  [record]\n  witnesses = [\"http://{} {}\"]", listener.local_addr()?, key.verifier());
    for log in &logs {
        println!("  watched: {log}");
    }
    let watched = Watched::open(&asked.dir, key, logs)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    crate::town_commands::runtime()?.block_on(http::serve(Arc::new(watched), clock, listener))
}

fn in_words(logs: usize) -> String {
    if logs == 1 { "1 record".to_owned() } else { format!("{logs} records") }
}

fn key_of(asked: &WitnessArgs) -> anyhow::Result<SigningKey> {
    let path = asked.dir.join("witness.key");
    let name = match &asked.name {
        Some(name) => name.clone(),
        None if path.exists() => String::from("witness"),
        None => bail!("a new witness needs a name, as --name witness.example.org"),
    };
    let key = record::load_or_make_witness_key(&path, &name, &SystemChance)?;
    if key.kind() != KeyKind::Cosigner {
        bail!("{} is the key of a log, not of a witness", path.display());
    }
    match &asked.name {
        Some(name) if name != key.name() => bail!("the key in {} is called {}, not {name}", path.display(), key.name()),
        _ => Ok(key),
    }
}

/// The logs that are watched: those of `--record`, and the lines of the file `records` in the folder.
fn logs_of(asked: &WitnessArgs) -> anyhow::Result<Vec<VerifierKey>> {
    let mut logs = asked.records.iter().map(|text| log_of(text)).collect::<anyhow::Result<Vec<_>>>()?;
    let file = asked.dir.join("records");
    if file.exists() {
        logs.extend(listed(&file)?);
    }
    logs.sort_by(|a, b| a.name().cmp(b.name()));
    logs.dedup();
    if let Some(pair) = logs.windows(2).find(|pair| pair[0].name() == pair[1].name()) {
        bail!("two different keys are given for the record {}", pair[0].name());
    }
    match logs.len() {
        0 => bail!(
            "nothing to watch: give --record with the key of a record (a town shows it at /record/key), or list keys in {}",
            file.display()
        ),
        many if many > LOGS_LIMIT => bail!("one witness watches {LOGS_LIMIT} records at most"),
        _ => Ok(logs),
    }
}

fn listed(file: &Path) -> anyhow::Result<Vec<VerifierKey>> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let lines = (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.map(|(number, line)| log_of(line).with_context(|| format!("{}, line {number}", file.display()))).collect()
}

fn log_of(text: &str) -> anyhow::Result<VerifierKey> {
    let key: VerifierKey = text.parse().with_context(|| format!("“{text}”"))?;
    if key.kind() == KeyKind::Log { Ok(key) } else { bail!("“{text}” is the key of a witness, not of a log") }
}
