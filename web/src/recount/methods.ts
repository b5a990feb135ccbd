// Methods without rounds, counted a second time from their definitions: whole numbers only, twice the points where halves can occur.
import type { Cast, Told } from "./contest";
import { Fault } from "./fault";
import { type Ties, UNDECLARED, lotOf } from "./ranked";

/** Laid out as the program's own answers. */
export interface Answer { winners: string[]; totals?: { candidate: string; total: string }[]; ranking?: string[][] }

type Ranks = { order: [rank: number, name: string][]; weight: number };

export function methodAnswer(found: Told, ballots: Cast[]): Answer {
  const { method, rules } = found;
  const declared = found.contest.candidates.filter((one) => !one.excluded).map((one) => one.name);
  switch (method) {
    case "plurality": return seated(found, totals(found, ballots), 1);
    case "approval": return seated(found, added(found, ballots, (cell) => BigInt(cell.toLowerCase() === "x" ? 1 : Number(cell) > 0)), 1);
    case "score": return seated(found, added(found, ballots, (cell) => BigInt(cell)), 1);
    case "quadratic": return seated(found, added(found, ballots, (cell) => BigInt(cell)), 1);
    case "borda": return seated(found, borda(declared, ranked(ballots, declared), String(rules.unranked ?? "zero")), 2);
    case "star": return star(found, ballots);
    case "majority-judgment": return judgment(declared, ballots, rules.grades as string[], rules.middleGrade === "better");
    case "condorcet": case "schulze": case "ranked-pairs": return paired(found, declared, ranked(ballots, declared));
    default: throw new Fault("unknown-rule", { what: method });
  }
}

type Totals = Map<string, bigint>;

/** The marks of a ballot by rank, each candidate once, at the best rank. */
function ranked(ballots: Cast[], names: string[]): Ranks[] {
  return ballots.map(({ cells, weight }) => ({
    weight, order: [...cells].filter(([name]) => names.includes(name)).map(([name, cell]): [number, string] => [Number(cell), name]).sort(([a], [b]) => a - b),
  }));
}

/** The only name at the best rank of a ballot. */
function first({ cells }: Cast): string | undefined {
  const best = Math.min(...[...cells.values()].map(Number));
  const names = [...cells].filter(([, cell]) => Number(cell) === best).map(([name]) => name);
  return names.length === 1 ? names[0] : undefined;
}

function zeros(found: Told): Totals {
  const names = found.contest.candidates.filter((one) => !one.excluded).map((one) => one.name);
  return new Map([...names, ...(found.contest.undeclared ? [UNDECLARED] : [])].map((name) => [name, 0n]));
}

function totals(found: Told, ballots: Cast[]): Totals {
  const sums = zeros(found);
  for (const ballot of ballots) {
    const name = first(ballot);
    if (name !== undefined && sums.has(name)) sums.set(name, sums.get(name)! + BigInt(ballot.weight));
  }
  return sums;
}

function added(found: Told, ballots: Cast[], worth: (cell: string) => bigint): Totals {
  const sums = zeros(found);
  for (const { cells, weight } of ballots) {
    for (const [name, cell] of cells) if (sums.has(name)) sums.set(name, sums.get(name)! + worth(cell) * BigInt(weight));
  }
  return sums;
}

/** Twice the points of Borda's count. */
function borda(names: string[], ballots: Ranks[], unranked: string): Totals {
  const sums: Totals = new Map(names.map((name) => [name, 0n]));
  const give = (name: string, doubled: number, weight: number) => sums.set(name, sums.get(name)! + BigInt(doubled) * BigInt(weight));
  for (const { order, weight } of ballots) {
    if (!order.length) continue;
    let above = unranked === "modified" ? order.length : names.length;
    for (const rank of new Set(order.map(([rank]) => rank))) {
      const level = order.filter(([own]) => own === rank);
      for (const [, name] of level) give(name, 2 * above - level.length - 1, weight);
      above -= level.length;
    }
    const rest = names.filter((name) => !order.some(([, own]) => own === name));
    if (unranked === "average") for (const name of rest) give(name, above - 1, weight);
  }
  return sums;
}

const byName = (a: string, b: string) => (a < b ? -1 : 1);

/** Breaks a tie for a seat. */
function taken(ties: Ties, tied: string[], lots: { pick(below: number): number } | null): string {
  if (ties.kind === "earlier") return taken(ties.then, tied, lots);
  if (ties.kind === "order") return ties.names.find((name) => tied.includes(name)) ?? tied[0]!;
  if (ties.kind === "lot" && lots) return [...tied].sort(byName)[lots.pick(tied.length)]!;
  throw new Fault("tied", { names: tied.join(", ") });
}

