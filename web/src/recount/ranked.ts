/** A second count of ranked ballots, written apart from the program's own and sharing nothing with it: instant-runoff voting and the
 * single transferable vote by the rules of a contest, every number exact (BigInt). It walks over every ballot in every round, as a
 * person would. Anybody may run it in a browser over the published ballots. */

/** The marks of one ballot: who stands at each rank. Several are an overvote; `OVERVOTE` is one whose names are not known. */
export type Ballot = { rank: number; names: string[] }[];

/** A ballot that counts for several equal ones. */
export interface Weighted { ballot: Ballot; weight: number }

export const OVERVOTE = "\u0000overvote";
export const UNDECLARED = "Undeclared Write-ins";

export interface Contest {
  candidates: { name: string; excluded: boolean }[];
  /** Whether names nobody declared are counted under UNDECLARED. */
  undeclared: boolean;
  seats: number;
  mode: "all" | "onePerRound" | "bottomsUp";
  overvotes: "skip" | "exhaust" | "exhaustIfSeveral";
  /** `null`: any number. */
  skippedRanks: number | null;
  exhaustOnDuplicate: boolean;
  hare: boolean;
  decimalQuota: boolean;
  decimals: number;
  batch: boolean;
  untilTwo: boolean;
  firstRoundQuota: boolean;
  minimumVotes: number;
  lastRound: number | null;
  ties: Ties;
}

export type Ties =
  | { kind: "order"; names: string[] }
  | { kind: "lot"; seed: bigint }
  | { kind: "earlier"; then: Ties }
  | { kind: "refuse" };

export interface Decided {
  elected?: string;
  eliminated?: string;
  transfers: Record<string, string>;
}

export interface Round {
  tally: Record<string, string>;
  threshold: string;
  inactive: Record<Reason, string>;
  decided: Decided[];
}

export interface Result {
  winners: string[];
  rounds: Round[];
}

type Reason = "exhausted" | "overvotes" | "skipped" | "repeated" | "blank" | "finalSurplus";
const REASONS: Reason[] = ["exhausted", "overvotes", "skipped", "repeated", "blank", "finalSurplus"];

/** One ballot under way. All values are in units of the last decimal place. */
interface Paper {
  ballot: Ballot;
  weight: bigint;
  /** What one of its votes is worth. */
  value: bigint;
  holder: string | null;
  lost: Reason | null;
  /** What winners kept of it. */
  kept: Map<string, bigint>;
}

const most = (numbers: bigint[]) => numbers.reduce((a, b) => (a > b ? a : b));
const least = (numbers: bigint[]) => numbers.reduce((a, b) => (a < b ? a : b));
const sum = (numbers: bigint[]) => numbers.reduce((a, b) => a + b, 0n);

/** java.util.Random, so that lots drawn by others can be drawn again. */
class Lot {
  private state: bigint;
  constructor(seed: bigint) {
    this.state = (BigInt.asUintN(64, seed) ^ 0x5deece66dn) & 0xffffffffffffn;
  }
  private bits(count: bigint): bigint {
    this.state = (this.state * 0x5deece66dn + 11n) & 0xffffffffffffn;
    return this.state >> (48n - count);
  }
  pick(below: number): number {
    const high = this.bits(26n);
    return Number((((high << 27n) + this.bits(27n)) * BigInt(below)) >> 53n);
  }
}

/** The order in which java.util.HashSet gives these names: RCTab draws lots over it when earlier rounds did not break the tie. */
function asHashSet(names: string[]): string[] {
  let places = 16;
  while (places < Math.floor((names.length * 4) / 3) + 1) places *= 2;
  const place = (name: string) => {
    let hash = 0;
    for (let at = 0; at < name.length; at++) hash = (Math.imul(hash, 31) + name.charCodeAt(at)) | 0;
    return (hash ^ (hash >>> 16)) & (places - 1);
  };
  return [...names].sort((a, b) => place(a) - place(b));
}

export function recount(contest: Contest, ballots: Ballot[]): Result {
  return recountWeighted(contest, ballots.map((ballot) => ({ ballot, weight: 1 })));
}

export function recountWeighted(contest: Contest, ballots: Weighted[], tell: (round: number) => void = () => {}): Result {
  return new Recount(contest, ballots, tell).run();
}

/** The lot of a rule of ties, if it has one. */
export function lotOf(ties: Ties): Lot | null {
  if (ties.kind === "earlier") return lotOf(ties.then);
  return ties.kind === "lot" ? new Lot(ties.seed) : null;
}

