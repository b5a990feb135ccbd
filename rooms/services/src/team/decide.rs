//! Sharing out by load and skill. Pure.

/// An officer of an agency, as far as work is shared out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The officer's pseudonym.
    pub officer: String,
    /// Open applications that they look after, those left out that wait for the applicant.
    pub load: i64,
    /// Services that they know; empty for all.
    pub knows: Vec<String>,
    /// Whether they are away today.
    pub is_away: bool,
}

impl Member {
    fn can_take(&self, service: &str) -> bool {
        !self.is_away && (self.knows.is_empty() || self.knows.iter().any(|known| known == service))
    }
}

/// An application that somebody is to look after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its reference.
    pub code: String,
    /// The code of its service.
    pub service: String,
    /// Officers who may not decide it: who applies themselves, and, where two must decide, who entered it.
    pub barred: Vec<String>,
}

/// Who takes an application: of those who are there, know its service and may decide it the one with least to do; of equals the first by
/// pseudonym, so that the same facts give the same officer. `None` where nobody can.
pub fn pick<'m>(members: &'m [Member], one: &Waiting) -> Option<&'m Member> {
    members
        .iter()
        .filter(|member| member.can_take(&one.service) && !one.barred.contains(&member.officer))
        .min_by(|one, other| (one.load, &one.officer).cmp(&(other.load, &other.officer)))
}

/// Shares out applications in their order; answers who takes which (code, officer). What nobody can take is left out.
pub fn share(members: &mut [Member], waiting: &[Waiting]) -> Vec<(String, String)> {
    let mut shared = Vec::new();
    for one in waiting {
        let Some(officer) = pick(members, one).map(|member| member.officer.clone()) else { continue };
        members.iter_mut().filter(|member| member.officer == officer).for_each(|member| member.load += 1);
        shared.push((one.code.clone(), officer));
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::{Member, Waiting, pick, share};

    fn member(officer: &str, load: i64, knows: &[&str], is_away: bool) -> Member {
        let knows = knows.iter().map(|service| (*service).to_owned()).collect();
        Member { officer: officer.to_owned(), load, knows, is_away }
    }

    fn waiting(service: &str, barred: &[&str]) -> Waiting {
        let barred = barred.iter().map(|officer| (*officer).to_owned()).collect();
        Waiting { code: "A-1".to_owned(), service: service.to_owned(), barred }
    }

    #[test]
    fn nobody_gets_what_they_may_not_decide() {
        let mut members = [member("a", 0, &[], false), member("b", 5, &[], false)];
        assert_eq!(pick(&members, &waiting("parking", &["a"])).unwrap().officer, "b");
        assert_eq!(pick(&members, &waiting("parking", &["a", "b"])), None);
        let all = [waiting("parking", &["a", "b"]), waiting("parking", &["a"]), waiting("parking", &[])];
        let shared: Vec<String> = share(&mut members, &all).into_iter().map(|(_, officer)| officer).collect();
        assert_eq!(shared, ["b", "a"]);
    }

    #[test]
    fn the_one_with_least_to_do_who_knows_it_and_is_there() {
        let members = [
            member("a", 0, &["parking"], true),
            member("b", 5, &["parking"], false),
            member("c", 1, &["school"], false),
            member("d", 5, &[], false),
        ];
        assert_eq!(pick(&members, &waiting("parking", &[])).unwrap().officer, "b", "of equals the first");
        assert_eq!(pick(&members, &waiting("school", &[])).unwrap().officer, "c");
        assert_eq!(pick(&members, &waiting("market", &[])).unwrap().officer, "d", "of whom nothing is said, knows all");
        assert_eq!(pick(&members[..2], &waiting("market", &[])), None);
        assert_eq!(pick(&members[..1], &waiting("parking", &[])), None, "away");
    }

    #[test]
    fn shared_out_the_loads_come_together() {
        let mut members = [member("a", 4, &[], false), member("b", 0, &[], false), member("c", 1, &["x"], false)];
        let all: Vec<Waiting> =
            (0..9).map(|at| Waiting { code: format!("A-{at}"), ..waiting("parking", &[]) }).collect();
        let shared = share(&mut members, &all);
        assert_eq!(shared.len(), 9);
        let loads: Vec<i64> = members.iter().map(|member| member.load).collect();
        assert_eq!(loads, [7, 6, 1]);
        assert_eq!(shared[0], ("A-0".to_owned(), "b".to_owned()));
    }
}
