//! Puts a town together: its folder, database, record, words and rooms.

use crate::{
    config::Config,
    kept,
    operations::{Machine, Signing},
    pages, serve, settings,
    shell::SystemChance,
};
use anyhow::Context as _;
use civic::{Chance, Clock};
use database::{Db, MigrationSet, Source};
use record::{KeptOutside, Record, Sequencer};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, RwLock},
};
use web::{
    Room, Settings, Town, TownParts, Words,
    frame::Mark,
    limits::Gates,
    manifest::{Catalogue, JobKind, Subscriber},
    town::Installed,
};

/// The folder of a town: its database (unless that is PostgreSQL), the key of its record, and the last checkpoint.
#[derive(Debug, Clone)]
pub struct Folder(pub PathBuf);

impl Folder {
    /// The SQLite file.
    pub fn database(&self) -> PathBuf {
        self.0.join("polity.db")
    }

    /// The key that signs the record.
    pub fn key(&self) -> PathBuf {
        self.0.join("record.key")
    }

    /// The last checkpoint, kept outside the database.
    pub fn checkpoint(&self) -> PathBuf {
        self.0.join("record.checkpoint")
    }

    /// Where the tables of open data are, made of the files in the database.
    pub fn tables(&self) -> PathBuf {
        self.0.join("tables")
    }

    /// The settings, where no other file is named.
    pub fn settings(&self) -> PathBuf {
        self.0.join("polity.toml")
    }

    /// The file that whoever serves the town holds locked.
    fn lock(&self) -> PathBuf {
        self.0.join("polity.lock")
    }

    /// Holds the folder's SQLite town for oneself, until what is returned is dropped or the process ends.
    ///
    /// # Errors
    /// When it is being served already, or the file cannot be made.
    pub fn occupy(&self) -> anyhow::Result<fs::File> {
        let path = self.lock();
        let file = fs::File::create(&path).with_context(|| format!("{} cannot be made", path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(fs::TryLockError::WouldBlock) => {
                anyhow::bail!("the town in {} is being served already; stop that first", self.0.display())
            }
            Err(fs::TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("{} cannot be locked", path.display()))
            }
        }
    }

    /// Makes the folder when it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn make(&self) -> anyhow::Result<()> {
        let mut maker = fs::DirBuilder::new();
        // Letters, drafts and addresses are in it: nobody else on the machine reads a town's folder.
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut maker, 0o700);
        let made = maker.recursive(true).create(&self.0);
        made.with_context(|| format!("the folder {} cannot be made", self.0.display()))
    }
}

/// A town that is put together and not served yet.
pub struct Assembled {
    /// The handle of all rooms.
    pub town: Town,
    /// The rooms, to be mounted.
    pub rooms: Vec<Room>,
    /// Who gives the entries of the record their places.
    pub sequencer: Sequencer,
    /// Kinds of jobs.
    pub jobs: Vec<JobKind>,
    /// Followers of the record.
    pub subscribers: Vec<Subscriber>,
}

/// The rooms of a town.
pub fn rooms(demo: bool) -> Vec<Room> {
    let mut rooms =
        vec![pages::room(), people::room(), places::room(), commons::room(), forms::room(), requests::room()];
    rooms.push(accountability::room());
    rooms.push(alerts::room());
    rooms.push(assemblies::room());
    rooms.push(conversations::room());
    rooms.push(open_data::room());
    rooms.push(voting::room());
    rooms.push(participation::room());
    rooms.push(services::room());
    rooms.push(surveys::room());
    rooms.push(meetings::room());
    rooms.push(webhooks::room());
    if demo {
        rooms.push(people::demo_room());
    }
    rooms
}

/// The tables of a town, lowest first.
pub fn migrations(rooms: &[Room]) -> Vec<MigrationSet> {
    let lowest = [database::jobs::MIGRATIONS, record::MIGRATIONS];
    lowest.into_iter().chain(rooms.iter().filter_map(|room| room.migrations)).collect()
}

/// Where the rows are: PostgreSQL when an address is given, else the file in the folder.
pub fn source(folder: &Folder, address: Option<&str>) -> Source {
    address.map_or_else(|| Source::Sqlite(folder.database()), Source::parse)
}

