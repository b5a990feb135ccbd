// A contest's configuration (RCTab's keys, and those the program adds) and its CSV tables of ballots, read apart from the program's
// own readers.
import { Fault } from "./fault";
import { type Contest, type Ties, UNDECLARED } from "./ranked";

/** A row of a table: what is said of each candidate, and for how many votes. */
export interface Cast { cells: Map<string, string>; weight: number }

export interface Told {
  contest: Contest;
  method: string;
  rules: Record<string, unknown>;
  /** Files of ballots, as the configuration names them. */
  sources: Source[];
  names: Map<string, string>;
}

interface Source { filePath: string; first: number; firstRow: number; weight: number; voter: number; delegates: number; undeclared: string }

const word = (value: unknown) => (value === undefined || value === null ? "" : String(value).trim());
const number = (value: unknown, otherwise: number) => (word(value) === "" ? otherwise : Number(word(value)));

/** What a configuration says. */
export function told(config: Record<string, unknown>): Told {
  const rules = (config.rules ?? {}) as Record<string, unknown>;
  const listed = (config.candidates ?? []) as Record<string, unknown>[];
  const names = new Map<string, string>();
  for (const one of listed) for (const alias of [one.name, one.code, ...((one.aliases as unknown[]) ?? [])]) if (word(alias)) names.set(word(alias), word(one.name));
  const sources = ((config.cvrFileSources ?? []) as Record<string, unknown>[]).map((source): Source => {
    if (source.provider !== "genericCsv") throw new Fault("only-csv", { what: word(source.provider) });
    return {
      filePath: word(source.filePath), first: number(source.firstVoteColumnIndex, 1), firstRow: Math.max(number(source.firstVoteRowIndex, 1), 2),
      weight: number(source.weightColumnIndex, 0), voter: number(source.voterColumnIndex, 0), delegates: number(source.delegatesColumnIndex, 0),
      undeclared: word(source.undeclaredWriteInLabel),
    };
  });
  const method = word(rules.method) || "rounds";
  if (!listed.length || !sources.length) throw new Fault("no-contest");
  const contest = contestOf(rules, listed, sources.some((source) => source.undeclared !== ""), method === "rounds");
  return { contest, method, rules, sources, names };
}

function contestOf(rules: Record<string, unknown>, listed: Record<string, unknown>[], undeclared: boolean, strictly: boolean): Contest {
  const chosen = <T>(key: string, usual: string, known: Record<string, T>): T => {
    const said = word(rules[key]) || (strictly ? "" : usual);
    if (!(said in known)) throw new Fault("unknown-rule", { what: `${key} “${said}”` });
    return known[said]!;
  };
  const names = listed.map((one) => word(one.name));
  const skipped = word(rules.maxSkippedRanksAllowed);
  const lastRound = word(rules.stopTabulationEarlyAfterRound);
  return {
    candidates: listed.map((one) => ({ name: word(one.name), excluded: one.excluded === true })),
    undeclared,
    seats: number(rules.numberOfWinners, 1),
    mode: chosen("winnerElectionMode", "singleWinnerMajority", {
      singleWinnerMajority: "all", multiWinnerAllowMultipleWinnersPerRound: "all", multiWinnerAllowOnlyOneWinnerPerRound: "onePerRound", bottomsUp: "bottomsUp",
    } as const),
    overvotes: chosen("overvoteRule", "alwaysSkipToNextRank", { alwaysSkipToNextRank: "skip", exhaustImmediately: "exhaust", exhaustIfMultipleContinuing: "exhaustIfSeveral" } as const),
    skippedRanks: skipped === "" || skipped === "unlimited" ? null : Number(skipped),
    exhaustOnDuplicate: rules.exhaustOnDuplicateCandidate === true,
    hare: rules.hareQuota === true,
    decimalQuota: rules.nonIntegerWinningThreshold === true,
    decimals: number(rules.decimalPlacesForVoteArithmetic, 4),
    batch: rules.batchElimination === true,
    untilTwo: rules.continueUntilTwoCandidatesRemain === true,
    firstRoundQuota: rules.doesFirstRoundDetermineThreshold === true,
    minimumVotes: number(rules.minimumVoteThreshold, 0),
    lastRound: lastRound === "" ? null : Number(lastRound),
    ties: chosen<() => Ties>("tiebreakMode", "stopCountingAndAsk", {
      random: () => lot(rules), previousRoundCountsThenRandom: () => ({ kind: "earlier", then: lot(rules) }),
      stopCountingAndAsk: () => ({ kind: "refuse" }), previousRoundCountsThenAsk: () => ({ kind: "earlier", then: { kind: "refuse" } }),
      useCandidateOrder: () => ({ kind: "order", names }),
    })(),
  };
}

