//! What is in a file: a resource for each of its tables, each in the place of the one that it renews.

use super::{FileIn, pointing, tables_of::refusal_of, tables_of::stop_of};
use crate::{
    model::{Dataset, Resource, ResourceBody},
    said::Said,
};
use civic::Moment;
use sha2::{Digest as _, Sha256};
use std::{collections::BTreeMap, sync::Arc};
use tables::{Declared, Progress, Refused, Sheet, Shelf, SourceForm, Step, Wish};
use web::{Refusal, Stop, Town};

/// What is done with the tables of a file.
#[derive(Debug, Clone)]
pub enum Goal {
    /// Each becomes a new resource.
    Add,
    /// They take the place of what is there.
    Replace {
        /// The resource that was named.
        target: Box<Resource>,
        /// It, and the other sheets of its file.
        family: Vec<Resource>,
        /// Whether a sheet that takes no place becomes a new resource.
        adds: bool,
    },
}

impl Goal {
    /// To add where no resource is named, to replace that one otherwise.
    ///
    /// # Errors
    /// `NotFound` where it is not there.
    pub fn of(dataset: &Dataset, resource: Option<&str>) -> Result<Self, Stop> {
        let Some(id) = resource else { return Ok(Self::Add) };
        let target = dataset.resource(id).cloned().ok_or(Stop::NotFound)?;
        let same = |one: &&Resource| one.id == target.id || (one.file_id.is_some() && one.file_id == target.file_id);
        let family = dataset.resources.iter().filter(same).cloned().collect();
        Ok(Self::Replace { target: Box::new(target), family, adds: true })
    }

    /// To put sheets in the places of those that are there, and to add none: one that somebody took away on purpose stays away.
    ///
    /// # Errors
    /// `NotFound` where it is not there.
    pub fn renewing(dataset: &Dataset, resource: &str) -> Result<Self, Stop> {
        let mut goal = Self::of(dataset, Some(resource))?;
        if let Self::Replace { adds, .. } = &mut goal {
            *adds = false;
        }
        Ok(goal)
    }

    fn adds(&self) -> bool {
        !matches!(self, Self::Replace { adds: false, .. })
    }

    /// For each sheet, the resource whose place it takes: by the name of the sheet, and the resource that was named in any case; but where
    /// none is added, only one that never had a sheet goes by the order of sheets, for the first might be one that was taken away.
    fn places(&self, sheets: &[Sheet]) -> Vec<Option<&Resource>> {
        let Self::Replace { target, family, adds } = self else { return vec![None; sheets.len()] };
        if let [_] = sheets {
            return vec![Some(target)];
        }
        let of = |sheet: &Sheet| family.iter().find(|one| !sheet.name.is_empty() && is_of_sheet(one, &sheet.name));
        let mut places: Vec<Option<&Resource>> = Vec::new();
        for sheet in sheets {
            let place = of(sheet).filter(|one| !places.iter().flatten().any(|taken| taken.id == one.id));
            places.push(place);
        }
        let goes_by_order = *adds || target.body.sheet_name.is_empty();
        if goes_by_order && !places.iter().flatten().any(|one| one.id == target.id) {
            let own = usize::try_from(target.sheet).unwrap_or(0);
            let free = |at: &usize| places.get(*at).is_some_and(Option::is_none);
            if let Some(at) = std::iter::once(own).chain(0..sheets.len()).find(free) {
                places[at] = Some(target);
            }
        }
        places
    }

    /// Takes the older tables away from the shelf that are no more in the dataset.
    pub fn clear(&self, town: &Town, dataset: &Dataset) {
        let Self::Replace { family, .. } = self else { return };
        for old in family {
            let is_kept = dataset.resources.iter().any(|one| one.id == old.id && one.file_id == old.file_id);
            if !is_kept && let Err(error) = town.part::<Shelf>().remove(&old.shelf()) {
                tracing::warn!(%error, "the file of an older table was not removed");
            }
        }
    }
}

/// Resources made before the names of sheets were kept have them behind their own.
fn is_of_sheet(one: &Resource, name: &str) -> bool {
    if one.body.sheet_name.is_empty() {
        one.body.name.ends_with(&format!(": {name}"))
    } else {
        one.body.sheet_name == name
    }
}

