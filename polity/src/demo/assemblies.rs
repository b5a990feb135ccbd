//! A citizens' assembly of the demo town, drawn from a simulated pool; its words are written for the demo, and say so.

use super::{
    facts::by_the_clock,
    replay::{in_words, setter},
};
use ::assemblies::{Begin, NewAssembly, Plan};
use anyhow::Context as _;
use civic::{Language, LocalText, Moment};
use database::{DbError, Tx};
use people::{EmailAddress, mail};
use web::Town;

/// People in the simulated pool.
const POOL: usize = 400;
/// Seats.
const SEATS: u32 = 24;

const QUOTAS: &str = "category,feature,min,max\n\
    Age,16-29,5,6\nAge,30-44,6,7\nAge,45-64,7,8\nAge,65+,4,5\n\
    Gender,women,11,13\nGender,men,11,13\nGender,another or none,0,1\n\
    Housing,rents,14,17\nHousing,owns,7,10\n\
    Leaving school,at 16 or before,6,8\nLeaving school,later,16,18\n";

const LABELS: &str = "Age | Edad | العمر\n65+ | 65 o más | 65 فأكثر\nGender | Género | الجنس\nwomen | mujeres | نساء\nmen | hombres | رجال\n\
    another or none | otro o ninguno | آخر أو لا شيء\nHousing | Vivienda | السكن\nrents | alquila | مستأجر\nowns | en propiedad | مالك\n\
    Leaving school | Fin de estudios | ترك المدرسة\nat 16 or before | a los 16 o antes | في السادسة عشرة أو قبلها\nlater | después | بعد ذلك";

fn local([en, es, ar]: [&str; 3]) -> LocalText {
    LocalText::plain(en).with(Language::Es, es).with(Language::Ar, ar)
}

/// Builds all of it.
///
/// # Errors
/// When an act is refused.
pub async fn build(town: &Town) -> anyhow::Result<()> {
    let code = publish(town).await.context("the assembly")?;
    let entered = town.at(by_the_clock("2017-10-05", "09:00")?);
    ::assemblies::enter(&entered, setter(), code.clone(), pool().into_bytes()).await.map_err(in_words)?;
    draw(town, &code, 1, by_the_clock("2017-11-02", "10:00")?, "5 11 19 23 37 44").await.context("the draw")?;
    answer(town, &code, by_the_clock("2017-11-05", "18:00")?, 3).await?;
    let later = by_the_clock("2017-11-14", "10:00")?;
    draw(town, &code, 2, later, "").await.context("the free seats")?;
    answer(town, &code, later.plus_days(2), 0).await?;
    recommend(town, &code).await.context("the recommendations")
}

async fn publish(town: &Town) -> anyhow::Result<String> {
    let early = town.at(by_the_clock("2017-10-02", "09:00")?);
    let title = local(["Streets for walking", "Calles para caminar", "شوارع للمشي"]);
    let plan = Plan {
        title: title.clone(),
        summary: local([
            "Which streets should belong to people on foot, and what is needed for it? Simulated.",
            "¿Qué calles deben ser de quienes caminan, y qué hace falta para ello? Simulado.",
            "أي الشوارع ينبغي أن تكون للمشاة، وما اللازم لذلك؟ محاكاة.",
        ]),
        remit: Some(local([
            "Hear those who live, work and deliver there, and say by the end of the year **which streets** should change, **in which order**, and what the town \
             should measure. The town answers each recommendation in public.\n\n*This is a demo: the pool of 400 people, the members and their words are simulated.*",
            "Escuchen a quienes viven, trabajan y reparten allí, y digan antes de fin de año **qué calles** deben cambiar, **en qué orden** y qué debe medir la \
             ciudad. La ciudad responde en público a cada recomendación.\n\n*Es una demostración: las 400 personas inscritas, los miembros y sus palabras son simulados.*",
            "استمعوا إلى من يسكنون ويعملون ويوصلون البضائع هناك، وقولوا قبل نهاية العام **أي الشوارع** تتغير و**بأي ترتيب** وما ينبغي للمدينة قياسه. تجيب المدينة علنًا عن كل \
             توصية.\n\n*هذا عرض تجريبي: المسجلون الأربعمئة والأعضاء وكلماتهم محاكاة.*",
        ])),
        seats: SEATS,
        quotas: QUOTAS.to_owned(),
        labels: LABELS.to_owned(),
        open: true,
        source: "The six numbers of the (invented) state lottery of 1 November 2017".to_owned(),
        reply_days: 10,
        answered_by: None,
        answer_due: Some("2018-03-01".to_owned()),
        belongs_to: None,
    };
    let new = NewAssembly { title, organisation: None };
    let code = ::assemblies::create(&early, setter(), new).await.map_err(in_words)?.code.to_string();
    let times = (by_the_clock("2017-10-02", "09:00")?, by_the_clock("2017-10-31", "20:00")?);
    ::assemblies::save(&early, setter(), (code.clone(), 1), plan, times).await.map_err(in_words)?;
    ::assemblies::publish(&early, setter(), code.clone()).await.map_err(in_words)?;
    Ok(code)
}

/// The address of the simulated person of this number.
fn address(number: usize) -> String {
    format!("simulated{number}@example.org")
}

