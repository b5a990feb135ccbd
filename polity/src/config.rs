//! The settings of a town: one TOML file, and the environment over it.
//!
//! Every key stands once in [`KEYS`]; the environment variable of `town.name` is `POLITY_TOWN_NAME`.

use anyhow::{Context as _, bail};
use civic::{Language, LocalText};
use jiff::tz::TimeZone;
use people::MailSettings;
use serde::Deserialize;
use service_clock::Calendar;
use std::path::Path;
use toml::{Table, Value};
use web::{Settings, limits::Limits};

/// A key, what it means, and its value when nothing is said.
pub struct Key {
    /// Its path in the file.
    pub path: &'static str,
    /// What it means.
    #[cfg_attr(not(test), expect(dead_code, reason = "for the guide, which a test compares"))]
    pub meaning: &'static str,
    /// What holds when it is not set.
    #[cfg_attr(not(test), expect(dead_code, reason = "for the guide, which a test compares"))]
    pub otherwise: &'static str,
}

const fn key(path: &'static str, meaning: &'static str, otherwise: &'static str) -> Key {
    Key { path, meaning, otherwise }
}

/// Every key there is.
pub const KEYS: &[Key] = &[
    key("town.name", "What the town is called: a text, or a table of texts by language.", "Polity"),
    key("town.tagline", "The line under its name, in the same way.", "Report, take part, check"),
    key(
        "town.address",
        "Where people reach it, as https://report.example.org. Links in mails begin with it.",
        "http://localhost and the port of --listen",
    ),
    key("town.time_zone", "The IANA name of its time zone.", "UTC"),
    key(
        "town.working_hours",
        "When its offices work, in its own time; promises are counted in this time.",
        "[\"mon-fri 09:00-17:00\"]",
    ),
    key("town.holidays", "Days on which its offices are closed, as 2026-12-25.", "[]"),
    key("town.languages", "The languages it offers, its own first: en, es, ar.", "[\"en\", \"es\", \"ar\"]"),
    key("town.currency", "What its money is counted in (ISO 4217).", "EUR"),
    key(
        "town.jurisdiction_id",
        "Its name in Open311 and in its record. Never change it once the record has begun.",
        "the host of town.address",
    ),
    key("town.contact_email", "Whom residents may write to.", "hello@example.org"),
    key("server.behind_proxy", "Whether to believe X-Forwarded-For; only behind a proxy of one's own.", "false"),
    key(
        "mail.smtp_url",
        "The mail server, as smtps://name:password@mail.example.org. Without it mails stay in the outbox.",
        "",
    ),
    key(
        "mail.from",
        "From whom mails come, as Springfield <noreply@example.org>.",
        "the town's name and contact_email",
    ),
    key("limits.acts_per_minute", "How often one address may change something in a minute.", "60"),
    key("limits.mails_per_hour", "How many mails one address may cause in an hour.", "12"),
];

/// The file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The town itself.
    pub town: TownConfig,
    /// How it is served.
    pub server: ServerConfig,
    /// How mail leaves.
    pub mail: MailConfig,
    /// How often one may act.
    pub limits: Limits,
}

/// See [`KEYS`].
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TownConfig {
    name: Option<Words>,
    tagline: Option<Words>,
    address: Option<String>,
    time_zone: Option<String>,
    working_hours: Option<Vec<String>>,
    holidays: Vec<String>,
    languages: Option<Vec<String>>,
    currency: Option<String>,
    jurisdiction_id: Option<String>,
    contact_email: Option<String>,
}

/// See [`KEYS`].
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerConfig {
    behind_proxy: bool,
}

