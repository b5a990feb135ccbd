// One run of the Method of Equal Shares, exactly.
import { Count, gcd, quotient, sign } from "./profile";

/** What a project costs a unit of weight, paid / weight over the common denominator, and whom that leaves with nothing. */
interface Offer { project: number; paid: bigint; weight: bigint; emptied: number[] }

/** How far a float may be wrong that was rounded a few times, as a share of it. */
const ROUNDING = 2 ** -40;

/** One run of Equal Shares.
 *
 * What a voter has is the share less the prices paid in full, or nothing. So only prices are kept as fractions, over one common
 * denominator; balances are floats that come straight from them, and are wrong by at most `slack`. Floats only say where to look:
 * every price that is compared or paid is a fraction, made of whole numbers of voters. */
export class Shares {
  private readonly balance: Float64Array;
  private readonly isEmpty: Uint8Array;
  private readonly isPoor: Uint8Array;
  private readonly slack: number;
  /** Prices of a unit of weight, over `common`. */
  private prices: bigint[] = [];
  private readonly bought: number[] = [];

  constructor(private readonly count: Count, private share: bigint, private common: bigint) {
    const each = quotient(share, common), rounds = count.election.projects.length + 8;
    this.balance = new Float64Array(count.groups.length).fill(each);
    this.isEmpty = new Uint8Array(count.groups.length);
    this.isPoor = new Uint8Array(count.groups.length);
    // Each of at most `rounds` subtractions is wrong by 2^-52 of the share, for nobody pays more.
    this.slack = each * rounds * 2 ** -50;
  }

  /** What a group's voters have each, over `common`. */
  private exactly(group: number): bigint {
    if (this.isEmpty[group]) return 0n;
    const { entries } = this.count.groups[group];
    return this.bought.reduce((left, project, round) => (entries.has(project) ? left - this.prices[round] * BigInt(entries.get(project)!) : left), this.share);
  }

  /** What those of `groups` who are poor, but not empty, have together over `common`: voters are counted for each price. */
  private together(groups: Int32Array): bigint {
    const { voters, supporters, weights } = this.count;
    let all = 0;
    for (const group of groups) if (this.isPoor[group] && !this.isEmpty[group]) all += voters[group];
    let sum = this.share * BigInt(all);
    if (!all) return sum;
    for (let round = 0; round < this.bought.length; round++) {
      const own = supporters[this.bought[round]], weight = weights[this.bought[round]];
      let paid = 0;
      for (let i = 0; i < own.length; i++) if (this.isPoor[own[i]] && !this.isEmpty[own[i]]) paid += voters[own[i]] * weight[i];
      if (paid) sum -= this.prices[round] * BigInt(paid);
    }
    return sum;
  }

  /** About what a unit of weight costs, and at least; null where the supporters surely cannot pay. Whoever is poorest gives all, unless
   * the price is at most what they have. */
  private about(project: number): { price: number; least: number } | null {
    const { voters } = this.count, groups = this.count.supporters[project], weights = this.count.weights[project];
    const cost = Number(this.count.election.projects[project].cost);
    let money = 0, all = 0;
    for (let i = 0; i < groups.length; i++) { money += this.balance[groups[i]] * voters[groups[i]]; all += voters[groups[i]]; }
    const room = this.slack * all + cost * ROUNDING * 1024;
    if (money < cost - room) return null;
    let price = 0, rich = 1;
    for (;;) {
      let missing = cost, weight = 0;
      for (let i = 0; i < groups.length; i++) {
        const group = groups[i], has = this.balance[group];
        if (has < price * weights[i]) missing -= has * voters[group]; else weight += voters[group] * weights[i];
      }
      if (weight === 0 || missing / weight <= price) return { price, least: price - room / rich };
      price = missing / weight;
      rich = weight;
    }
  }

  /** Marks who cannot pay a price in full, the price being paid / weight, or a float to begin with; says whether that is news, and who has exactly that. */
  private mark(project: number, about: number, offer: { paid: bigint; weight: bigint } | null): { isNew: boolean; just: number[] } {
    const groups = this.count.supporters[project], weights = this.count.weights[project], just: number[] = [];
    let isNew = false;
    for (let i = 0; i < groups.length; i++) {
      const group = groups[i], each = about * weights[i], apart = this.balance[group] - each;
      let poor = apart < 0 ? 1 : 0;
      if (offer && !this.isEmpty[group] && Math.abs(apart) <= 2 * this.slack + each * ROUNDING) {
        const order = sign(this.exactly(group) * offer.weight - offer.paid * BigInt(weights[i]));
        poor = order < 0 ? 1 : 0;
        if (order === 0) just.push(group);
      }
      if (this.isEmpty[group]) poor = 1;
      if (this.isPoor[group] !== poor) isNew = true;
      this.isPoor[group] = poor;
    }
    return { isNew, just };
  }

