import type { ProxyAgent } from 'undici';
import type { ProxyRecord } from '../store/proxy.ts';

/**
 * A `fetch` that goes through the proxy which stands at the moment of the call, or straight where none
 * does. A change takes hold with the next request.
 *
 * @param current the proxy as it is set now
 */
export function throughProxy(plain: typeof fetch, current: () => ProxyRecord | null): typeof fetch {
  let agent: { proxy: string; dispatcher: ProxyAgent } | null = null;

  async function dispatcherFor(proxy: ProxyRecord): Promise<ProxyAgent> {
    const Agent = (await import('undici')).ProxyAgent;
    const named = JSON.stringify(proxy);
    if (agent?.proxy === named) return agent.dispatcher;
    void agent?.dispatcher.close();
    const { host, port, username, password } = proxy;
    const token =
      username === ''
        ? {}
        : { token: `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}` };
    agent = { proxy: named, dispatcher: new Agent({ uri: `http://${host}:${port}`, ...token }) };
    return agent.dispatcher;
  }

  return async (input, init) => {
    const proxy = current();
    if (proxy === null) return await plain(input, init);
    const through: RequestInit & { dispatcher: ProxyAgent } = {
      ...init,
      dispatcher: await dispatcherFor(proxy),
    };
    return await plain(input, through);
  };
}

/** Whether a request failed because the proxy does not let this office through. */
export function isProxyRefusal(cause: unknown): boolean {
  for (let at = cause; at instanceof Error; at = at.cause)
    if (/Proxy response \(40[37]\)/.test(at.message)) return true;
  return false;
}
