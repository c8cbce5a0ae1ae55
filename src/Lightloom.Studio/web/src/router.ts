import { signal } from '@preact/signals';

/** Where the page is: a view, an object in it and what is switched on; all of it stands in the address, so that every state is a link. */
export interface Route {
  view: string;
  /** Path segments after the view, decoded. */
  rest: string[];
  query: Record<string, string>;
}

function parse(): Route {
  const hash = location.hash.replace(/^#\/?/, '');
  const [path = '', query = ''] = hash.split('?');
  const [view = '', ...rest] = path.split('/').map(decodeURIComponent);
  return { view: view || 'requirements', rest: rest.filter(Boolean), query: Object.fromEntries(new URLSearchParams(query)) };
}

export const route = signal<Route>(parse());
addEventListener('hashchange', () => (route.value = parse()));

export function href(view: string, rest: string[] = [], query: Record<string, string | number | undefined> = {}): string {
  const q = new URLSearchParams();
  for (const [k, v] of Object.entries(query)) if (v !== undefined && v !== '') q.set(k, String(v));
  const text = q.toString();
  return `#/${[view, ...rest].map(encodeURIComponent).join('/')}${text ? `?${text}` : ''}`;
}

export function go(view: string, rest: string[] = [], query: Record<string, string | number | undefined> = {}, replace = false): void {
  const to = href(view, rest, query);
  if (replace) {
    history.replaceState(null, '', to);
    route.value = parse();
  } else {
    location.hash = to;
  }
}

/** Changes some of the query and keeps the rest. */
export function tune(query: Record<string, string | number | undefined>, replace = true): void {
  const r = route.value;
  go(r.view, r.rest, { ...r.query, ...query }, replace);
}
