const every = 10_000;

/**
 * Tells how far a long run has come, a line at most every ten seconds: half a million persons take minutes, and
 * whoever waits must see that it goes on.
 *
 * @param now milliseconds, of any beginning.
 */
export function tellProgress(
  tell: (line: string) => void,
  now: () => number = () => performance.now(),
): (done: number, total: number) => void {
  let told = now();
  return (done, total) => {
    if (done === total || now() - told < every) return;
    told = now();
    tell(`link: ${done} dari ${total} orang sudah dibandingkan.`);
  };
}
