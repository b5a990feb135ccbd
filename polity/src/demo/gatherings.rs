//! Surveys, meetings and discussions of the demo town. The people, their answers and their words are simulated, and say so.

use super::{
    facts::by_the_clock,
    replay::{in_words, setter},
};
use anyhow::Context as _;
use civic::{Actor, Language, LocalText, Moment, Subject};
use commons::comments::{self, Side};
use database::DbError;
use forms::{Choice, Condition, Field, Form, FormPage, Kind};
use meetings::{Decision, Minutes, NewMeeting, Plan};
use participation::{Filter, Order, PROCESS, page_of};
use surveys::{Answering, Definition, NewSurvey, Who, answer_all};
use web::{Stop, Town, forms::Submission};

/// What is said of everything here.
const SIMULATED: [&str; 3] = [
    "This is a demo. The people and their answers are simulated; the words are written for the demo.",
    "Esto es una demostración. Las personas y sus respuestas son simuladas; los textos están escritos para la demostración.",
    "هذا عرض تجريبي. الأشخاص وإجاباتهم محاكاة، والنصوص كُتبت للعرض.",
];

fn local([en, es, ar]: [&str; 3]) -> LocalText {
    LocalText::plain(en).with(Language::Es, es).with(Language::Ar, ar)
}

/// Builds all of it.
///
/// # Errors
/// When an act is refused.
pub async fn build(town: &Town, crowd: &[Actor]) -> anyhow::Result<()> {
    let over = Asked {
        code: "night-walks",
        title: ["Walking home at night", "Volver a casa de noche", "العودة إلى البيت ليلًا"],
        summary: [
            "Do you feel safe on your way home, and what would help?",
            "¿Se siente a salvo de camino a casa, y qué ayudaría?",
            "هل تشعر بالأمان في طريقك إلى البيت، وما الذي يساعد؟",
        ],
        from: by_the_clock("2017-12-04", "08:00")?,
        until: by_the_clock("2017-12-18", "20:00")?,
    };
    ask(town, &over, crowd, 57).await.context("the survey that is over")?;
    surveys::count_closed(&town.at(over.until.plus_seconds(60))).await?;
    let open = Asked {
        code: "parks-2018",
        title: ["Evenings in our parks", "Las tardes en nuestros parques", "الأمسيات في حدائقنا"],
        summary: [
            "When should the parks close, and what is missing in them after dark?",
            "¿Cuándo deben cerrar los parques, y qué falta en ellos al anochecer?",
            "متى تُغلق الحدائق، وما الذي ينقصها بعد الغروب؟",
        ],
        from: by_the_clock("2018-01-03", "08:00")?,
        until: by_the_clock("2018-01-28", "20:00")?,
    };
    ask(town, &open, crowd, 23).await.context("the survey that is open")?;
    held(town, crowd).await.context("the meeting that was held")?;
    coming(town, crowd).await.context("the meeting to come")?;
    discuss(town, crowd).await.context("the discussions")
}