const lot = (rules: Record<string, unknown>): Ties => ({ kind: "lot", seed: BigInt(word(rules.randomSeed)) });

/** Splits a CSV table into rows (RFC 4180). */
function rows(text: string): string[][] {
  const all: string[][] = [];
  let row: string[] = [], cell = "", quoted = false;
  const endRow = () => { row.push(cell); if (row.length > 1 || row[0] !== "") all.push(row); row = []; cell = ""; };
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; at++) {
    const c = text[at]!;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[at + 1] === '"') { cell += c; at++; } else quoted = false;
    } else if (c === '"' && cell === "") quoted = true;
    else if (c === ",") { row.push(cell); cell = ""; }
    else if (c === "\n") endRow();
    else if (c !== "\r") cell += c;
  }
  endRow();
  return all;
}

/** What was cast in the tables of a contest, delegations followed. */
export function cast(found: Told, tables: string[]): Cast[] {
  const all: Cast[] = [];
  const roll: Voter[] = [];
  found.sources.forEach((source, at) => {
    const [header = [], ...body] = rows(tables[at]!);
    body.slice(source.firstRow - 2).forEach((row, place) => {
      const weight = source.weight ? Number(row[source.weight - 1] ?? "") : 1;
      if (!Number.isSafeInteger(weight) || weight < 0) throw new Fault("bad-row", { file: source.filePath, row: String(place + source.firstRow) });
      const cells = new Map<string, string>();
      row.forEach((text, column) => {
        if (column + 1 < source.first || [source.weight, source.voter, source.delegates].includes(column + 1) || text.trim() === "") return;
        const said = (header[column] ?? "").trim();
        const name = source.undeclared !== "" && said === source.undeclared ? UNDECLARED : found.names.get(said);
        if (name === undefined) throw new Fault("bad-row", { file: source.filePath, row: String(place + source.firstRow) });
        cells.set(name, text.trim());
      });
      const to = source.delegates ? (row[source.delegates - 1] ?? "").split(";").map((one) => one.trim()).filter((one) => one !== "") : [];
      const ballot = to.length === 0 || cells.size > 0 ? { cells, weight } : null;
      if (ballot) all.push(ballot);
      if (source.voter) roll.push({ name: (row[source.voter - 1] ?? "").trim(), weight, ballot, to });
    });
  });
  if (roll.length) follow(roll);
  return all;
}

interface Voter { name: string; weight: number; ballot: Cast | null; to: string[] }

/** Gives every vote to the ballot that its delegations lead to. Members of a circle all turn to their next choice. */
function follow(roll: Voter[]): void {
  const known = new Map(roll.map((voter) => [voter.name, voter]));
  const choice = new Map(roll.map((voter) => [voter, 0]));
  const next = (voter: Voter) => (voter.ballot ? undefined : known.get(voter.to[choice.get(voter)!] ?? ""));
  for (let circles = true; circles;) {
    const inCircle = new Set<Voter>();
    const done = new Set<Voter>();
    for (const voter of roll) {
      const path: Voter[] = [];
      let at: Voter | undefined = voter;
      while (at && !done.has(at) && !path.includes(at)) { path.push(at); at = next(at); }
      if (at && path.includes(at)) for (const member of path.slice(path.indexOf(at))) inCircle.add(member);
      for (const one of path) done.add(one);
    }
    for (const member of inCircle) choice.set(member, choice.get(member)! + 1);
    circles = inCircle.size > 0;
  }
  for (const voter of roll) if (voter.ballot) voter.ballot.weight = 0;
  for (const voter of roll) {
    let at: Voter | undefined = voter;
    while (at && !at.ballot) at = next(at);
    if (at?.ballot) at.ballot.weight += voter.weight;
  }
}
