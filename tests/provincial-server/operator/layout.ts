import { html } from 'hono/html';
import type { OperatorSession } from './operators.ts';

/** Pieces that every page for operators is put together from; values are escaped by `html`. */

export type Html = ReturnType<typeof html>;

const links = [
  ['/operator', 'Kantor'],
  ['/operator/kode', 'Kode pendaftaran'],
  ['/operator/terbit', 'Terbitan'],
  ['/operator/token', 'Token pembaca'],
  ['/operator/akun', 'Operator'],
  ['/operator/catatan', 'Catatan'],
  ['/operator/sandi', 'Kata sandi'],
] as const;

export interface PageOptions {
  title: string;
  /** Null on the pages before the log-in. */
  session: OperatorSession | null;
  /** Path of the page, to mark it in the navigation. */
  path?: string;
  body: Html;
}

export function page({ title, session, path, body }: PageOptions): Html {
  return html`<!doctype html>
    <html lang="id">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Mutakhir Provinsi</title>
        <link rel="stylesheet" href="/operator/gaya.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#isi">Langsung ke isi</a>
        <header>
          <p class="brand">Mutakhir Provinsi</p>
          ${session === null ? '' : navigation(session, path)}
        </header>
        <main id="isi" tabindex="-1">
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`;
}

function navigation(session: OperatorSession, path: string | undefined): Html {
  return html`<nav aria-label="Halaman">
      <ul>
        ${links.map(
          ([href, label]) =>
            html`<li><a href="${href}" ${href === path ? html`aria-current="page"` : ''}>${label}</a></li>`,
        )}
      </ul>
    </nav>
    ${form(
      session,
      '/operator/keluar',
      html`<button class="quiet">Keluar (${session.operator.name})</button>`,
    )}`;
}

/** A form that carries the session's token, without which nothing is done. */
export function form(session: OperatorSession, action: string, body: Html, upload = false): Html {
  return html`<form method="post" action="${action}" ${upload ? html`enctype="multipart/form-data"` : ''}>
    <input type="hidden" name="formToken" value="${session.formToken}" />
    ${body}
  </form>`;
}

/** A labelled control; `hint` and `error` are read out with it. */
export function field(
  name: string,
  label: string,
  control: (attributes: Html) => Html,
  { hint }: { hint?: string } = {},
): Html {
  const described = hint === undefined ? html`` : html`aria-describedby="${name}-ket"`;
  return html`<div class="field">
    <label for="${name}">${label}</label>
    ${hint === undefined ? '' : html`<p class="hint" id="${name}-ket">${hint}</p>`}
    ${control(html`id="${name}" name="${name}" ${described}`)}
  </div>`;
}

/** A column of numbers stands at the right, its head above them. */
export interface Head {
  number: string;
}

export function table(
  caption: string,
  heads: readonly (string | Head)[],
  rows: readonly Html[],
  empty: string,
): Html {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map((head) =>
            typeof head === 'string'
              ? html`<th scope="col">${head}</th>`
              : html`<th scope="col" class="number">${head.number}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

export function note(text: string, tone: 'done' | 'problem'): Html {
  return html`<p class="note ${tone}" role="${tone === 'problem' ? 'alert' : 'status'}">${text}</p>`;
}

const moment = new Intl.DateTimeFormat('id-ID', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'Asia/Jakarta',
});

export function time(at: Date): Html {
  return html`<time datetime="${at.toISOString()}">${moment.format(at)}</time>`;
}

const counts = new Intl.NumberFormat('id-ID');

export function count(value: number): string {
  return counts.format(value);
}

export const stylesheet = `
:root { color-scheme: light dark; --ink: light-dark(#1c2230, #e8eaf0); --soft: light-dark(#545b6b, #a9b0c0);
  --paper: light-dark(#fff, #171a21); --ground: light-dark(#f4f5f8, #101218); --line: light-dark(#d5d9e2, #343947);
  --main: light-dark(#1b4f9c, #9ec1ff); --on-main: light-dark(#fff, #10131a); --bad: light-dark(#a3201d, #ffb0a8); --good: light-dark(#1d6a3a, #94dcae); }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; padding: .5rem 1.5rem; background: var(--paper); border-bottom: 1px solid var(--line); }
.brand { margin: 0; font-weight: 700; }
nav { flex: 1; } nav ul { display: flex; flex-wrap: wrap; gap: .25rem; margin: 0; padding: 0; list-style: none; }
nav a { display: block; padding: .4rem .7rem; border-radius: 6px; color: var(--ink); text-decoration: none; }
nav a:hover { background: var(--ground); } nav a[aria-current] { background: var(--main); color: var(--on-main); }
main { max-width: 82rem; margin: 0 auto; padding: 1rem 1.5rem 3rem; } main:focus { outline: none; }
h1 { font-size: 1.5rem; margin: .5rem 0 1rem; } h2 { font-size: 1.15rem; margin: 1.75rem 0 .5rem; }
a { color: var(--main); } .skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .5rem; }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
.scroll { overflow-x: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; } caption { text-align: left; padding: .6rem .8rem; font-weight: 600; }
th, td { padding: .45rem .8rem; text-align: left; border-top: 1px solid var(--line); vertical-align: top; } th { color: var(--soft); font-weight: 600; } tbody th { color: var(--ink); }
.number { text-align: right; font-variant-numeric: tabular-nums; } .bad { color: var(--bad); font-weight: 600; } .good { color: var(--good); }
.soft, .hint { color: var(--soft); font-size: .9rem; } .hint { margin: 0 0 .25rem; } .empty { color: var(--soft); }
.field { margin: 0 0 1rem; max-width: 42rem; } label, legend { display: block; font-weight: 600; }
input:not([type=hidden]):not([type=checkbox]), select, textarea { width: 100%; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 6px; padding: .45rem .6rem; }
textarea { min-height: 9rem; font-family: ui-monospace, monospace; } .check { display: flex; gap: .5rem; align-items: start; margin: 0 0 1rem; } .check label { font-weight: 400; }
button { font: inherit; font-weight: 600; padding: .5rem 1rem; border-radius: 6px; border: 1px solid var(--main); background: var(--main); color: var(--on-main); cursor: pointer; }
button.quiet { background: transparent; color: var(--main); } button.danger { background: transparent; border-color: var(--bad); color: var(--bad); }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.25rem; margin: 0 0 1rem; }
.note { padding: .6rem .9rem; border-left: 4px solid; background: var(--paper); } .note.problem { border-color: var(--bad); color: var(--bad); } .note.done { border-color: var(--good); }
.secret { font: 600 1.25rem ui-monospace, monospace; overflow-wrap: anywhere; user-select: all; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 0; } dt { color: var(--soft); } dd { margin: 0; }
`;
