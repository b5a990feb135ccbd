//! The settings of a town: one TOML file, and the environment over it.
//!
//! Every key stands once in [`KEYS`]; the environment variable of `town.name` is `POLITY_TOWN_NAME`.

mod keys;

pub use keys::{KEYS, variable_of};

use crate::witnessing::Witnesses;
use anyhow::{Context as _, bail};
use civic::{Language, LocalText};
use conversations::{Assistant, AssistantSettings};
use jiff::tz::TimeZone;
use people::MailSettings;
use record::witnesses::WITNESSES_LIMIT;
use serde::Deserialize;
use service_clock::Calendar;
use std::{collections::BTreeMap, path::Path};
use toml::{Table, Value};
use web::{
    Settings,
    escalation::{Rung, ladder},
    limits::Limits,
};

/// The file.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The town itself.
    pub town: TownConfig,
    /// How it is served.
    pub server: ServerConfig,
    /// How mail leaves.
    pub mail: MailConfig,
    /// What may be asked of other machines.
    pub outgoing: OutgoingConfig,
    /// A language model that helps facilitators.
    pub assistant: AssistantConfig,
    /// The public record.
    pub record: RecordConfig,
    /// How often one may act.
    pub limits: Limits,
    /// What the file and the environment say, word for word.
    #[serde(skip)]
    own: Table,
}

impl std::fmt::Debug for Config {
    /// Nothing of it: it holds passwords and keys.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Config")
    }
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
    escalation: Option<Vec<String>>,
    languages: Option<Vec<String>>,
    currency: Option<String>,
    jurisdiction_id: Option<String>,
    contact_email: Option<String>,
    backup_days: Option<u32>,
    hues: BTreeMap<String, String>,
}

/// See [`KEYS`].
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerConfig {
    behind_proxy: bool,
    embed_sites: Option<Vec<String>>,
}

/// See [`KEYS`].
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailConfig {
    smtp_url: Option<String>,
    from: Option<String>,
}

/// See [`KEYS`].
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OutgoingConfig {
    plain_http: bool,
    private_addresses: bool,
}

/// See [`KEYS`]. Without `Debug`, for it holds a key.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AssistantConfig {
    address: Option<String>,
    model: Option<String>,
    key: Option<String>,
    nearby: bool,
    patience_seconds: Option<u32>,
}

/// See [`KEYS`].
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RecordConfig {
    witnesses: Vec<String>,
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
    let own = table.clone();
    let config: Config = table.try_into().context("the settings cannot be understood")?;
    Ok(Config { own, ..config })
}

/// Numbers, truth values and lists are read as TOML; everything else is text.
fn lay_over(table: &mut Table, path: &str, text: &str) -> anyhow::Result<()> {
    let value = read_value(text).filter(|value| !value.is_str()).unwrap_or_else(|| Value::String(text.to_owned()));
    put(table, path, value)
}

fn read_value(text: &str) -> Option<Value> {
    format!("it = {text}").parse::<Table>().ok().filter(|table| table.len() == 1)?.remove("it")
}

fn put(table: &mut Table, path: &str, value: Value) -> anyhow::Result<()> {
    let Some((section, key)) = path.split_once('.') else { bail!("{path} has no section") };
    let section = table.entry(section).or_insert_with(|| Value::Table(Table::new()));
    let section = section.as_table_mut().with_context(|| format!("{path} is not in a section"))?;
    section.insert(key.to_owned(), value);
    Ok(())
}

/// What a town says of itself, as it wrote it.
#[derive(Debug, Clone)]
pub struct TownFacts {
    /// The IANA name of its time zone.
    pub time_zone: String,
    /// Lines as `mon-fri 08:00-16:00`.
    pub working_hours: Vec<String>,
    /// Days as `2026-12-25`.
    pub holidays: Vec<String>,
}

