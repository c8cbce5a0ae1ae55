import { useRef } from 'preact/hooks';
import { api } from '../api';
import { exportPageSvg } from '../draw/painter';
import { count, fixed, short } from '../format';
import { go, href, route } from '../router';
import { designKey } from '../store';
import type { Rack, RackItem } from '../types';
import { Facts, Menu, Meter, Refusal, useAnswer } from '../ui/parts';
import { colours } from '../ui/theme';

const UNIT = 13;
const WIDTH = 150;

function colourOf(i: RackItem): string {
  if (i.tier === 'panel') return 'var(--panel)';
  return !i.tier || i.tier === 'host' ? 'var(--node)' : 'var(--switch)';
}

function Face({ rack, face }: { rack: Rack; face: 'front' | 'rear' }) {
  const height = rack.units * UNIT + 8;
  const y = (i: RackItem) => 4 + (rack.units - (i.unit + i.units - 1)) * UNIT;
  return (
    <figure>
      <figcaption>{face}</figcaption>
      <svg viewBox={`-18 0 ${WIDTH + 22} ${height}`} role="group" aria-label={`${rack.name}, ${face}`} data-face={face}>
        <rect x="0" y="2" width={WIDTH} height={height - 4} rx="3" fill="var(--sunken)" stroke="var(--line-strong)" />
        {Array.from({ length: Math.floor(rack.units / 5) + 1 }, (_, n) => (n ? n * 5 : 1)).map((u) => (
          <text key={u} x="-4" y={4 + (rack.units - u) * UNIT + 10} font-size="9" text-anchor="end" fill="var(--muted)">
            {u}
          </text>
        ))}
        {[...rack.items, ...(rack.panels ?? []).map((p): RackItem => ({ name: p.name, kind: 'panel', tier: 'panel', unit: p.unit, units: p.units, ports: 'rear' }))].map((i, n) => {
          const ports = (i.ports ?? 'rear') === face;
          const h = i.units * UNIT - 1;
          const box = (
            <>
              <rect x="4" y={y(i)} width={WIDTH - 8} height={h} rx="2" fill={colourOf(i)} fill-opacity={ports ? 0.28 : 0.12} stroke={colourOf(i)} />
              {ports && i.units * UNIT > 10 && Array.from({ length: 12 }, (_, k) => <rect key={k} x={WIDTH - 46 + (k % 6) * 6} y={y(i) + 2.5 + Math.floor(k / 6) * 4} width="4" height="2.6" fill={colourOf(i)} />)}
              <text x="8" y={y(i) + h / 2 + 3.5} font-size="9.5" fill="var(--text)">
                {i.name.length > (ports ? 18 : 26) ? `${i.name.slice(0, ports ? 17 : 25)}…` : i.name}
              </text>
              <title>
                {i.name}, {i.kind}, U{i.unit}
                {i.units > 1 ? `–${i.unit + i.units - 1}` : ''}
                {i.power_w ? `, ${short(i.power_w / 1000)} kW` : ''}
              </title>
            </>
          );
          return i.device ? (
            <a key={n} href={href('fabric', ['device', i.device])} aria-label={`${i.name}, unit ${i.unit}`}>
              {box}
            </a>
          ) : (
            <g key={n}>{box}</g>
          );
        })}
      </svg>
    </figure>
  );
}

export function RackPanel({ name }: { name: string }) {
  const rack = useAnswer((s) => api.get<Rack>(`racks/${encodeURIComponent(name)}`, {}, s), [name, designKey.value]);
  const box = useRef<HTMLDivElement>(null);
  if (rack.error) return <Refusal error={rack.error} again={rack.again} />;
  const r = rack.value;
  if (!r) return <section class="muted">Loading…</section>;
  const save = (kind: 'svg' | 'png') => {
    for (const face of ['front', 'rear']) {
      const svg = box.current?.querySelector<SVGSVGElement>(`svg[data-face=${face}]`);
      if (svg) exportPageSvg(svg, `${r.name}-${face}`, kind, colours().surface);
    }
  };
  return (
    <>
      <section>
        <div class="row">
          <h2>Rack {r.name}</h2>
          <span class="chip">{r.use}</span>
          <span class="spring" />
        </div>
        <Facts
          of={[
            ['Place', `${r.hall}, row ${r.row}, position ${r.position}`],
            ['Power', <>{fixed(r.power_w / 1000, 1)} kW{r.power_limit_w ? <> of {fixed(r.power_limit_w / 1000, 1)} kW <Meter of={r.power_w} max={r.power_limit_w} label="Power used" /></> : null}</>],
            ['Units', <>{r.used_units} of {r.units} <Meter of={r.used_units} max={r.units} label="Units used" /></>],
            ['Cables', <a href={href('cables', [], { rack: r.name })}>{r.cables === undefined ? 'all that end here' : `${count(r.cables)} end here`}</a>],
          ]}
        />
        <p class="row" style={{ marginTop: '8px' }}>
          <a class="button" href={href('cables', ['labels'], { rack: r.name })}>
            Labels and pull sheet
          </a>
          <Menu
            text="Export"
            items={[
              { text: 'SVG', run: () => save('svg') },
              { text: 'PNG', run: () => save('png') },
            ]}
          />
          {r.previous && <button onClick={() => go('floor', ['rack', r.previous!], route.value.query, true)}>← {r.previous}</button>}
          {r.next && <button onClick={() => go('floor', ['rack', r.next!], route.value.query, true)}>{r.next} →</button>}
        </p>
      </section>
      <section>
        <h2>Elevation</h2>
        <div class="elevation" ref={box}>
          <Face rack={r} face="front" />
          <Face rack={r} face="rear" />
        </div>
      </section>
    </>
  );
}
