import { useEffect, useState } from 'preact/hooks';
import { api } from '../api';
import { mediumColour } from '../draw/media';
import { count, fixed, metres } from '../format';
import { go, href, route, tune } from '../router';
import { designKey } from '../store';
import type { CableRow, CableSummary, Page } from '../types';
import { Grid, type Column } from '../ui/Grid';
import { Heads, useAnswer } from '../ui/parts';
import { CablePanel } from './CablePanel';
import { Labels } from './Labels';

const all: Column<CableRow>[] = [
  { key: 'id', text: 'Cable', width: 124, sort: 'n', cell: (r) => <b>{r.id}</b> },
  { key: 'role', text: 'Network', width: 90, cell: (r) => r.role },
  { key: 'plane', text: 'Plane', width: 60, right: true, cell: (r) => r.plane },
  { key: 'tier', text: 'Tier', width: 90, cell: (r) => r.tier },
  { key: 'a', text: 'From', width: 122, sort: 'a', cell: (r) => r.a },
  { key: 'a_port', text: 'Port', width: 62, cell: (r) => r.a_port },
  { key: 'a_rack', text: 'Rack', width: 84, sort: 'a_rack', cell: (r) => r.a_rack },
  { key: 'z', text: 'To', width: 130, sort: 'z', cell: (r) => r.z },
  { key: 'z_port', text: 'Port', width: 68, cell: (r) => r.z_port },
  { key: 'z_rack', text: 'Rack', width: 84, cell: (r) => r.z_rack },
  { key: 'rate_gbps', text: 'Rate', width: 66, right: true, cell: (r) => `${r.rate_gbps}G` },
  {
    key: 'medium',
    text: 'Medium',
    width: 92,
    cell: (r) => (
      <>
        <i class="dot" style={{ background: `var(--${mediumColour(r.medium)})`, marginRight: '6px' }} />
        {r.medium}
      </>
    ),
  },
  { key: 'product', text: 'Product', width: 160, sort: 'product', cell: (r) => r.product },
  { key: 'length_m', text: 'Length', width: 80, right: true, sort: 'length', cell: (r) => `${fixed(r.length_m, 2)} m` },
  { key: 'order_length_m', text: 'Order', width: 74, right: true, sort: 'order_length', cell: (r) => (r.order_length_m ? `${r.order_length_m} m` : '–') },
  { key: 'loss_db', text: 'Loss', width: 76, right: true, sort: 'loss', cell: (r) => (r.loss_db === undefined ? '–' : `${fixed(r.loss_db, 2)} dB`) },
  { key: 'bundle', text: 'Bundle', width: 80, cell: (r) => r.bundle },
];
const usual = ['id', 'a', 'a_port', 'z', 'z_port', 'medium', 'length_m', 'product', 'order_length_m', 'rate_gbps', 'a_rack', 'z_rack', 'tier'];

function savedColumns(): string[] {
  try {
    const s = JSON.parse(localStorage.getItem('lightloom-columns') ?? 'null') as unknown;
    if (Array.isArray(s) && s.length) return s.filter((k) => all.some((c) => c.key === k)) as string[];
  } catch {
    // nothing saved that can be read
  }
  return usual;
}

/** Sets of columns by the names that their user gave them. */
function savedSets(): Record<string, string[]> {
  try {
    const s = JSON.parse(localStorage.getItem('lightloom-column-sets') ?? '{}') as Record<string, unknown>;
    return Object.fromEntries(
      Object.entries(s).flatMap(([name, keys]) => (Array.isArray(keys) ? [[name, keys.filter((k): k is string => all.some((c) => c.key === k))] as const] : [])),
    );
  } catch {
    return {};
  }
}

const ready: Record<string, string[]> = {
  usual: [],
  'to pull': ['id', 'a', 'a_port', 'a_rack', 'z', 'z_port', 'z_rack', 'order_length_m', 'product', 'bundle'],
  'to buy': ['id', 'product', 'medium', 'rate_gbps', 'length_m', 'order_length_m', 'tier', 'role'],
  optics: ['id', 'product', 'medium', 'length_m', 'loss_db', 'a', 'a_port', 'z', 'z_port', 'tier', 'plane'],
};

const filterKeys = ['role', 'tier', 'plane', 'medium', 'product', 'rack', 'device', 'min_m', 'max_m', 'q'] as const;

