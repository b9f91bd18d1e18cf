import { describe, expect, test } from 'vitest';
import { findForeignCaller, loopbackAddresses, windowAddress } from './address.ts';

const loopback = (url: string, headers: Record<string, string> = {}) =>
  findForeignCaller(new Request(url, { method: 'POST', headers }), loopbackAddresses);
const window = (url: string, headers: Record<string, string> = {}) =>
  findForeignCaller(new Request(url, { method: 'POST', headers }), [windowAddress]);

describe('who may call', () => {
  test('this machine by any of its names, on any port', () => {
    expect(loopback('http://127.0.0.1:4321/rpc/x')).toBeNull();
    expect(loopback('http://localhost:80/rpc/x')).toBeNull();
    expect(loopback('http://[::1]:4321/rpc/x')).toBeNull();
  });

  test('not a name that somebody pointed at this machine', () => {
    expect(loopback('http://evil.example:4321/rpc/x')).toBe('wrong_host');
    expect(loopback('http://127.0.0.1.evil.example/rpc/x')).toBe('wrong_host');
    expect(loopback('https://127.0.0.1/rpc/x')).toBe('wrong_host');
  });

  test('only a page of the very same address, port included', () => {
    expect(loopback('http://127.0.0.1:4321/rpc/x', { origin: 'http://127.0.0.1:4321' })).toBeNull();
    expect(loopback('http://127.0.0.1:4321/rpc/x', { origin: 'http://127.0.0.1:8080' })).toBe('cross_origin');
    expect(loopback('http://127.0.0.1:4321/rpc/x', { origin: 'http://evil.example' })).toBe('cross_origin');
    expect(loopback('http://127.0.0.1:4321/rpc/x', { origin: 'null' })).toBe('cross_origin');
  });

  test('the window is told apart from other app:// pages, whose origin is always "null"', () => {
    expect(window('app://mutakhir/rpc/x')).toBeNull();
    expect(window('app://mutakhir/rpc/x', { origin: 'app://mutakhir' })).toBeNull();
    expect(window('app://mutakhir/rpc/x', { origin: 'app://other' })).toBe('cross_origin');
    expect(window('app://other/rpc/x')).toBe('wrong_host');
  });

  test('what the browser itself calls cross-site may open a page but not call the office', () => {
    const crossSite = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };
    expect(loopback('http://127.0.0.1:4321/rpc/x', crossSite)).toBe('cross_origin');
    const navigation = new Request('http://127.0.0.1:4321/', {
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    });
    // Node's Request keeps the header; in a browser a page cannot set it.
    expect(findForeignCaller(navigation, loopbackAddresses)).toBeNull();
  });
});
