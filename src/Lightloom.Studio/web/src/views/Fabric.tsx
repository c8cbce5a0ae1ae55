import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api';
import { exportPageSvg } from '../draw/painter';
import { count, fixed, gbps, metres, percent, plural, short } from '../format';
import { go, href, route, tune } from '../router';
import { designKey } from '../store';
import type { DeviceRow, FabricEdge, FabricInfo, FabricNode, FabricPicture, Page, WhatIf } from '../types';
import { Facts, Heads, Menu, Refusal, useAnswer } from '../ui/parts';
import { colours } from '../ui/theme';
import { DevicePage } from './Device';
import { heatOf } from './heat';
import { PathPage } from './Path';

const H = 60;
const GAP = 14;
const TIGHT_GAP = 8;
const NARROWEST = 60;
const LIFT = 150;

/** Hosts stand below, each tier of switches above the one it hangs from. */
function rankOf(tier: string): number {
  const ranks: Record<string, number> = { host: 0, node: 0, pool: 0, leaf: 1, router: 1, switch: 1, spine: 2, fabric: 2, 'super-spine': 3, core: 3, external: 3 };
  return ranks[tier] ?? 1;
}

export const isHost = (n: { tier?: string; kind?: string }) => (n.kind ? n.kind === 'node' || n.kind === 'service' : rankOf(n.tier ?? 'host') === 0);

/** The rails of two groups that are drawn as one. */
function joined(a: FabricNode['rails'], b: FabricNode['rails']): FabricNode['rails'] {
  if (!a || !b) return a ?? b;
  const of = new Map<string, NonNullable<FabricNode['rails']>[number]>();
  for (const r of [...a, ...b]) {
    const key = r.rails.join();
    const have = of.get(key);
    of.set(key, have ? { ...have, count: have.count + r.count, names: [...have.names, ...r.names] } : r);
  }
  return [...of.values()];
}

/** Joins like nodes of a tier where there are too many to draw: pods of a plane, or planes. */
function fold(p: FabricPicture, by: 'pod' | 'plane' | 'tier'): { picture: FabricPicture; to: Map<string, string> } {
  if (by === 'pod') return { picture: p, to: new Map() };
  const key = (n: FabricNode) => (isHost(n) ? n.id : by === 'plane' ? `${n.tier}|${n.plane ?? ''}|${n.model}` : `${n.tier}|${n.model}`);
  const of = new Map<string, FabricNode>();
  const to = new Map<string, string>();
  for (const n of p.nodes) {
    const k = key(n);
    to.set(n.id, k);
    const have = of.get(k);
    if (!have) of.set(k, { ...n, id: k, pod: isHost(n) ? n.pod : undefined, plane: by === 'tier' && !isHost(n) ? undefined : n.plane });
    else Object.assign(have, { count: have.count + n.count, last: n.last, free_ports: (have.free_ports ?? 0) + (n.free_ports ?? 0), rails: joined(have.rails, n.rails) });
  }
  const edges = new Map<string, FabricEdge>();
  for (const e of p.edges) {
    const [a, b] = [to.get(e.from)!, to.get(e.to)!];
    const k = `${a}>${b}@${e.rate_gbps}`;
    const have = edges.get(k);
    if (!have) edges.set(k, { ...e, from: a, to: b, media: e.media?.map((m) => ({ ...m })) });
    else {
      have.links += e.links;
      have.cables += e.cables;
      have.length_min_m = Math.min(have.length_min_m ?? Infinity, e.length_min_m ?? Infinity);
      have.length_max_m = Math.max(have.length_max_m ?? 0, e.length_max_m ?? 0);
      for (const m of e.media ?? []) {
        const x = have.media?.find((y) => y.medium === m.medium);
        if (x) x.cables += m.cables;
        else have.media?.push({ ...m });
      }
    }
  }
  return { picture: { role: p.role, nodes: [...of.values()], edges: [...edges.values()] }, to };
}