export function Histogram({ of }: { of: CableSummary['lengths'] }) {
  const sums = of.map((b) => b.copper + b.fibre).sort((a, b) => b - a);
  // Where one bar would leave nothing of the others, heights are logarithms.
  const log = sums.length > 1 && sums[1] < sums[0] * 0.08;
  const scale = (n: number) => (log ? Math.log10(1 + n) : n);
  const most = Math.max(1, sums[0] ?? 0);
  const bar = 100 / Math.max(1, of.length);
  return (
    <figure style={{ margin: '0' }}>
      <svg viewBox="0 0 300 110" width="100%" style={{ maxWidth: '400px' }} role="img" aria-label={`Cables by length: ${of.map((b) => `${b.from_m} to ${b.to_m} m, ${count(b.copper + b.fibre)}`).join('; ')}`}>
        {of.map((b, i) => {
          const h = (scale(b.copper + b.fibre) / scale(most)) * 84;
          const f = h * (b.fibre / Math.max(1, b.copper + b.fibre));
          return (
            <g key={i}>
              <title>
                {b.from_m} to {b.to_m} m: {count(b.copper)} copper, {count(b.fibre)} fibre
              </title>
              <rect x={bar * 3 * i} y={90 - h} width={Math.max(1, bar * 3 - 2)} height={h - f} fill="var(--copper)" />
              <rect x={bar * 3 * i} y={90 - f} width={Math.max(1, bar * 3 - 2)} height={f} fill="var(--multi)" />
            </g>
          );
        })}
        <line x1="0" y1="90.5" x2="300" y2="90.5" stroke="var(--line-strong)" />
        <text x="0" y="104" font-size="11" fill="var(--muted)">
          {metres(of[0]?.from_m ?? 0)}
        </text>
        <text x="300" y="104" font-size="11" text-anchor="end" fill="var(--muted)">
          {metres(of[of.length - 1]?.to_m ?? 0)}
        </text>
      </svg>
      <figcaption class="legend">
        <span>
          <i class="swatch" style={{ background: 'var(--copper)' }} /> copper
        </span>
        <span>
          <i class="swatch" style={{ background: 'var(--multi)' }} /> fibre
        </span>
        <span>
          most in one bar {count(most)}
          {log ? ', heights as logarithms' : ''}
        </span>
      </figcaption>
    </figure>
  );
}

