//! A pilot in the demo town: the same questions with more help, given out by chance. Made up, and said to be.

use super::{Course, Dice, SEED, life};
use crate::demo::{
    replay::{in_words, setter},
    stands_at,
};
use ::services::{Arm, Definition, begin_pilot, save, simulate, simulate_given_up};
use civic::{Actor, Language, LocalText, SeededChance};
use web::Town;

/// The service of which two versions are given out.
pub(super) const PILOTED: &str = "blue-badge";
/// Days since when, and applications that were begun since then.
const DAYS: i64 = 60;
const BEGUN: u64 = 150;
/// Of a hundred that are begun so many are sent, with the version in force and with the other.
const SENT_PERCENT: [u64; 2] = [68, 82];
/// Of a hundred that are sent something is missing of so many.
const ASKED_PERCENT: [u64; 2] = [30, 12];
/// Of a hundred get the other version.
const SHARE_PERCENT: i64 = 50;

/// What it is to find out.
fn why() -> LocalText {
    LocalText::plain(
        "Simulated: does a hint what the doctor's letter must say lead to fewer applications of which something is missing?",
    )
    .with(
        Language::Es,
        "Simulado: una indicación de lo que debe decir el informe médico, ¿lleva a menos solicitudes a las que les falta algo?",
    )
    .with(Language::Ar, "محاكاة: هل تقلّل إشارةٌ إلى ما يجب أن تقوله رسالة الطبيب عدد الطلبات التي ينقصها شيء؟")
}

/// Begins the pilot and lets it go on for two months.
///
/// # Errors
/// When an act is refused.
pub(super) async fn build(
    town: &Town,
    officers: &[Actor],
    (version, in_force): (i64, Definition),
) -> anyhow::Result<()> {
    let early = town.at(stands_at().plus_days(-DAYS));
    let other = with_hints(in_force.clone());
    let code = || PILOTED.to_owned();
    let kept = save(&early, setter(), code(), version, other.clone()).await.map_err(in_words)?;
    let asked = (SHARE_PERCENT, Some(why()));
    let pilot = begin_pilot(&early, setter(), code(), kept.version, asked).await.map_err(in_words)?;
    let dice = Dice(SeededChance::new(SEED + 2));
    let (mut lives, mut given_up) = (Vec::new(), Vec::new());
    for number in 0..BEGUN {
        let arm = pilot.arm_of(&format!("simulated-{number}"));
        let (at, definition) = if arm == Arm::B { (1, &other) } else { (0, &in_force) };
        if !dice.percent(SENT_PERCENT[at]) {
            given_up.push(arm);
            continue;
        }
        let ago = |dice: &Dice| dice.below(DAYS.unsigned_abs() * 86_400);
        let course = Course { ago: &ago, asked_percent: ASKED_PERCENT[at] };
        let mut one = life(&dice, 10_000 + number, (PILOTED, definition), officers, &course);
        one.drawn = Some((pilot.clone(), arm));
        lives.push(one);
    }
    simulate_given_up(&early, &pilot, given_up).await.map_err(in_words)?;
    simulate(town, lives).await.map_err(in_words)
}

/// The same questions, with a hint where most was missing.
fn with_hints(mut definition: Definition) -> Definition {
    let hints = [
        (
            "metres",
            LocalText::plain("On level ground, with what helps you; 50 metres are the length of a swimming pool.")
                .with(Language::Es, "En llano, con lo que le ayuda; 50 metros son el largo de una piscina.")
                .with(Language::Ar, "على أرض مستوية ومع ما يعينك؛ 50 مترًا طول مسبح."),
        ),
        (
            "letter",
            LocalText::plain("It must say how far you can walk, and be no older than a year.")
                .with(Language::Es, "Debe decir cuánto puede caminar y no tener más de un año.")
                .with(Language::Ar, "يجب أن تذكر كم تستطيع المشي وألا يزيد عمرها على سنة."),
        ),
    ];
    for field in definition.form.pages.iter_mut().flat_map(|page| page.fields.iter_mut()) {
        let hint = hints.iter().find(|(name, _)| *name == field.name);
        field.hint = hint.map(|(_, hint)| hint.clone()).or(field.hint.take());
    }
    definition
}

#[cfg(test)]
mod tests {
    use super::{super::Facts, PILOTED, with_hints};

    #[test]
    fn the_other_version_asks_the_same_with_more_help() {
        let facts: Facts = toml::from_str(super::super::FACTS).unwrap();
        let one = facts.service.iter().find(|one| one.code == PILOTED).unwrap();
        let in_force = super::super::definition(one).unwrap();
        let other = with_hints(in_force.clone());
        let hinted = other.form.fields().filter(|(_, field)| field.hint.is_some()).count();
        assert_eq!((hinted, other.form.fields().count()), (2, in_force.form.fields().count()));
        assert_eq!(other.rules, in_force.rules);
    }
}