/** Plane and pod of a group; where a plane is a pod, the one number says both. */
function where(n: FabricNode): string {
  if (isHost(n)) return '';
  if (n.plane !== undefined && n.plane === n.pod) return `plane ${n.plane}`;
  return [n.plane === undefined ? '' : `plane ${n.plane}`, n.pod === undefined ? '' : `pod ${n.pod}`].filter(Boolean).join(', ');
}

function title(n: FabricNode): string {
  if (isHost(n) || n.kind === 'outside') return n.label;
  return [n.tier, where(n)].filter(Boolean).join(', ');
}

/** The same in as few letters as a narrow box has room for. */
function whereTight(n: FabricNode): string {
  if (isHost(n)) return '';
  if (n.plane !== undefined && n.plane === n.pod) return `plane ${n.plane}`;
  if (n.plane !== undefined && n.pod !== undefined) return `p${n.plane} pod ${n.pod}`;
  return n.plane !== undefined ? `plane ${n.plane}` : n.pod !== undefined ? `pod ${n.pod}` : '';
}

/** So many boxes fit side by side and can still be read. */
const fits = (room: number) => Math.max(4, Math.floor((room - TIGHT_GAP) / (NARROWEST + TIGHT_GAP)));

const edgeId = (e: FabricEdge) => `${e.from}>${e.to}@${e.rate_gbps}`;

/** How busy the links of an edge were. */
interface Warmth {
  links: number;
  mean: number;
  max: number;
}