class Recount {
  private readonly unit: bigint;
  private readonly papers: Paper[];
  private readonly names: string[];
  private readonly out = new Set<string>();
  private readonly eliminatedIn = new Map<string, number>();
  private readonly winners: string[] = [];
  private readonly wonIn = new Map<string, number>();
  private readonly tallies: Map<string, bigint>[] = [];
  private readonly held = new Map<string, bigint>();
  private readonly rounds: Round[] = [];
  private readonly lot: Lot | null;
  private quota = 0n;
  private transfers = new Map<string, Map<string, bigint>>();

  constructor(private readonly contest: Contest, ballots: Weighted[], private readonly tell: (round: number) => void) {
    this.unit = 10n ** BigInt(contest.decimals);
    this.papers = ballots.map(({ ballot, weight }) => ({ ballot, weight: BigInt(weight), value: this.unit, holder: null, lost: null, kept: new Map() }));
    this.names = contest.candidates.map((candidate) => candidate.name).concat(contest.undeclared ? [UNDECLARED] : []);
    for (const candidate of contest.candidates) if (candidate.excluded) this.out.add(candidate.name);
    this.lot = lotOf(contest.ties);
  }

  private get round() { return this.rounds.length; }
  private get surpluses() { return this.contest.seats > 1 && this.contest.mode !== "bottomsUp"; }
  private get unfilled() { return this.contest.seats - this.winners.length; }
  private get standing() { return this.names.length - this.contest.candidates.filter((one) => one.excluded).length; }

  private continues(name: string): boolean {
    if (this.out.has(name) || this.eliminatedIn.has(name)) return false;
    return !this.wonIn.has(name) || this.contest.untilTwo;
  }

  private show(units: bigint): string {
    const digits = units.toString().padStart(this.contest.decimals + 1, "0");
    const whole = digits.slice(0, digits.length - this.contest.decimals);
    const part = digits.slice(digits.length - this.contest.decimals).replace(/0+$/, "");
    return part === "" ? whole : `${whole}.${part}`;
  }

  run(): Result {
    while (this.goesOn()) {
      this.transfers = new Map();
      this.tell(this.round + 1);
      for (const paper of this.papers) this.place(paper);
      if (this.round > 0 && this.unfilled > 0 && !this.names.some((name) => this.continues(name))) {
        this.addWinners(new Map());
        this.noteTransfers(this.round - 1);
        break;
      }
      const tally = this.openRound();
      this.noteTransfers(this.round - 2);
      this.decide(tally);
    }
    return { winners: this.winners, rounds: this.rounds };
  }

  private goesOn(): boolean {
    const { contest } = this;
    if (contest.lastRound !== null && this.round >= contest.lastRound) return false;
    const declared = contest.candidates.length;
    if (this.winners.length === declared && contest.seats > this.standing) return false;
    if (contest.untilTwo) {
      const justNow = [...this.eliminatedIn.values()].includes(this.round) && this.round > 0;
      return this.eliminatedIn.size + this.winners.length + 1 < this.standing || justNow;
    }
    const justNow = this.round > 0 && [...this.wonIn.values()].includes(this.round);
    return this.unfilled > 0 || (this.surpluses && justNow);
  }

  /** Lays a paper with the candidate it counts for now. */
  private place(paper: Paper): void {
    const stays = (holder: string) => this.continues(holder) || (!this.surpluses && this.wonIn.has(holder));
    if (paper.lost !== null || (paper.holder !== null && stays(paper.holder))) return;
    const from = paper.holder;
    const filled = this.surpluses && this.unfilled === 0 && paper.ballot.length > 0;
    const found = filled ? { lost: "finalSurplus" as const } : this.next(paper.ballot);
    paper.holder = "holder" in found ? found.holder : null;
    paper.lost = "lost" in found ? found.lost : null;
    if (from !== null && paper.value > 0n) {
      const to = paper.holder ?? "exhausted";
      const row = this.transfers.get(from) ?? new Map<string, bigint>();
      this.transfers.set(from, row.set(to, (row.get(to) ?? 0n) + paper.value * paper.weight));
    }
  }