/// Reads the tables of a file on a thread that may take long, puts them on the shelf, and looks at what they point to in the dataset.
///
/// # Errors
/// A sentence about the file; `data-stopped` where it was stopped.
pub async fn read_goal(
    town: &Town,
    file: FileIn,
    file_id: &str,
    ids: Vec<String>,
    (goal, dataset): (&Goal, &Dataset),
    progress: Arc<Progress>,
) -> Result<Vec<Resource>, Stop> {
    let watched = Arc::clone(&progress);
    let mut reading = Reading {
        shelf: town.part::<Shelf>().clone(),
        file,
        file_id: file_id.to_owned(),
        declared: None,
        goal: goal.clone(),
        now: town.now(),
        progress,
    };
    let read = tokio::task::spawn_blocking(move || {
        reading.declared = declared(&reading.file.schema, &reading.file.file_name)?;
        reading.read(ids)
    });
    let read = read.await.map_err(Stop::fault)??;
    pointing::check(town, read, &dataset.resources, watched).await
}

/// What columns are declared to be; `None` where nothing is said.
///
/// # Errors
/// `data-schema`.
pub fn declared(schema: &str, file_name: &str) -> Result<Option<Declared>, Stop> {
    match schema.trim() {
        "" => Ok(None),
        schema => {
            Declared::read_for(schema, file_name).map(Some).map_err(|refused| refusal_of(&refused).at("schema").into())
        }
    }
}

struct Reading {
    shelf: Shelf,
    file: FileIn,
    file_id: String,
    declared: Option<Declared>,
    goal: Goal,
    now: Moment,
    progress: Arc<Progress>,
}

impl Reading {
    fn read(&self, ids: Vec<String>) -> Result<Vec<Resource>, Stop> {
        self.progress.begin(Step::Opening, 0);
        let form = tables::sniff(&self.file.bytes);
        let wanted = said(&self.file.file_name);
        if wanted.is_some_and(|wanted| !wanted.contains(&form)) {
            return Err(Refusal::new("data-file-lies").at("file").with("form", form.word()).into());
        }
        let declared = self.declared.as_ref().map(|declared| declared.wish().clone()).unwrap_or_default();
        let wish = self.wish().or(&declared);
        let sheets = match tables::read_shared(&self.file.bytes, &wish) {
            Ok(sheets) => sheets,
            // What does not say that it is a table need not be one.
            Err(_) if wanted.is_none() => return Ok(vec![self.plain_file(ids)]),
            Err(refused) => return Err(refusal_of(&refused).at("file").into()),
        };
        self.progress.go_on().map_err(stop_of)?;
        let places = self.goal.places(&sheets);
        self.check(&sheets, &places, ids.len())?;
        let count = sheets.len();
        let mut resources = Vec::with_capacity(count);
        for (((at, sheet), place), id) in sheets.iter().enumerate().zip(places).zip(ids) {
            if place.is_none() && !self.goal.adds() {
                continue;
            }
            self.progress.turn_to(at as u64, count as u64);
            resources.push(self.table(at, sheet, place, id, (form, count > 1))?);
        }
        Ok(resources)
    }

    /// How the file is written: as is said of it, else as it was said of the file whose place it takes.
    fn wish(&self) -> Wish {
        let nothing = Wish::default();
        match &self.goal {
            Goal::Replace { target, .. } if self.file.wish == nothing => target.body.wish.clone(),
            _ => self.file.wish.clone(),
        }
    }

    /// Whether every sheet has an id to be, and the resource that is renewed a sheet.
    fn check(&self, sheets: &[Sheet], places: &[Option<&Resource>], ids: usize) -> Result<(), Stop> {
        if sheets.len() > ids {
            return Err(refusal_of(&Refused::TooManySheets { most: ids }).at("file").into());
        }
        match &self.goal {
            Goal::Replace { target, adds: false, .. }
                if !places.iter().flatten().any(|place| place.id == target.id) =>
            {
                Err(Refusal::new("data-sheet-gone").at("file").with("sheet", target.body.sheet_name.as_str()).into())
            }
            _ => Ok(()),
        }
    }

