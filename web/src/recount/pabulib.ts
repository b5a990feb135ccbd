// Pabulib files and the questions that can be asked about them, read apart from the program's own reader.

export interface Project { id: string; cost: bigint; declared: number; selected: string }
export interface Ballot { projects: number[]; points: bigint[] }
export interface Election {
  meta: Map<string, string>;
  budget: bigint;
  /** Smallest units in a unit of the currency. */
  unit: bigint;
  projects: Project[];
  ballots: Ballot[];
}
export interface Question {
  method: "equal-shares" | "greedy" | "phragmen" | "welfare";
  satisfaction?: "cost" | "cardinality" | "points";
  completion?: "none" | "add1" | "add1-exact" | "add1u" | "add1-exact-greedy" | "greedy";
  /** Units of the currency. */
  increment?: number;
  comparison?: boolean;
  /** "id": ids as strings; "cost,votes": least cost, then most votes, and a tie left after that is an error. */
  ties?: "id" | "cost,votes" | "cost,votes,file" | "file";
  order?: "satisfaction" | "votes" | "declared";
  misfit?: "skip" | "stop" | "percent80";
  threshold?: number;
}

/** Splits text into rows of trimmed cells: `;` between cells, `"` around those that need it. */
function rows(text: string): string[][] {
  const all: string[][] = [];
  let row: string[] = [], cell = "", quoted = false, begun = false;
  const endCell = () => { row.push(cell.trim()); cell = ""; begun = false; };
  const endRow = () => { endCell(); if (row.length > 1 || row[0] !== "") all.push(row); row = []; };
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; at++) {
    const c = text[at];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[at + 1] === '"') { cell += c; at++; } else quoted = false;
    } else if (c === '"' && !begun) { quoted = true; begun = true; }
    else if (c === ";") endCell();
    else if (c === "\n") endRow();
    else if (c !== "\r") { cell += c; begun = true; }
  }
  endRow();
  return all;
}

function decimal(text: string): [digits: bigint, places: number] {
  const [whole, part = ""] = text.replace(",", ".").split(".");
  return [BigInt(whole + part), part.length];
}

/** Reads a Pabulib file. */
export function read(text: string): Election {
  const meta = new Map<string, string>();
  const tables: Record<string, Record<string, string>[]> = { PROJECTS: [], VOTES: [] };
  let section = "", header: string[] | null = null;
  for (const row of rows(text)) {
    const title = row[0].toUpperCase();
    if (["META", "PROJECTS", "VOTES"].includes(title) && row.slice(1).every((cell) => cell === "")) { section = title; header = null; }
    else if (!header) header = row;
    else if (section === "META") meta.set(row[0], row.slice(1).join(";"));
    else tables[section].push(Object.fromEntries(header.map((name, i) => [name, row[i] ?? ""])));
  }
  const amounts = [meta.get("budget")!, ...tables.PROJECTS.map((row) => row.cost)].map(decimal);
  const places = Math.max(...amounts.map(([, places]) => places));
  const [budget, ...costs] = amounts.map(([digits, own]) => digits * 10n ** BigInt(places - own));
  const projects = tables.PROJECTS.map((row, i) => ({
    id: row.project_id, cost: costs[i], declared: Number(row.score ?? row.votes ?? 0), selected: row.selected ?? "",
  }));
  const place = new Map(projects.map((project, i) => [project.id, i]));
  const list = (text = "") => text.split(",").map((entry) => entry.trim()).filter((entry) => entry !== "");
  const ballots = tables.VOTES.map((row) => {
    const entries = list(row.vote).map((id) => place.get(id)!);
    const points = row.points === undefined ? entries.map(() => 1n) : list(row.points).map(BigInt);
    return { projects: entries, points };
  });
  return { meta, budget, unit: 10n ** BigInt(places), projects, ballots };
}

/** The question that a file's own rule is; null if it names none that is known. */
export function official(election: Election): Question | null {
  const threshold = election.meta.get("min_project_score_threshold");
  const greedy = { method: "greedy", order: "declared", ties: "file", ...(threshold ? { threshold: Number(threshold) } : {}) } as const;
  const shares = { method: "equal-shares", satisfaction: "cost", ties: "cost,votes,file" } as const;
  switch (election.meta.get("rule")) {
    case "greedy": case "greedy-threshold": return greedy;
    case "greedy-custom": return election.meta.get("unit") === "Poznań" ? { ...greedy, misfit: "percent80" } : greedy;
    case "greedy-no-skip": return { ...greedy, misfit: "stop" };
    case "equalshares": return shares;
    case "equalshares-comparison": return { ...shares, comparison: true };
    case "equalshares/add1": return { ...shares, completion: "add1" };
    case "equalshares/add1-comparison": return { ...shares, completion: "add1", comparison: true };
    default: return null;
  }
}
