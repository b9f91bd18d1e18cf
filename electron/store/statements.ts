import type Database from 'better-sqlite3';

type Statement = Database.Statement<unknown[]>;

/** Statements kept of one connection, at most: so many of late, and as many from before that. */
const mostOfLate = 256;

/**
 * Lets a connection prepare each statement once. Preparing costs as much as running it on a few rows,
 * and the memory of a statement is SQLite's own: the garbage collector does not see it grow, and ten
 * thousand receipts written down one by one hold gigabytes.
 *
 * A kept statement always gives whole rows. What would change it for everyone who uses the same words
 * (`pluck`, `raw`, …) is done to another; so is a second walk while one is stepped through.
 */
export function keepStatements(db: Database.Database): void {
  const prepare = db.prepare.bind(db);
  let ofLate = new Map<string, Kept>();
  let before = new Map<string, Kept>();

  function recall(name: string, make: () => Statement): Statement {
    const known = ofLate.get(name);
    if (known !== undefined) return isSteppedThrough(known) ? make() : known.statement;
    // Moved over when it is used again; what was not used for so many others is let go.
    const older = before.get(name);
    if (older !== undefined && isSteppedThrough(older)) return make();
    const kept = older ?? keep(make());
    if (ofLate.size === mostOfLate) [before, ofLate] = [ofLate, new Map()];
    ofLate.set(name, kept);
    return kept.statement;
  }

  function make(source: string): Statement {
    const statement: Statement = prepare(source);
    const other = (name: string, mode: (fresh: Statement) => Statement): void => {
      // Put together once: a long text made anew is hashed anew with every look-up.
      const named = `${name} ${source}`;
      Object.defineProperty(statement, name, { value: () => recall(named, () => mode(prepare(source))) });
    };
    other('pluck', (fresh) => fresh.pluck());
    other('raw', (fresh) => fresh.raw());
    other('expand', (fresh) => fresh.expand());
    other('safeIntegers', (fresh) => fresh.safeIntegers());
    return statement;
  }

  Object.defineProperty(db, 'prepare', { value: (source: string) => recall(source, () => make(source)) });
}

interface Kept {
  statement: Statement;
  /** Whether anybody ever stepped through it: most are never, and asking SQLite each time costs as much as finding it. */
  walked: boolean;
}

function keep(statement: Statement): Kept {
  const kept = { statement, walked: false };
  const iterate = statement.iterate.bind(statement);
  Object.defineProperty(statement, 'iterate', {
    value: (...given: unknown[]) => {
      kept.walked = true;
      return iterate(...given);
    },
  });
  return kept;
}

function isSteppedThrough({ statement, walked }: Kept): boolean {
  return walked && statement.busy;
}