/// See [`KEYS`].
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailConfig {
    smtp_url: Option<String>,
    from: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Words {
    Plain(String),
    Local(LocalText),
}

impl Words {
    fn text(&self) -> LocalText {
        match self {
            Self::Plain(text) => LocalText::plain(text.clone()),
            Self::Local(text) => text.clone(),
        }
    }
}

/// Reads a text and lays the environment over it; for the demo, whose settings are part of the program.
///
/// # Errors
/// As [`read`].
pub fn read_text(text: &str, variable: impl Fn(&str) -> Option<String>) -> anyhow::Result<Config> {
    finish(text.parse::<Table>().context("the settings are not TOML")?, variable)
}

/// Reads the file, where there is one, and lays the environment over it.
///
/// # Errors
/// A sentence that names the file and what in it cannot be read.
pub fn read(path: Option<&Path>, variable: impl Fn(&str) -> Option<String>) -> anyhow::Result<Config> {
    let table = match path {
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("the settings {} cannot be read", path.display()))?;
            text.parse::<Table>().with_context(|| format!("the settings {} are not TOML", path.display()))?
        }
        None => Table::new(),
    };
    finish(table, variable)
}

fn finish(mut table: Table, variable: impl Fn(&str) -> Option<String>) -> anyhow::Result<Config> {
    for key in KEYS {
        if let Some(text) = variable(&variable_of(key.path)) {
            lay_over(&mut table, key.path, &text)?;
        }
    }
    table.try_into().context("the settings cannot be understood")
}

/// The environment variable of a key.
pub fn variable_of(path: &str) -> String {
    format!("POLITY_{}", path.replace('.', "_").to_uppercase())
}

/// Numbers, truth values and lists are read as TOML; everything else is text.
fn lay_over(table: &mut Table, path: &str, text: &str) -> anyhow::Result<()> {
    let Some((section, key)) = path.split_once('.') else { bail!("{path} has no section") };
    let read = format!("it = {text}").parse::<Table>().ok().and_then(|mut table| table.remove("it"));
    let value = read.filter(|value| !value.is_str()).unwrap_or_else(|| Value::String(text.to_owned()));
    let section = table.entry(section).or_insert_with(|| Value::Table(Table::new()));
    let section = section.as_table_mut().with_context(|| format!("{path} is not in a section"))?;
    section.insert(key.to_owned(), value);
    Ok(())
}

impl Config {
    /// The settings of the town when it is served at `port`.
    ///
    /// # Errors
    /// A sentence for a value that names nothing.
    pub fn settings(&self, port: u16, demo: bool) -> anyhow::Result<Settings> {
        let town = &self.town;
        let address = town.address.clone().unwrap_or_else(|| format!("http://localhost:{port}"));
        let address = address.trim_end_matches('/').to_owned();
        let host = host_of(&address)
            .with_context(|| format!("town.address: “{address}” must begin with http:// or https://"))?;
        let zone = town.time_zone.as_deref().unwrap_or("UTC");
        let contact_email = town.contact_email.clone().unwrap_or_else(|| "hello@example.org".to_owned());
        let name = town.name.as_ref().map_or_else(|| LocalText::plain("Polity"), Words::text);
        let zone = TimeZone::get(zone).with_context(|| format!("town.time_zone: there is no time zone “{zone}”"))?;
        let hours = town.working_hours.clone().unwrap_or_else(|| vec!["mon-fri 09:00-17:00".to_owned()]);
        Ok(Settings {
            tagline: town.tagline.as_ref().map_or_else(default_tagline, Words::text),
            calendar: Calendar::read(&hours, &town.holidays, zone.clone())
                .context("town.working_hours and town.holidays")?,
            zone,
            languages: languages(town.languages.as_deref())?,
            currency: town
                .currency
                .as_deref()
                .unwrap_or("EUR")
                .parse()
                .map_err(anyhow::Error::msg)
                .context("town.currency")?,
            demo,
            secure_cookies: address.starts_with("https://"),
            behind_proxy: self.server.behind_proxy,
            limits: self.limits,
            jurisdiction: town.jurisdiction_id.clone().unwrap_or_else(|| host.to_owned()),
            mail_from: self.mail_from(&name, &contact_email),
            contact_email,
            name,
            address,
        })
    }

