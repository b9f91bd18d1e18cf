/**
 * Waits for all of them, also where one fails: then `stop` tells the others to come to their end, so
 * that none goes on after its caller has given up.
 *
 * @throws what the first threw
 */
export async function together(works: readonly Promise<unknown>[], stop: () => void): Promise<void> {
  const failures: unknown[] = [];
  const note = (cause: unknown): void => {
    failures.push(cause);
    stop();
  };
  await Promise.all(works.map(async (work) => await work.catch(note)));
  if (failures.length > 0) throw failures[0];
}