  /** Reads a ballot from its first rank on: a candidate, or the reason why there is none. */
  private next(ballot: Ballot): { holder: string } | { lost: Reason } {
    const { contest } = this;
    if (ballot.length === 0) return { lost: "blank" };
    const seen = new Set<string>();
    let last = 0;
    for (const { rank, names } of ballot) {
      if (contest.skippedRanks !== null && rank - last > contest.skippedRanks + 1) return { lost: "skipped" };
      last = rank;
      if (contest.exhaustOnDuplicate) {
        for (const name of names) {
          if (seen.has(name)) return { lost: "repeated" };
          seen.add(name);
        }
      }
      const going = names.filter((name) => name !== OVERVOTE && this.continues(name));
      if (names.length > 1 || names[0] === OVERVOTE) {
        if (contest.overvotes === "skip") continue;
        if (contest.overvotes === "exhaust" || names[0] === OVERVOTE || going.length > 1) return { lost: "overvotes" };
      }
      if (going[0] !== undefined) return { holder: going[0] };
    }
    return { lost: "exhausted" };
  }

  private openRound(): Map<string, bigint> {
    const tally = new Map<string, bigint>();
    for (const name of this.names) if (this.continues(name)) tally.set(name, 0n);
    const inactive = Object.fromEntries(REASONS.map((reason) => [reason, 0n])) as Record<Reason, bigint>;
    for (const paper of this.papers) {
      if (paper.holder !== null) tally.set(paper.holder, (tally.get(paper.holder) ?? 0n) + paper.value * paper.weight);
      else if (paper.lost !== null) inactive[paper.lost] += paper.value * paper.weight;
    }
    const active = sum([...tally.values()]) + inactive.finalSurplus;
    const again = this.contest.seats <= 1 && !this.contest.firstRoundQuota && (!this.contest.untilTwo || this.winners.length === 0);
    if (this.round === 0 || again) this.quota = this.quotaOf(active);
    const shown = new Map(tally);
    this.addWinners(shown);
    this.tallies.push(shown);
    const decimals = (numbers: Iterable<[string, bigint]>) => Object.fromEntries([...numbers].map(([name, votes]) => [name, this.show(votes)]));
    this.rounds.push({
      tally: decimals(shown),
      threshold: this.show(this.quota),
      inactive: decimals(Object.entries(inactive)) as Record<Reason, string>,
      decided: [],
    });
    return tally;
  }

  /** Earlier winners keep the quota; what rounding left them beyond it is lost. */
  private addWinners(shown: Map<string, bigint>): void {
    if (this.contest.seats <= 1) return;
    for (const name of this.winners) {
      if (!this.held.has(name)) {
        const kept = sum(this.papers.map((paper) => (paper.kept.get(name) ?? 0n) * paper.weight));
        const residual = kept - this.quota;
        if (residual > 0n) {
          const row = this.transfers.get(name) ?? new Map<string, bigint>();
          this.transfers.set(name, row.set("residual surplus", residual));
        }
        this.held.set(name, residual > 0n ? this.quota : kept);
      }
      shown.set(name, this.held.get(name) ?? 0n);
    }
  }

  private quotaOf(active: bigint): bigint {
    const step = this.contest.decimalQuota ? 1n : this.unit;
    const by = BigInt(this.contest.seats) + (this.contest.hare ? 0n : 1n);
    const parts = active / (by * step);
    if (!this.contest.hare) return (parts + 1n) * step;
    return (active % (by * step) === 0n && active > 0n ? parts : parts + 1n) * step;
  }

  private noteTransfers(round: number): void {
    for (const decided of this.rounds[round]?.decided ?? []) {
      const row = this.transfers.get(decided.elected ?? decided.eliminated ?? "") ?? [];
      decided.transfers = Object.fromEntries([...row].map(([to, votes]) => [to, this.show(votes)]));
    }
  }

  private decide(tally: Map<string, bigint>): void {
    const elected = this.elect(tally);
    const decided = this.rounds[this.round - 1]?.decided ?? [];
    if (elected.length > 0) {
      const before = (a: string, b: string) => (tally.get(a)! === tally.get(b)! ? this.names.indexOf(a) - this.names.indexOf(b) : tally.get(a)! > tally.get(b)! ? -1 : 1);
      for (const name of elected.sort(before)) {
        this.winners.push(name);
        this.wonIn.set(name, this.round);
        decided.push({ elected: name, transfers: {} });
        if (this.surpluses) this.reduce(name, tally.get(name) ?? 0n);
      }
      return;
    }
    const twoNotLeft = this.contest.untilTwo && this.eliminatedIn.size < this.standing - 2;
    if (this.unfilled <= 0 && !twoNotLeft) return;
    for (const name of this.eliminate(tally)) {
      this.eliminatedIn.set(name, this.round);
      decided.push({ eliminated: name, transfers: {} });
    }
  }

