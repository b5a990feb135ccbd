use people::EmailAddress;

#[test]
fn an_address_is_the_same_in_any_case() {
    let address: EmailAddress = " Amina.Ortiz+town@Example.ORG ".parse().unwrap();
    assert_eq!(address.as_str(), "amina.ortiz+town@example.org");
}

#[test]
fn what_could_be_taken_for_another_address_or_header_is_refused() {
    let long = format!("a@{}.org", "b".repeat(250));
    let bad = [
        "",
        "amina",
        "@example.org",
        "amina@",
        "amina@localhost",
        "amına@example.org",
        "amina@exámple.org",
        "amina@example.org\r\nBcc: all@example.org",
        "amina@example.org\nx",
        "amina@example.org,b@example.org",
        "<amina@example.org>",
        "\"amina\"@example.org",
        "a b@example.org",
        "a..b@example.org",
        ".a@example.org",
        "a@-example.org",
        "a@example..org",
        "a@b@example.org",
        "amina@example.org\0",
        "ａmina@example.org",
        long.as_str(),
        "amina@[127.0.0.1]",
    ];
    for text in bad {
        assert!(text.parse::<EmailAddress>().is_err(), "{text:?}");
    }
}
