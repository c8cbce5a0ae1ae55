import { signal } from '@preact/signals';
import { api } from '../api';
import type { Ids } from './complete';
import type { Schema } from './schema';

interface Part {
  id: string;
  detail?: string;
  name?: string;
}

export const schema = signal<Schema | null>(null);
export const ids = signal<Ids>({});

let asked = false;

/** Fetches the format's schema and the catalogue's ids, once. */
export function know(): void {
  if (asked) return;
  asked = true;
  api.get<Schema>('spec/schema').then(
    (s) => (schema.value = s),
    () => (asked = false),
  );
  api.get<Record<string, Part[]>>('catalog').then(
    (c) => {
      const list = (name: string) => (c[name] ?? []).map((p) => ({ id: p.id, detail: p.detail ?? p.name ?? '' }));
      const switches = list('switches');
      const all = [...switches, ...list('interconnects'), ...list('nodes')];
      ids.value = { node: list('nodes'), switch: switches, leaf: switches, spine: switches, super_spine: switches, nic: list('nics'), model: list('models'), prices: all, only: list('interconnects'), exclude: list('interconnects') };
    },
    () => undefined,
  );
}
