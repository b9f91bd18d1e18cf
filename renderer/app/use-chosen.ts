import { useMemo, useState } from 'react';

export interface Chosen<Row> {
  /** Keys, as the list marks them. */
  keys: ReadonlySet<string>;
  rows: readonly Row[];
  /** What the list marked; rows that are not loaded any more stay chosen. */
  choose: (keys: ReadonlySet<string>) => void;
  /** Also rows that the list has not loaded. */
  chooseRows: (rows: readonly Row[]) => void;
  clear: () => void;
}

/** What is chosen of a list that is loaded by pages. */
export function useChosen<Row>(
  loaded: readonly (Row | undefined)[],
  keyOf: (row: Row) => string,
): Chosen<Row> {
  const [picked, setPicked] = useState<ReadonlyMap<string, Row>>(new Map());
  const byKey = useMemo(() => mapOf(loaded, keyOf), [loaded, keyOf]);
  const rows = useMemo(() => stillThere(picked, byKey, loaded), [picked, byKey, loaded]);
  return {
    keys: new Set(picked.keys()),
    rows,
    choose: (keys) =>
      setPicked(
        new Map(
          [...keys].flatMap((key): [string, Row][] => {
            const row = byKey.get(key) ?? picked.get(key);
            return row === undefined ? [] : [[key, row]];
          }),
        ),
      ),
    chooseRows: (chosen) => setPicked(mapOf(chosen, keyOf)),
    clear: () => setPicked(new Map()),
  };
}

/** As the list has them now. A list that is loaded whole knows what a colleague has moved elsewhere. */
export function stillThere<Row>(
  picked: ReadonlyMap<string, Row>,
  byKey: ReadonlyMap<string, Row>,
  loaded: readonly (Row | undefined)[],
): Row[] {
  const whole = loaded.every((row) => row !== undefined);
  return [...picked].flatMap(([key, row]) => byKey.get(key) ?? (whole ? [] : row));
}

function mapOf<Row>(rows: readonly (Row | undefined)[], keyOf: (row: Row) => string): Map<string, Row> {
  return new Map(rows.flatMap((row): [string, Row][] => (row === undefined ? [] : [[keyOf(row), row]])));
}
