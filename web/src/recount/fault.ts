// Why nothing can be said: a code for the page's words, and what they are about.

export type Values = Record<string, string>;

export class Fault extends Error {
  constructor(readonly code: string, readonly values: Values = {}) {
    super(`${code} ${JSON.stringify(values)}`);
  }
}
