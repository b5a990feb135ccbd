use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The floors, lowest first; a crate may use what lies below it, and commons what lies beside it on the list.
const FLOORS: [&[&str]; 9] = [
    &["civic", "importing", "outgoing", "workbench"],
    &["database", "tables"],
    &["record"],
    &["web"],
    &["people"],
    &["places", "webhooks"],
    &["commons"],
    &[],
    &["polity"],
];
const ROOMS: usize = 7;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn crates() -> Vec<(String, String, PathBuf)> {
    let mut found = Vec::new();
    for part in ["engines", "foundation", "rooms"] {
        for folder in fs::read_dir(root().join(part)).unwrap() {
            let folder = folder.unwrap().path();
            found.push((part.to_owned(), folder.file_name().unwrap().to_string_lossy().into_owned(), folder));
        }
    }
    for (name, folder) in [("polity", "polity"), ("workbench", "polity/workbench")] {
        found.push(("polity".to_owned(), name.to_owned(), root().join(folder)));
    }
    found
}

/// What a crate is made of, without what only its tests need.
fn uses(folder: &Path) -> Vec<String> {
    let manifest: toml::Table = fs::read_to_string(folder.join("Cargo.toml")).unwrap().parse().unwrap();
    let named = |section: &str| {
        manifest
            .get(section)
            .and_then(toml::Value::as_table)
            .map(|table| table.keys().cloned().collect())
            .unwrap_or_default()
    };
    let mut all: Vec<String> = named("dependencies");
    all.extend::<Vec<String>>(named("build-dependencies"));
    all
}

#[test]
fn the_arrows_point_down() {
    let floor = |part: &str, name: &str| match part {
        "engines" => None,
        "rooms" => Some(ROOMS),
        _ => FLOORS.iter().position(|floor| floor.contains(&name)),
    };
    let all: BTreeMap<String, (String, Option<usize>)> =
        crates().into_iter().map(|(part, name, _)| (name.clone(), (part.clone(), floor(&part, &name)))).collect();
    for (part, name, folder) in crates() {
        if name == "testing" {
            continue;
        }
        for used in uses(&folder) {
            let Some((used_part, used_floor)) = all.get(&used) else { continue };
            assert!(used != "testing", "{name} ships what is for tests only");
            match part.as_str() {
                "engines" => panic!("the engine {name} uses {used}: engines stand alone"),
                "rooms" => assert!(used_part != "rooms", "the room {name} imports the room {used}"),
                _ => {}
            }
            if let (Some(own), Some(used_floor)) = (floor(&part, &name), used_floor) {
                assert!(*used_floor < own, "{name} uses {used}, which does not lie below it");
            }
        }
    }
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn engines_and_decisions_are_pure() {
    let mut files = Vec::new();
    sources(&root().join("engines"), &mut files);
    files.retain(|path| path.components().any(|part| part.as_os_str() == "src"));
    let mut decisions = Vec::new();
    sources(&root().join("rooms"), &mut decisions);
    decisions.retain(|path| {
        path.file_name().is_some_and(|name| name == "decide.rs")
            || path.parent().is_some_and(|folder| folder.ends_with("decide"))
    });
    assert!(!files.is_empty() && !decisions.is_empty());
    for path in files.iter().chain(&decisions) {
        let text = fs::read_to_string(path).unwrap();
        for word in [
            "SystemTime",
            "Instant::now",
            "Timestamp::now",
            "thread_rng",
            "async fn",
            ".await",
            "tokio",
            "select ",
            "insert into",
            "reqwest",
            "ureq",
            "std::fs",
            "std::net",
        ] {
            assert!(!text.contains(word), "{} has “{word}”", path.display());
        }
    }
}

#[test]
fn only_the_shell_reads_the_clock() {
    let mut files = Vec::new();
    for part in ["foundation", "rooms", "polity", "engines"] {
        sources(&root().join(part), &mut files);
    }
    let own = Path::new("house_tests");
    for path in files.iter().filter(|path| {
        path.components().any(|part| part.as_os_str() == "src")
            && !path.components().any(|part| part.as_os_str() == own)
    }) {
        let text = fs::read_to_string(path).unwrap();
        let is_shell = path.ends_with("polity/src/shell.rs");
        assert!(is_shell || !text.contains("Timestamp::now()"), "{}", path.display());
    }
}
