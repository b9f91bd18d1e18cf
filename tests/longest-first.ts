import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The order of the projects: the many short files of the last fill whatever core is free at the end. */
const projects = ['province', 'integration', 'unit'];

/** Files that take long for their size, by which the others are ordered. */
const long =
  /\/(faults|command-line|repair|real|accounts|package|window|training|serve|sender-week|sealed-file)\.test\.ts$/;

/** Long files begin early, so that none is waited for at the end; each project keeps its processes. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const bySize = await super.sort(files);
    return bySize.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

function placeOf({ project, moduleId }: TestSpecification): number {
  return projects.indexOf(project.name) * 2 + (long.test(moduleId) ? 0 : 1);
}
