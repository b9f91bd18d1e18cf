import type { Reporter, Suite, TestCase, TestError } from '@playwright/test/reporter';
import { type Failure, firstWords, writeReport } from './report.ts';

/** The same for the journeys; one that passed only at the second try has failed. */
export default class PlaywrightReporter implements Reporter {
  readonly #errors: Failure[] = [];
  #tests: TestCase[] = [];

  onBegin(_: unknown, suite: Suite): void {
    this.#tests = suite.allTests();
  }

  onError(error: TestError): void {
    this.#errors.push({ name: 'an error outside the journeys', why: firstWords([error]) });
  }

  onEnd(): void {
    const failed = this.#tests.filter((test) => test.outcome() !== 'expected');
    writeReport({
      passed: this.#tests.length - failed.length,
      failures: [
        ...failed.map((test) => ({
          name: test.titlePath().filter(Boolean).join(' > '),
          why: firstWords(test.results.flatMap(({ errors }) => errors)) || `It was ${test.outcome()}.`,
        })),
        ...this.#errors,
      ],
    });
  }

  printsToStdio(): boolean {
    return false;
  }
}
