// Counts what holds and what does not.
export class Checks {
  passed = 0;
  failed = 0;
  constructor(name) {
    this.name = name;
  }
  holds(what, truth, detail = "") {
    if (truth) this.passed += 1;
    else {
      this.failed += 1;
      console.log(`  FAILED ${this.name}: ${what} ${detail}`);
    }
    return truth;
  }
  equal(what, found, wanted) {
    return this.holds(what, found === wanted, `(found ${JSON.stringify(found)}, wanted ${JSON.stringify(wanted)})`);
  }
}
