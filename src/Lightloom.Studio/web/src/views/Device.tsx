import { useState } from 'preact/hooks';
import { api } from '../api';
import { count, gbps, plural } from '../format';
import { href, route, tune } from '../router';
import { designKey } from '../store';
import type { Cage, Device } from '../types';
import { Facts, Heads, Refusal, useAnswer } from '../ui/parts';
import { FailPanel, failing } from './Fabric';

/** How many columns of cages stand beside each other before the faceplate goes on below. */
const ACROSS = 16;

function rowsOf(cages: Cage[]): number {
  return Math.max(...cages.map((c) => c.block!.row)) + 1;
}

/** A faceplate is drawn in strips, left to right, so that its cages stay large enough to read; odd stays above even. */
function placeOf(at: { row: number; column: number }, rows: number): { gridRow: number; gridColumn: number } {
  return { gridRow: Math.floor(at.column / ACROSS) * rows + at.row + 1, gridColumn: (at.column % ACROSS) + 1 };
}

export function DevicePage({ name }: { name: string }) {
  const found = useAnswer((s) => api.get<Device>(`devices/${encodeURIComponent(name)}`, {}, s), [name, designKey.value]);
  const [cage, setCage] = useState<string | null>(route.value.query.cage ?? null);
  if (found.error) return <Refusal error={found.error} again={found.again} />;
  const all = found.value;
  if (!all) return <div class="empty">Loading…</div>;
  const d = all.device;
  const groups = new Map<string, Cage[]>();
  for (const c of all.cages) {
    const key = c.purpose && c.purpose !== 'network' ? `${c.role}, ${c.purpose}` : c.role;
    groups.set(key, [...(groups.get(key) ?? []), c]);
  }
  const id = (c: Cage) => `${c.role}/${c.name}`;
  const chosen = all.cages.find((c) => id(c) === cage || c.name === cage);
  const fail = failing();
  const isSwitch = d.kind === 'switch';
  return (
    <>
      <div class="bar">
        <h1>{d.name}</h1>
        <span class="chip">{d.tier ?? d.kind}</span>
        <span class="muted">{d.model_name ?? d.model}</span>
        <span class="spring" />
        <a class="button" href={href('fabric', [d.role ?? 'backend'])}>
          Back to the fabric
        </a>
        <a class="button" href={href('cables', [], { device: d.name })}>
          Its cables
        </a>
        {d.rack && (
          <a class="button" href={href('floor', ['rack', d.rack])}>
            Show on the floor
          </a>
        )}
        <a class="button" href={href('fabric', ['path'], { from: d.name, role: d.role })}>
          Trace a path from here
        </a>
        <button onClick={() => tune({ fail: [...fail.filter((f) => f !== d.name), d.name].join(',') })}>Fail it</button>
      </div>
      <div class="split" style={{ gridTemplateColumns: 'minmax(0, 1fr) minmax(320px, 30%)' }}>
        <div class="scroll pad stack" tabIndex={0} role="region" aria-label="Faceplates">
          {[...groups.entries()].map(([purpose, cages]) => (
            <div class="card" key={purpose}>
              <h2>
                {purpose} <span class="muted">{plural(cages.length, isSwitch ? 'cage' : 'port')}</span>
              </h2>
              <div class={`face ${cages.every((c) => c.block) ? 'blocked-out' : ''}`} role="group" aria-label={`Faceplate, ${purpose}`}>
                {cages.map((c) => (
                  <button
                    key={id(c)}
                    style={c.block && cages.every((x) => x.block) ? placeOf(c.block, rowsOf(cages)) : undefined}
                    class={`${c.state} ${chosen === c ? 'on' : ''}`}
                    aria-pressed={chosen === c}
                    title={`${c.name}: ${c.state}${c.breakout ? `, ${c.breakout}` : ''}${c.blocked_by ? `, by ${c.blocked_by}` : ''}${c.legs[0]?.peer ? `, to ${c.legs[0].peer}` : ''}`}
                    onClick={() => setCage(id(c))}
                  >
                    {c.name.replace(/^.*?(\d[\d/:.]*)$/, '$1')}
                    <small>{c.state === 'used' ? (c.legs.length > 1 ? `×${c.legs.length}` : '●') : c.state === 'blocked' ? '⊘' : ''}</small>
                  </button>
                ))}
              </div>
            </div>
          ))}
          <p class="legend">
            <span>
              <i class="swatch" style={{ background: 'var(--accent-soft)', borderColor: 'var(--accent)' }} /> used, × legs of a breakout
            </span>
            <span>
              <i class="swatch" style={{ borderStyle: 'dashed' }} /> free
            </span>
            <span>
              <i class="swatch" style={{ background: 'var(--sunken)' }} /> blocked by a breakout beside it
            </span>
          </p>
        </div>
        <aside class="side" aria-label="About the device">
          {chosen && (
            <section>
              <h2>{chosen.name}</h2>
              <Facts
                of={[
                  ['State', `${chosen.state}${chosen.blocked_by ? ` by ${chosen.blocked_by}` : ''}`],
                  ['Form', [chosen.form, gbps(chosen.rate_gbps), chosen.lanes ? `${chosen.lanes} lanes` : ''].filter(Boolean).join(', ')],
                  ['Breakout', chosen.breakout],
                  ['Tray', chosen.tray],
                  ['Allowed', Array.isArray(chosen.allowed) ? chosen.allowed.join(', ') : chosen.allowed],
                ]}
              />
              {chosen.legs.length > 0 && (
                <table class="plain">
                  <caption class="sr">Where it leads</caption>
                  <Heads of={['Leg', 'To', 'Cable']} />
                  <tbody>
                    {chosen.legs.map((l) => (
                      <tr key={l.leg}>
                        <td>
                          {l.name ?? l.leg}
                          <div class="small muted">{gbps(l.rate_gbps)}{l.rail !== undefined ? `, rail ${l.rail}` : ''}</div>
                        </td>
                        <td>
                          {l.peer && <a href={href('fabric', ['device', l.peer])}>{l.peer}</a>}
                          <div class="small muted">{l.peer_port}</div>
                        </td>
                        <td>{l.cable && <a href={href('cables', [l.cable])}>{l.cable}</a>}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
            </section>
          )}
          <section>
            <h2>{d.name}</h2>
            <Facts
              of={[
                ['Model', d.model_name ? `${d.model_name} (${d.model})` : d.model],
                ['Network', d.role],
                ['Plane', d.plane],
                ['Pod', d.pod],
                ['Rack', d.rack ? <a href={href('floor', ['rack', d.rack])}>{d.rack}{d.unit ? `, U${d.unit}` : ''}</a> : undefined],
                ['Cages', `${count(all.used)} used, ${count(all.free)} free${all.blocked ? `, ${count(all.blocked)} blocked` : ''}`],
                ['Power', all.power_w ? `${count(all.power_w)} W` : undefined],
                ['Weight', all.weight_kg ? `${count(all.weight_kg)} kg` : undefined],
              ]}
            />
          </section>
          <FailPanel role={d.role} />
        </aside>
      </div>
    </>
  );
}
