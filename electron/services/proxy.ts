import type { ProxyInput, ProxyView } from '../../shared/contract/proxy.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import { findProxy, putProxy } from '../store/proxy.ts';
import type { Register, ServiceActor } from './register.ts';

export function readProxy({ db }: Register): ProxyView {
  const proxy = findProxy(db);
  return proxy === null
    ? null
    : {
        host: proxy.host,
        port: proxy.port,
        username: proxy.username,
        hasPassword: proxy.password !== '',
      };
}

/** Sets the network's proxy, or takes it away, and tries the province through it at once. */
export function setProxy(register: Register, actor: ServiceActor, input: ProxyInput | null): ProxyView {
  transaction(register.db, () => {
    putProxy(register.db, input === null ? null : { ...input, password: passwordOf(register, input) });
    appendEvent(register.db, {
      at: instant(register.clock),
      actor: { id: actor.id, role: actor.role },
      type: 'proksi_diatur',
      payload: { proksi: input === null ? null : `${input.host}:${input.port}` },
    });
  });
  register.push?.retryNow();
  return readProxy(register);
}

/** The stored password goes to no other proxy and under no other name than it was entered for. */
function passwordOf({ db }: Register, { host, port, username, password }: ProxyInput): string {
  if (username === '') return '';
  if (password !== null) return password;
  const standing = findProxy(db);
  const isSame = standing?.host === host && standing.port === port && standing.username === username;
  return isSame ? standing.password : '';
}
