use super::read::Read;
use opinion_map::{Agreed, Comparison, Coordination, Counts, OpinionMap, Representative, Stance, Standing};
use serde_json::{Map, Value, json};

/// The map as JSON. `groups`, `consensus`, `representative`, `stability` and `coordinates` are to be relied on.
pub fn of(map: &OpinionMap, read: &Read) -> Value {
    let people = Ids::of(map.people.iter().map(|one| one.id.as_str()));
    let statements = Ids::of(map.statements.iter().map(|one| one.id.as_str()));
    json!({
        "seed": map.seed,
        "people": map.people.len(),
        "people_on_map": map.people_on_map(),
        "statements": map.statements.len(),
        "reactions": map.reactions,
        "superseded": map.superseded,
        "clarity": map.clarity.code(),
        "warnings": map.warnings.iter().map(|one| json!({"code": one.code(), "sentence": one.to_string()})).collect::<Vec<_>>(),
        "groups": groups(map, people),
        "consensus": {"agree": ids(&map.consensus.agree, statements), "disagree": ids(&map.consensus.disagree, statements)},
        "consensus_figures": {
            "agree": map.consensus.agree.iter().map(|one| agreed(one, statements)).collect::<Vec<_>>(),
            "disagree": map.consensus.disagree.iter().map(|one| agreed(one, statements)).collect::<Vec<_>>(),
        },
        "representative": by_group(map, |group| group.representative.iter().map(|one| representative(one, statements)).collect()),
        "stability": map.stability.as_ref().map(|one| one.agreement),
        "stability_details": map.stability.as_ref().map(|one| json!({
            "resamples": one.resamples,
            "agreement": one.agreement,
            "agreement_least": one.agreement_least,
            "same_number_share": one.same_number_share,
            "groups": one.groups,
        })),
        "separation": map.separation.as_ref().map(|one| json!({
            "silhouette": one.silhouette,
            "references": one.references,
            "round_cloud": one.round_cloud,
            "stretched_cloud": one.stretched_cloud,
        })),
        "divisions": map.candidates.iter().map(|one| json!({
            "groups": one.groups,
            "inertia": one.inertia,
            "silhouette": one.silhouette,
            "silhouette_error": one.silhouette_error,
        })).collect::<Vec<_>>(),
        "coordinates": {
            "people": map.people.iter().map(|one| (one.id.clone(), json!(one.place))).collect::<Map<_, _>>(),
            "statements": map.statements.iter().map(|one| (one.id.clone(), json!(one.place))).collect::<Map<_, _>>(),
        },
        "axes": axes(map),
        "statement_figures": map.statements.iter().map(|one| (one.id.clone(), json!({
            "standing": match one.standing { Standing::Open => "open", Standing::ModeratedOut => "moderated-out", Standing::Meta => "meta" },
            "agrees": one.counts.agrees,
            "disagrees": one.counts.disagrees,
            "seen": one.counts.seen,
            "extremity": one.extremity,
            "priority": one.priority,
            "group_informed_agree": one.group_informed_agree,
            "group_informed_disagree": one.group_informed_disagree,
        }))).collect::<Map<_, _>>(),
        "group_figures": by_group(map, |group| map.statements.iter().zip(&group.figures).map(|(one, figures)| {
            (one.id.clone(), comparison(figures))
        }).collect::<Map<_, _>>().into()),
        "divisive": map.divisive.iter().map(|one| json!({
            "statement": statements.value(&one.statement), "gap": one.gap, "most": one.most, "least": one.least,
        })).collect::<Vec<_>>(),
        "uncertain": map.uncertain.iter().map(|one| json!({
            "statement": statements.value(&one.statement), "pass_share": one.pass_share, "seen": one.counts.seen,
        })).collect::<Vec<_>>(),
        "coordination": coordination(&map.coordination, people),
        "agreement_with_given_groups": read.agreement_with_given(map),
        "files": read.faults.iter().map(|(file, faults)| json!({
            "file": file,
            "faults": faults.count,
            "shown": faults.shown.iter().map(|one| json!({"line": one.line, "column": one.column, "sentence": one.sentence})).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "cells_apart": read.imported.cells_apart,
    })
}

/// How ids are written: as numbers when all of them are numbers, as in Polis' files, otherwise as strings.
#[derive(Clone, Copy)]
struct Ids {
    are_numbers: bool,
}

impl Ids {
    fn of<'a>(mut all: impl Iterator<Item = &'a str>) -> Self {
        let is_number = |id: &str| id.parse::<u32>().is_ok_and(|number| number.to_string() == id);
        Self { are_numbers: all.all(is_number) }
    }

    fn value(self, id: &str) -> Value {
        match id.parse::<u32>() {
            Ok(number) if self.are_numbers => number.into(),
            _ => id.into(),
        }
    }
}

fn groups(map: &OpinionMap, people: Ids) -> Vec<Value> {
    let firm = |id: usize| map.stability.as_ref().and_then(|one| one.groups.get(id).copied());
    let one = |group: &opinion_map::Group| {
        json!({
            "id": group.id,
            "members": group.members.iter().map(|id| people.value(id)).collect::<Vec<_>>(),
            "size": group.members.len(),
            "centre": group.centre,
            "found_again": firm(group.id),
        })
    };
    map.groups.iter().map(one).collect()
}

fn by_group(map: &OpinionMap, of: impl Fn(&opinion_map::Group) -> Value) -> Map<String, Value> {
    map.groups.iter().map(|group| (group.id.to_string(), of(group))).collect()
}

fn ids(list: &[Agreed], statements: Ids) -> Vec<Value> {
    list.iter().map(|one| statements.value(&one.statement)).collect()
}

fn agreed(one: &Agreed, statements: Ids) -> Value {
    let Counts { agrees, disagrees, seen } = one.counts;
    json!({
        "statement": statements.value(&one.statement),
        "agrees": agrees, "disagrees": disagrees, "seen": seen,
        "share": one.share, "test": one.test,
    })
}

fn representative(one: &Representative, statements: Ids) -> Value {
    let mut value = comparison(&one.figures);
    value["statement"] = statements.value(&one.statement);
    value["stance"] = if one.agrees { "agree" } else { "disagree" }.into();
    value["best_agree"] = one.best_agree.into();
    value["marks"] = one.marks().into();
    value
}

fn comparison(one: &Comparison) -> Value {
    json!({
        "agrees": one.counts.agrees, "disagrees": one.counts.disagrees, "seen": one.counts.seen,
        "agree_share": one.agree_share, "disagree_share": one.disagree_share,
        "agree_test": one.agree_test, "disagree_test": one.disagree_test,
        "agree_ratio": one.agree_ratio, "disagree_ratio": one.disagree_ratio,
        "agree_ratio_test": one.agree_ratio_test, "disagree_ratio_test": one.disagree_ratio_test,
    })
}

fn axes(map: &OpinionMap) -> Value {
    let by_id = |list: &[f64]| {
        map.statements.iter().zip(list).map(|(one, value)| (one.id.clone(), json!(value))).collect::<Map<_, _>>()
    };
    json!({
        "centre": by_id(&map.axes.centre),
        "directions": [by_id(&map.axes.directions[0]), by_id(&map.axes.directions[1])],
        "singular_values": map.axes.singular_values,
        "variance_share": map.axes.variance_share,
        "residual": map.axes.residual,
    })
}

fn coordination(found: &Coordination, people: Ids) -> Value {
    let list = |ids: &[String]| ids.iter().map(|id| people.value(id)).collect::<Vec<_>>();
    let stance = |stance: Stance| match stance {
        Stance::Agree => "agree",
        Stance::Disagree => "disagree",
        Stance::Pass => "pass",
    };
    json!({
        "identical": found.identical.iter().map(|one| json!({
            "people": list(&one.people), "seen": one.seen,
            "throughout": one.throughout.map(stance), "expected_log10": one.expected_log10,
        })).collect::<Vec<_>>(),
        "bursts": found.bursts.iter().map(|one| json!({
            "begun_at_ms": one.begun_at_ms, "ended_at_ms": one.ended_at_ms, "people": list(&one.people),
            "expected_people": one.expected_people,
            "alike_share": one.alike_share, "alike_share_of_all": one.alike_share_of_all,
            "answers_alike": one.answers_alike(), "from_the_start": one.from_the_start,
        })).collect::<Vec<_>>(),
        "rapid": found.rapid.iter().map(|one| json!({
            "person": people.value(&one.person), "reactions": one.reactions, "lasted_ms": one.lasted_ms,
        })).collect::<Vec<_>>(),
        "people_with_times": found.people_with_times,
    })
}
