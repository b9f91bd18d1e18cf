type Handler = (request: Request) => Promise<Response>;

interface Scheme {
  scheme: string;
  privileges?: { standard?: boolean; secure?: boolean; supportFetchAPI?: boolean };
}

/** `protocol`: a scheme must be made privileged before the program is ready, and handled after. */
export class Protocols {
  readonly #privileged = new Set<string>();
  readonly #handlers = new Map<string, Handler>();
  ready = false;

  registerSchemesAsPrivileged(schemes: Scheme[]): void {
    if (this.ready) throw new Error('registerSchemesAsPrivileged must be called before the app is ready.');
    for (const { scheme, privileges } of schemes) {
      if (privileges?.standard && privileges.secure && privileges.supportFetchAPI)
        this.#privileged.add(scheme);
    }
  }

  handle(scheme: string, handler: Handler): void {
    if (!this.ready) throw new Error('protocol.handle must be called after the app is ready.');
    if (!this.#privileged.has(scheme))
      throw new Error(`${scheme}: has no origin, fetch or storage in a page.`);
    this.#handlers.set(scheme, handler);
  }

  /** What a page, or a test in its place, asks of a scheme. */
  async ask(request: Request): Promise<Response> {
    const handler = this.#handlers.get(new URL(request.url).protocol.slice(0, -1));
    if (handler === undefined) throw new Error(`Nobody handles ${request.url}`);
    return handler(request);
  }
}
