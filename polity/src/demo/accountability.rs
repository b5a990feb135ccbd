//! Promises of the demo: simulated, and said to be, but grown from real clusters of its reports and made by the real commands.

use super::{
    facts::{Fact, Kind, code_of},
    replay::in_words,
};
use accountability::{Keep, KeepCommand, MakeCommitment, Making, keep, make, say_what_is_late};
use anyhow::Context as _;
use civic::{Actor, Code, Language, Moment, Subject};
use std::collections::BTreeMap;
use web::Town;

/// Reports that one promise grew out of.
const CLUSTER: usize = 6;
/// When the town looks for what is late: a quarter of an hour after the day of one of them has passed.
const LOOKED_AT: &str = "2018-01-06T08:15:00Z";
/// The day on which they are promised, 2017-12-29 at noon in Los Angeles.
const PROMISED_AT: &str = "2017-12-29T20:00:00Z";

/// A promise to simulate.
struct Plan {
    /// The code of the category whose largest cluster in a district it grows out of.
    category: &'static str,
    /// The agency, as the city writes it.
    agency: &'static str,
    title: [&'static str; 3],
    due: &'static str,
    budgeted: &'static str,
    milestones: &'static str,
    /// What becomes of it, each with its moment.
    life: Vec<(&'static str, Keep)>,
}

const SIMULATED: [&str; 3] = [
    "This promise is simulated for the demo. The reports it grew out of are real.",
    "Esta promesa es simulada para la demostración. Los avisos de los que nació son reales.",
    "هذا الوعد محاكاة للعرض التجريبي. والبلاغات التي نشأ عنها حقيقية.",
];

fn text(words: &str) -> String {
    words.to_owned()
}

fn plans() -> Vec<Plan> {
    vec![
        Plan {
            category: "streetlight",
            agency: "BSL",
            title: [
                "Every street light reported dark this week is looked at within six days",
                "Cada farola avisada como apagada esta semana se revisa en seis días",
                "يُفحص كل مصباح شارع أُبلغ عن انطفائه هذا الأسبوع خلال ستة أيام",
            ],
            due: "2018-01-04",
            budgeted: "18000",
            milestones: "2018-01-02 The routes of the crews are planned",
            life: vec![
                ("2018-01-02T17:00:00Z", Keep::Reach { position: 1, text: text("Two crews, four evenings.") }),
                (
                    "2018-01-03T19:00:00Z",
                    Keep::Spend { contracted_cents: Some(1_650_000), paid_cents: Some(1_240_000), text: String::new() },
                ),
                (
                    "2018-01-04T22:00:00Z",
                    Keep::Fulfil {
                        text: text(
                            "All of them were looked at; where a bulb was enough, the light burns again. (Simulated.)",
                        ),
                    },
                ),
            ],
        },
        Plan {
            category: "illegal-dumping",
            agency: "BOS",
            title: [
                "The places where rubbish was dumped most often are cleared and stay clear",
                "Los lugares con más vertidos ilegales se limpian y siguen limpios",
                "تُنظَّف الأماكن التي أُلقيت فيها النفايات أكثر من غيرها وتبقى نظيفة",
            ],
            due: "2018-01-03",
            budgeted: "42000",
            milestones: "",
            life: vec![
                (
                    "2017-12-30T18:00:00Z",
                    Keep::Begin { text: text("The first two places were cleared today. (Simulated.)") },
                ),
                (
                    "2018-01-02T19:00:00Z",
                    Keep::Postpone {
                        until: Moment::parse("2018-01-06T07:59:59Z").ok(),
                        reason: text("Half of the crews were off over the holidays. (Simulated.)"),
                    },
                ),
            ],
        },
        Plan {
            category: "graffiti",
            agency: "OCB",
            title: [
                "The reported walls are painted over before the schools open again",
                "Los muros avisados se repintan antes de que vuelvan a abrir las escuelas",
                "يُعاد طلاء الجدران المُبلَّغ عنها قبل أن تفتح المدارس من جديد",
            ],
            due: "2018-01-05",
            budgeted: "9500",
            milestones: "",
            life: vec![(
                "2018-01-05T23:00:00Z",
                Keep::Break {
                    reason: text(
                        "A third of the walls are private and their owners could not be reached in time. (Simulated.)",
                    ),
                },
            )],
        },
        Plan {
            category: "bulky-items",
            agency: "BOS",
            title: [
                "A fixed day for bulky items in this district",
                "Un día fijo para muebles y enseres en este distrito",
                "يوم ثابت لجمع الأغراض الكبيرة في هذا الحي",
            ],
            due: "2018-03-30",
            budgeted: "120000",
            milestones: "2018-01-31 Residents were asked which day\n2018-02-28 The routes are set",
            life: vec![(
                "2018-01-05T18:00:00Z",
                Keep::Begin { text: text("The question to residents is being written. (Simulated.)") },
            )],
        },
    ]
}

/// Makes them, and lets happen to them what is planned.
///
/// # Errors
/// When an act is refused.
pub async fn promise(
    town: &Town,
    facts: &[Fact],
    kinds: &[Kind],
    codes: &BTreeMap<usize, Code>,
    officers: &BTreeMap<String, Actor>,
) -> anyhow::Result<()> {
    let promised_at = Moment::parse(PROMISED_AT).map_err(anyhow::Error::msg)?;
    for plan in plans() {
        let officer = officers.get(plan.agency).context("an agency without an officer")?;
        let cluster = cluster(facts, kinds, plan.category, promised_at)?;
        let from = cluster.iter().filter_map(|number| codes.get(number));
        let first = cluster.first().map(|number| &facts[*number]).context("a cluster without reports")?;
        let is_inside = is_inside(town, first);
        let languages = [Language::En, Language::Es, Language::Ar];
        let texts = |words: [&str; 3]| languages.into_iter().zip(words.map(str::to_owned)).collect();
        let command = MakeCommitment {
            title: texts(plan.title),
            summary: texts(SIMULATED),
            due: plan.due.to_owned(),
            budgeted: plan.budgeted.to_owned(),
            district: first.district.clone(),
            lat: if is_inside { first.lat.clone() } else { String::new() },
            long: if is_inside { first.long.clone() } else { String::new() },
            milestones: plan.milestones.to_owned(),
        };
        let from = from.map(|code| Subject { kind: "request".to_owned(), id: code.to_string() }).collect();
        let making = Making { organisation: code_of(plan.agency), command, from };
        let made = make(&town.at(promised_at), officer.clone(), making).await.map_err(in_words)?;
        for (at, act) in plan.life {
            let at = Moment::parse(at).map_err(anyhow::Error::msg)?;
            let (code, link) = (made.code.to_string(), String::new());
            let command = KeepCommand { code, seen_version: None, act, link, photo: None };
            keep(&town.at(at), officer.clone(), command).await.map_err(in_words)?;
        }
    }
    let looked_at = Moment::parse(LOOKED_AT).map_err(anyhow::Error::msg)?;
    say_what_is_late(&town.at(looked_at)).await.context("what is late")
}

/// Whether a report's pin lies in a district; a few of the city's do not.
fn is_inside(town: &Town, fact: &Fact) -> bool {
    let degrees = fact.lat.parse::<f64>().ok().zip(fact.long.parse::<f64>().ok());
    let place = degrees.and_then(|(lat, long)| civic::Place::from_degrees(lat, long).ok());
    place.is_some_and(|place| town.part::<places::Districts>().locate(place).is_some())
}

/// The numbers of the first reports of the largest cluster of a category: those of one district, made before `until`.
fn cluster(facts: &[Fact], kinds: &[Kind], category: &str, until: Moment) -> anyhow::Result<Vec<usize>> {
    let kind = kinds.iter().find(|kind| kind.code == category).context("a category nobody knows")?;
    let mut by_district: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, fact) in facts.iter().enumerate() {
        if fact.kind == kind.source_type && !fact.district.is_empty() && fact.opened()? < until {
            by_district.entry(&fact.district).or_default().push(number);
        }
    }
    let largest = by_district.into_values().max_by_key(Vec::len).context("a category without reports")?;
    Ok(largest.into_iter().take(CLUSTER).collect())
}