/// A survey of the demo.
struct Asked {
    code: &'static str,
    title: [&'static str; 3],
    summary: [&'static str; 3],
    from: Moment,
    until: Moment,
}

fn choices(all: &[(&str, [&str; 3])]) -> Vec<Choice> {
    all.iter().map(|(value, label)| Choice { value: (*value).to_owned(), label: local(*label) }).collect()
}

fn field(name: &str, kind: Kind, required: bool, label: [&str; 3], choices: Vec<Choice>) -> Field {
    Field {
        name: name.to_owned(),
        kind,
        label: local(label),
        hint: None,
        required,
        choices,
        formula: String::new(),
        bounds: forms::Bounds::default(),
    }
}

fn page(id: &str, title: [&str; 3], only_if: Option<(&str, &str)>, fields: Vec<Field>) -> FormPage {
    let show_if = only_if.map(|(field, is)| Condition { field: field.to_owned(), is: is.to_owned() });
    FormPage { id: id.to_owned(), title: local(title), hint: None, show_if, repeat: 0, fields }
}

/// Who is out after dark is asked more than who is not.
fn form() -> Form {
    let often = ["Are you out after dark?", "¿Sale usted de noche?", "هل تخرج بعد الغروب؟"];
    let often_choices = choices(&[
        ("daily", ["Most days", "Casi todos los días", "معظم الأيام"]),
        ("weekly", ["Now and then", "De vez en cuando", "أحيانًا"]),
        ("never", ["Hardly ever", "Casi nunca", "نادرًا"]),
    ]);
    let help = ["What would help?", "¿Qué ayudaría?", "ما الذي يساعد؟"];
    let help_choices = choices(&[
        ("light", ["More light", "Más luz", "إضاءة أكثر"]),
        ("people", ["More people about", "Más gente", "ناس أكثر"]),
        ("benches", ["Places to rest", "Sitios para descansar", "أماكن للراحة"]),
        ("toilets", ["Toilets that are open", "Baños abiertos", "دورات مياه مفتوحة"]),
    ]);
    let why = ["What keeps you at home?", "¿Qué le hace quedarse en casa?", "ما الذي يبقيك في البيت؟"];
    let hour = ["Until what hour should it be?", "¿Hasta qué hora debería ser?", "حتى أي ساعة ينبغي؟"];
    let outside = ["On your way", "De camino", "في الطريق"];
    Form {
        pages: vec![
            page("evenings", often, None, vec![field("often", Kind::Choice, true, often, often_choices)]),
            page(
                "outside",
                outside,
                Some(("often", "daily")),
                vec![
                    field("help", Kind::Several, false, help, help_choices),
                    field("hour", Kind::Number, false, hour, Vec::new()),
                ],
            ),
            page("inside", why, Some(("often", "never")), vec![field("why", Kind::LongText, false, why, Vec::new())]),
            page(
                "end",
                ["Your district", "Su distrito", "حيّك"],
                None,
                vec![field(
                    "district",
                    Kind::District,
                    false,
                    ["In which district do you live?", "¿En qué distrito vive?", "في أي حي تسكن؟"],
                    Vec::new(),
                )],
            ),
        ],
    }
}

async fn ask(town: &Town, asked: &Asked, crowd: &[Actor], answers: usize) -> anyhow::Result<()> {
    let early = town.at(asked.from.plus_days(-2));
    let code = asked.code.to_owned();
    let new = NewSurvey { code: code.clone(), title: local(asked.title), organisation: None };
    surveys::create(&early, setter(), new).await.map_err(in_words)?;
    let definition = Definition {
        title: local(asked.title),
        summary: local(asked.summary),
        about: Some(local(SIMULATED)),
        who: Who::Account,
        belongs_to: None,
        form: form(),
    };
    let times = (asked.from, asked.until);
    surveys::save(&early, setter(), (code.clone(), 1), definition, times).await.map_err(in_words)?;
    surveys::publish(&early, setter(), code.clone()).await.map_err(in_words)?;
    let districts: Vec<String> = town.part::<places::Districts>().all().into_iter().map(|(code, _)| code).collect();
    for (number, actor) in crowd.iter().enumerate().take(answers) {
        let at = town.at(asked.from.plus_seconds(3_600 * (5 + i64::try_from(number).unwrap_or(0))));
        let one = Answering { code: code.clone(), person: actor.person, browser: None, language: actor.language };
        answer_all(&at, one, answered(number, &districts)?).await.map_err(in_words)?;
    }
    Ok(())
}

/// What a simulated resident answers, by number.
fn answered(number: usize, districts: &[String]) -> anyhow::Result<Submission> {
    let often = ["daily", "weekly", "daily", "never", "daily"][number % 5];
    let mut pairs = vec![("often".to_owned(), often.to_owned())];
    let mut add = |name: &str, value: &str| pairs.push((name.to_owned(), value.to_owned()));
    if often == "daily" {
        add("help", "light");
        if number.is_multiple_of(2) {
            add("help", ["people", "benches", "toilets"][number % 3]);
        }
        add("hour", ["21", "22", "23"][number % 3]);
    }
    if often == "never" {
        add("why", "The lamps by the steps are dark.");
    }
    if !districts.is_empty() && !number.is_multiple_of(7) {
        // From two districts only a few answer: their counts are too small to be told.
        let place = match number {
            few if few % 19 == 3 => 5,
            few if few % 29 == 5 => 7,
            many => many / 9 % 4,
        };
        add("district", &districts[place % districts.len()]);
    }
    Submission::from_pairs(pairs).map_err(|refusal| anyhow::anyhow!("an answer was refused: {}", refusal.code))
}

/// A meeting about a budget.
async fn announce(
    town: &Town,
    now: Moment,
    plan: Plan,
    (starts_at, ends_at): (Moment, Moment),
) -> anyhow::Result<String> {
    let early = town.at(now);
    let new = NewMeeting { title: plan.title.clone(), organisation: None };
    let meeting = meetings::create(&early, setter(), new).await.map_err(in_words)?;
    let code = meeting.code.to_string();
    meetings::save(&early, setter(), (code.clone(), 1), plan, (starts_at, ends_at)).await.map_err(in_words)?;
    meetings::publish(&early, setter(), code.clone()).await.map_err(in_words)?;
    Ok(code)
}

fn about(process: &str) -> Option<Subject> {
    Some(Subject::new(PROCESS, process))
}

async fn held(town: &Town, crowd: &[Actor]) -> anyhow::Result<()> {
    let plan = Plan {
        title: local(["Which proposals hold?", "¿Qué propuestas se sostienen?", "أي المقترحات قابلة للتنفيذ؟"]),
        summary: local([
            "Officers and residents go through the proposals of 2017 one by one. Simulated.",
            "Técnicos y residentes repasan las propuestas de 2017 una a una. Simulado.",
            "يراجع الموظفون والسكان مقترحات 2017 واحدًا واحدًا. محاكاة.",
        ]),
        agenda: Some(local([
            "What the agencies found\nQuestions\nWhat goes to the vote",
            "Lo que vieron los departamentos\nPreguntas\nLo que va a votación",
            "ما وجدته الجهات\nأسئلة\nما يذهب إلى التصويت",
        ])),
        place: "City hall, room 2".to_owned(),
        district: None,
        online_url: String::new(),
        places: Some(30),
        belongs_to: about("budget-2017"),
    };
    let times = (by_the_clock("2017-11-14", "18:00")?, by_the_clock("2017-11-14", "20:00")?);
    let code = announce(town, by_the_clock("2017-10-30", "10:00")?, plan, times).await?;
    come(town, crowd, &code, by_the_clock("2017-11-02", "10:00")?, 18).await?;
    let top = proposals(town, "budget-2017", 2).await?;
    let words = ["Goes to the vote as it is.", "Goes to the vote with the smaller cost."];
    let decisions =
        top.iter().zip(words).map(|(about, words)| Decision { words: words.to_owned(), about: Some(about.clone()) });
    let minutes = Minutes {
        text: local([
            "The agencies said what they found, and what each proposal would cost. Residents asked who looks after what is \
             built; the parks agency answered that its upkeep is part of the cost.\n\n*Simulated, as everything here.*",
            "Los departamentos dijeron qué habían visto y cuánto costaría cada propuesta. Los residentes preguntaron quién \
             cuida lo que se construye; parques respondió que el mantenimiento está en el coste.\n\n*Simulado, como todo aquí.*",
            "قالت الجهات ما وجدته وكم يكلف كل مقترح. وسأل السكان من يعتني بما يُبنى، فأجابت جهة الحدائق بأن الصيانة جزء من \
             الكلفة.\n\n*محاكاة، ككل ما هنا.*",
        ]),
        attended: Some(21),
        decisions: decisions.collect(),
    };
    let after = town.at(by_the_clock("2017-11-16", "09:00")?);
    meetings::publish_minutes(&after, setter(), code, minutes).await.map_err(in_words)?;
    Ok(())
}

async fn coming(town: &Town, crowd: &[Actor]) -> anyhow::Result<()> {
    let plan = Plan {
        title: local(["An evening for proposals", "Una tarde para propuestas", "أمسية للمقترحات"]),
        summary: local([
            "Bring an idea for the budget of 2018; we help to write it down. Simulated.",
            "Traiga una idea para el presupuesto de 2018; le ayudamos a escribirla. Simulado.",
            "أحضر فكرة لميزانية 2018 ونساعدك على كتابتها. محاكاة.",
        ]),
        agenda: Some(local([
            "How a proposal becomes a project\nWriting in small groups\nQuestions",
            "Cómo una propuesta se hace proyecto\nEscribir en grupos pequeños\nPreguntas",
            "كيف يصير المقترح مشروعًا\nالكتابة في مجموعات صغيرة\nأسئلة",
        ])),
        place: "Library, ground floor".to_owned(),
        district: None,
        online_url: "https://meet.example.org/proposals".to_owned(),
        places: Some(12),
        belongs_to: about("budget-2018"),
    };
    let times = (by_the_clock("2018-01-16", "18:00")?, by_the_clock("2018-01-16", "20:00")?);
    let code = announce(town, by_the_clock("2018-01-04", "10:00")?, plan, times).await?;
    come(town, crowd, &code, by_the_clock("2018-01-05", "10:00")?, 14).await
}

async fn come(town: &Town, crowd: &[Actor], code: &str, from: Moment, count: usize) -> anyhow::Result<()> {
    for (number, actor) in crowd.iter().enumerate().take(count) {
        let at = town.at(from.plus_seconds(1_800 * i64::try_from(number).unwrap_or(0)));
        meetings::register(&at, actor.clone(), code.to_owned()).await.map_err(in_words)?;
    }
    Ok(())
}

/// The most supported proposals of a process.
async fn proposals(town: &Town, process: &str, count: u32) -> anyhow::Result<Vec<Subject>> {
    let filter = Filter { process: Some(process.to_owned()), ..Filter::default() };
    let found = town.db().read(move |tx| page_of(tx, &filter, Order::Supported, None, count)).await;
    let found = found.map_err(|error: DbError| error)?;
    Ok(found.items.iter().map(participation::Proposal::subject).collect())
}

/// What is said of proposals: who answers whom by place in the list, on which side, in two languages.
const TALK: [(Language, Option<usize>, Option<Side>, &str); 6] = [
    (Language::En, None, Some(Side::Neutral), "Has anybody asked the school what hours the children walk there?"),
    (Language::En, Some(0), Some(Side::For), "I work there. Most come at half past seven and leave at three."),
    (Language::Es, Some(1), None, "Y los miércoles salen a la una."),
    (Language::En, Some(0), Some(Side::For), "Then the work should be done in the holidays."),
    (Language::Es, None, Some(Side::Against), "La propuesta dice el sitio, pero no quién lo va a cuidar."),
    (Language::En, Some(4), None, "The answer of the agency should say that. I would wait for it."),
];

async fn discuss(town: &Town, crowd: &[Actor]) -> anyhow::Result<()> {
    let begun = by_the_clock("2018-01-05", "09:00")?;
    for (which, subject) in proposals(town, "budget-2018", 3).await?.into_iter().enumerate() {
        let mut ids: Vec<String> = Vec::new();
        for (number, (language, answers, side, text)) in TALK.iter().enumerate() {
            let speakers: Vec<&Actor> = crowd.iter().filter(|one| one.language == *language).collect();
            let actor = (*speakers[(which * 5 + number * 3) % speakers.len()]).clone();
            let later = i64::try_from(which * 40 + number * 7).unwrap_or(0) * 600;
            let at = town.at(begun.plus_seconds(later));
            let parent = answers.and_then(|place| ids.get(place).cloned());
            ids.push(say(&at, subject.clone(), actor, parent, (*side, text)).await.map_err(in_words)?);
        }
    }
    Ok(())
}

async fn say(
    town: &Town,
    on: Subject,
    by: Actor,
    answers: Option<String>,
    (side, text): (Option<Side>, &'static str),
) -> Result<String, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let parent = answers.map(|id| comments::parent(tx, &on, &id, &by)).transpose()?;
            let said = comments::say(
                tx,
                &on,
                &comments::Words { text, side, answers: parent.as_ref() },
                &by,
                own.now(),
                own.chance(),
            )?;
            tx.commit(said.entry, said.id.text()).map_err(Stop::from)
        })
        .await
}
