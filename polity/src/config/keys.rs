//! Every key of the settings, once: the file, the environment and the guide all follow this list.

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
    key(
        "town.escalation",
        "Who is told of a promise that runs out: working days after its end (negative before it) and officer, agency or administrator.",
        "[\"-1 officer\", \"0 agency\", \"5 administrator\"]",
    ),
    key("town.languages", "The languages it offers, its own first: en, es, ar.", "[\"en\", \"es\", \"ar\"]"),
    key("town.currency", "What its money is counted in (ISO 4217).", "EUR"),
    key(
        "town.jurisdiction_id",
        "Its name in Open311 and in its record. Never change it once the record has begun.",
        "the host of town.address",
    ),
    key("town.contact_email", "Whom residents may write to.", "hello@example.org"),
    key(
        "town.hues",
        "The colours of the doors (report, part, apply, explore, desk), as { report = \"#c5362f\" }; a shade with enough contrast is taken.",
        "{}",
    ),
    key(
        "town.backup_days",
        "For how many days copies of the database are kept; said to whoever has their account erased.",
        "",
    ),
    key("server.behind_proxy", "Whether to believe X-Forwarded-For; only behind a proxy of one's own.", "false"),
    key(
        "server.embed_sites",
        "Which sites may show our widgets (reports, commitments, conversations) in a frame, as https://news.example.org; * for all, an empty list for none.",
        "[\"*\"]",
    ),
    key(
        "mail.smtp_url",
        "The mail server, as smtps://name:password@mail.example.org. Without it no mail leaves the town; `polity sign-in-link` lets people in.",
        "",
    ),
    key(
        "mail.from",
        "From whom mails come, as Springfield <noreply@example.org>.",
        "the town's name and contact_email",
    ),
    key(
        "outgoing.plain_http",
        "Whether webhooks may go to http:// addresses; only in a network of one's own.",
        "false",
    ),
    key(
        "outgoing.private_addresses",
        "Whether webhooks may go to private and local addresses; only in a network of one's own.",
        "false",
    ),
    key(
        "assistant.address",
        "The language model that may draft summaries of conversations: an OpenAI-compatible API, as https://llm.example/v1. Without it there is none.",
        "",
    ),
    key("assistant.model", "The model's name there.", ""),
    key(
        "assistant.key",
        "Its key. Better in the environment than in the file; it is never shown, logged or stored.",
        "",
    ),
    key(
        "assistant.nearby",
        "Whether that address may be http:// and private: a model in a network of one's own.",
        "false",
    ),
    key("assistant.patience_seconds", "How many seconds a draft may take, 240 at most.", "60"),
    key(
        "record.witnesses",
        "Who cosigns the record's checkpoints: for each witness its address, a blank, and its key.",
        "[]",
    ),
    key("limits.acts_per_minute", "How often one address may change something in a minute.", "60"),
    key(
        "limits.same_matter_per_hour",
        "How often one address may say the same about the same matter in an hour.",
        "20",
    ),
    key("limits.mails_per_hour", "How many mails one address may cause in an hour.", "12"),
    key("limits.requests_per_hour", "How many service requests one address may send in an hour.", "30"),
    key("limits.flags_per_hour", "How many reports to the moderators one address may send in an hour.", "20"),
];

/// The environment variable of a key.
pub fn variable_of(path: &str) -> String {
    format!("POLITY_{}", path.replace('.', "_").to_uppercase())
}
