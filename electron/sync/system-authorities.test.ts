import { describe, expect, it } from 'vitest';
import pino from 'pino';
import { type Authorities, trustingSystem } from './system-authorities.ts';

const answer: typeof fetch = () => Promise.resolve(new Response('dijawab'));
const province = 'https://provinsi.test/v1/health';

function told(authorities: Partial<Authorities>) {
  const lines: string[] = [];
  const log = pino({ base: null }, { write: (line: string) => void lines.push(line) });
  const set: unknown[] = [];
  const fetch = trustingSystem(answer, log, {
    getCACertificates: (of) => [`${of ?? 'default'} 1`, `${of ?? 'default'} 2`],
    setDefaultCACertificates: (all) => void set.push(all),
    ...authorities,
  });
  return { fetch, set, lines };
}

describe('the authorities of the system', () => {
  it.each([
    ['text', province],
    ['an address', new URL(province)],
    ['a request', new Request(province)],
  ])('are trusted beside those of Node, from the first request under TLS: %s', async (_, input) => {
    const { fetch, set, lines } = told({});
    await fetch('http://127.0.0.1:1/v1/health');
    expect(set).toEqual([]);
    await fetch(input);
    await fetch(input);
    expect(set).toEqual([['default 1', 'default 2', 'system 1', 'system 2']]);
    expect(lines).toEqual([]);
  });

  it.each<[string, Partial<Authorities>]>([
    [
      'cannot be read',
      {
        getCACertificates: () => {
          throw new Error('CN=Ani Administrator');
        },
      },
    ],
    [
      'are not taken',
      {
        setDefaultCACertificates: () => {
          throw new Error('CN=Ani Administrator');
        },
      },
    ],
  ])('keep no request back where they %s; the log says so once, and names nobody', async (_, failing) => {
    const { fetch, lines } = told(failing);
    expect(await (await fetch(province)).text()).toBe('dijawab');
    expect(await (await fetch(province)).text()).toBe('dijawab');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ kind: 'Error', places: expect.any(Array) });
    expect(lines[0]).not.toContain('Ani');
  });
});
