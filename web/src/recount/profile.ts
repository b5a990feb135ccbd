// Equal ballots taken together, and the few sums over whole numbers that all rules need.
import type { Election, Question } from "./pabulib";

/** Equal ballots together: voters, and what each entry is worth to them. */
export interface Group { voters: number; entries: Map<number, number> }

export class Count {
  readonly groups: Group[] = [];
  /** The groups that support each project, and what it is worth to each voter of these. */
  readonly supporters: Int32Array[];
  readonly weights: Float64Array[];
  readonly voters: Float64Array;
  readonly votes: number[];
  /** What a unit of weight is worth in each project: its cost, or one. */
  readonly worth: bigint[];

  constructor(readonly election: Election, readonly question: Question, readonly tell: (done: string) => void) {
    const measure = question.satisfaction ?? "cost";
    this.worth = election.projects.map((project) => (measure === "cost" ? project.cost : 1n));
    const known = new Map<string, Group>();
    for (const ballot of election.ballots) {
      const entries = ballot.projects.map((project, i): [number, number] => [project, measure === "points" ? Number(ballot.points[i]) : 1]);
      const wanted = entries.filter(([, weight]) => weight > 0).sort(([a], [b]) => a - b);
      const key = wanted.join("|");
      const group = known.get(key);
      if (group) group.voters++;
      else { const made = { voters: 1, entries: new Map(wanted) }; known.set(key, made); this.groups.push(made); }
    }
    const lists: number[][] = election.projects.map(() => []);
    this.groups.forEach((group, i) => { for (const project of group.entries.keys()) lists[project].push(i); });
    this.supporters = lists.map((list) => Int32Array.from(list));
    this.weights = lists.map((list, project) => Float64Array.from(list, (group) => this.groups[group].entries.get(project)!));
    this.voters = Float64Array.from(this.groups, (group) => group.voters);
    this.votes = lists.map((all) => all.reduce((sum, group) => sum + this.groups[group].voters, 0));
  }

  /** Orders two projects by the tie rule; nought is a tie that it does not break. */
  tie(a: number, b: number): number {
    const [one, other] = [this.election.projects[a], this.election.projects[b]];
    const ties = this.question.ties ?? "id";
    if (ties === "id") return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
    if (ties === "file") return a - b;
    return sign(one.cost - other.cost) || this.votes[b] - this.votes[a] || (ties === "cost,votes,file" ? a - b : 0);
  }

  first(tied: number[]): number {
    const sorted = [...tied].sort((a, b) => this.tie(a, b));
    if (sorted.length > 1 && this.tie(sorted[0], sorted[1]) === 0) throw new Error(`tie between ${sorted.map((p) => this.election.projects[p].id).sort()}`);
    return sorted[0];
  }

  cost(projects: number[]): bigint { return projects.reduce((sum, project) => sum + this.election.projects[project].cost, 0n); }

  weight(project: number): bigint {
    // Whole numbers far below 2^53: at most 10^9 points of each of a few million voters.
    return BigInt(this.supporters[project].reduce((sum, group, i) => sum + this.voters[group] * this.weights[project][i], 0));
  }
}

export const sign = (value: bigint) => (value < 0n ? -1 : value > 0n ? 1 : 0);

/** A quotient as a float, right but for the last bit, however long the numbers are. */
export function quotient(above: bigint, below: bigint): number {
  return Number((above << 120n) / below) / 2 ** 120;
}

export function gcd(a: bigint, b: bigint): bigint { while (b) [a, b] = [b, a % b]; return a < 0n ? -a : a; }