export function Cables() {
  const { rest, query } = route.value;
  const [columns, setColumns] = useState(savedColumns);
  const [choosing, setChoosing] = useState(false);
  const [sets, setSets] = useState(savedSets);
  const [setName, setSetName] = useState('');
  const keep = (s: Record<string, string[]>) => {
    setSets(s);
    localStorage.setItem('lightloom-column-sets', JSON.stringify(s));
  };
  const same = (a: string[], b: string[]) => a.length === b.length && a.every((k, i) => k === b[i]);
  const sets0: Record<string, string[]> = { ...ready, usual, ...sets };
  const current = Object.keys(sets0).find((n) => same(sets0[n], columns));
  const [total, setTotal] = useState<number | null>(null);
  useEffect(() => localStorage.setItem('lightloom-columns', JSON.stringify(columns)), [columns]);
  const filter = Object.fromEntries(filterKeys.map((k) => [k, query[k]]).filter(([, v]) => v));
  const key = `${designKey.value}|${JSON.stringify(filter)}`;
  const summary = useAnswer((s) => api.get<CableSummary>('cables/summary', filter, s), [key]);
  const whole = useAnswer((s) => api.get<CableSummary>('cables/summary', {}, s), [designKey.value]);
  if (rest[0] === 'labels') return <Labels rack={query.rack} />;
  const id = rest[0];
  const sort = query.sort;
  const choose = (r: CableRow) => go('cables', [r.id], query, true);
  const set = (k: string, v: string) => tune({ [k]: v || undefined });
  const shown = columns.map((k) => all.find((c) => c.key === k)!);
  const active = filterKeys.filter((k) => query[k]);
  const text = (k: string, label: string, wide = false) => (
    <label>
      <span>{label}</span>
      <input class={wide ? 'wide' : ''} value={query[k] ?? ''} onChange={(e) => set(k, e.currentTarget.value.trim())} spellcheck={false} />
    </label>
  );
  const pick = (k: string, label: string, options: string[]) => (
    <label>
      <span class="sr">{label}</span>
      <select value={query[k] ?? ''} onChange={(e) => set(k, e.currentTarget.value)}>
        <option value="">{label}: all</option>
        {options.map((o) => (
          <option key={o} value={o}>
            {o}
          </option>
        ))}
        {query[k] && !options.includes(query[k]) && <option value={query[k]}>{query[k]}</option>}
      </select>
    </label>
  );
  return (
    <>
      <div class="bar">
        <h1>Cables</h1>
        <span class="muted num" role="status">
          {count(total)} {active.length ? 'fit the filter' : 'cables'}
          {summary.value ? `, ${metres(summary.value.length_m)} in all` : ''}
        </span>
        <span class="spring" />
        <a class="button" href={href('cables', ['labels'], { rack: query.rack })}>
          Labels
        </a>
        <label class="row">
          <span class="sr">Set of columns</span>
          <select value={current ?? ''} onChange={(e) => e.currentTarget.value && setColumns(sets0[e.currentTarget.value])}>
            {!current && <option value="">Columns: own choice</option>}
            {Object.keys(sets0).map((n) => (
              <option key={n} value={n}>
                Columns: {n}
              </option>
            ))}
          </select>
        </label>
        <button aria-expanded={choosing} onClick={() => setChoosing(!choosing)}>
          Choose
        </button>
      </div>
      <div class="bar filters" role="search" aria-label="Filter">
        {text('q', 'Find', true)}
        {pick('role', 'Network', ['backend', 'frontend', 'oob'])}
        {pick('tier', 'Tier', ['host-leaf', 'leaf-spine', 'spine-super-spine'])}
        {pick('medium', 'Medium', whole.value?.by_medium.map((m) => m.name) ?? [])}
        {pick('product', 'Product', whole.value?.by_product.map((p) => p.name) ?? [])}
        {text('rack', 'Rack')}
        {text('device', 'Device')}
        {text('min_m', 'Metres from')}
        {text('max_m', 'to')}
        {active.length > 0 && <button onClick={() => go('cables', rest, { sort }, true)}>Clear {active.length === 1 ? 'the filter' : `${active.length} filters`}</button>}
      </div>
      {choosing && (
        <div class="bar" role="group" aria-label="Columns shown">
          {all.map((c) => (
            <label class="check" key={c.key}>
              <input type="checkbox" checked={columns.includes(c.key)} onChange={(e) => setColumns(e.currentTarget.checked ? [...columns, c.key] : columns.filter((k) => k !== c.key))} />
              {c.key === 'a_port' || c.key === 'a_rack' ? `From: ${c.text}` : c.key === 'z_port' || c.key === 'z_rack' ? `To: ${c.text}` : c.text}
            </label>
          ))}
          <form
            class="row"
            onSubmit={(e) => {
              e.preventDefault();
              const n = setName.trim();
              if (!n || n in ready) return;
              keep({ ...sets, [n]: columns });
              setSetName('');
            }}
          >
            <label class="row">
              <span class="muted">Keep as</span>
              <input value={setName} size={12} maxLength={30} onInput={(e) => setSetName(e.currentTarget.value)} placeholder="a name" />
            </label>
            <button type="submit" disabled={!setName.trim() || setName.trim() in ready}>
              Save
            </button>
            {current && current in sets && (
              <button
                type="button"
                class="danger"
                onClick={() => {
                  const { [current]: _, ...rest } = sets;
                  keep(rest);
                }}
              >
                Forget “{current}”
              </button>
            )}
          </form>
        </div>
      )}
      <div class="split" style={{ gridTemplateColumns: 'minmax(0, 1fr) minmax(300px, 25%)' }}>
        <Grid<CableRow>
          label="Cables"
          columns={shown}
          source={key}
          sort={sort}
          onSort={(s) => tune({ sort: s === 'n' ? undefined : s })}
          fetch={(offset, limit, signal) => api.get<Page<CableRow>>('cables', { ...filter, sort, offset, limit }, signal)}
          selected={(r) => r.id === id}
          onChoose={choose}
          onTotal={setTotal}
          reveal={id && !sort && !active.length ? Number(/\d+$/.exec(id)?.[0] ?? 0) - 1 : undefined}
        />
        <aside class="side" aria-label={id ? `Cable ${id}` : 'Summary'}>
          {id ? (
            <CablePanel id={id} />
          ) : (
            <>
              <section>
                <h2>Lengths</h2>
                {summary.value && <Histogram of={summary.value.lengths} />}
              </section>
              <section>
                <h2>By medium</h2>
                <table class="plain">
                  <caption class="sr">Cables by medium</caption>
                  <Heads of={['Medium', { right: 'Cables' }, { right: 'Length' }]} />
                  <tbody>
                    {summary.value?.by_medium.map((m) => (
                      <tr key={m.name}>
                        <td>
                          <i class="dot" style={{ background: `var(--${mediumColour(m.name)})` }} /> {m.name}
                        </td>
                        <td class="r">{count(m.count)}</td>
                        <td class="r">{metres(m.length_m)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </section>
              <section>
                <h2>By product</h2>
                <table class="plain">
                  <caption class="sr">Cables by product</caption>
                  <tbody>
                    {summary.value?.by_product.map((p) => (
                      <tr key={p.name}>
                        <td>
                          <a href={href('cables', [], { ...query, product: p.name })}>{p.name}</a>
                        </td>
                        <td class="r">{count(p.count)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </section>
            </>
          )}
        </aside>
      </div>
    </>
  );
}