    /// How mail leaves; what cannot be read is said at once, not when the first mail should leave.
    ///
    /// # Errors
    /// A sentence that says which setting cannot be read.
    pub fn mail(&self, settings: &Settings) -> anyhow::Result<MailSettings> {
        let smtp_url = self.mail.smtp_url.clone().filter(|url| !url.is_empty());
        let mail = MailSettings { smtp_url, from: settings.mail_from.clone() };
        mail.check().map_err(anyhow::Error::msg).context("the settings of mail")?;
        Ok(mail)
    }

    fn mail_from(&self, name: &LocalText, contact: &str) -> String {
        let plain: String =
            name.in_language(Language::En).chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
        self.mail.from.clone().unwrap_or_else(|| format!("{plain} <{contact}>"))
    }
}

fn host_of(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let host = rest.split(['/', ':']).next()?;
    (!host.is_empty()).then_some(host)
}

fn default_tagline() -> LocalText {
    LocalText::plain("Report, take part, check")
        .with(Language::Es, "Avise, participe, compruebe")
        .with(Language::Ar, "بلّغ، شارك، تحقّق")
}

fn languages(tags: Option<&[String]>) -> anyhow::Result<Vec<Language>> {
    let Some(tags) = tags else { return Ok(Language::ALL.to_vec()) };
    let read: Result<Vec<Language>, String> = tags.iter().map(|tag| tag.parse()).collect();
    let languages = read.map_err(anyhow::Error::msg).context("town.languages")?;
    if languages.is_empty() {
        bail!("town.languages: a town needs at least one language")
    }
    Ok(languages)
}

#[cfg(test)]
mod tests {
    use super::{Config, KEYS, read, variable_of};

    #[test]
    fn the_environment_goes_over_the_file() {
        let variable = |name: &str| match name {
            "POLITY_TOWN_NAME" => Some("Springfield".to_owned()),
            "POLITY_LIMITS_ACTS_PER_MINUTE" => Some("600".to_owned()),
            "POLITY_TOWN_LANGUAGES" => Some("[\"es\"]".to_owned()),
            _ => None,
        };
        let config = read(None, variable).unwrap();
        let settings = config.settings(8080, false).unwrap();
        assert_eq!(settings.name.in_language(civic::Language::Es), "Springfield");
        assert_eq!((settings.limits.acts_per_minute.get(), settings.languages.len()), (600, 1));
        assert_eq!((settings.address.as_str(), settings.jurisdiction.as_str()), ("http://localhost:8080", "localhost"));
    }

    #[test]
    fn what_cannot_be_understood_is_said() {
        let file = std::env::temp_dir().join(format!("polity-config-{}.toml", std::process::id()));
        for (text, word) in
            [("[town]\nnmae = 'x'", "nmae"), ("[town", "not TOML"), ("[limits]\nacts_per_minute = 0", "understood")]
        {
            std::fs::write(&file, text).unwrap();
            let error = format!("{:#}", read(Some(&file), |_| None).unwrap_err());
            assert!(error.contains(word), "{error}");
        }
        std::fs::remove_file(&file).unwrap();
        let config: Config = toml::from_str("[town]\ntime_zone = 'Mars/Olympus'").unwrap();
        assert!(config.settings(1, false).unwrap_err().to_string().contains("Mars/Olympus"));
        let config: Config = toml::from_str("[town]\nholidays = ['25.12.']").unwrap();
        assert!(format!("{:#}", config.settings(1, false).unwrap_err()).contains("25.12."));
    }

    /// Every key is in the guide with its variable, and the guide has no other.
    #[test]
    fn every_key_is_documented() {
        let guide = include_str!("../../docs/guides/configuration.md");
        for key in KEYS {
            let line =
                format!("| `{}` | `{}` | {} | {} |", key.path, variable_of(key.path), key.meaning, key.otherwise);
            assert!(guide.contains(&line), "docs/guides/configuration.md needs the line\n{line}");
        }
        assert_eq!(guide.matches("| `POLITY_").count(), KEYS.len());
    }
}