/** Seats those with the most; `parts` of a total make one. */
function seated(found: Told, sums: Totals, parts: number): Answer {
  const { ties, seats, candidates } = found.contest;
  const place = (name: string) => candidates.findIndex((one) => one.name === name) >>> 0;
  const sorted = [...sums].sort(([a, x], [b, y]) => (x === y ? place(a) - place(b) : x > y ? -1 : 1));
  const lots = lotOf(ties);
  let left = sorted.filter(([name]) => name !== UNDECLARED);
  const winners: string[] = [];
  while (winners.length < seats && left.length) {
    const tied = left.filter(([, total]) => total === left[0]![1]).map(([name]) => name);
    const name = tied.length <= seats - winners.length ? tied[0]! : taken(ties, tied, lots);
    winners.push(name);
    left = left.filter(([own]) => own !== name);
  }
  const shown = (total: bigint) => (parts === 2 ? `${total < 0n ? "-" : ""}${(total < 0n ? -total : total) / 2n}${total % 2n ? ".5" : ""}` : String(total));
  return { winners, totals: sorted.map(([candidate, total]) => ({ candidate, total: shown(total) })) };
}

/** Of the two with the most points the one that more ballots prefer. */
function star(found: Told, ballots: Cast[]): Answer {
  const sums = added(found, ballots, (cell) => BigInt(cell));
  const { totals } = seated({ ...found, contest: { ...found.contest, seats: sums.size } }, sums, 1);
  const lots = lotOf(found.contest.ties);
  const between = (one: string, other: string) => ballots.reduce((sum, { cells, weight }) => {
    const [a, b] = [one, other].map((name) => Number(cells.get(name) ?? 0)) as [number, number];
    return sum + Math.sign(a - b) * weight;
  }, 0);
  let left = totals!.map((one) => one.candidate).filter((name) => name !== UNDECLARED);
  const finalists: string[] = [];
  while (finalists.length < 2 && left.length) {
    const tied = left.filter((name) => sums.get(name) === sums.get(left[0]!));
    let name = tied[0]!;
    if (tied.length + finalists.length > 2) {
      const wins = (one: string) => tied.filter((other) => other !== one && between(one, other) > 0).length;
      const most = Math.max(...tied.map(wins)), best = tied.filter((one) => wins(one) === most);
      name = best.length === 1 ? best[0]! : taken(found.contest.ties, best, lots);
    }
    finalists.push(name);
    left = left.filter((own) => own !== name);
  }
  const [one, other] = finalists;
  if (other === undefined) return { winners: finalists, totals };
  const lead = between(one!, other) || Number(sums.get(one!)! > sums.get(other)!) - Number(sums.get(one!)! < sums.get(other)!);
  const winner = lead > 0 ? one! : lead < 0 ? other : taken(found.contest.ties, [one!, other], lots);
  return { winners: [winner], totals };
}

/** Takes the middle grade away from each until they differ. The grades of all voters stand in one list, the best first. */
function judgment(names: string[], ballots: Cast[], grades: string[], better: boolean): Answer {
  const counts = new Map(names.map((name) => {
    const own = grades.map(() => 0);
    for (const { cells, weight } of ballots) {
      const grade = cells.has(name) ? grades.indexOf(cells.get(name)!) : grades.length - 1;
      if (grade < 0) throw new Fault("unknown-rule", { what: cells.get(name)! });
      own[grade]! += weight;
    }
    return [name, own];
  }));
  const middle = (own: number[]) => {
    const all = own.reduce((a, b) => a + b, 0);
    let before = better ? Math.floor((all - 1) / 2) : Math.floor(all / 2);
    return own.findIndex((count) => (before -= count) < 0);
  };
  const compare = (a: string, b: string) => {
    const [one, other] = [[...counts.get(a)!], [...counts.get(b)!]];
    for (let left = one.reduce((x, y) => x + y, 0); left > 0; left--) {
      const [grade, own] = [middle(one), middle(other)];
      if (grade !== own) return grade - own;
      one[grade]!--;
      other[own]!--;
    }
    return 0;
  };
  const ranking = grouped([...names].sort(compare), (a, b) => compare(a, b) === 0);
  return { winners: ranking[0] ?? [], ranking };
}

function grouped(sorted: string[], same: (a: string, b: string) => boolean): string[][] {
  const groups: string[][] = [];
  for (const name of sorted) {
    const last = groups[groups.length - 1];
    if (last && same(last[0]!, name)) last.push(name); else groups.push([name]);
  }
  return groups;
}