impl Config {
    /// Whether the file or the environment says something of this key.
    pub fn is_fixed(&self, path: &str) -> bool {
        let Some((section, key)) = path.split_once('.') else { return false };
        self.own.get(section).and_then(Value::as_table).is_some_and(|section| section.contains_key(key))
    }

    /// What the town keeps in its database, with the file and the environment over it. What is never changed while a town
    /// is served stays as it is: its address and the name of its record. Keys that are no settings are passed over.
    ///
    /// # Errors
    /// A sentence for a value that cannot be understood.
    pub fn over(&self, kept: &BTreeMap<String, String>, present: &Settings) -> anyhow::Result<Self> {
        let mut table = Table::new();
        for (path, text) in kept.iter().filter(|(path, _)| KEYS.iter().any(|key| key.path == *path)) {
            put(&mut table, path, read_value(text).with_context(|| format!("{path}: “{text}” is not TOML"))?)?;
        }
        for (name, section) in &self.own {
            match (table.get_mut(name).and_then(Value::as_table_mut), section.as_table()) {
                (Some(below), Some(over)) => below.extend(over.clone()),
                _ => {
                    table.insert(name.clone(), section.clone());
                }
            }
        }
        let config: Self = table.try_into().context("the settings cannot be understood")?;
        let address = Some(present.address.clone());
        let jurisdiction_id = Some(present.jurisdiction.clone());
        let town = TownConfig { address, jurisdiction_id, ..config.town };
        Ok(Self { town, own: self.own.clone(), ..config })
    }

