import { api } from '../api';
import type { CableRow } from '../types';
import { linkHeat } from './traces';

/** The busiest links of a run, by the cables that carry them. */
export interface HotCable {
  row: CableRow;
  mean: number;
}

const kept = new Map<string, Promise<HotCable[]>>();

/** Which cables a simulation used most; the run's trace names its busiest links. */
export function hotCables(run: string): Promise<HotCable[]> {
  let found = kept.get(run);
  if (!found) {
    found = (async () => {
      const of = new Map<string, number>();
      for (const h of await linkHeat(run, new AbortController().signal)) if (h.cable) of.set(h.cable, Math.max(of.get(h.cable) ?? 0, h.mean));
      const busiest = [...of].sort((a, b) => b[1] - a[1]).slice(0, 60);
      const rows = await Promise.all(busiest.map(([id]) => api.get<CableRow>(`cables/${encodeURIComponent(id)}`).catch(() => null)));
      return busiest.flatMap(([, mean], i) => (rows[i] ? [{ row: rows[i], mean }] : []));
    })();
    kept.set(run, found);
    found.catch(() => kept.delete(run));
  }
  return found;
}