function Picture({ picture, chosen, hit, heat, room, tall }: { picture: FabricPicture; chosen?: string; hit: Set<string>; heat: Map<string, Warmth> | null; room: number; tall: number }) {
  const ranks = [...new Set(picture.nodes.map((n) => rankOf(n.tier)))].sort((a, b) => a - b);
  const rows = ranks.map((r) => picture.nodes.filter((n) => rankOf(n.tier) === r).sort((a, b) => (a.plane ?? -1) - (b.plane ?? -1) || (a.pod ?? -1) - (b.pod ?? -1)));
  const widest = Math.max(...rows.map((r) => r.length), 3);
  // Many side by side are narrower: nothing scrolls sideways. Models lose the vendor's name, then their place to the table beside.
  const tight = room / widest < 140 + GAP;
  const gap = tight ? TIGHT_GAP : GAP;
  const W = tight ? Math.max(NARROWEST, Math.min(140, (room - gap) / widest - gap)) : 140;
  const letters = Math.floor(W / 6.7);
  const model = (n: FabricNode) => (tight && !isHost(n) ? n.model.replace(/^[a-z]+-/, '') : n.model).slice(0, letters);
  const name = (n: FabricNode) => (isHost(n) || n.kind === 'outside' ? n.label : W < 84 ? n.tier.replace('super-spine', 'super') : n.tier).slice(0, letters);
  const many = (n: FabricNode) => {
    const whole = `${count(n.count)} × ${n.model}`;
    return whole.length <= letters ? whole : `${count(n.count)} × ${n.model.replace(/^[a-z]+-/, '')}`.slice(0, letters);
  };
  const width = widest * (W + gap) + gap;
  const lift = Math.max(LIFT - 20, Math.min(1.7 * LIFT, (tall - H - 40) / Math.max(1, rows.length - 1)));
  const height = (rows.length - 1) * lift + H + 40;
  const at = new Map<string, { x: number; y: number }>();
  rows.forEach((row, k) => {
    const step = row.length > 1 ? Math.min((width - gap) / row.length, 2.2 * (W + gap)) : 0;
    const from = width / 2 - (step * (row.length - 1)) / 2;
    row.forEach((n, i) => at.set(n.id, { x: from + i * step, y: height - 20 - H / 2 - k * lift }));
  });
  const choose = (id: string) => go('fabric', [picture.role, 'part', id], route.value.query, true);
  const seen: { x: number; y: number }[] = [];
  return (
    <svg class="fabric-svg" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="xMidYMid meet" role="group" aria-label={`Tiers of the ${picture.role}`} data-nodes={picture.nodes.length} style={{ maxWidth: `${width * 1.25}px`, maxHeight: `${height * 1.25}px` }}>
      {picture.edges.map((e) => {
        const [a, b] = [at.get(e.from), at.get(e.to)];
        if (!a || !b) return null;
        const [low, high] = a.y > b.y ? [a, b] : [b, a];
        const on = chosen === edgeId(e);
        const same = low.y === high.y;
        const y1 = low.y - H / 2;
        const y2 = high.y + H / 2;
        const d = same ? `M${a.x},${a.y - H / 2} C${a.x},${a.y - H} ${b.x},${b.y - H} ${b.x},${b.y - H / 2}` : `M${low.x},${y1} C${low.x},${(y1 + y2) / 2} ${high.x},${(y1 + y2) / 2} ${high.x},${y2}`;
        const warm = heat ? (heat.get(edgeId(e))?.max ?? 0) : undefined;
        return <path key={edgeId(e)} class={`edge ${on ? 'on' : ''}`} d={d} onClick={() => choose(edgeId(e))} style={warm === undefined ? undefined : { stroke: `color-mix(in srgb, var(--bad) ${Math.round(warm * 100)}%, var(--warn))` }} stroke-width={(on ? 1.5 : 0) + 1 + Math.log10(Math.max(1, e.links))} />;
      })}
      {picture.edges.map((e) => {
        const [a, b] = [at.get(e.from), at.get(e.to)];
        if (!a || !b) return null;
        const [low, high] = a.y > b.y ? [a, b] : [b, a];
        // A label stands near the upper end, where edges that come from one node have parted; two that would meet move apart.
        const y1 = low.y - H / 2;
        const y2 = high.y + H / 2;
        let t = 0.5;
        const point = (u: number) => {
          const c = (1 - u) ** 3;
          const d = 3 * (1 - u) ** 2 * u + 3 * (1 - u) * u * u;
          const x = (c + 3 * (1 - u) ** 2 * u) * low.x + (3 * (1 - u) * u * u + u ** 3) * high.x;
          return { x, y: c * y1 + d * ((y1 + y2) / 2) + u ** 3 * y2 };
        };
        let p = point(t);
        for (const u of [0.62, 0.74, 0.4, 0.84, 0.3, 0.9, 0.2]) {
          if (!seen.some((s) => Math.abs(s.x - p.x) < 92 && Math.abs(s.y - p.y) < 20)) break;
          t = u;
          p = point(t);
        }
        // What finds no room for its words is a dot that can still be chosen.
        const dot = seen.some((s) => Math.abs(s.x - p.x) < 86 && Math.abs(s.y - p.y) < 16);
        if (dot) p = point(0.5);
        else seen.push(p);
        const warmth = heat?.get(edgeId(e));
        const text = heat ? (warmth ? `mean ${percent(warmth.mean)}, most ${percent(warmth.max)}` : 'idle') : `${count(e.links)} × ${gbps(e.rate_gbps)}`;
        return (
          <g
            key={edgeId(e)}
            class="edge-label node"
            tabIndex={0}
            role="button"
            aria-label={`${text}: links from ${e.from} to ${e.to}`}
            onClick={() => choose(edgeId(e))}
            onKeyDown={(k) => (k.key === 'Enter' || k.key === ' ') && (k.preventDefault(), choose(edgeId(e)))}
          >
            {dot ? (
              <circle cx={p.x} cy={p.y} r="5" />
            ) : (
              <>
                <rect x={p.x - text.length * 3.3 - 5} y={p.y - 9} width={text.length * 6.6 + 10} height="18" rx="9" />
                <text x={p.x} y={p.y + 4} text-anchor="middle" class="minor">
                  {text}
                </text>
              </>
            )}
          </g>
        );
      })}
      {picture.nodes.map((n) => {
        const p = at.get(n.id)!;
        return (
          <g
            key={n.id}
            class={`node ${isHost(n) ? 'host' : 'switch'} ${chosen === n.id ? 'on' : ''} ${hit.has(n.id) ? 'hit' : ''}`}
            tabIndex={0}
            role="button"
            onClick={() => choose(n.id)}
            onKeyDown={(k) => (k.key === 'Enter' || k.key === ' ') && (k.preventDefault(), choose(n.id))}
          >
            <title>
              {n.first}
              {n.count > 1 ? ` … ${n.last}` : ''}
            </title>
            <rect x={p.x - W / 2} y={p.y - H / 2} width={W} height={H} rx="7" />
            <text x={p.x} y={p.y - 12} text-anchor="middle" font-weight="600">
              {name(n)}
            </text>
            <text x={p.x} y={p.y + 4} text-anchor="middle" class={where(n) ? 'minor' : ''}>
              {(W < 100 ? whereTight(n) : where(n)) || `${count(n.count)} ×`}
            </text>
            <text x={p.x} y={p.y + 20} text-anchor="middle" class="minor">
              {!where(n) ? model(n) : W < 128 ? `${count(n.count)} ×` : many(n)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** Which leaf serves which rail: the NICs of a host on the left, switches on the right. */
function RailPicture({ node, role }: { node: FabricNode; role: string }) {
  const rows = node.rails ?? [];
  const box = useRef<SVGSVGElement>(null);
  const H0 = 26;
  const height = rows.length * H0 + 8;
  // The numbers behind the part that all names have in common.
  const short = (names: string[], of: number) => {
    const stem = names[0].replace(/\d+$/, '');
    if (of === 1 || names.some((n) => !n.startsWith(stem))) return of === 1 ? names[0] : `${of}: ${names[0]} …`;
    const numbers = names.map((n) => n.slice(stem.length));
    return `${stem}${numbers.slice(0, 4).join(', ')}${of > 4 ? ` … of ${of}` : ''}`;
  };
  return (
    <section>
      <div class="row">
        <h2>Rails of {title(node)}</h2>
        <span style={{ flex: '1' }} />
        <Menu
          text="Picture"
          items={(['svg', 'png'] as const).map((k) => ({ text: k.toUpperCase(), run: () => box.current && exportPageSvg(box.current, `rails-${role}-${node.label}`, k, colours().surface) }))}
        />
      </div>
      <svg ref={box} class="rails-svg" viewBox={`0 0 300 ${height}`} role="img" aria-label={`Rails: ${rows.map((r) => `${r.rails.join(', ')} on ${short(r.names, r.count)}`).join('; ')}`}>
        <rect x="2" y="2" width="58" height={height - 4} rx="6" fill="var(--surface)" stroke="var(--node)" />
        {rows.map((r, i) => {
          const y = 4 + i * H0 + H0 / 2;
          return (
            <g key={r.rails.join('-')}>
              <path d={`M60,${y} L96,${y}`} class="edge" stroke-width={1 + Math.log10(r.count + 1)} />
              <circle cx="60" cy={y} r="4" fill="var(--node)" />
              <text x="8" y={y + 4} class="minor">
                {`rail ${r.rails.length > 3 ? `${r.rails[0]}–${r.rails[r.rails.length - 1]}` : r.rails.join(', ')}`.slice(0, 9)}
              </text>
              <rect x="96" y={y - 10} width="202" height="20" rx="5" fill="var(--surface)" stroke="var(--switch)" />
              <text x="103" y={y + 4}>
                {short(r.names, r.count).slice(0, 32)}
              </text>
              <title>{r.names.join(', ') + (r.count > r.names.length ? ' …' : '')}</title>
            </g>
          );
        })}
      </svg>
    </section>
  );
}

function DeviceList({ role, node }: { role: string; node: FabricNode }) {
  const [offset, setOffset] = useState(0);
  const q = !node.id.includes('|') ? { group: node.id } : { role, tier: node.tier, plane: node.plane, pod: node.pod };
  const list = useAnswer((s) => api.get<Page<DeviceRow>>('devices', { ...q, offset, limit: 50 }, s), [JSON.stringify(q), offset, designKey.value]);
  const total = list.value?.total ?? 0;
  if (list.error) return <Refusal error={list.error} />;
  return (
    <>
      <ul class="list">
        {list.value?.rows.map((d) => (
          <li key={d.name}>
            <a href={href('fabric', ['device', d.name])}>{d.name}</a> <span class="muted">{d.rack}{d.unit ? `, U${d.unit}` : ''}</span>
          </li>
        ))}
      </ul>
      {total > 50 && (
        <p class="row">
          <button disabled={!offset} onClick={() => setOffset(offset - 50)}>
            ←
          </button>
          <span class="num muted">
            {count(offset + 1)}–{count(Math.min(total, offset + 50))} of {count(total)}
          </span>
          <button disabled={offset + 50 >= total} onClick={() => setOffset(offset + 50)}>
            →
          </button>
        </p>
      )}
    </>
  );
}

export function Suffering({ of }: { of: WhatIf }) {
  return (
    <>
      <Facts
        of={[
          ['Hosts that lose bandwidth', `${count(of.hosts_affected)} of ${count(of.hosts)}`],
          ['Hosts cut off', of.hosts_cut_off ? <b class="bad">{count(of.hosts_cut_off)}</b> : 'none'],
          ['Worst host keeps', percent(of.worst_share, 1)],
          ['Hosts keep on average', of.mean_share === undefined ? undefined : percent(of.mean_share, 2)],
          ['Links lost', count(of.links_lost)],
        ]}
      />
      {of.groups.length > 0 && (
        <table class="plain tightly">
          <caption class="sr">By group of hosts; the last column is what the worst host keeps of its bandwidth</caption>
          <Heads of={['Pool', { right: 'Hit' }, { right: 'Cut off' }, { right: 'Keep' }]} />
          <tbody>
            {of.groups.map((g) => (
              <tr key={g.group}>
                <td>{g.group}</td>
                <td class="r">
                  {count(g.affected)} of {count(g.hosts)}
                </td>
                <td class="r">{count(g.cut_off)}</td>
                <td class="r">{percent(g.worst_share, 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {of.rows.length > 0 && (
        <>
          <h3 style={{ marginTop: '8px' }}>Worst hosts</h3>
          <ul class="list">
            {of.rows.slice(0, 40).map((h) => (
              <li key={h.name}>
                <a href={href('fabric', ['device', h.name])}>{h.name}</a>{' '}
                <span class="muted">
                  {h.rack}: {h.ports_left} of {h.ports} ports, {percent(h.share, 1)} of its bandwidth
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

export function failing(): string[] {
  return (route.value.query.fail ?? '').split(',').filter(Boolean);
}

export function FailPanel({ role }: { role?: string }) {
  const fail = failing();
  const [name, setName] = useState('');
  const answer = useAnswer((s) => (fail.length ? api.post<WhatIf>('whatif', { fail, role }, {}, s) : Promise.resolve(null)), [fail.join(','), role, designKey.value]);
  const set = (f: string[]) => tune({ fail: f.join(',') || undefined });
  return (
    <section aria-live="polite">
      <h2>What if it fails</h2>
      <form
        class="row"
        onSubmit={(e) => {
          e.preventDefault();
          const n = name.trim();
          if (n && !fail.includes(n)) set([...fail, n]);
          setName('');
        }}
      >
        <label class="sr" for="fail-name">
          Device or cable that fails
        </label>
        <input id="fail-name" value={name} placeholder="a switch, node or cable" onInput={(e) => setName(e.currentTarget.value)} />
        <button type="submit">Fail it</button>
      </form>
      {fail.length > 0 && (
        <p class="row" style={{ margin: '8px 0' }}>
          {fail.map((f) => (
            <span class="chip bad" key={f}>
              {f}
              <button class="quiet" style={{ minHeight: '20px', padding: '0 4px' }} aria-label={`Mend ${f}`} onClick={() => set(fail.filter((x) => x !== f))}>
                ×
              </button>
            </span>
          ))}
          <button onClick={() => set([])}>Mend all</button>
        </p>
      )}
      {answer.error && fail.length > 0 && <p class="bad">{answer.error.message}</p>}
      {answer.value && fail.length > 0 && <Suffering of={answer.value} />}
    </section>
  );
}

export function Fabric() {
  const { rest, query } = route.value;
  const design = useAnswer((s) => api.get<{ fabrics: FabricInfo[] }>('design', {}, s), [designKey.value]);
  const fabrics = design.value?.fabrics ?? [];
  const special = rest[0] === 'device' || rest[0] === 'path';
  const role = special ? (query.role ?? 'backend') : (rest[0] ?? fabrics[0]?.role);
  const picture = useAnswer((s) => (role && !special ? api.get<FabricPicture>(`fabric/${encodeURIComponent(role)}`, { rails: true }, s) : Promise.resolve(null)), [role, special, designKey.value]);
  const hot = useAnswer((s) => (query.heat ? heatOf(query.heat, s) : Promise.resolve(null)), [query.heat, designKey.value]);
  const box = useRef<HTMLDivElement>(null);
  const [how, setHow] = useState<'pod' | 'plane' | 'tier' | null>(null);
  useEffect(() => setHow(null), [role]);
  // How wide the picture may be.
  const [room, setRoom] = useState(Math.max(480, innerWidth * 0.6 - 28));
  const [tall, setTall] = useState(Math.max(400, innerHeight - 140));
  useEffect(() => {
    const b = box.current;
    if (!b) return;
    const look = new ResizeObserver(() => {
      setRoom(Math.max(320, b.clientWidth - 28));
      setTall(Math.max(320, b.clientHeight - 28));
    });
    look.observe(b);
    return () => look.disconnect();
  }, [special]);
  // Who suffers is told at the top of the side.
  const side = useRef<HTMLElement>(null);
  useEffect(() => side.current?.scrollTo(0, 0), [query.fail]);
  if (rest[0] === 'device' && rest[1]) return <DevicePage name={rest[1]} />;
  if (rest[0] === 'path') return <PathPage fabrics={fabrics} />;

  const whole = picture.value;
  const info = fabrics.find((f) => f.role === role);
  const planes = [...new Set(whole?.nodes.map((n) => n.plane).filter((p) => p !== undefined))].sort((a, b) => a - b);
  const pods = whole?.nodes.some((n) => n.pod !== undefined) ?? false;
  const widest = (p: FabricPicture) => {
    const by = new Map<string, number>();
    for (const n of p.nodes) by.set(n.tier, (by.get(n.tier) ?? 0) + 1);
    return Math.max(0, ...by.values());
  };
  let by: 'pod' | 'plane' | 'tier' = how ?? 'pod';
  if (!how && whole && widest(whole) > fits(room)) by = widest(fold(whole, 'plane').picture) > fits(room) ? 'tier' : 'plane';
  let shown = whole;
  if (whole && query.plane) {
    const keep = whole.nodes.filter((n) => n.plane === undefined || String(n.plane) === query.plane);
    const ids = new Set(keep.map((n) => n.id));
    shown = { role: whole.role, nodes: keep, edges: whole.edges.filter((e) => ids.has(e.from) && ids.has(e.to)) };
    if (!how) by = widest(shown) > fits(room) ? 'plane' : 'pod';
  }
  // One plane needs no number.
  if (shown && planes.length === 1) shown = { ...shown, nodes: shown.nodes.map((n) => ({ ...n, plane: undefined })) };
  let folded = new Map<string, string>();
  if (shown) ({ picture: shown, to: folded } = fold(shown, by));
  const part = rest[1] === 'part' ? rest[2] : undefined;
  const node = shown?.nodes.find((n) => n.id === part);
  const edge = shown?.edges.find((e) => edgeId(e) === part);
  // The rails of the leaves that are chosen; without a choice, of the first ones.
  const railed = node ? (node.rails ? node : undefined) : edge ? undefined : whole?.nodes.find((n) => n.rails && (!query.plane || String(n.plane) === query.plane));
  const fail = failing();
  let heat: Map<string, Warmth> | null = null;
  if (shown && query.heat && hot.value) {
    heat = new Map();
    // Of groups that are drawn as one, the edges are one.
    for (const h of hot.value.edges) {
      if (h.role !== role) continue;
      const [from, to] = [folded.get(h.from) ?? h.from, folded.get(h.to) ?? h.to];
      for (const e of shown.edges) {
        if (e.from !== from || e.to !== to) continue;
        const sum = heat.get(edgeId(e)) ?? { links: 0, mean: 0, max: 0 };
        const links = sum.links + h.links;
        heat.set(edgeId(e), { links, mean: (sum.mean * sum.links + h.mean * h.links) / links, max: Math.max(sum.max, h.max) });
      }
    }
  }
  return (
    <>
      <div class="bar">
        <h1>Fabric</h1>
        <div class="group" role="group" aria-label="Network">
          {fabrics.map((f) => (
            <button key={f.role} aria-pressed={f.role === role} onClick={() => go('fabric', [f.role], { fail: query.fail })}>
              {f.role}
            </button>
          ))}
        </div>
        {planes.length > 1 && (
          <label class="row">
            <span class="muted">Plane</span>
            <select value={query.plane ?? ''} onChange={(e) => tune({ plane: e.currentTarget.value || undefined })}>
              <option value="">all {planes.length}</option>
              {planes.map((p) => (
                <option key={p} value={p}>
                  {p}
                </option>
              ))}
            </select>
          </label>
        )}
        {(pods || planes.length > 1) && (
          <div class="group" role="group" aria-label="How switches are grouped">
            {(pods ? (['pod', 'plane', 'tier'] as const) : (['plane', 'tier'] as const)).map((b) => (
              <button key={b} aria-pressed={by === b || (!pods && by === 'pod' && b === 'plane')} onClick={() => setHow(b)}>
                by {b}
              </button>
            ))}
          </div>
        )}
        {query.heat && (
          <span class="chip warn">
            heat of run <a href={href('simulate', [query.heat])}>{query.heat.slice(-8)}</a>
            <button class="quiet" style={{ minHeight: '20px', padding: '0 4px' }} aria-label="Without the heat" onClick={() => tune({ heat: undefined })}>
              ×
            </button>
          </span>
        )}
        <span class="spring" />
        <a class="button" href={href('fabric', ['path'], { role })}>
          Trace a path
        </a>
        <Menu
          text="Export"
          items={(['svg', 'png'] as const).map((k) => ({
            text: k.toUpperCase(),
            run: () => {
              const svg = box.current?.querySelector<SVGSVGElement>('.fabric-svg');
              if (svg) exportPageSvg(svg, `fabric-${role}`, k, colours().bg);
            },
          }))}
        />
      </div>
      <div class="split" style={{ gridTemplateColumns: 'minmax(0, 1fr) minmax(320px, 26%)' }}>
        <div class="pad" ref={box} style={{ overflow: 'auto' }}>
          {picture.error && <Refusal error={picture.error} again={picture.again} />}
          {shown && <Picture picture={shown} chosen={part} hit={new Set(shown.nodes.filter((n) => fail.some((f) => f >= n.first && f <= n.last && f.length === n.first.length)).map((n) => n.id))} heat={heat} room={room} tall={tall} />}
        </div>
        <aside class="side" aria-label="About the network" ref={side}>
          {fail.length > 0 && <FailPanel role={role} />}
          {node && (
            <section>
              <h2>{title(node)}</h2>
              <Facts
                of={[
                  ['What', `${count(node.count)} × ${node.model_name ?? node.model}`],
                  ['Names', node.count > 1 ? `${node.first} to ${node.last}` : node.first],
                  ['Free ports', count(node.free_ports)],
                ]}
              />
              {!isHost(node) && (
                <p class="row" style={{ margin: '8px 0' }}>
                  <button onClick={() => tune({ fail: [...fail, node.first].join(',') })}>Fail {node.first}</button>
                </p>
              )}
              <h3>Devices</h3>
              <DeviceList key={node.id} role={role!} node={node} />
            </section>
          )}
          {railed?.rails && <RailPicture node={railed} role={role!} />}
          {edge && (
            <section>
              <h2>
                {count(edge.links)} links of {gbps(edge.rate_gbps)}
              </h2>
              <Facts
                of={[
                  ['Cables', <a href={href('cables', [], { role, tier: tierOf(shown!, edge), plane: planeOf(shown!, edge) })}>{count(edge.cables)}</a>],
                  ['Lengths', edge.length_max_m ? `${metres(edge.length_min_m)} to ${metres(edge.length_max_m)}` : undefined],
                  ['Media', edge.media?.map((m) => `${count(m.cables)} ${m.medium}`).join(', ')],
                  ['Rails', edge.rails?.map((r) => `${r.rail}: ${count(r.links)}`).join(', ')],
                ]}
              />
            </section>
          )}
          {info && (
            <section>
              <h2>{info.role}</h2>
              <Facts
                of={[
                  ['Topology', [info.topology, info.paradigm, info.protocol].filter(Boolean).join(', ')],
                  ['Planes', info.planes > 1 ? `${info.planes}${info.plane_layout ? `, ${info.plane_layout}` : ''}` : '1'],
                  ['Bisection', gbps(info.bisection_gbps)],
                  ['Reaches', info.max_xpus ? `${count(info.max_xpus)} XPUs` : undefined],
                  ['Switches between hosts', info.hops ? `${info.hops.shortest} to ${info.hops.longest}` : undefined],
                  ['Paths between hosts', count(info.path_diversity)],
                  ['Latency', info.latency_us ? `${fixed(info.latency_us.shortest, 2)} to ${fixed(info.latency_us.longest, 2)} µs, typically ${fixed(info.latency_us.typical, 2)}${info.latency_us.assumed ? ' (in part assumed)' : ''}` : undefined],
                ]}
              />
              <table class="plain" style={{ marginTop: '8px' }}>
                <caption class="sr">Tiers</caption>
                <Heads of={['Tier', 'Down', 'Up', { right: 'Over­sub.' }]} />
                <tbody>
                  {info.tiers.map((t, i) => (
                    <tr key={i}>
                      <td>
                        {count(t.count)} {t.tier}
                        <div class="small muted">{t.switch}</div>
                      </td>
                      <td>
                        {t.down_ports
                          ? [{ ports: t.down_ports, rate_gbps: t.down_rate_gbps }, ...(t.also_down ?? [])]
                              .map((d) => `${d.ports} × ${gbps(d.rate_gbps)}`)
                              .join(', ')
                          : '–'}
                      </td>
                      <td>{t.up_ports ? `${t.up_ports} × ${gbps(t.up_rate_gbps)}` : '–'}</td>
                      <td class="r">{t.oversubscription ? `${short(t.oversubscription)} : 1` : '–'}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {[...new Set(info.reasons)].map((r) => {
                const times = info.reasons!.filter((x) => x === r).length;
                return (
                  <p key={r} class="small muted" style={{ marginTop: '6px' }}>
                    {times > 1 ? `${times} times: ` : ''}
                    {r}
                  </p>
                );
              })}
            </section>
          )}
          {!fail.length && <FailPanel role={role} />}
          {whole && <section class="small muted">{plural(shown?.nodes.length ?? 0, 'group')} drawn for {count(whole.nodes.reduce((a, n) => a + n.count, 0))} devices.</section>}
        </aside>
      </div>
    </>
  );
}

function tierOf(p: FabricPicture, e: FabricEdge): string {
  const n = (id: string) => p.nodes.find((x) => x.id === id);
  const [a, b] = [n(e.from), n(e.to)];
  const name = (x?: FabricNode) => (x && isHost(x) ? 'host' : (x?.tier ?? ''));
  return `${name(a)}-${name(b)}`;
}

function planeOf(p: FabricPicture, e: FabricEdge): number | undefined {
  return p.nodes.find((x) => x.id === e.to)?.plane;
}