    /// The resource of a sheet, its table on the shelf.
    fn table(
        &self,
        at: usize,
        sheet: &Sheet,
        place: Option<&Resource>,
        id: String,
        (form, is_one_of_several): (SourceForm, bool),
    ) -> Result<Resource, Stop> {
        let mut resource = self.resource(id, place, form.word(), form.media_type());
        resource.sheet = i64::try_from(at).unwrap_or(0);
        resource.body.sheet_name.clone_from(&sheet.name);
        if is_one_of_several && !sheet.name.is_empty() && place.is_none() {
            resource.body.name = format!("{}: {}", self.title(), sheet.name);
        }
        // What was said of another sheet is not said of this one.
        let is_other = |target: &Resource| place.is_none_or(|place| place.id != target.id);
        let own = match (&self.goal, place) {
            (Goal::Replace { target, .. }, place) if is_other(target) => {
                resource.body.schema = place.map(|place| place.body.schema.clone()).unwrap_or_default();
                resource.declared()
            }
            _ => self.declared.clone(),
        };
        let mut report =
            self.shelf.take_in_watched(&resource.shelf(), sheet, own.as_ref(), &self.progress).map_err(stop_of)?;
        let table = self.shelf.open(&resource.shelf()).map_err(stop_of)?;
        resource.body.info = Some(table.info().clone());
        report.notes.extend(self.file.notes.iter().cloned());
        resource.body.report = Some(report);
        Ok(resource)
    }

    /// What several sheets of one file are called before the name of each.
    fn title(&self) -> String {
        match &self.goal {
            Goal::Replace { target, .. } if self.file.name.trim().is_empty() => {
                let own = format!(": {}", target.body.sheet_name);
                target.body.name.strip_suffix(&own).unwrap_or(&target.body.name).to_owned()
            }
            _ => self.body("", "", None).name,
        }
    }

    fn plain_file(&self, ids: Vec<String>) -> Resource {
        let end = self.file.file_name.rsplit_once('.').map(|(_, end)| end.to_ascii_uppercase()).unwrap_or_default();
        let end: String = end.chars().filter(char::is_ascii_alphanumeric).take(10).collect();
        let place = match &self.goal {
            Goal::Add => None,
            Goal::Replace { target, .. } => Some(target.as_ref()),
        };
        self.resource(ids.into_iter().next().unwrap_or_default(), place, &end, "application/octet-stream")
    }

    fn resource(&self, id: String, place: Option<&Resource>, format: &str, media_type: &str) -> Resource {
        Resource {
            id: place.map_or(id, |place| place.id.clone()),
            table_name: None,
            file_id: Some(self.file_id.clone()),
            sheet: 0,
            revision: place.map_or(1, |place| place.revision + 1),
            updated_at: self.now,
            body: self.body(format, media_type, place),
        }
    }

    fn body(&self, format: &str, media_type: &str, place: Option<&Resource>) -> ResourceBody {
        let file = &self.file;
        let own = place.map(|place| place.body.clone()).unwrap_or_default();
        let or = |text: &str, other: String| {
            if text.trim().is_empty() { other } else { text.trim().chars().take(500).collect() }
        };
        let file_name: String =
            file.file_name.chars().filter(|c| !c.is_control() && !"/\\\"".contains(*c)).take(120).collect();
        ResourceBody {
            names: if file.name.trim().is_empty() { own.names } else { Said::default() },
            name: or(&file.name, if own.name.is_empty() { file_name.clone() } else { own.name }),
            description: or(&file.description, own.description),
            format: format.to_owned(),
            media_type: media_type.to_owned(),
            url: String::new(),
            size_bytes: file.bytes.len() as u64,
            sha256: hex::encode(Sha256::digest(&file.bytes)),
            schema: file.schema.trim().to_owned(),
            words: BTreeMap::new(),
            info: None,
            report: None,
            key: if file.key.is_empty() { own.key } else { file.key.clone() },
            source_id: or(&file.source_id, own.source_id),
            sheet_name: String::new(),
            wish: self.wish(),
            file_name,
            rechecked_at: None,
        }
    }
}

/// What the end of a file's name says that it is.
fn said(file_name: &str) -> Option<&'static [SourceForm]> {
    let end = file_name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase())?;
    Some(match end.as_str() {
        "csv" | "tsv" | "tab" => &[SourceForm::Csv],
        "xlsx" => &[SourceForm::Xlsx],
        "ods" => &[SourceForm::Ods],
        "json" | "ndjson" | "jsonl" | "geojson" => &[SourceForm::Json, SourceForm::GeoJson],
        "parquet" => &[SourceForm::Parquet],
        "zip" => &[SourceForm::Zip, SourceForm::Ods, SourceForm::Xlsx],
        _ => return None,
    })
}