/// Opens the database with all its tables.
///
/// # Errors
/// A sentence that says what stands in the way.
pub fn open_database(source: &Source) -> anyhow::Result<Db> {
    let db = Db::open(source).context("the database cannot be opened")?;
    db.migrate(&migrations(&rooms(false))).context("the tables cannot be brought up to date")?;
    Ok(db)
}

/// The sequencer and the record of a town with this name.
///
/// # Errors
/// A sentence about the key or the checkpoint.
pub fn open_record(folder: &Folder, db: &Db, jurisdiction: &str) -> anyhow::Result<(Sequencer, Record)> {
    let key = record::load_or_make_key(&folder.key(), &format!("{jurisdiction}/record"), &SystemChance)?;
    let outside = KeptOutside::open(&folder.checkpoint(), &key.verifier())?;
    Ok(Sequencer::new(db.clone(), key, outside))
}

/// Puts a town together. Waits for the database, so not to be called where others must go on.
///
/// # Errors
/// A sentence that says what stands in the way.
pub fn assemble(
    folder: &Folder,
    db: Db,
    config: &Config,
    settings: Settings,
    clock: Arc<dyn Clock>,
) -> anyhow::Result<Assembled> {
    let rooms = rooms(settings.demo);
    let (sequencer, record) = open_record(folder, &db, &settings.jurisdiction)?;
    let messages = rooms.iter().flat_map(|room| room.messages);
    let words = Words::read(web::MESSAGES.iter().chain(messages)).map_err(anyhow::Error::msg)?;
    // What the town set on its pages holds from the first answer on.
    let kept = db.read_blocking(kept::all).map_err(|error: database::DbError| error)?;
    let settings =
        config.over(&kept, &settings)?.settings(0, settings.demo).context("what the town set on its pages")?;
    let mut installed = installed(&db, config, &settings, &rooms)?;
    installed.add(voting::boxes_in(&folder.0));
    installed.add(tables::Shelf::new(folder.tables()));
    installed.add(sql_worker()?);
    installed.add(settings::Source::new(config.clone()));
    installed.add(Machine { folder: folder.clone(), started_at: clock.now() });
    installed.add(Signing::default());
    let chance: Arc<dyn Chance> = Arc::new(SystemChance);
    let town = Town::new(TownParts { db, record, clock, chance, settings, words }, installed);
    places::draw_mark(&town);
    let jobs = rooms.iter().flat_map(|room| room.jobs.clone()).collect();
    let subscribers = rooms.iter().flat_map(|room| room.subscribers.clone()).collect();
    Ok(Assembled { town, rooms, sequencer, jobs, subscribers })
}

fn installed(db: &Db, config: &Config, settings: &Settings, rooms: &[Room]) -> anyhow::Result<Installed> {
    let mut installed = Installed::default();
    installed.add(Gates::new(settings.limits));
    installed.add(Catalogue::of(rooms));
    installed.add(Mark(RwLock::new(Arc::from(""))));
    installed.add(people::demo::personas());
    installed.add(config.mail(settings)?);
    installed.add(config.outgoing());
    installed.add(config.assistant()?);
    installed.add(config.witnesses()?);
    installed.add(db.read_blocking(places::Districts::load)?);
    installed.add(db.read_blocking(requests::Books::load)?);
    installed.add(db.read_blocking(conversations::Books::load)?);
    installed.add(db.read_blocking(open_data::Books::load)?);
    installed.add(serve::Stopping::default());
    Ok(installed)
}

/// How a question in SQL gets a process of its own: this program, with a hidden command.
fn sql_worker() -> anyhow::Result<tables::sql::Worker> {
    let program = std::env::current_exe().context("the program does not know where it is")?;
    Ok(tables::sql::Worker { program, arguments: vec!["sql-worker".to_owned()], environment: Vec::new() })
}

/// Whether a folder holds a town.
pub fn holds_town(path: &Path) -> bool {
    Folder(path.to_owned()).database().exists()
}

#[cfg(all(test, unix))]
mod tests {
    use super::Folder;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn nobody_else_on_the_machine_reads_a_towns_folder() {
        let above = std::env::temp_dir().join(format!("polity-assemble-{}", std::process::id()));
        let folder = Folder(above.join("town"));
        folder.make().unwrap();
        folder.make().unwrap();
        let mode = std::fs::metadata(&folder.0).unwrap().permissions().mode();
        std::fs::remove_dir_all(above).unwrap();
        assert_eq!(mode & 0o777, 0o700);
    }
}
