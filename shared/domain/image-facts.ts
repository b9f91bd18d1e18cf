/** What a photo says of itself, read from its own bytes; nothing here trusts a file's name. */
export interface ImageFacts {
  width: number;
  height: number;
  /** Where it was taken, in degrees; evidence that somebody stood at the house. */
  position: { latitude: number; longitude: number } | null;
  /** When by the camera's clock: `2026-11-05T09:12:44`, without zone; null where it does not say. */
  takenAt: string | null;
}

/** Reads a JPEG or PNG; null where the bytes are no whole head of one. */
export function readImageFacts(bytes: Uint8Array): ImageFacts | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return view.getUint16(0) === 0xff_d8 ? readJpeg(bytes, view) : readPng(view);
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}

/** The EXIF segment of a JPEG, marker and length included, with its turn undone: the scaled photo stands upright. */
export function exifSegmentOf(bytes: Uint8Array): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (view.getUint16(0) !== 0xff_d8) return null;
    const found = segmentsOf(view).find((segment) => isExif(bytes, segment));
    if (found === undefined) return null;
    const segment = bytes.slice(found.at, found.at + 2 + found.length);
    const tiff = new Tiff(segment, 10);
    const turn = tiff.entry(tiff.first, 0x01_12);
    if (turn !== null) tiff.setShort(turn + 8, 1);
    return segment;
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}

/** Puts an EXIF segment where the standard has it: right behind the start of a JPEG. */
export function withExif(jpeg: Uint8Array, segment: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(jpeg.length + segment.length);
  joined.set(jpeg.subarray(0, 2));
  joined.set(segment, 2);
  joined.set(jpeg.subarray(2), 2 + segment.length);
  return joined;
}

interface Segment {
  at: number;
  marker: number;
  length: number;
}

/** The segments before the picture itself. */
function segmentsOf(view: DataView): Segment[] {
  const segments: Segment[] = [];
  let at = 2;
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    const length = view.getUint16(at + 2);
    segments.push({ at, marker, length });
    if (marker === 0xda) break;
    at += 2 + length;
  }
  return segments;
}

/** Frame headers; C4, C8 and CC are tables. */
function isFrame({ marker }: Segment): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function isExif(bytes: Uint8Array, { at, marker }: Segment): boolean {
  return marker === 0xe1 && String.fromCodePoint(...bytes.subarray(at + 4, at + 8)) === 'Exif';
}

function readJpeg(bytes: Uint8Array, view: DataView): ImageFacts | null {
  const segments = segmentsOf(view);
  const frame = segments.find(isFrame);
  if (frame === undefined) return null;
  const exif = segments.find((segment) => isExif(bytes, segment));
  return {
    height: view.getUint16(frame.at + 5),
    width: view.getUint16(frame.at + 7),
    ...(exif === undefined ? nothingSaid : readExif(bytes, exif)),
  };
}

function readPng(view: DataView): ImageFacts | null {
  if (view.getUint32(0) !== 0x89_50_4e_47 || view.getUint32(12) !== 0x49_48_44_52) return null;
  return { width: view.getUint32(16), height: view.getUint32(20), ...nothingSaid };
}

const nothingSaid = { position: null, takenAt: null };

/** What the camera wrote; a damaged block says nothing, and is no reason to refuse the photo. */
function readExif(bytes: Uint8Array, { at, length }: Segment): Pick<ImageFacts, 'position' | 'takenAt'> {
  try {
    const tiff = new Tiff(bytes.subarray(at, at + 2 + length), 10);
    return { position: readPosition(tiff), takenAt: readTakenAt(tiff) };
  } catch (cause) {
    if (cause instanceof RangeError) return nothingSaid;
    throw cause;
  }
}

function readPosition(tiff: Tiff): ImageFacts['position'] {
  const gps = tiff.directory(tiff.first, 0x88_25);
  if (gps === null) return null;
  const latitude = tiff.degrees(gps, 2);
  const longitude = tiff.degrees(gps, 4);
  if (latitude === null || longitude === null || latitude > 90 || longitude > 180) return null;
  return {
    latitude: tiff.text(gps, 1)?.startsWith('S') === true ? -latitude : latitude,
    longitude: tiff.text(gps, 3)?.startsWith('W') === true ? -longitude : longitude,
  };
}

function readTakenAt(tiff: Tiff): string | null {
  const details = tiff.directory(tiff.first, 0x87_69);
  const text = details === null ? null : tiff.text(details, 0x90_03);
  const read = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(text ?? '');
  return read === null ? null : `${read[1]}-${read[2]}-${read[3]}T${read[4]}`;
}

/** The little of TIFF that EXIF is written in: directories of twelve-byte entries. */
class Tiff {
  readonly #view: DataView;
  readonly #start: number;
  readonly #little: boolean;

  constructor(bytes: Uint8Array, start: number) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#start = start;
    this.#little = this.#view.getUint16(start) === 0x49_49;
  }

  get first(): number {
    return this.#long(this.#start + 4) + this.#start;
  }

  /** Where the entry of a tag stands, or null. */
  entry(directory: number, tag: number): number | null {
    const count = this.#view.getUint16(directory, this.#little);
    for (let nth = 0; nth < count; nth += 1) {
      const at = directory + 2 + nth * 12;
      if (this.#view.getUint16(at, this.#little) === tag) return at;
    }
    return null;
  }

  directory(parent: number, tag: number): number | null {
    const at = this.entry(parent, tag);
    return at === null ? null : this.#long(at + 8) + this.#start;
  }

  text(directory: number, tag: number): string | null {
    const at = this.entry(directory, tag);
    if (at === null) return null;
    const length = this.#long(at + 4);
    const from = length <= 4 ? at + 8 : this.#long(at + 8) + this.#start;
    return Array.from({ length: Math.min(length, 64) }, (_, nth) =>
      String.fromCodePoint(this.#view.getUint8(from + nth)),
    )
      .join('')
      .replace(/\0+$/, '');
  }

  /** Degrees, minutes and seconds as one number. */
  degrees(directory: number, tag: number): number | null {
    const at = this.entry(directory, tag);
    if (at === null) return null;
    const from = this.#long(at + 8) + this.#start;
    const [degrees = Number.NaN, minutes = 0, seconds = 0] = [0, 8, 16].map(
      (step) => this.#long(from + step) / this.#long(from + step + 4),
    );
    const value = degrees + (minutes || 0) / 60 + (seconds || 0) / 3_600;
    return Number.isFinite(value) ? value : null;
  }

  setShort(at: number, value: number): void {
    this.#view.setUint16(at, value, this.#little);
  }

  #long(at: number): number {
    return this.#view.getUint32(at, this.#little);
  }
}
