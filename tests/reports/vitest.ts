import type { Reporter, SerializedError, TestModule, TestSuite } from 'vitest/node';
import { type Failure, firstWords, writeReport } from './report.ts';

/**
 * Names what did not pass in a run of Vitest: tests, but also a file that could not be loaded, a
 * hook around the tests of a file or a group, and an error that nobody caught. A test that was
 * skipped or put off has not passed.
 */
export default class VitestReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const of = modules.map(inModule);
    writeReport({
      passed: of.reduce((sum, { passed }) => sum + passed, 0),
      failures: [
        ...of.flatMap(({ failures }) => failures),
        ...unhandled.map((error) => ({ name: 'an error that nobody caught', why: firstWords([error]) })),
      ],
    });
  }
}

function inModule(module: TestModule): { passed: number; failures: Failure[] } {
  const file = module.relativeModuleId;
  const failures: Failure[] = [];
  let passed = 0;
  noteErrors(module, file);
  for (const suite of module.children.allSuites()) noteErrors(suite, `${file} > ${suite.fullName}`);
  for (const test of module.children.allTests()) {
    const result = test.result();
    const name = `${file} > ${test.fullName}`;
    if (result.state === 'passed') passed += 1;
    else if (result.state === 'failed') failures.push({ name, why: firstWords(result.errors) });
    else failures.push({ name, why: `Not run (${test.options.mode}).` });
  }
  return { passed, failures };

  function noteErrors(group: TestModule | TestSuite, name: string): void {
    const errors = group.errors();
    if (errors.length > 0) failures.push({ name, why: firstWords(errors) });
  }
}
