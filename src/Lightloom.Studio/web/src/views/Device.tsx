import { useState } from 'preact/hooks';
import { api } from '../api';
import { count, gbps } from '../format';
import { href, route, tune } from '../router';
import { designKey } from '../store';
import type { Cage, Device } from '../types';
import { Facts, Refusal, useAnswer } from '../ui/parts';
import { FailPanel, failing } from './Fabric';

export function DevicePage({ name }: { name: string }) {
  const found = useAnswer((s) => api.get<Device>(`devices/${encodeURIComponent(name)}`, {}, s), [name, designKey.value]);
  const [cage, setCage] = useState<string | null>(route.value.query.cage ?? null);
  if (found.error) return <Refusal error={found.error} again={found.again} />;
  const d = found.value;
  if (!d) return <div class="empty">Loading…</div>;
  const groups = new Map<string, Cage[]>();
  for (const c of d.cages) {
    const key = c.purpose ?? 'ports';
    groups.set(key, [...(groups.get(key) ?? []), c]);
  }
  const id = (c: Cage) => `${c.purpose ?? ''}/${c.name}`;
  const chosen = d.cages.find((c) => id(c) === cage || c.name === cage);
  const of = (s: Cage['state']) => d.cages.filter((c) => c.state === s).length;
  const fail = failing();
  const isSwitch = d.kind === 'switch';
  return (
    <>
      <div class="bar">
        <h1>{d.name}</h1>
        <span class="chip">{d.tier ?? d.kind}</span>
        <span class="muted">{d.model}</span>
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
        <div class="scroll pad stack">
          {[...groups.entries()].map(([purpose, cages]) => (
            <div class="card" key={purpose}>
              <h2>
                {purpose} <span class="muted">{count(cages.length)} {isSwitch ? 'cages' : 'ports'}</span>
              </h2>
              <div class="face" role="group" aria-label={`Faceplate, ${purpose}`}>
                {cages.map((c) => (
                  <button
                    key={id(c)}
                    class={`${c.state} ${chosen === c ? 'on' : ''}`}
                    aria-pressed={chosen === c}
                    title={`${c.name}: ${c.state}${c.breakout ? `, ${c.breakout}` : ''}${c.blocked_by ? `, by ${c.blocked_by}` : ''}`}
                    aria-label={`${c.name}, ${c.state}${c.legs[0]?.peer ? `, to ${c.legs[0].peer}` : ''}`}
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
                  ['Breakout', chosen.breakout ? String(chosen.breakout) : undefined],
                ]}
              />
              {chosen.legs.length > 0 && (
                <table class="plain">
                  <caption class="sr">Where it leads</caption>
                  <thead>
                    <tr>
                      <th scope="col">Leg</th>
                      <th scope="col">To</th>
                      <th scope="col">Cable</th>
                    </tr>
                  </thead>
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
                ['Model', d.model],
                ['Network', d.role],
                ['Plane', d.plane],
                ['Pod', d.pod],
                ['Rack', d.rack ? <a href={href('floor', ['rack', d.rack])}>{d.rack}{d.unit ? `, U${d.unit}` : ''}</a> : undefined],
                ['Cages', `${count(of('used'))} used, ${count(of('free'))} free${of('blocked') ? `, ${count(of('blocked'))} blocked` : ''}`],
              ]}
            />
          </section>
          <FailPanel role={d.role} />
        </aside>
      </div>
    </>
  );
}