  /** The price as a fraction, or null where the supporters cannot pay. */
  private exact(project: number, about: number): Offer | null {
    const offer = this.settled(project, about);
    // Marks are of the supporters of one project only.
    for (const group of this.count.supporters[project]) this.isPoor[group] = 0;
    return offer;
  }

  /** Each price says anew who is poor, until nothing changes. */
  private settled(project: number, about: number): Offer | null {
    const { voters } = this.count, groups = this.count.supporters[project], weights = this.count.weights[project];
    const cost = this.count.election.projects[project].cost * this.common;
    this.mark(project, about, null);
    for (;;) {
      let weight = 0;
      for (let i = 0; i < groups.length; i++) if (!this.isPoor[groups[i]]) weight += voters[groups[i]] * weights[i];
      const paid = cost - this.together(groups);
      if (weight === 0) {
        if (paid > 0n) return null;
        // They can pay after all: all who have something begin as rich, and a price never falls from there.
        for (const group of groups) this.isPoor[group] = this.isEmpty[group];
        continue;
      }
      const offer = { paid, weight: BigInt(weight) };
      const { isNew, just } = this.mark(project, quotient(paid, offer.weight * this.common), offer);
      if (!isNew) return { project, ...offer, emptied: [...groups].filter((group) => this.isPoor[group]).concat(just) };
    }
  }

  /** Buys a project: prices go over a denominator that holds the new one too. */
  private buy({ project, paid, weight, emptied }: Offer): void {
    const divisor = gcd(weight, paid % weight), factor = weight / divisor;
    this.common *= factor;
    this.share *= factor;
    this.prices = this.prices.map((price) => price * factor);
    this.prices.push(paid / divisor);
    this.bought.push(project);
    const price = quotient(paid / divisor, this.common), groups = this.count.supporters[project];
    for (let i = 0; i < groups.length; i++) this.balance[groups[i]] -= price * this.count.weights[project][i];
    for (const group of emptied) { this.isEmpty[group] = 1; this.balance[group] = 0; }
  }

  /** The projects bought, in order; null as soon as a trial passes the budget. */
  run(isTrial: boolean): number[] | null {
    const { election, votes, worth } = this.count;
    const all = election.projects.map((_, project) => project).filter((project) => votes[project] > 0);
    const free = all.filter((project) => election.projects[project].cost === 0n);
    let open = all.filter((project) => election.projects[project].cost > 0n)
      .map((project) => ({ project, value: Number(worth[project]), least: 0 }));
    for (const one of open) one.least = Number(election.projects[one.project].cost) / Number(this.count.weight(one.project)) / one.value * (1 - ROUNDING);
    for (let spent = 0n; ;) {
      open.sort((a, b) => a.least - b.least);
      let offers: Offer[] = [], best = Infinity;
      const gone = new Set<number>();
      for (const candidate of open) {
        // A price only rises, so what was dearer than the best is still.
        if (candidate.least > best) break;
        const found = this.about(candidate.project);
        if (!found) { gone.add(candidate.project); continue; }
        candidate.least = Math.max(candidate.least, found.least / candidate.value * (1 - ROUNDING));
        if (candidate.least > best) continue;
        const offer = this.exact(candidate.project, found.price);
        if (!offer) { gone.add(candidate.project); continue; }
        const order = offers.length ? sign(offer.paid * offers[0].weight * worth[offers[0].project] - offers[0].paid * offer.weight * worth[candidate.project]) : -1;
        const price = quotient(offer.paid, offer.weight * this.common) / candidate.value;
        candidate.least = Math.max(candidate.least, price * (1 - ROUNDING));
        if (order < 0) { offers = [offer]; best = price * (1 + ROUNDING); } else if (order === 0) offers.push(offer);
      }
      if (!offers.length) return free.concat(this.bought);
      const chosen = this.count.first(offers.map((offer) => offer.project));
      this.buy(offers.find((offer) => offer.project === chosen)!);
      open = open.filter((candidate) => candidate.project !== chosen && !gone.has(candidate.project));
      spent += election.projects[chosen].cost;
      if (isTrial && spent > election.budget) return null;
    }
  }
}
