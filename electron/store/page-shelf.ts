/** A page of a list's keys or briefs, as `reference-keys.ts` writes them. */
export interface ShelvedPage {
  /** The first and the last key, or person, that it holds. */
  first: number;
  last: number;
  view: DataView;
}

const megabyte = 2 ** 20;
/** What a page takes beside its own bytes. */
const besideBytes = 300;
/** What a page of the file and so of a list takes. */
const mostBytes = 4096 + besideBytes;
/** What is kept where nobody makes more room, in MB. */
const roomAtFirst = 16;

interface Kept {
  page: ShelvedPage;
  /** Asked for since the shelf was last cleared up. */
  isUsed: boolean;
}

/**
 * Pages of lists in memory, ready to be looked into: taking one from SQLite costs more than finding a person in
 * it, also where it is decrypted. A page of a list that stands never changes, and a list's id is never given
 * again, so what is kept is true whatever others write meanwhile.
 */
export class PageShelf {
  readonly #rows = new Map<string, PageRow>();
  #room = roomAtFirst * megabyte;
  #bytes = 0;

  /** Megabytes that may be kept. */
  set room(megabytes: number) {
    this.#room = megabytes * megabyte;
    if (this.#bytes > this.#room) this.#clearUp();
  }

  /** Whether so many more pages may be put here before any has to go. */
  hasRoom(pages: number): boolean {
    return this.#bytes + pages * mostBytes <= this.#room;
  }

  /** The pages of one kind of a list, in their order. */
  row(kind: string, listId: string): PageRow {
    const name = `${kind} ${listId}`;
    const known = this.#rows.get(name);
    if (known !== undefined) return known;
    const row = new PageRow(listId);
    this.#rows.set(name, row);
    return row;
  }

  put(row: PageRow, page: ShelvedPage): void {
    if (!row.insert(page)) return;
    this.#bytes += sizeOf(page);
    if (this.#bytes > this.#room) this.#clearUp();
  }

  /** Lets go of all other lists: they count no more. */
  keepOnly(listIds: ReadonlySet<string>): void {
    for (const [name, row] of this.#rows) {
      if (listIds.has(row.listId)) continue;
      this.#rows.delete(name);
      this.#bytes -= row.drop(() => true);
    }
  }

  /** What nobody asked for of late goes; where that is not a quarter, all. */
  #clearUp(): void {
    for (const row of this.#rows.values()) this.#bytes -= row.drop(({ isUsed }) => !isUsed);
    if (4 * this.#bytes <= 3 * this.#room) return;
    for (const row of this.#rows.values()) this.#bytes -= row.drop(() => true);
  }
}

/** Some pages of a list, found by what they hold. */
export class PageRow {
  readonly listId: string;
  /** Whether every page was put here once: there is nothing to read ahead. */
  isWhole = false;
  #firsts: number[] = [];
  #kept: Kept[] = [];

  constructor(listId: string) {
    this.listId = listId;
  }

  /** The page that holds `at`, or would; null where it is not here. */
  find(at: number): ShelvedPage | null {
    const kept = this.#kept[this.#placeAfter(at) - 1];
    if (kept === undefined || at > kept.page.last) return null;
    kept.isUsed = true;
    return kept.page;
  }

  /** False where it is here already. */
  insert(page: ShelvedPage): boolean {
    const place = this.#placeAfter(page.first);
    if (this.#firsts[place - 1] === page.first) return false;
    this.#firsts.splice(place, 0, page.first);
    this.#kept.splice(place, 0, { page, isUsed: false });
    return true;
  }

  /** Lets go of some; answers how many bytes they took. */
  drop(goes: (kept: Kept) => boolean): number {
    let bytes = 0;
    const stay: Kept[] = [];
    for (const kept of this.#kept) {
      if (goes(kept)) bytes += sizeOf(kept.page);
      else stay.push({ page: kept.page, isUsed: false });
    }
    this.#kept = stay;
    this.#firsts = stay.map(({ page }) => page.first);
    return bytes;
  }

  /** How many begin at `at` or before it. */
  #placeAfter(at: number): number {
    let [low, high] = [0, this.#firsts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#firsts[middle] ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function sizeOf({ view }: ShelvedPage): number {
  return view.byteLength + besideBytes;
}
