//! A slow twin of Equal Shares and Phragmén: one account for each voter, fractions everywhere, nothing merged or bounded.

use budgeting::{Election, Fraction};

fn fraction(value: i64) -> Fraction {
    Fraction::from_integer(value.into())
}

/// What each voter gains from each project.
pub type Gains = Vec<Vec<Fraction>>;

/// The least price for a unit of gain at which the supporters pay the cost; none if they cannot.
fn price(accounts: &[Fraction], gains: &Gains, project: usize, cost: &Fraction) -> Option<Fraction> {
    let mut payers: Vec<usize> = (0..accounts.len()).filter(|v| gains[*v][project] > fraction(0)).collect();
    payers.sort_by(|a, b| (&accounts[*a] / &gains[*a][project]).cmp(&(&accounts[*b] / &gains[*b][project])));
    let mut missing = cost.clone();
    for (place, voter) in payers.iter().enumerate() {
        let gain: Fraction = payers[place..].iter().map(|v| &gains[*v][project]).sum();
        let price = &missing / gain;
        if &price * &gains[*voter][project] <= accounts[*voter] {
            return Some(price);
        }
        missing -= &accounts[*voter];
    }
    None
}

/// Equal Shares with that share; ties by the string of the id.
pub fn equal_shares(election: &Election, gains: &Gains, share: &Fraction) -> Vec<usize> {
    let mut accounts = vec![share.clone(); gains.len()];
    let mut chosen = Vec::new();
    loop {
        let mut best: Option<(Fraction, &str, usize)> = None;
        for (index, project) in election.projects.iter().enumerate() {
            if project.cost == 0 || chosen.contains(&index) {
                continue;
            }
            if let Some(price) = price(&accounts, gains, index, &fraction(project.cost)) {
                let offer = (price, project.id.as_str(), index);
                if best.as_ref().is_none_or(|best| offer < *best) {
                    best = Some(offer);
                }
            }
        }
        let Some((price, _, project)) = best else { return chosen };
        for (account, gains) in accounts.iter_mut().zip(gains) {
            let pays = (&price * &gains[project]).min(account.clone());
            *account -= pays;
        }
        chosen.push(project);
    }
}

/// Phragmén's sequential rule; ties by the string of the id.
pub fn phragmen(election: &Election, gains: &Gains) -> Vec<usize> {
    let mut loads = vec![fraction(0); gains.len()];
    let (mut chosen, mut left) = (Vec::new(), election.budget);
    loop {
        let mut offers = Vec::new();
        for (index, project) in election.projects.iter().enumerate() {
            let supporters: Vec<usize> = (0..gains.len()).filter(|v| gains[*v][index] > fraction(0)).collect();
            if supporters.is_empty() || project.cost > election.budget || chosen.contains(&index) {
                continue;
            }
            let total: Fraction = supporters.iter().map(|v| &loads[*v]).sum();
            offers.push((
                (total + fraction(project.cost)) / fraction(supporters.len() as i64),
                project.id.as_str(),
                index,
                supporters,
            ));
        }
        offers.sort();
        let Some((load, _, index, supporters)) = offers.first().cloned() else { return chosen };
        if offers.iter().any(|offer| offer.0 == load && election.projects[offer.2].cost > left) {
            return chosen;
        }
        supporters.iter().for_each(|voter| loads[*voter] = load.clone());
        left -= election.projects[index].cost;
        chosen.push(index);
    }
}

/// One project's best offer under bounded overspending, from the definition (arXiv 2409.15005): for a share `α` of the cost, `λ` is the
/// least number with `Σ min(b_i, λ u_i) = α cost`, the price is `ρ = λ / α`, and the offer `ρ / α`. Between two points where a supporter
/// has just given all, the offer has no minimum inside, so these points and `α = 1` are looked at; and some points between, to be sure.
fn overspending_offer(
    accounts: &[Fraction],
    gains: &Gains,
    project: usize,
    cost: &Fraction,
) -> Option<(Fraction, Fraction)> {
    let payers: Vec<usize> =
        (0..accounts.len()).filter(|v| gains[*v][project] > fraction(0) && accounts[*v] > fraction(0)).collect();
    let raised = |lambda: &Fraction| -> Fraction {
        payers.iter().map(|v| (lambda * &gains[*v][project]).min(accounts[*v].clone())).sum()
    };
    let mut points: Vec<Fraction> = payers.iter().map(|v| &accounts[*v] / &gains[*v][project]).collect();
    points.sort();
    if let Some(whole) = price(accounts, gains, project, cost) {
        points.retain(|point| *point < whole);
        points.push(whole);
    }
    let offer = |lambda: &Fraction| {
        let alpha = raised(lambda) / cost;
        assert!(alpha <= fraction(1), "more than the cost is raised");
        let rho = lambda / &alpha;
        (&rho / alpha, rho)
    };
    let best = points.iter().map(offer).min()?;
    for pair in points.windows(2) {
        for part in 1..4 {
            let between = &pair[0] + (&pair[1] - &pair[0]) * fraction(part) / fraction(4);
            assert!(between == fraction(0) || offer(&between).0 >= best.0, "an offer between two points is better");
        }
    }
    Some(best)
}

/// Follows an outcome of bounded overspending round by round with exact fractions; says what is wrong with it, if anything. The engine
/// rounds money to 2^-32 smallest units, so the project it takes must be the best up to that, and nothing else.
pub fn follow_bounded_overspending(election: &Election, gains: &Gains, chosen: &[usize]) -> Result<(), String> {
    let voters = gains.len() as i64;
    let free: i64 = chosen.iter().map(|p| election.projects[*p].cost).filter(|cost| *cost == 0).sum();
    let mut left = election.budget - free;
    let mut accounts = vec![Fraction::new(left.into(), voters.into()); gains.len()];
    let mut open: Vec<usize> = (0..election.projects.len()).filter(|p| election.projects[*p].cost > 0).collect();
    for round in 0..=chosen.len() {
        open.retain(|project| election.projects[*project].cost <= left);
        let offer = |project: &usize| {
            overspending_offer(&accounts, gains, *project, &fraction(election.projects[*project].cost))
        };
        let offers: Vec<(usize, Fraction, Fraction)> =
            open.iter().filter_map(|p| offer(p).map(|(offer, rho)| (*p, offer, rho))).collect();
        let best = offers.iter().map(|(_, offer, _)| offer).min();
        let Some(project) = chosen.get(round) else {
            // What voters have left may be less than the grid of the engine can hold.
            let grid = Fraction::new(1.into(), (1_u64 << 30).into());
            let has_money = |v: &usize| accounts[*v] > grid;
            let open_still =
                open.iter().any(|p| (0..gains.len()).filter(has_money).any(|v| gains[v][*p] > fraction(0)));
            return if open_still { Err("it ends though somebody can pay for a part".into()) } else { Ok(()) };
        };
        let (_, own, rho) =
            offers.iter().find(|(p, ..)| p == project).ok_or(format!("round {round}: {project} cannot be bought"))?;
        let best = best.ok_or("nothing can be bought")?;
        let near = best * Fraction::new(1_000_001.into(), 1_000_000.into());
        if *own > near {
            return Err(format!("round {round}: {project} at {own} is bought, and the best offer is {best}"));
        }
        for (account, gains) in accounts.iter_mut().zip(gains) {
            let pays = (rho * &gains[*project]).min(account.clone());
            *account -= pays;
        }
        left -= election.projects[*project].cost;
        open.retain(|other| other != project);
    }
    Ok(())
}