/// The simulated pool: who is older, owns and went to school longer comes forward more often.
fn pool() -> String {
    let mut text = String::from("id,name,email,Age,Gender,Housing,Leaving school\n");
    let mut state = 0x9E37_79B9_u64;
    let mut below = |most: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most
    };
    for number in 0..POOL {
        let age = ["16-29", "30-44", "45-64", "65+"][[0, 1, 1, 2, 2, 2, 3, 3, 3][below(9) as usize]];
        let gender = match below(50) {
            0 => "another or none",
            one if one < 27 => "women",
            _ => "men",
        };
        let housing = if below(10) < 4 { "rents" } else { "owns" };
        let school = if below(10) < 2 { "at 16 or before" } else { "later" };
        let to = address(number);
        text.push_str(&format!("s{number},Simulated {number},{to},{age},{gender},{housing},{school}\n"));
    }
    text
}

async fn draw(town: &Town, code: &str, number: i64, at: Moment, value: &str) -> anyhow::Result<()> {
    let then = town.at(at);
    ::assemblies::begin_draw(&then, setter(), code.to_owned(), Begin::default()).await.map_err(in_words)?;
    ::assemblies::work_out(&then, code.to_owned(), number).await.map_err(in_words)?;
    let drawn = town.at(at.plus_seconds(3_600));
    ::assemblies::draw_panel(&drawn, setter(), code.to_owned(), number, value.to_owned()).await.map_err(in_words)?;
    Ok(())
}

/// Everybody who was drawn and has not answered accepts by the link of their mail; the first so many decline.
async fn answer(town: &Town, code: &str, at: Moment, decline: usize) -> anyhow::Result<()> {
    let then = town.at(at);
    for (place, secret) in secrets(town).await?.into_iter().enumerate() {
        // Links of an earlier draw are settled, and say so.
        let answered = ::assemblies::answer_seat(&then, code.to_owned(), secret, place >= decline).await;
        if let Err(web::Stop::Fault(text) | web::Stop::Busy(text)) = answered {
            anyhow::bail!("a seat was not answered: {text}");
        }
    }
    Ok(())
}

/// The secrets of the links in the mails to the simulated pool.
async fn secrets(town: &Town) -> anyhow::Result<Vec<String>> {
    let read = |tx: &mut Tx<'_>| {
        let mut all = Vec::new();
        for number in 0..POOL {
            let to: EmailAddress = address(number).parse().map_err(|_| DbError::NotFound)?;
            for one in mail::newest_to(tx, &to, 1)? {
                let secret = one.mail.body_text.split("/seat/").nth(1).and_then(|rest| rest.split_whitespace().next());
                all.extend(secret.map(str::to_owned));
            }
        }
        Ok(all)
    };
    town.db().read(read).await.map_err(|error: DbError| error.into())
}

async fn recommend(town: &Town, code: &str) -> anyhow::Result<()> {
    let then = town.at(by_the_clock("2017-12-18", "17:00")?);
    let texts = [
        (
            ["School streets first", "Primero las calles escolares", "شوارع المدارس أولًا"],
            [
                "Close the streets in front of schools to cars **for half an hour** before and after lessons, beginning with those where reports name danger. *Simulated.*",
                "Cerrar a los coches las calles frente a las escuelas **media hora** antes y después de clase, empezando por aquellas con avisos de peligro. *Simulado.*",
                "إغلاق الشوارع أمام المدارس في وجه السيارات **نصف ساعة** قبل الدروس وبعدها، بدءًا بما وردت عنه بلاغات بالخطر. *محاكاة.*",
            ],
        ),
        (
            ["A loading hour for shops", "Una hora de carga para comercios", "ساعة تحميل للمتاجر"],
            [
                "Keep one hour each morning for deliveries in every street on foot, and count for a year what comes. *Simulated.*",
                "Reservar una hora cada mañana para repartos en toda calle peatonal, y contar durante un año lo que llega. *Simulado.*",
                "تخصيص ساعة كل صباح للتوصيل في كل شارع للمشاة، وعدّ ما يصل خلال عام. *محاكاة.*",
            ],
        ),
    ];
    for (title, words) in texts {
        ::assemblies::recommend(&then, setter(), code.to_owned(), local(title), local(words))
            .await
            .map_err(in_words)?;
    }
    let answer = local([
        "We begin with four schools after the winter holidays and publish the counts each month. *Simulated.*",
        "Empezamos con cuatro escuelas tras las vacaciones de invierno y publicamos los conteos cada mes. *Simulado.*",
        "نبدأ بأربع مدارس بعد عطلة الشتاء وننشر الأعداد كل شهر. *محاكاة.*",
    ]);
    let later = town.at(by_the_clock("2018-01-04", "11:00")?);
    ::assemblies::answer_recommendation(&later, setter(), code.to_owned(), 1, answer).await.map_err(in_words)
}

#[cfg(test)]
mod tests {
    use super::{LABELS, POOL, QUOTAS, SEATS, build};
    use crate::house_tests::towns;

    #[tokio::test]
    async fn the_demo_assembly_is_drawn_filled_and_answered() {
        for town in towns() {
            build(&town.town).await.unwrap();
            let state = "select state from assembly_draws order by number";
            assert_eq!(town.column(state).await, ["drawn", "drawn", "committed"]);
            let seats = town.column("select ticket from assembly_members where state = 'accepted'").await;
            assert_eq!(seats.len(), SEATS as usize);
            assert_eq!(town.column("select ticket from assembly_pool").await.len(), POOL);
            let answered = town.column("select answer from assembly_recommendations where answer is not null").await;
            assert_eq!(answered.len(), 1);
            let names: Vec<&str> = QUOTAS.lines().skip(1).flat_map(|line| line.split(',').take(2)).collect();
            let strange = LABELS.lines().find(|line| !names.contains(&line.split('|').next().unwrap_or("").trim()));
            assert_eq!(strange, None);
        }
    }
}
