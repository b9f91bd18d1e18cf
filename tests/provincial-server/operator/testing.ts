import type { Pool } from 'pg';

/** A browser without a screen: keeps the cookie, reads the form token, sends forms as one would. */
export class OperatorBrowser {
  readonly #address: string;
  cookie: string | null = null;
  formToken = '';

  constructor(address: string) {
    this.#address = address;
  }

  async open(path: string): Promise<{ status: number; text: string; location: string | null }> {
    return await this.#send(path, { method: 'GET' });
  }

  /** Sends a form as the page of the session would, or with what a test changes of that. */
  async submit(
    path: string,
    fields: Record<string, string | File>,
    {
      headers = {},
      formToken = this.formToken,
    }: { headers?: Record<string, string>; formToken?: string } = {},
  ): Promise<{ status: number; text: string; location: string | null; retryAfter: string | null }> {
    const body = new FormData();
    for (const [name, value] of Object.entries({ formToken, ...fields })) body.set(name, value);
    return await this.#send(path, {
      method: 'POST',
      body,
      headers: { origin: this.#address, 'sec-fetch-site': 'same-origin', ...headers },
    });
  }

  /** Logs in, and learns the token of the session's forms. */
  async login(name: string, password: string, headers: Record<string, string> = {}): Promise<number> {
    const { status } = await this.submit('/operator/masuk', { nama: name, sandi: password }, { headers });
    if (status === 303) await this.open('/operator');
    return status;
  }

  async #send(path: string, init: RequestInit & { headers?: Record<string, string> }) {
    const response = await fetch(`${this.#address}${path}`, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, ...(this.cookie === null ? {} : { cookie: this.cookie }) },
    });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      this.cookie = pair.endsWith('=') ? null : pair;
    }
    const text = await response.text();
    this.formToken = /name="formToken" value="([^"]+)"/.exec(text)?.[1] ?? this.formToken;
    return {
      status: response.status,
      text,
      location: response.headers.get('location'),
      retryAfter: response.headers.get('retry-after'),
      headers: response.headers,
    };
  }
}

/** What an operator did last; undefined where nobody did anything. */
export async function findNewestAction(pool: Pool): Promise<Record<string, unknown> | undefined> {
  const { rows } = await pool.query(
    'SELECT action, about, operator.name AS who FROM operator_action LEFT JOIN operator ON operator.id = operator_id ORDER BY operator_action.id DESC LIMIT 1',
  );
  return rows[0];
}