    /// What the town says of its time, as it wrote it.
    pub fn facts(&self) -> TownFacts {
        TownFacts {
            time_zone: self.town.time_zone.clone().unwrap_or_else(|| "UTC".to_owned()),
            working_hours: self.town.working_hours.clone().unwrap_or_else(default_hours),
            holidays: self.town.holidays.clone(),
        }
    }

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
        let hours = town.working_hours.clone().unwrap_or_else(default_hours);
        Ok(Settings {
            tagline: town.tagline.as_ref().map_or_else(default_tagline, Words::text),
            calendar: Calendar::read(&hours, &town.holidays, zone.clone())
                .context("town.working_hours and town.holidays")?,
            zone,
            escalation: escalation(town.escalation.as_deref())?,
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
            hues: web::hues::read(&town.hues).map_err(anyhow::Error::msg).context("town.hues")?,
            embed_sites: embed_sites(self.server.embed_sites.as_deref())?,
            backup_days: town.backup_days,
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

    /// The client for addresses that somebody else chose.
    pub fn outgoing(&self) -> outgoing::Client {
        let OutgoingConfig { plain_http, private_addresses } = self.outgoing;
        outgoing::Client::new(outgoing::Policy { plain_http, private_addresses, ..outgoing::Policy::default() })
    }

    /// The language model that helps facilitators; none where no address is set. What the town sets on its pages is not asked.
    ///
    /// # Errors
    /// A sentence that says what of it cannot be used; never the key.
    pub fn assistant(&self) -> anyhow::Result<Assistant> {
        let AssistantConfig { address, model, key, nearby, patience_seconds } = self.assistant.clone();
        let Some(address) = address.filter(|address| !address.is_empty()) else { return Ok(Assistant::default()) };
        let settings = AssistantSettings { address, model: model.unwrap_or_default(), key, nearby, patience_seconds };
        Assistant::at(settings).map_err(anyhow::Error::msg).context("assistant.address, assistant.model")
    }

    /// Who cosigns the record's checkpoints.
    ///
    /// # Errors
    /// A sentence that says which witness cannot be read.
    pub fn witnesses(&self) -> anyhow::Result<Witnesses> {
        if self.record.witnesses.len() > WITNESSES_LIMIT {
            bail!("record.witnesses: a record has {WITNESSES_LIMIT} witnesses at most");
        }
        let read = self.record.witnesses.iter().map(|text| text.parse().map_err(anyhow::Error::msg));
        read.collect::<anyhow::Result<Vec<_>>>().map(|all| Witnesses(all.into())).context("record.witnesses")
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

fn default_hours() -> Vec<String> {
    vec!["mon-fri 09:00-17:00".to_owned()]
}

fn default_tagline() -> LocalText {
    LocalText::plain("Report, take part, check")
        .with(Language::Es, "Avise, participe, compruebe")
        .with(Language::Ar, "بلّغ، شارك، تحقّق")
}

fn escalation(rungs: Option<&[String]>) -> anyhow::Result<Vec<Rung>> {
    let read = rungs.map_or_else(|| ladder(&["-1 officer", "0 agency", "5 administrator"]), ladder);
    read.map_err(anyhow::Error::msg).context("town.escalation")
}

/// As sources of a content security policy, where anything else than an address of a site could say more than it should.
fn embed_sites(sites: Option<&[String]>) -> anyhow::Result<Vec<String>> {
    let Some(sites) = sites else { return Ok(vec!["*".to_owned()]) };
    let is_site = |site: &str| {
        let host = site.strip_prefix("https://").or_else(|| site.strip_prefix("http://")).unwrap_or_default();
        site == "*" || (!host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:*".contains(&b)))
    };
    if let Some(wrong) = sites.iter().find(|site| !is_site(site)) {
        bail!("server.embed_sites: “{wrong}” is not a site: write https://news.example.org, or * for all");
    }
    Ok(if sites.is_empty() { vec!["'none'".to_owned()] } else { sites.to_vec() })
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
        let config: Config = toml::from_str("[server]\nembed_sites = ['https://a.example; script-src *']").unwrap();
        assert!(config.settings(1, false).unwrap_err().to_string().contains("embed_sites"));
        let config: Config = toml::from_str("[server]\nembed_sites = []").unwrap();
        assert_eq!(config.settings(1, false).unwrap().embed_sites, ["'none'"]);
        let config: Config = toml::from_str("[assistant]\naddress = 'http://127.0.0.1/v1'\nkey = 'sk-1'").unwrap();
        let error = format!("{:#}", config.assistant().unwrap_err());
        assert!(error.contains("assistant.address") && !error.contains("sk-1"), "{error}");
        assert!(!Config::default().assistant().unwrap().is_there());
        let config: Config = toml::from_str("[town]\nescalation = ['1 mayor']").unwrap();
        assert!(format!("{:#}", config.settings(1, false).unwrap_err()).contains("1 mayor"));
    }

    /// What the town sets on its pages lies below the file and the environment.
    #[test]
    fn the_file_and_the_environment_have_the_final_word() {
        let variable = |name: &str| (name == "POLITY_TOWN_NAME").then(|| "Springfield".to_owned());
        let config = read(None, variable).unwrap();
        let present = config.settings(8080, false).unwrap();
        let kept = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
        };
        let pages = kept(&[
            ("town.name", "\"Shelbyville\""),
            ("town.time_zone", "\"Europe/Madrid\""),
            ("town.languages", "[\"es\"]"),
            ("town.hues", "{ report = \"#112233\" }"),
            ("town.address", "\"https://evil.example\""),
            ("retention.requests.drafts", "3"),
        ]);
        let settings = config.over(&pages, &present).unwrap().settings(0, false).unwrap();
        assert_eq!(settings.name.in_language(civic::Language::En), "Springfield");
        assert_eq!(
            (settings.languages.len(), settings.hues.len(), settings.zone.iana_name()),
            (1, 1, Some("Europe/Madrid"))
        );
        assert_eq!(settings.address, "http://localhost:8080", "not while it is served");
        assert!(config.is_fixed("town.name") && !config.is_fixed("town.languages") && !config.is_fixed("name"));
        assert!(
            config
                .over(&kept(&[("town.time_zone", "\"Mars/Olympus\"")]), &present)
                .unwrap()
                .settings(0, false)
                .is_err()
        );
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
