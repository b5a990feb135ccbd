//! Builds the front end and writes `assets.rs`, which embeds it in the binary.
//!
//! With Node 20 or later: the full edition (fonts, islands). Without: the plain edition, which
//! is the stylesheet alone, and every page still works. `POLITY_WEB=full` makes a missing Node
//! an error, `POLITY_WEB=plain` does without. The checkout is only read: sources are copied to
//! `OUT_DIR`, which cargo gives to one build at a time, and packages are installed there once
//! per lock file.

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The oldest Node that esbuild and our script run on.
const NODE_MAJOR_LEAST: u32 = 20;

fn main() -> Outcome<()> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let web = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../web");
    for watched in ["src", "build.mjs", "package.json", "package-lock.json"] {
        println!("cargo::rerun-if-changed={}", web.join(watched).display());
    }
    println!("cargo::rerun-if-env-changed=POLITY_WEB");
    let edition = match env::var("POLITY_WEB").as_deref() {
        Ok("plain") => plain_edition(&web, &out)?,
        Ok("full") => full_edition(&web, &out).map_err(|why| format!("POLITY_WEB=full, but {why}"))?,
        Ok("") | Ok("auto") | Err(_) => full_edition(&web, &out).or_else(|why| {
            println!(
                "cargo::warning=building the plain edition (system fonts, no map islands; every page works) because {why}"
            );
            plain_edition(&web, &out)
        })?,
        Ok(other) => return Err(format!("POLITY_WEB is {other:?}; it may be full, plain or auto").into()),
    };
    fs::write(out.join("assets.rs"), edition.source()?)?;
    Ok(())
}

/// What was built: files by the name they are served under.
struct Edition {
    name: &'static str,
    css: String,
    js: Option<String>,
    worker: Option<String>,
    preload: Vec<String>,
    files: Vec<File>,
}

struct File {
    name: String,
    path: PathBuf,
    compressed: bool,
}

fn full_edition(web: &Path, out: &Path) -> Outcome<Edition> {
    let major = node_major().ok_or("there is no Node.js")?;
    if major < NODE_MAJOR_LEAST {
        return Err(format!("Node.js is version {major}; {NODE_MAJOR_LEAST} or later is needed").into());
    }
    let work = out.join("web");
    copy_sources(web, &work)?;
    install_packages(&work)?;
    let dist = out.join("dist");
    run(Command::new("node").arg("build.mjs").arg(&dist).current_dir(&work))?;
    read_manifest(&dist)
}

/// The stylesheet alone, its parts joined in the order `civic.css` names them.
fn plain_edition(web: &Path, out: &Path) -> Outcome<Edition> {
    let css = join_parts(&web.join("src/civic.css"))?;
    let name = format!("civic-{:016x}.css", fingerprint(css.as_bytes()));
    let path = out.join(&name);
    fs::write(&path, css)?;
    let file = File { name: name.clone(), path, compressed: false };
    Ok(Edition { name: "plain", css: name, js: None, worker: None, preload: Vec::new(), files: vec![file] })
}

fn join_parts(sheet: &Path) -> Outcome<String> {
    let folder = sheet.parent().ok_or("the stylesheet has no folder")?;
    let mut joined = String::new();
    for line in fs::read_to_string(sheet)?.lines() {
        match line.strip_prefix("@import \"").and_then(|rest| rest.strip_suffix("\";")) {
            Some(part) => joined.push_str(&fs::read_to_string(folder.join(part))?),
            None => joined.push_str(line),
        }
        joined.push('\n');
    }
    Ok(joined)
}

fn node_major() -> Option<u32> {
    let answer = Command::new("node").arg("--version").output().ok()?;
    let version = String::from_utf8(answer.stdout).ok()?;
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn copy_sources(web: &Path, work: &Path) -> Outcome<()> {
    remove_tree(&work.join("src"))?;
    fs::create_dir_all(work)?;
    for name in ["build.mjs", "package.json", "package-lock.json"] {
        write_copy(&web.join(name), &work.join(name))?;
    }
    copy_tree(&web.join("src"), &work.join("src"))
}

fn copy_tree(from: &Path, to: &Path) -> Outcome<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            write_copy(&entry.path(), &target)?;
        }
    }
    Ok(())
}

