// A second, independent count of participatory budgets: exact fractions by BigInt, written from the papers and the semantics of
// the published tools, not from the program's own engine, with which it shares nothing. A resident can recount with it in her
// own browser; the tests hold it against every known answer.
import { type Election, type Question } from "./pabulib";
import { Count, type Group, gcd, sign } from "./profile";
import { Shares } from "./shares";

export { official, read } from "./pabulib";

/** One run with `share / denominator` for each voter; null as soon as a trial passes the budget. */
function equalShares(count: Count, share: bigint, denominator: bigint, isTrial: boolean): number[] | null {
  return new Shares(count, share, denominator).run(isTrial);
}

/** What raising the shares leads to, kept for each election: completions differ only in what comes after. */
const raisedBefore = new WeakMap<Election, Map<string, number[]>>();

function raised(count: Count, isExact: boolean): number[] {
  const { election, question } = count;
  const known = raisedBefore.get(election) ?? new Map<string, number[]>();
  raisedBefore.set(election, known);
  const key = [question.satisfaction ?? "cost", question.ties ?? "id", question.increment ?? 1, isExact].join();
  const before = known.get(key) ?? raise(count, isExact);
  known.set(key, before);
  return [...before];
}

function raise(count: Count, isExact: boolean): number[] {
  const { election, question } = count;
  const voters = BigInt(election.ballots.length), increment = BigInt(question.increment ?? 1) * election.unit;
  const buyable = election.projects.map((_, project) => project).filter((project) => count.votes[project] > 0 && count.weight(project) > 0n);
  // Over the number of voters: the exact share is the budget; the whole one is rounded down to whole units of the currency.
  let share = isExact ? election.budget : election.budget / (voters * election.unit) * election.unit * voters;
  let bought = equalShares(count, share, voters, false)!;
  for (;;) {
    const left = election.budget - count.cost(bought);
    const others = buyable.filter((project) => !bought.includes(project));
    if (!others.length || isExact && !others.some((project) => election.projects[project].cost <= left)) return bought;
    share += increment * voters;
    count.tell(String(share / voters / election.unit));
    const next = equalShares(count, share, voters, true);
    if (!next) return bought;
    bought = next;
  }
}

function completed(count: Count): number[] {
  const { election, question } = count;
  const completion = question.completion ?? "none", isExact = completion.includes("exact");
  const fitsWhole = completion.startsWith("add1") && !isExact && count.cost(election.projects.map((_, project) => project)) <= election.budget;
  const bought = completion === "none" || completion === "greedy" || fitsWhole
    ? equalShares(count, election.budget, BigInt(election.ballots.length), false)!
    : raised(count, isExact);
  if (completion === "none" || completion === "add1" || completion === "add1-exact") return bought;
  return greedy(count, completion === "add1u" ? "votes" : "satisfaction", bought);
}

/** Greedy, from what is left after `start`. */
function greedy(count: Count, by: "votes" | "satisfaction" | "declared", start: number[] = []): number[] {
  const { election, question } = count;
  const misfit = question.misfit ?? "skip";
  const total = election.projects.map((_, project) => count.weight(project) * count.worth[project]);
  const figure = (project: number) => (by === "declared" ? election.projects[project].declared : count.votes[project]);
  const density = (a: number, b: number) => {
    if (!total[a] || !total[b]) return Number(!total[a]) - Number(!total[b]);
    return sign(total[b] * election.projects[a].cost - total[a] * election.projects[b].cost);
  };
  const order = election.projects.map((_, project) => project)
    .sort((a, b) => (by === "satisfaction" ? density(a, b) : figure(b) - figure(a)) || count.tie(a, b) || a - b);
  const chosen = [...start];
  let left = election.budget - count.cost(start);
  for (const project of order) {
    const { cost } = election.projects[project];
    if (chosen.includes(project) || figure(project) < (question.threshold ?? -Infinity)) continue;
    if (misfit !== "skip" && cost === 999999999n * election.unit) continue;
    if (cost > left) {
      if (misfit === "skip") continue;
      if (misfit === "percent80" && left * 100n >= cost * 80n) chosen.push(project);
      break;
    }
    chosen.push(project);
    left -= cost;
  }
  return chosen;
}