/** Methods that compare two by two. */
function paired(found: Told, names: string[], ballots: Ranks[]): Answer {
  const prefer = names.map(() => names.map(() => 0));
  for (const { order, weight } of ballots) {
    const rank = new Map(order.map(([rank, name]) => [name, rank]));
    names.forEach((one, i) => names.forEach((other, j) => {
      if ((rank.get(one) ?? Infinity) < (rank.get(other) ?? Infinity)) prefer[i]![j]! += weight;
    }));
  }
  const beats = (i: number, j: number) => prefer[i]![j]! > prefer[j]![i]!;
  const all = names.map((_, i) => i);
  const said = (groups: number[][]) => groups.map((group) => group.map((i) => names[i]!));
  if (found.method === "condorcet") {
    const winner = all.find((i) => all.every((j) => i === j || beats(i, j)));
    const group = winner === undefined ? smith(all, beats) : [winner];
    return { winners: said([group])[0]!, ranking: said([group]) };
  }
  const margins = found.rules.strength === "margins";
  const strength = (i: number, j: number): [number, number] => (margins ? [prefer[i]![j]! - prefer[j]![i]!, 0] : [prefer[i]![j]!, -prefer[j]![i]!]);
  const groups = found.method === "schulze" ? schulze(all, beats, strength) : tideman(found, names, all, beats, strength);
  return { winners: said(groups)[0] ?? [], ranking: said(groups) };
}

type Strength = [number, number];
const stronger = (a: Strength, b: Strength) => a[0] - b[0] || a[1] - b[1];

/** The smallest group that beats all others: tried from the best records on. */
function smith(all: number[], beats: (i: number, j: number) => boolean): number[] {
  const wins = (i: number) => all.filter((j) => beats(i, j)).length - all.filter((j) => beats(j, i)).length;
  const order = [...all].sort((a, b) => wins(b) - wins(a) || a - b);
  for (let size = 1; size <= order.length; size++) {
    const inside = order.slice(0, size), outside = order.slice(size);
    if (inside.every((i) => outside.every((j) => beats(i, j)))) return inside.sort((a, b) => a - b);
  }
  return all;
}

const NONE: Strength = [-Infinity, -Infinity];

/** Of a path as strong as its weakest victory; first is whom nobody has a stronger path to than back. */
function schulze(all: number[], beats: (i: number, j: number) => boolean, strength: (i: number, j: number) => Strength): number[][] {
  const path = all.map((i) => all.map((j): Strength => (i !== j && beats(i, j) ? strength(i, j) : NONE)));
  for (const k of all) for (const i of all) for (const j of all) {
    const weakest = stronger(path[i]![k]!, path[k]![j]!) < 0 ? path[i]![k]! : path[k]![j]!;
    if (i !== j && stronger(weakest, path[i]![j]!) > 0) path[i]![j] = weakest;
  }
  const ahead = (i: number, j: number) => stronger(path[i]![j]!, path[j]![i]!) > 0;
  return peeled(all, ahead);
}

/** Again and again those whom nobody left is ahead of. */
function peeled(all: number[], ahead: (i: number, j: number) => boolean): number[][] {
  const groups: number[][] = [];
  for (let left = all; left.length;) {
    const group = left.filter((j) => !left.some((i) => ahead(i, j)));
    groups.push(group);
    left = left.filter((j) => !group.includes(j));
  }
  return groups;
}

/** Victories are locked in from the strongest on, unless the loser already stands above the winner. */
function tideman(found: Told, names: string[], all: number[], beats: (i: number, j: number) => boolean, strength: (i: number, j: number) => Strength): number[][] {
  let { ties } = found.contest;
  while (ties.kind === "earlier") ties = ties.then;
  if (ties.kind === "lot") throw new Fault("unknown-rule", { what: "ranked-pairs, tiebreakMode random" });
  const listed = ties.kind === "order" ? ties.names : names;
  const place = (i: number) => listed.indexOf(names[i]!) >>> 0;
  const pairs = all.flatMap((i) => all.filter((j) => beats(i, j)).map((j): [number, number] => [i, j]));
  pairs.sort(([a, b], [c, d]) => stronger(strength(c, d), strength(a, b)) || place(a) - place(c) || place(b) - place(d));
  const above = all.map(() => new Set<number>());
  const reaches = (from: number, to: number): boolean => above[from]!.has(to) || [...above[from]!].some((by) => reaches(by, to));
  for (const [winner, loser] of pairs) if (!reaches(loser, winner)) above[winner]!.add(loser);
  return peeled(all, reaches);
}
