use super::{Found, HOLD_AT, MARK_AT, Sample, Verdict, score};

fn points(text: &str) -> u32 {
    score(&Sample { text, ..Sample::default() }).points
}

fn found(text: &str) -> Vec<Found> {
    score(&Sample { text, ..Sample::default() }).evidence.into_iter().map(|one| one.found).collect()
}

/// The table of the module, line by line.
#[test]
fn every_line_of_the_table_gives_its_points() {
    for (text, wanted) in [
        ("The lamp is broken since Monday", 0),
        ("See https://example.org/photo of the hole in our street", 8),
        ("See http://a.example and www.b.example about the hole", 18),
        (
            "a http://a.example http://b.example http://c.example http://d.example http://e.example and two more words",
            38,
        ),
        ("https://example.org", 38),
        ("Look at this photo of mine: bit.ly/3xYz", 8 + 15),
        ("They opened a casino next to the school", 15),
        ("Prestamo rápido, dinero fácil, envío gratis, compra ahora", 45),
        ("اربح المال الآن من خلال كازينو الحظ", 30),
        ("وكازينو مغلق في شارعنا", 15),
        ("Best casino, call 0600 123 45 67", 25),
        ("The clerk at 0600 123 45 67 never answers", 0),
        ("see [url=x]this[/url] about the lamp", 25),
        ("The strееt is dark", 25),
        ("The strееt lаmp is dark", 40),
        ("The lamp\u{200B} is dark", 15),
        ("THE LAMP IN MY STREET IS STILL BROKEN", 10),
        ("Pleaseeeeeeeeeee mend it", 10),
        ("help help help help help", 10),
        ("So deep: .......... and ----------", 0),
    ] {
        assert_eq!(points(text), wanted, "{text}: {:?}", found(text));
    }
    let before = |times| score(&Sample { text: "The lamp is broken", sent_before: times, new_author: false }).points;
    assert_eq!([0, 1, 2, 3, 9].map(before), [0, 20, 40, 60, 60]);
}

#[test]
fn somebody_new_alone_is_no_reason() {
    let new = |text| score(&Sample { text, new_author: true, sent_before: 0 });
    assert_eq!(new("The lamp is broken").points, 0);
    let scored = new("See https://example.org about the hole");
    assert_eq!((scored.points, scored.evidence[1].found), (18, Found::NewAuthor));
    assert_eq!(scored.points, scored.evidence.iter().map(|one| one.points).sum::<u32>(), "what is shown adds up");
}

#[test]
fn advertising_is_held_in_three_languages_and_anger_is_not_even_marked() {
    for text in [
        "Earn money, work from home! Click here: https://bit.ly/rich and https://t.me/fastcash",
        "¡Gana dinero desde casa! Préstamos sin riesgo, escríbeme: https://wa.me/34600123456 o www.dinero.example",
        "اربح المال بسرعة! قرض سريع وارباح مضمونة، تواصل واتساب 0600123456 https://t.me/money",
    ] {
        let scored = score(&Sample { text, new_author: true, sent_before: 0 });
        assert_eq!(scored.verdict(), Verdict::Hold, "{text}: {scored:?}");
    }
    for text in [
        "THIS IS A DISGRACE!!! THE STREET IS DARK AND NOBODY COMES",
        "¡ESTO ES UNA VERGÜENZA! LLEVAMOS UN MES A OSCURAS",
        "هذا عيب عليكم، الشارع مظلم منذ شهر ولا أحد يأتي!!!",
        "Drug dealers sell next to the school, and there is a loan shark too. Photo: https://example.org/1.jpg",
        "Someone put up signs for payday loans on every pole",
    ] {
        let scored = score(&Sample { text, new_author: true, sent_before: 0 });
        assert_eq!(scored.verdict(), Verdict::Clear, "{text}: {scored:?}");
    }
    const { assert!(MARK_AT < HOLD_AT) };
}

/// Nothing that somebody can send makes it stop or count wrong.
#[test]
fn any_text_gets_its_points() {
    let long = "http:// ".repeat(20_000);
    for text in ["", " ", "\u{202E}", "\u{1F600}\u{200D}\u{1F600}", "=", "www.", "ــــــــــــــ", long.as_str()]
    {
        assert!(points(text) <= 300, "{text}");
    }
    assert_eq!(points("👩\u{200D}👧 at the crossing"), 0, "joiners are needed");
}
