import { address, headers } from '../api';

/** A CSV file of a run, as columns of text; null where the run wrote none. Bounded: charts need no more. */
export async function csv(run: string, name: string, signal: AbortSignal): Promise<Record<string, string[]> | null> {
  const r = await fetch(address(`runs/${run}/files/${name}`), { headers: headers(), signal });
  if (!r.ok) return null;
  const text = await r.text();
  const lines = text.slice(0, 40 << 20).split('\n');
  const head = lines[0].split(',');
  const columns: Record<string, string[]> = Object.fromEntries(head.map((h) => [h, []]));
  for (let i = 1; i < lines.length; i++) {
    if (!lines[i]) continue;
    const cells = lines[i].split(',');
    for (let k = 0; k < head.length; k++) columns[head[k]].push(cells[k]);
  }
  return columns;
}

export interface Heat {
  cable: string;
  from: string;
  to: string;
  mean: number;
  peakQueue: number;
}

export async function linkHeat(run: string, signal: AbortSignal): Promise<Heat[]> {
  const t = await csv(run, 'trace-links.csv', signal);
  if (!t?.link) return [];
  const of = new Map<string, Heat & { n: number }>();
  for (let i = 0; i < t.link.length; i++) {
    const h = of.get(t.link[i]) ?? { cable: t.cable?.[i] ?? '', from: t.from?.[i] ?? '', to: t.to?.[i] ?? '', mean: 0, peakQueue: 0, n: 0 };
    h.mean += Number(t.utilisation[i]);
    h.peakQueue = Math.max(h.peakQueue, Number(t.queue_bytes[i]));
    h.n++;
    of.set(t.link[i], h);
  }
  return [...of.values()].map((h) => ({ ...h, mean: h.mean / h.n })).sort((a, b) => b.mean - a.mean);
}
