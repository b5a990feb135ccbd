// From files to a verdict: which file is which, the recount, and the first thing in which it differs from the outcome.
import { official, read, recount as recountBudget } from "./budget";
import { type Cast, type Told, cast, told } from "./contest";
import { Fault, type Values } from "./fault";
import { methodAnswer } from "./methods";
import type { Election, Question } from "./pabulib";
import { type Ballot, type Weighted, recountWeighted } from "./ranked";

export interface Named { name: string; text: string }

/** A code for the page's words: the outcome is what was recounted, or the first difference. */
export interface Verdict { same: boolean; code: string; values: Values }

export type Tell = (code: string, values: Values) => void;

type Outcome = Record<string, unknown>;

/** Recounts. The files are a Pabulib file, or a contest with its CSV tables; and an outcome as the program writes it with --json.
 * `lookup` brings files of ballots that a contest names and that are not among these. */
export async function verdict(files: Named[], tell: Tell, lookup: (path: string) => Promise<string | null>): Promise<Verdict> {
  const budget = files.find((file) => file.name.toLowerCase().endsWith(".pb") || /^\uFEFF?"?META\b/.test(file.text));
  const objects = files.filter((file) => file.name.toLowerCase().endsWith(".json") || /^\s*\{/.test(file.text)).map((file) => ({ file, json: parsed(file) }));
  const config = objects.find(({ json }) => "cvrFileSources" in json);
  const outcome = objects.find((one) => one !== config)?.json;
  if (!budget && !config) throw new Fault("no-ballots");
  if (!outcome) throw new Fault("no-outcome");
  return budget ? ofBudget(budget, outcome, tell) : ofContest(told(config!.json), files, outcome, tell, lookup);
}

function parsed(file: Named): Outcome {
  try {
    const json = JSON.parse(file.text);
    if (typeof json === "object" && json !== null && !Array.isArray(json)) return json;
  } catch { /* said below */ }
  throw new Fault("no-json", { file: file.name });
}

function ofBudget(file: Named, outcome: Outcome, tell: Tell): Verdict {
  tell("reading", { file: file.name });
  const election = readElection(file);
  const question = questionOf(outcome, election);
  if (!Array.isArray(outcome.selected)) throw new Fault("no-outcome");
  tell("counting", { voters: String(election.ballots.length) });
  const found = recountBudget(election, question, (share) => tell("share", { share }));
  const said = outcome.selected.map(String);
  const missing = said.find((id) => !found.includes(id)), more = found.find((id) => !said.includes(id));
  if (missing !== undefined) return { same: false, code: "only-outcome", values: { name: missing } };
  if (more !== undefined) return { same: false, code: "only-recount", values: { name: more } };
  if (new Set(said).size !== said.length) return { same: false, code: "twice", values: {} };
  const cost = found.reduce((sum, id) => sum + election.projects.find((project) => project.id === id)!.cost, 0n);
  const spent = Number(cost) / Number(election.unit);
  if (typeof outcome.spent === "number" && outcome.spent !== spent) return { same: false, code: "spent", values: { said: String(outcome.spent), found: String(spent) } };
  return { same: true, code: "same-budget", values: { count: String(found.length), voters: String(election.ballots.length) } };
}

function readElection(file: Named): Election {
  try {
    return read(file.text);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault("no-pabulib", { file: file.name });
  }
}

/** The rule that the outcome says it follows, else the one that the file names. */
function questionOf(outcome: Outcome, election: Election): Question {
  const said = outcome.question as Record<string, unknown> | undefined;
  if (!said || said.method === "official") {
    const rule = official(election);
    if (!rule) throw new Fault("no-rule");
    return rule;
  }
  const known = <T extends string>(key: string, words: readonly T[]): T | undefined => {
    const word = said[key];
    if (word === undefined || word === null) return undefined;
    if (!words.includes(word as T)) throw new Fault("unknown-rule", { what: `${key} ${String(word)}` });
    return word as T;
  };
  if (said.constrained === true) throw new Fault("unknown-rule", { what: "--mandatory, --exclusive, --category-cap, --district-cap" });
  const increment = Number(said.increment ?? 1);
  if (!Number.isInteger(increment) || increment < 1) throw new Fault("unknown-rule", { what: `increment ${String(said.increment)}` });
  return {
    method: known("method", ["equal-shares", "greedy", "phragmen", "welfare"] as const) ?? "equal-shares",
    satisfaction: known("satisfaction", ["cost", "cardinality", "points"] as const),
    completion: known("completion", ["none", "add1", "add1-exact", "add1u", "add1-exact-greedy", "greedy"] as const),
    increment,
    comparison: said.comparison === true,
    ties: known("ties", ["id", "cost,votes", "cost,votes,file", "file"] as const),
    order: known("order", ["satisfaction", "votes"] as const),
    misfit: known("misfit", ["skip", "stop", "percent80"] as const),
    threshold: typeof said.threshold === "number" ? said.threshold : undefined,
  };
}

async function ofContest(found: Told, files: Named[], outcome: Outcome, tell: Tell, lookup: (path: string) => Promise<string | null>): Promise<Verdict> {
  const tables: string[] = [];
  for (const { filePath } of found.sources) {
    tell("reading", { file: filePath });
    const own = filePath.split("/").pop()!;
    const text = files.find((file) => file.name === own)?.text ?? await lookup(filePath);
    if (text === null) throw new Fault("no-file", { file: filePath });
    tables.push(text);
  }
  const ballots = cast(found, tables);
  tell("counting", { voters: String(ballots.length) });
  if (found.method === "rounds") return ofRounds(found, ballots, outcome, tell);
  const answer = methodAnswer(found, ballots) as unknown as Outcome;
  const winners = differing(outcome.winners, answer.winners);
  if (winners) return winners;
  const said = (outcome.totals ?? []) as { candidate: string; total: string }[];
  for (const { candidate, total } of (answer.totals ?? []) as { candidate: string; total: string }[]) {
    const own = said.find((one) => one.candidate === candidate)?.total;
    if (own !== total) return { same: false, code: "total", values: { name: candidate, said: own ?? "–", found: total } };
  }
  const ranking = (answer.ranking ?? []) as string[][];
  const place = ranking.findIndex((group, at) => [...group].sort().join("\n") !== [...((outcome.ranking as string[][] | undefined)?.[at] ?? [])].sort().join("\n"));
  if (place >= 0) return { same: false, code: "ranking", values: { place: String(place + 1), found: ranking[place]!.join(", ") } };
  return same(answer.winners as string[], ballots);
}

const same = (winners: string[], ballots: Cast[]): Verdict => ({
  same: true, code: "same-contest", values: { winners: winners.join(", "), voters: String(ballots.reduce((sum, ballot) => sum + ballot.weight, 0)) },
});

function differing(said: unknown, found: unknown): Verdict | null {
  const [one, other] = [said, found].map((list) => (Array.isArray(list) ? list.map(String) : []));
  return one!.join("\n") === other!.join("\n") ? null : { same: false, code: "winners", values: { said: one!.join(", ") || "–", found: other!.join(", ") || "–" } };
}

/** Equal ballots are one that counts several times: as many papers, but each walked over once. */
function merged(ballots: Cast[]): Weighted[] {
  const known = new Map<string, Weighted>();
  for (const { cells, weight } of ballots) {
    const key = [...cells].map(([name, cell]) => `${name}\u0001${cell}`).join("\u0002");
    const before = known.get(key);
    if (before) { before.weight += weight; continue; }
    const ranks = new Map<number, string[]>();
    for (const [name, cell] of cells) {
      const rank = Number(cell);
      if (!Number.isInteger(rank) || rank < 1) throw new Fault("bad-rank", { what: cell });
      ranks.set(rank, [...(ranks.get(rank) ?? []), name]);
    }
    const ballot: Ballot = [...ranks].sort(([a], [b]) => a - b).map(([rank, names]) => ({ rank, names }));
    known.set(key, { ballot, weight });
  }
  return [...known.values()];
}

type Rounds = { tally: Record<string, string>; threshold: string }[];

function ofRounds(found: Told, ballots: Cast[], outcome: Outcome, tell: Tell): Verdict {
  const result = recounted(found, ballots, tell);
  const rounds = (outcome.results ?? []) as Rounds;
  for (const [at, round] of result.rounds.entries()) {
    const said = rounds[at];
    if (!said) break;
    for (const name of new Set([...Object.keys(round.tally), ...Object.keys(said.tally)])) {
      const own = { said: said.tally[name] ?? "–", found: round.tally[name] ?? "–" };
      if (own.said !== own.found) return { same: false, code: "round", values: { round: String(at + 1), name, ...own } };
    }
    if (said.threshold !== round.threshold) return { same: false, code: "quota", values: { round: String(at + 1), said: said.threshold, found: round.threshold } };
  }
  if (rounds.length !== result.rounds.length) return { same: false, code: "rounds", values: { said: String(rounds.length), found: String(result.rounds.length) } };
  return differing(outcome.winners, result.winners) ?? same(result.winners, ballots);
}

function recounted(found: Told, ballots: Cast[], tell: Tell) {
  try {
    return recountWeighted(found.contest, merged(ballots), (round) => tell("round", { round: String(round) }));
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault("tied", { names: error instanceof Error ? error.message : "" });
  }
}