/// Copies the bytes and not the permissions, which may be read-only.
fn write_copy(from: &Path, to: &Path) -> Outcome<()> {
    let bytes = fs::read(from).map_err(|why| format!("{}: {why}", from.display()))?;
    fs::write(to, bytes)?;
    Ok(())
}

fn remove_tree(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => Err(why),
        _ => Ok(()),
    }
}

/// Installs the packages unless those of this very lock file are there already.
fn install_packages(work: &Path) -> Outcome<()> {
    let lock = format!("{:016x}", fingerprint(&fs::read(work.join("package-lock.json"))?));
    let mark = work.join("node_modules/.polity-lock");
    if fs::read_to_string(&mark).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let options = ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    run(Command::new(npm).args(options).current_dir(work))?;
    fs::write(mark, lock)?;
    Ok(())
}

fn run(command: &mut Command) -> Outcome<()> {
    let shown = format!("{command:?}");
    let done = command.stdin(Stdio::null()).output().map_err(|why| format!("{shown} cannot start: {why}"))?;
    if done.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&done.stderr);
    let first = words.lines().find(|line| !line.trim().is_empty()).unwrap_or("nothing").to_owned();
    Err(format!("{shown} failed and said: {first}").into())
}

/// Reads the lines that `build.mjs` wrote: a word and a file name.
fn read_manifest(dist: &Path) -> Outcome<Edition> {
    let mut edition =
        Edition { name: "full", css: String::new(), js: None, worker: None, preload: Vec::new(), files: Vec::new() };
    for line in fs::read_to_string(dist.join("manifest.txt"))?.lines() {
        let (word, name) = line.split_once(' ').ok_or("manifest.txt has a line without a name")?;
        let name = name.to_owned();
        match word {
            "css" => edition.css = name,
            "js" => edition.js = Some(name),
            "worker" => edition.worker = Some(name),
            "preload" => edition.preload.push(name),
            "file" | "compressed" => {
                let path = dist.join(&name);
                edition.files.push(File { name, path, compressed: word == "compressed" });
            }
            other => return Err(format!("manifest.txt says {other:?}, which nobody reads").into()),
        }
    }
    Ok(edition)
}

impl Edition {
    /// The Rust source of `assets.rs`.
    fn source(&self) -> Outcome<String> {
        let mut text = String::new();
        writeln!(text, "/// `full`, or `plain` when it was built without Node.")?;
        writeln!(text, "pub const EDITION: &str = {:?};", self.name)?;
        writeln!(text, "/// The stylesheet.\npub const APP_CSS: &str = {:?};", served(&self.css))?;
        writeln!(text, "/// The script, in the full edition.")?;
        writeln!(text, "pub const APP_JS: Option<&str> = {:?};", self.js.as_deref().map(served))?;
        writeln!(text, "/// The worker of pages that open without a network, in the full edition.")?;
        writeln!(text, "pub const WORKER: Option<&str> = {:?};", self.worker.as_deref().map(served))?;
        let preload: Vec<String> = self.preload.iter().map(|name| served(name)).collect();
        writeln!(text, "/// Fonts that every page needs at once.")?;
        writeln!(text, "pub const PRELOAD: &[&str] = &{preload:?};")?;
        writeln!(text, "/// Every file there is.\npub static ASSETS: &[Asset] = &[")?;
        for file in &self.files {
            writeln!(text, "    {},", file.source())?;
        }
        writeln!(text, "];")?;
        Ok(text)
    }
}

impl File {
    fn source(&self) -> String {
        let twin = |suffix: &str| match self.compressed {
            true => format!("Some(include_bytes!({:?}))", format!("{}.{suffix}", self.path.display())),
            false => "None".to_owned(),
        };
        format!(
            "Asset {{ path: {:?}, bytes: include_bytes!({:?}), gzip: {}, brotli: {}, mime: {:?} }}",
            served(&self.name),
            self.path,
            twin("gz"),
            twin("br"),
            mime(&self.name)
        )
    }
}

fn served(name: &str) -> String {
    format!("/assets/{name}")
}

fn mime(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}

/// FNV-1a, 64 bits: names a content for caches; nothing trusts it.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
