/** Thrown where this model of Kyverno has no answer. It never guesses: a test that meets it needs another model or another policy. */
export class Unsupported extends Error {
  public constructor(what: string) {
    super(`The admission model of the tests does not cover ${what}`);
  }
}
