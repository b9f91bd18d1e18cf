/** Persons whose candidates are found before they are compared: few enough for their pairs to stay at hand. */
export const personsAtOnce = 256;

/** Milliseconds of processor time that each stage took. */
export interface Spent {
  index: number;
  learn: number;
  /** Finding candidates. */
  search: number;
  /** Comparing and weighing them. */
  score: number;
  /** Families, groups and decisions. */
  decide: number;
}

/** Processor time by stage: the clock would tell what else the computer does as well. */
export class Stages {
  readonly spent: Spent = { index: 0, learn: 0, search: 0, score: 0, decide: 0 };
  #usage = process.cpuUsage();

  /** What was done since the last stage ended was this one. */
  end(stage: keyof Spent): void {
    const { user, system } = process.cpuUsage(this.#usage);
    this.spent[stage] += (user + system) / 1000;
    this.#usage = process.cpuUsage();
  }
}