  /** Every paper of a winner passes on its share of the surplus, rounded down twice: the fraction, then the product. */
  private reduce(winner: string, votes: bigint): void {
    const extra = votes > this.quota ? votes - this.quota : 0n;
    const fraction = votes === 0n ? 0n : (extra * this.unit) / votes;
    for (const paper of this.papers) {
      if (paper.holder !== winner) continue;
      const passed = (paper.value * fraction) / this.unit;
      paper.kept.set(winner, paper.value - passed);
      paper.value = passed;
    }
  }

  private elect(tally: Map<string, bigint>): string[] {
    const { contest } = this;
    if ((tally.get(UNDECLARED) ?? 0n) > 0n && contest.undeclared) return [];
    if (this.unfilled <= 0) return [];
    const here = [...tally.keys()];
    const declared = here.filter((name) => !(contest.undeclared && name === UNDECLARED));
    const top = most([...tally.values()]);
    const withTop = here.filter((name) => tally.get(name) === top);
    let elected: string[] = [];
    if (here.length <= this.unfilled) elected = declared;
    else if (contest.firstRoundQuota && here.length === contest.seats + 1) elected = withTop;
    else if (contest.mode !== "bottomsUp") elected = declared.filter((name) => tally.get(name)! >= this.quota);
    const oneOnly = contest.mode === "onePerRound" || contest.firstRoundQuota;
    const lastTwo = contest.seats === 1 && elected.length === 0 && here.length === 2;
    if ((elected.length > 1 && oneOnly) || lastTwo) return [this.oneOf(withTop, true)];
    return elected;
  }

  private eliminate(tally: Map<string, bigint>): string[] {
    const here = [...tally.keys()];
    if (this.contest.undeclared && (tally.get(UNDECLARED) ?? 0n) > 0n) return [UNDECLARED];
    const below = here.filter((name) => !this.wonIn.has(name) && tally.get(name)! < BigInt(this.contest.minimumVotes) * this.unit);
    if (below.length > 0) return below;
    const batch = this.contest.batch ? this.batch(tally) : [];
    if (batch.length > 1) return batch;
    const bottom = least([...tally.values()]);
    return [this.oneOf(here.filter((name) => tally.get(name) === bottom), false)];
  }

  /** The largest group from below that together has fewer votes than the next candidate. */
  private batch(tally: Map<string, bigint>): string[] {
    const levels = [...new Set(tally.values())].sort((a, b) => (a < b ? -1 : 1));
    const groups = levels.map((level) => [...tally].filter(([, votes]) => votes < level).map(([name]) => name));
    const safe = groups.filter((group, at) => group.length > 0 && sum(group.map((name) => tally.get(name)!)) < levels[at]!);
    const leavesOne = (safe[safe.length - 1] ?? []).length + this.eliminatedIn.size === this.standing - 1;
    if (this.contest.untilTwo && leavesOne) safe.pop();
    return safe.reverse().find((group) => tally.size - group.length >= this.unfilled) ?? [];
  }

  private oneOf(tied: string[], toWin: boolean): string {
    return this.oneBy(this.contest.ties, [...tied].sort((a, b) => (a < b ? -1 : 1)), toWin);
  }

  private oneBy(ties: Ties, tied: string[], toWin: boolean): string {
    let left = tied;
    if (left.length === 1) return left[0]!;
    if (ties.kind === "earlier") {
      for (let earlier = this.round - 2; earlier >= 0; earlier--) {
        const votes = (name: string) => this.tallies[earlier]!.get(name) ?? 0n;
        const extreme = (toWin ? most : least)(left.map(votes));
        left = asHashSet(left).filter((name) => votes(name) === extreme);
        if (left.length === 1) return left[0]!;
      }
      return this.oneBy(ties.then, left, toWin);
    }
    if (ties.kind === "order") {
      const listed = ties.names.filter((name) => left.includes(name));
      return (toWin ? listed[0] : listed[listed.length - 1]) ?? left[0]!;
    }
    if (ties.kind === "lot" && this.lot) return left[this.lot.pick(left.length)]!;
    throw new Error(`Round ${this.round}: ${left.join(", ")} are tied, and the rule leaves it to people.`);
  }
}