/** Phragmén's sequential rule; ends as soon as one of those that are next would pass the budget.
 *
 * All supporters of what was bought last bear the same load, so that there are only as many loads as rounds. */
function phragmen(count: Count): number[] {
  const { election, voters, supporters } = count;
  const last = new Int32Array(count.groups.length);
  let loads = [0n], common = 1n, left = election.budget;
  const bought: number[] = [];
  let open = election.projects.map((_, project) => project).filter((project) => election.projects[project].cost <= election.budget);
  /** What a project costs with the loads of its supporters, over `common`. */
  const total = (project: number): bigint => {
    const bearing = new Float64Array(loads.length);
    for (const group of supporters[project]) bearing[last[group]] += voters[group];
    return loads.reduce((sum, load, round) => (bearing[round] ? sum + load * BigInt(bearing[round]) : sum), election.projects[project].cost * common);
  };
  for (;;) {
    const totals = open.filter((project) => count.votes[project] > 0)
      .map((project) => ({ project, voters: BigInt(count.votes[project]), total: total(project) }));
    const least = totals.reduce((best, one) => (!best || one.total * best.voters < best.total * one.voters ? one : best), totals[0]);
    // Projects without supporters come last, all level.
    const tied = least ? totals.filter((one) => one.total * least.voters === least.total * one.voters).map((one) => one.project) : open;
    if (!tied.length || tied.some((project) => election.projects[project].cost > left)) return bought;
    const chosen = count.first(tied);
    bought.push(chosen);
    left -= election.projects[chosen].cost;
    open = open.filter((project) => project !== chosen);
    if (!least) continue;
    const one = totals.find((other) => other.project === chosen)!;
    const divisor = gcd(one.total, one.voters), factor = one.voters / divisor;
    common *= factor;
    loads = loads.map((load) => load * factor);
    loads.push(one.total / divisor);
    for (const group of supporters[chosen]) last[group] = loads.length - 1;
  }
}

/** The greatest total satisfaction within the budget, by trying, as long as the fractional filling could still be better. */
function welfare(count: Count): number[] {
  const { election } = count;
  const items = election.projects.map((project, i) => ({ i, cost: project.cost, value: count.weight(i) * count.worth[i] }))
    .filter((item) => item.value > 0n).sort((a, b) => sign(b.value * a.cost - a.value * b.cost) || count.tie(a.i, b.i));
  let best = -1n, bestSet: number[] = [];
  const visit = (at: number, value: bigint, left: bigint, set: number[]) => {
    if (value > best) { best = value; bestSet = set; }
    let bound = value, room = left;
    for (let j = at; j < items.length && room > 0n; j++) {
      bound += items[j].cost <= room ? items[j].value : items[j].value * room / items[j].cost;
      room -= items[j].cost;
    }
    if (at === items.length || bound <= best) return;
    if (items[at].cost <= left) visit(at + 1, value + items[at].value, left - items[at].cost, [...set, items[at].i]);
    visit(at + 1, value, left, set);
  };
  visit(0, 0n, election.budget, []);
  return bestSet;
}

/** The ids that are funded, in the order in which they are. */
export function recount(election: Election, question: Question, tell: (done: string) => void = () => {}): string[] {
  const count = new Count(election, question, tell);
  const decided = () => {
    switch (question.method) {
      case "greedy": return greedy(count, question.order ?? "satisfaction");
      case "phragmen": return phragmen(count);
      case "welfare": return welfare(count);
      default: return completed(count);
    }
  };
  let chosen = decided();
  if (question.comparison) {
    const other = greedy(count, "votes");
    const on = (group: Group, set: number[]) => set.filter((project) => group.entries.has(project)).length;
    const gain = count.groups.reduce((sum, group) => sum + group.voters * Math.sign(on(group, chosen) - on(group, other)), 0);
    if (gain < 0) chosen = other;
  }
  return chosen.map((project) => election.projects[project].id);
}
