import { useState } from 'preact/hooks';
import { exportPageSvg } from '../draw/painter';
import { count, duration, fixed, percent, plural, short, usd, usdShort, words } from '../format';
import { go, href } from '../router';
import { edit } from '../store';
import type { Run } from '../types';
import { Chart } from '../ui/Chart';
import { Choice, Heads, Menu, toast, useAnswer } from '../ui/parts';
import { csv, linkHeat } from './traces';
import { colours } from '../ui/theme';

type Doc = Record<string, any>;

function Tiles({ of }: { of: [string, string | undefined | null][] }) {
  return (
    <dl class="tiles" style={{ margin: '0' }}>
      {of
        .filter(([, v]) => v !== undefined && v !== null && v !== '' && v !== '–')
        .map(([k, v]) => (
          <div class="tile" key={k}>
            <dt>{k}</dt>
            <dd>{v}</dd>
          </div>
        ))}
    </dl>
  );
}

function Notes({ of }: { of?: string[] }) {
  if (!of?.length) return null;
  return (
    <details class="card">
      <summary>{plural(of.length, 'note')}</summary>
      <ul>
        {of.map((n, i) => (
          <li key={i} class="small">
            {n}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** At most so many points, evenly picked, the last always there. */
function thin<T>(of: T[], most = 800): T[] {
  if (of.length <= most) return of;
  const step = of.length / most;
  const out = Array.from({ length: most }, (_, i) => of[Math.floor(i * step)]);
  out[most - 1] = of[of.length - 1];
  return out;
}

function FctChart({ run }: { run: Run }) {
  const flows = useAnswer((s) => csv(run.id, 'flows.csv', s), [run.id]);
  const times = flows.value?.fct_us?.filter((v) => v !== '').map(Number).filter((v) => !Number.isNaN(v));
  if (!times?.length) return null;
  const sorted = times.sort((a, b) => a - b);
  const x = thin(sorted);
  const y = thin(sorted.map((_, i) => (i + 1) / sorted.length));
  return <Chart title="Flow completion times" xLabel="µs" yLabel="share of flows" x={x} lines={[{ label: 'finished', y, stepped: true }]} share />;
}

function TraceCharts({ run }: { run: Run }) {
  const trace = useAnswer((s) => csv(run.id, 'trace.csv', s), [run.id]);
  const t = trace.value;
  if (!t?.time_us?.length) return null;
  const pick = (c: string) => thin((t[c] ?? []).map(Number));
  const x = pick('time_us');
  return (
    <>
      <Chart title="Utilisation of links over time" xLabel="simulated µs" yLabel="" x={x} share lines={[{ label: 'links between switches that carry, mean', y: pick('carrying_utilisation') }, { label: 'busiest link', y: pick('max_utilisation') }]} />
      <Chart title="Queues over time" xLabel="simulated µs" yLabel="bytes" x={x} lines={[{ label: 'largest queue', y: pick('largest_queue_bytes') }, { label: 'all queues', y: pick('queued_bytes') }]} />
    </>
  );
}

function HeatTable({ run }: { run: Run }) {
  const heat = useAnswer((s) => linkHeat(run.id, s), [run.id]);
  const rows = heat.value ?? [];
  if (!rows.length) return null;
  const most = Math.max(0.01, rows[0].mean);
  return (
    <div class="card bars">
      <h2>Busiest links</h2>
      {rows.slice(0, 16).map((h, i) => (
        <div class="bar-row" key={i} style={{ gridTemplateColumns: 'minmax(180px, 2fr) minmax(60px, 1fr) auto' }}>
          <span class="small">
            {h.cable ? <a href={href('cables', [h.cable])}>{h.cable}</a> : null} {h.from} → {h.to}
          </span>
          <span class="track">
            <span style={{ width: `${(h.mean / most) * 100}%` }} />
          </span>
          <span class="num small">{percent(h.mean)}</span>
        </div>
      ))}
      <p class="row" style={{ marginTop: '8px' }}>
        <a class="button" href={href('floor', [], { heat: run.id })}>
          Heat on the floor
        </a>
        <a class="button" href={href('fabric', [], { heat: run.id })}>
          Heat on the fabric
        </a>
      </p>
    </div>
  );
}

export function SimulateResult({ run }: { run: Run }) {
  const d = run.result as Doc;
  const f = d.flows ?? {};
  const p = d.packets ?? {};
  return (
    <>
      <Tiles
        of={[
          ['All done after', d.simulated_us === undefined ? undefined : `${short(d.simulated_us)} µs`],
          ['FCT, median', f.fct_us ? `${short(f.fct_us.p50)} µs` : undefined],
          ['FCT, 99th percentile', f.fct_us ? `${short(f.fct_us.p99)} µs` : undefined],
          ['Of the line rate', d.line_rate_share === undefined ? undefined : percent(d.line_rate_share, 1)],
          ['Flows', f.count === undefined ? undefined : `${count(f.completed)} of ${count(f.count)}`],
          ['Busiest link', d.links?.utilisation ? percent(d.links.utilisation.max, 1) : undefined],
          ['Dropped packets', p.dropped === undefined ? undefined : count(p.dropped)],
          ['Trimmed', p.trimmed ? count(p.trimmed) : undefined],
          ['Retransmitted', p.retransmitted === undefined ? undefined : count(p.retransmitted)],
        ]}
      />
      {d.verdict && (
        <div class="card">
          <h2>{d.verdict.reached_90_percent ? 'The network is not what holds it back' : `Held back by ${words(String(d.verdict.held_back_by ?? 'something'))}`}</h2>
          {(d.verdict.reasons as string[] | undefined)?.map((r, i) => <p key={i}>{r}</p>)}
          <p class="muted small">
            {d.transport} with {d.load_balancing}, {d.engine} engine, {count(d.events)} events in {duration(d.wall_s)}; result {d.result_hash}
          </p>
        </div>
      )}
      <div class="charts">
        <FctChart run={run} />
        <TraceCharts run={run} />
      </div>
      <HeatTable run={run} />
      <Notes of={d.notes} />
    </>
  );
}

export function TrainResult({ run }: { run: Run }) {
  const d = run.result as Doc;
  const parts: [string, number][] = [
    ['compute', d.compute_s],
    ...Object.entries((d.exposed_s ?? {}) as Record<string, number>).map(([k, v]) => [`waits for ${k}`, v] as [string, number]),
    ['pipeline bubble', d.bubble_s],
    ['optimizer', d.optimizer_s],
    ['overhead', d.overhead_s],
  ].filter(([, v]) => (v as number) > 0) as [string, number][];
  const most = Math.max(...parts.map(([, v]) => v), 1e-9);
  const memory = Object.entries((d.memory_gib ?? {}) as Record<string, number>).filter(([k]) => k !== 'total' && k !== 'has');
  return (
    <>
      <Tiles
        of={[
          ['A step', duration(d.step_s)],
          ['With an ideal network', duration(d.ideal_network_step_s)],
          ['MFU', percent(d.mfu, 1)],
          ['An XPU', d.tflops_per_xpu === undefined ? undefined : `${fixed(d.tflops_per_xpu, 0)} TFLOP/s`],
          ['Tokens a second', count(d.tokens_per_s)],
          ['Bound by', d.binds],
          ['Goodput', d.goodput ? percent(d.goodput.share, 1) : undefined],
        ]}
      />
      <div class="charts">
        <div class="card bars">
          <h2>Where a step's time goes</h2>
          {parts.map(([k, v]) => (
            <div class="bar-row" key={k}>
              <span>{k}</span>
              <span class="track">
                <span style={{ width: `${(v / most) * 100}%`, background: k.startsWith('waits') ? 'var(--bad)' : undefined }} />
              </span>
              <span class="num">
                {duration(v)} <span class="muted">{percent(v / d.step_s)}</span>
              </span>
            </div>
          ))}
        </div>
        <div class="card bars">
          <h2>
            Memory of an XPU: {fixed(d.memory_gib?.total, 1)} of {fixed(d.memory_gib?.has, 0)} GiB
          </h2>
          {memory.map(([k, v]) => (
            <div class="bar-row" key={k}>
              <span>{words(k)}</span>
              <span class="track">
                <span style={{ width: `${(v / Math.max(d.memory_gib?.has ?? 1, 1)) * 100}%` }} />
              </span>
              <span class="num">{fixed(v, 1)} GiB</span>
            </div>
          ))}
        </div>
        {Array.isArray(d.scaling) && d.scaling.length > 1 && (
          <Chart title="MFU as the job grows" xLabel="XPUs" yLabel="" share x={d.scaling.map((s: Doc) => s.xpus)} lines={[{ label: 'MFU', y: d.scaling.map((s: Doc) => s.mfu) }]} />
        )}
      </div>
      <div class="card wrap">
        <h2>
          {d.model}: {Object.entries((d.parallelism ?? {}) as Record<string, number>).map(([k, v]) => `${k} ${v}`).join(', ')}; {count(d.global_batch)} sequences of {count(d.sequence)}
        </h2>
        <table class="plain">
          <caption class="sr">Communication</caption>
          <Heads of={['Communication', 'Over', { right: 'Ranks' }, { right: 'Waited for' }, { right: 'Hidden' }]} />
          <tbody>
            {(d.communication as Doc[] | undefined)?.map((c, i) => (
              <tr key={i}>
                <td>{c.kind}</td>
                <td>{c.fabric}</td>
                <td class="r">{count(c.ranks)}</td>
                <td class="r">{duration(c.exposed_s)}</td>
                <td class="r">{duration(c.overlapped_s)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {d.goodput?.faults && (
        <div class="card wrap">
          <h2>A month with failures</h2>
          <table class="plain">
            <caption class="sr">What fails in a month and what it costs</caption>
            <Heads of={['What fails', { right: 'Parts' }, { right: 'A month' }, { right: 'Time lost' }, 'From']} />
            <tbody>
              {(d.goodput.faults as Doc[]).map((x, i) => (
                <tr key={i}>
                  <td>{x.kind}</td>
                  <td class="r">{count(x.parts)}</td>
                  <td class="r">{short(x.per_month)}</td>
                  <td class="r">{percent(x.lost_share, 2)}</td>
                  <td class="small muted">{x.basis}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

export function FaultsResult({ run }: { run: Run }) {
  const d = run.result as Doc;
  const faults = (d.faults ?? []) as Doc[];
  const names = [...new Set(faults.flatMap((f) => (f.workloads as Doc[]).map((w) => String(w.name))))];
  const g = d.goodput as Doc | undefined;
  return (
    <>
      <Tiles
        of={[
          ['Goodput over a year', g ? percent(g.mean, 3) : undefined],
          ['Worst year of 20', g ? percent(g.worst_of_20, 3) : undefined],
          ['Interruptions a year', g ? short(g.interruptions_per_year) : undefined],
          ['Hosts simulated', count(d.hosts_simulated)],
        ]}
      />
      <div class="card wrap">
        <h2>What each failure costs</h2>
        <table class="plain">
          <caption class="sr">What each failure costs</caption>
          <thead>
            <tr>
              <th scope="col">What fails</th>
              <th scope="col" class="r">
                Links lost
              </th>
              <th scope="col" class="r">
                Cut off
              </th>
              <th scope="col" class="r">
                Worst host left keeps
              </th>
              <th scope="col" class="r">
                Bisection left
              </th>
              {names.map((n) => (
                <th scope="col" class="r" key={n}>
                  {n} takes
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {faults.map((f, i) => (
              <tr key={i}>
                <td class="wide">
                  {f.fault}
                  <div class="small muted">{f.instance}</div>
                </td>
                <td class="r">{count(f.links_lost)}</td>
                <td class="r">{count(f.cut_off)}</td>
                <td class="r">{percent(f.bandwidth_left?.worst_host, 1)}</td>
                <td class="r">{percent(f.bandwidth_left?.bisection, 1)}</td>
                {names.map((n) => {
                  const w = (f.workloads as Doc[]).find((x) => x.name === n);
                  return (
                    <td class="r" key={n}>
                      {!w ? '–' : w.inflation === null || w.inflation === undefined ? 'stops' : `${fixed(w.inflation, 3)} ×`}
                      {w?.stops ? <div class="small bad">job stops</div> : null}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {g?.parts && (
        <div class="card wrap">
          <h2>Over a year</h2>
          <table class="plain">
            <caption class="sr">Parts, their failures and what they cost over a year</caption>
            <Heads of={['Part', { right: 'Number' }, { right: 'Failures each a year' }, { right: 'Goodput lost' }, 'From']} />
            <tbody>
              {(g.parts as Doc[]).map((p, i) => (
                <tr key={i}>
                  <td>{p.part}</td>
                  <td class="r">{count(p.population)}</td>
                  <td class="r">{p.failures_per_part_year === null ? 'not known' : short(p.failures_per_part_year)}</td>
                  <td class="r">{p.goodput_lost_alone === null ? '–' : percent(p.goodput_lost_alone, 4)}</td>
                  <td class="small muted">{(p.basis as string[] | undefined)?.join('; ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Notes of={d.notes} />
    </>
  );
}

export function CompareResult({ run }: { run: Run }) {
  const d = run.result as Doc;
  const designs = (d.designs ?? []) as Doc[];
  const scenarios = (d.scenarios ?? []) as Doc[];
  const columns = (d.columns ?? []) as Doc[];
  const rows: [string, (x: Doc) => string][] = [
    ['Paradigm', (x) => x.paradigm],
    ['XPUs', (x) => count(x.xpus)],
    ['Planes', (x) => count(x.planes)],
    ['Switches', (x) => (x.tiers as Doc[]).map((t) => `${count(t.count)} ${t.switch} (${t.tier})`).join(', ')],
    ['Switches in all networks', (x) => count(x.totals?.switches)],
    ['Transceivers', (x) => count(x.totals?.transceivers)],
    ['Cables', (x) => count(x.totals?.cables)],
    ['Fibres', (x) => count(x.totals?.fibres)],
    ['Racks', (x) => count(x.totals?.racks)],
    ['Cost', (x) => `${usd(x.totals?.capex_usd)}${x.guessed_share ? `; ≈ ${usd(x.estimated_usd)} with ${percent(x.guessed_share)} guessed` : ''}`],
    ['Network power', (x) => `${fixed(x.totals?.network_power_kw, 1)} kW`],
    ['Latency', (x) => (x.latency_us ? `${fixed(x.latency_us.min, 2)} to ${fixed(x.latency_us.max, 2)} µs` : '–')],
    ['Bisection', (x) => `${fixed(x.bisection_tbps, 1)} Tb/s`],
  ];
  return (
    <>
      {d.verdict?.length > 0 && (
        <div class="card">
          <h2>In words</h2>
          <ul style={{ margin: '0', paddingLeft: '18px' }}>
            {(d.verdict as string[]).map((v, i) => (
              <li key={i}>{v}</li>
            ))}
          </ul>
        </div>
      )}
      <div class="card wrap">
        <h2>Designs</h2>
        <table class="plain">
          <caption class="sr">Designs side by side</caption>
          <thead>
            <tr>
              <th scope="col" />
              {designs.map((x) => (
                <th scope="col" key={x.label}>
                  {x.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([k, f]) => (
              <tr key={k}>
                <th scope="row" style={{ position: 'static' }}>
                  {k}
                </th>
                {designs.map((x) => (
                  <td key={x.label}>{x.feasible === false ? <span class="bad">{x.reason}</span> : f(x)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {scenarios.map((s) => {
        const results = s.results as Doc[];
        const most = Math.max(...results.map((r) => r.time_us ?? 0), 1e-9);
        return (
          <div class="card bars" key={s.key}>
            <h2>{s.title}</h2>
            <p class="muted small">{s.question}</p>
            {results.map((r, i) => (
              <div class="bar-row" key={i} style={{ gridTemplateColumns: 'minmax(120px, 220px) 1fr auto' }}>
                <span>{columns.find((c) => c.label === r.column)?.label ?? r.column}</span>
                <span class="track">
                  <span style={{ width: `${((r.time_us ?? 0) / most) * 100}%` }} />
                </span>
                <span class="num">
                  {r.time_us === null || r.time_us === undefined ? r.reason || '–' : `${short(r.time_us)} µs`} <span class="muted">{r.packets_lost ? `${count(r.packets_lost)} lost` : ''}</span>
                </span>
              </div>
            ))}
          </div>
        );
      })}
      <Notes of={d.notes} />
    </>
  );
}

type Axis = 'estimated_usd' | 'estimated_kw' | 'switches' | 'logical_links' | 'longest_hops' | 'max_xpus';
const axes: Record<Axis, [string, (n: number) => string]> = {
  estimated_usd: ['Cost', (n) => usdShort(n)],
  estimated_kw: ['Power', (n) => `${short(n)} kW`],
  switches: ['Switches', count],
  logical_links: ['Links', count],
  longest_hops: ['Switches on the longest path', count],
  max_xpus: ['XPUs it reaches', count],
};

function ticks(min: number, max: number): number[] {
  const span = max - min || 1;
  const step0 = span / 4;
  const p = 10 ** Math.floor(Math.log10(step0));
  const step = [1, 2, 5, 10].map((k) => k * p).find((s) => s >= step0)!;
  const out = [];
  for (let v = Math.ceil(min / step) * step; v <= max + 1e-9; v += step) out.push(v);
  return out;
}

export function ExploreResult({ run }: { run: Run }) {
  const d = run.result as Doc;
  const [ax, setAx] = useState<Axis>('estimated_usd');
  const [ay, setAy] = useState<Axis>('estimated_kw');
  const [only, setOnly] = useState<'feasible' | 'all'>('feasible');
  const [chosen, setChosen] = useState<number | null>(null);
  const designs = (d.designs ?? []) as Doc[];
  const rank = (x: Doc) => (x.chosen ? 2 : x.pareto ? 1 : 0);
  const points = designs.filter((x) => x.feasible && typeof x[ax] === 'number' && typeof x[ay] === 'number').sort((a, b) => rank(a) - rank(b));
  const name = (x: Doc) => `${x.paradigm}, ${plural(x.planes, 'plane')}, ${plural(x.tiers, 'tier')}`;
  const adopt = async (n: number) => {
    const s = await edit.adopt(run.id, n);
    if (s) {
      toast(`Design ${n} was adopted; it is the cluster file now.`, 'good', { text: 'Undo', run: () => void edit.undo() });
      go('requirements');
    }
  };
  const W = 760;
  const H = 340;
  const pad = { l: 74, r: 20, t: 14, b: 44 };
  const range = (k: Axis) => {
    const v = points.map((p) => p[k] as number);
    const [lo, hi] = [Math.min(...v), Math.max(...v)];
    const m = (hi - lo || hi || 1) * 0.08;
    return [Math.max(0, lo - m), hi + m];
  };
  const [x0, x1] = points.length ? range(ax) : [0, 1];
  const [y0, y1] = points.length ? range(ay) : [0, 1];
  const X = (v: number) => pad.l + ((v - x0) / (x1 - x0 || 1)) * (W - pad.l - pad.r);
  const Y = (v: number) => H - pad.b - ((v - y0) / (y1 - y0 || 1)) * (H - pad.t - pad.b);
  const rows = designs.filter((x) => only === 'all' || x.feasible);
  const select = (k: Axis, set: (a: Axis) => void, label: string) => (
    <label class="row">
      <span class="muted">{label}</span>
      <select value={k} onChange={(e) => set(e.currentTarget.value as Axis)}>
        {Object.entries(axes).map(([a, [t]]) => (
          <option key={a} value={a}>
            {t}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <>
      <div class="card scatter">
        <div class="row">
          <h2 style={{ margin: '0' }}>
            {count(d.feasible)} feasible of {count(d.considered)}
          </h2>
          <span style={{ flex: '1' }} />
          {select(ax, setAx, 'Across')}
          {select(ay, setAy, 'Up')}
          <Menu
            text="Export"
            items={(['svg', 'png'] as const).map((k) => ({
              text: k.toUpperCase(),
              run: () => {
                const svg = document.querySelector<SVGSVGElement>('.scatter svg[data-plot]');
                if (svg) exportPageSvg(svg, 'explore', k, colours().surface);
              },
            }))}
          />
        </div>
        <svg viewBox={`0 0 ${W} ${H}`} role="group" aria-label={`${axes[ay][0]} against ${axes[ax][0]} of ${points.length} designs`} data-plot style={{ maxHeight: '420px' }}>
          {ticks(x0, x1).map((v) => (
            <g key={`x${v}`}>
              <line x1={X(v)} x2={X(v)} y1={pad.t} y2={H - pad.b} stroke="var(--line)" />
              <text x={X(v)} y={H - pad.b + 16} text-anchor="middle">
                {axes[ax][1](v)}
              </text>
            </g>
          ))}
          {ticks(y0, y1).map((v) => (
            <g key={`y${v}`}>
              <line x1={pad.l} x2={W - pad.r} y1={Y(v)} y2={Y(v)} stroke="var(--line)" />
              <text x={pad.l - 8} y={Y(v) + 4} text-anchor="end">
                {axes[ay][1](v)}
              </text>
            </g>
          ))}
          <text x={(W + pad.l) / 2} y={H - 8} text-anchor="middle">
            {axes[ax][0]}
          </text>
          <text x={14} y={pad.t + 4} style={{ fontWeight: 600 }}>
            {axes[ay][0]}
          </text>
          {points.map((p) => (
            <g
              key={p.number}
              class="pt"
              tabIndex={0}
              role="button"
              aria-label={`Design ${p.number}: ${name(p)}, ${axes[ax][1](p[ax])}, ${axes[ay][1](p[ay])}${p.pareto ? ', on the front' : ''}${p.chosen ? ', chosen' : ''}`}
              onClick={() => setChosen(p.number)}
              onKeyDown={(e) => (e.key === 'Enter' || e.key === ' ') && (e.preventDefault(), setChosen(p.number))}
            >
              <circle cx={X(p[ax])} cy={Y(p[ay])} r={p.number === chosen ? 9 : p.pareto ? 7 : 5} fill={p.pareto ? 'var(--accent)' : 'var(--line-strong)'} stroke={p.chosen ? 'var(--good)' : 'var(--surface)'} stroke-width={p.chosen ? 3 : 1} />
              <title>
                {p.number}: {name(p)}
              </title>
            </g>
          ))}
        </svg>
        <p class="legend">
          <span>
            <i class="dot" style={{ background: 'var(--accent)' }} /> on the Pareto front
          </span>
          <span>
            <i class="dot" style={{ background: 'var(--line-strong)' }} /> feasible
          </span>
          <span>
            <i class="dot" style={{ background: 'var(--accent)', boxShadow: '0 0 0 2px var(--good)' }} /> the design now
          </span>
        </p>
      </div>
      <div class="card wrap">
        <div class="row" style={{ marginBottom: '8px' }}>
          <Choice label="Designs listed" value={only} of={[['feasible', 'Feasible'], ['all', 'All, with reasons']] as const} onChange={setOnly} />
        </div>
        <table class="plain">
          <caption class="sr">Designs</caption>
          <thead>
            <tr>
              <th scope="col" class="r">
                No.
              </th>
              <th scope="col">Design</th>
              <th scope="col" class="r">
                Switches
              </th>
              <th scope="col" class="r">
                Reaches
              </th>
              <th scope="col" class="r">
                Cost
              </th>
              <th scope="col" class="r">
                Power
              </th>
              <th scope="col">Why</th>
              <th scope="col">
                <span class="sr">Adopt</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((x) => (
              <tr key={x.number} aria-selected={x.number === chosen} onClick={() => setChosen(x.number)}>
                <td class="r">{x.number}</td>
                <td>
                  {name(x)} {x.pareto && <span class="chip good">front</span>}
                  <div class="small muted">
                    {x.leaf}
                    {x.spine ? ` under ${x.spine}` : ''}
                  </div>
                </td>
                <td class="r">{count(x.switches)}</td>
                <td class="r">{count(x.max_xpus)}</td>
                <td class="r">{usdShort(x.estimated_usd)}</td>
                <td class="r">{x.estimated_kw === undefined ? '–' : `${short(x.estimated_kw)} kW`}</td>
                <td class="small muted">{x.reason}</td>
                <td class="r">
                  {x.feasible &&
                    (x.chosen ? (
                      <span class="chip good">now</span>
                    ) : (
                      <button
                        class={x.number === chosen ? 'primary' : ''}
                        onClick={(e) => {
                          e.stopPropagation();
                          void adopt(x.number);
                        }}
                        aria-label={`Adopt design ${x.number}`}
                      >
                        Adopt
                      </button>
                    ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

